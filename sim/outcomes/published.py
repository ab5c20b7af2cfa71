"""What is published, as the model sees it: one row for each published indicator it can speak about.

The model holds the industrial workforce, while many figures are published for the whole economy or ask
in another way. Links lead from one to the other (``configs/parameters/observation.yaml``). They change
no life, and are uncertain like all parameters. Names and units are those of ``national_series.csv`` and
``provincial_series.csv``.
"""

from collections.abc import Callable, Iterable, Iterator
from math import isnan
from typing import Final, NamedTuple

from sim.categories import PROVINCE_CODES
from sim.constants import constant
from sim.data import REGIONS
from sim.data.figures import ALL, Figures
from sim.outcomes.seen_year import PER_CENT, RURAL, TENS, Links, SeenYear, Values

Key = tuple[str, str, int]  # indicator, province and year of a published figure

MANUFACTURING: Final = ("sector=light_manufacturing", "sector=equipment_manufacturing")
CONSTRUCTION: Final = "sector=construction"
SENIOR_TECHNICIANS: Final = ("senior_technician", "special_grade", "chief_technician")
MEN: Final = "sex=male"

# What links need of the law of motion.
LAW_LINKS: Final = ("industrial_share_of_skilled",)


class Published(NamedTuple):
    """One published indicator of the country."""

    unit: str
    definition: str
    value: Callable[[SeenYear], float]


def _grades(y: SeenYear, indicator: str, *grades: str) -> float:
    """National ten thousands, summed over grades."""
    return y.national(sum(y(indicator, f"grade={grade}") for grade in grades))


PUBLISHED: Final[dict[str, Published]] = {
    # employment
    "employment_secondary": Published(
        "10k persons", "workers at work", lambda y: y("employed") / TENS
    ),
    "employment_secondary_share": Published(
        "%", "workers at work over employment of all sectors",
        lambda y: PER_CENT * y("employed") / y.total_employment(),
    ),
    "industrial_worker_mean_age": Published(
        "years", "mean age, with the link of the staff survey",
        lambda y: y("mean_age") + y.links["staff_survey_age_years"],
    ),
    "industrial_worker_share_rural_hukou": Published(
        "%", "rural hukou among workers, with the link of the staff survey",
        lambda y: PER_CENT * y("share_rural_hukou") * y.links["staff_survey_rural_ratio"],
    ),
    "industrial_worker_mean_schooling": Published(
        "years", "mean schooling, with the link of the staff survey",
        lambda y: y("mean_schooling") + y.links["staff_survey_schooling_years"],
    ),
    "turnover_manufacturing": Published(
        "%", "separations over employment", lambda y: PER_CENT * y("turnover")
    ),
    # migrant workers: how many, from where, in what
    "migrant_workers_total": Published(
        "10k persons", "workers of rural hukou, led to all sectors",
        lambda y: y.migrants(y("workers", RURAL)),
    ),
    "migrant_workers_outgoing": Published(
        "10k persons", "of these away from the home township",
        lambda y: y.migrants(y("migrants_outgoing")),
    ),
    "migrant_workers_local": Published(
        "10k persons", "of these in the home township", lambda y: y.migrants(y("migrants_local"))
    ),
    "migrant_inter_provincial": Published(
        "10k persons", "of these outside the home province",
        lambda y: y.migrants(y("migrants_rural_inter_provincial")),
    ),
    "migrant_intra_provincial_outgoing": Published(
        "10k persons", "of these away from the township, in the home province",
        lambda y: y.migrants(y("migrants_outgoing") - y("migrants_rural_inter_provincial")),
    ),
    "migrant_share_secondary_industry": Published(
        "%", "share of the secondary sector: a link", lambda y: PER_CENT * y.migrants_in_secondary()
    ),
    "migrant_share_tertiary_industry": Published(
        "%", "the rest, less half a per cent in farming",
        lambda y: constant("migrants_outside_farming_percent") - PER_CENT * y.migrants_in_secondary(),
    ),
    "migrant_share_manufacturing": Published(
        "%", "manufacturing among rural workers x the secondary share",
        lambda y: y.rural_percent(*MANUFACTURING) * y.migrants_in_secondary(),
    ),
    "migrant_share_construction": Published(
        "%", "construction among rural workers x the secondary share",
        lambda y: y.rural_percent(CONSTRUCTION) * y.migrants_in_secondary(),
    ),
    # migrant workers: who they are
    "migrant_mean_age": Published("years", "mean age of rural workers", lambda y: y("mean_age", RURAL)),
    "migrant_share_age_gt50": Published(
        "%", "rural workers above 50 years", lambda y: PER_CENT * y("migrants_above_50_share")
    ),
    "migrant_share_age_le40": Published(
        "%", "rural workers up to 40 years", lambda y: PER_CENT * y("migrants_up_to_40_share")
    ),
    "migrant_share_male": Published("%", "men among rural workers", lambda y: y.rural_percent(MEN)),
    "migrant_edu_junior": Published(
        "%", "junior secondary among rural workers", lambda y: y.rural_percent("education=junior_secondary")
    ),
    "migrant_edu_primary": Published(
        "%", "primary or less among rural workers, less those without school (1 %)",
        lambda y: y.rural_percent("education=primary") - 1.0,
    ),
    "migrant_edu_senior": Published(
        "%", "senior secondary and secondary vocational among rural workers",
        lambda y: y.rural_percent("education=senior_secondary", "education=secondary_vocational"),
    ),
    "migrant_edu_college_plus": Published(
        "%", "higher vocational or more among rural workers",
        lambda y: y.rural_percent("education=higher_vocational"),
    ),
    "migrant_share_ever_trained": Published(
        "%", "rural workers who ever finished a course", lambda y: PER_CENT * y("migrants_trained_share")
    ),
    # incomes
    "migrant_monthly_income": Published(
        "yuan/month nominal", "wages of rural workers, with a link",
        lambda y: y("wage_mean", RURAL) * y.links["migrant_wage_ratio"],
    ),
    "migrant_monthly_income_outgoing": Published(
        "yuan/month nominal", "of these away from the home township",
        lambda y: y("rural_wage_mean", "away=outgoing") * y.links["migrant_wage_ratio"]
        * y.links["migrant_wage_outgoing_factor"],
    ),
    "migrant_monthly_income_local": Published(
        "yuan/month nominal", "of these in the home township",
        lambda y: y("rural_wage_mean", "away=local") * y.links["migrant_wage_ratio"]
        * y.links["migrant_wage_local_factor"],
    ),
    "migrant_monthly_income_manufacturing": Published(
        "yuan/month nominal", "of these in manufacturing", lambda y: y.migrant_wage(*MANUFACTURING)
    ),
    "migrant_monthly_income_construction": Published(
        "yuan/month nominal", "of these in construction", lambda y: y.migrant_wage(CONSTRUCTION)
    ),
    "avg_wage_nonprivate": Published(
        "yuan/yr nominal", "wages, with a link and its trend", lambda y: y.nonprivate_wage()
    ),
    "avg_wage_private": Published(
        "yuan/yr nominal", "wages, with a link and its trend", lambda y: y.private_wage()
    ),
    "avg_wage_nonprivate_manufacturing": Published(
        "yuan/yr nominal", "wages of units that are not private x a link",
        lambda y: y.nonprivate_wage() * y.links["nonprivate_manufacturing_factor"],
    ),
    "avg_wage_nonprivate_construction": Published(
        "yuan/yr nominal", "wages of units that are not private x a link",
        lambda y: y.nonprivate_wage() * y.links["nonprivate_construction_factor"],
    ),
    # the ladder of grades
    "skilled_workers": Published(
        "10k persons", "grade 5 and above, led to all sectors", lambda y: y.national(y("skilled"))
    ),
    "high_skilled_workers": Published(
        "10k persons", "grade 3 and above, led to all sectors", lambda y: y.national(y("high_skilled"))
    ),
    "high_skilled_share_of_skilled": Published(
        "%", "grade 3 and above among grade 5 and above",
        lambda y: PER_CENT * y("high_skilled") / y("skilled"),
    ),
    "stock_gaojigong": Published(
        "10k persons", "grade 3, led to all sectors", lambda y: _grades(y, "grade_stock", "grade_3")
    ),
    "stock_jishi": Published(
        "10k persons", "technicians, led to all sectors", lambda y: _grades(y, "grade_stock", "technician")
    ),
    "stock_gaoji_jishi": Published(
        "10k persons", "senior technicians and above, led to all sectors",
        lambda y: _grades(y, "grade_stock", *SENIOR_TECHNICIANS),
    ),
    "new_jishi_and_gaoji_jishi": Published(
        "10k persons", "workers who became technicians or senior technicians, led to all sectors",
        lambda y: _grades(y, "promotions", "technician", "senior_technician"),
    ),
    "skill_assessments_taken": Published(
        "10k person-times", "examinations taken, led to all sectors",
        lambda y: y.national(y("examinations_taken")),
    ),
    "skill_certificates_issued": Published(
        "10k persons", "examinations passed, led to all sectors",
        lambda y: y.national(y("examinations_passed")),
    ),
    "assessment_pass_rate": Published(
        "%", "examinations passed over taken",
        lambda y: PER_CENT * y("examinations_passed") / y("examinations_taken"),
    ),
    "subsidised_training_2019_2021": Published(
        "10k person-times (3-yr sum)", "subsidised courses of three years, led to all sectors",
        lambda y: y.national(y.summed(3, "training_started", "programme=subsidised")),
    ),
    "new_type_apprentices_2019_2021": Published(
        "10k (3-yr sum)", "apprenticeships of three years, led to all sectors",
        lambda y: y.national(y.summed(3, "training_started", "programme=apprenticeship")),
    ),
    # moves between provinces
    "floating_population_inter_provincial": Published(
        "10k persons", "workers outside the home province x a link",
        lambda y: y("migrants_inter_provincial") * y.links["floating_per_migrant"] / TENS,
    ),
    "five_year_inter_provincial_migrants": Published(
        "10k persons", "moves to another province in five years x a link",
        lambda y: y.summed(5, "moves") * y.links["five_year_migrants_per_move"] / TENS,
    ),
}  # fmt: skip


def _of_region(region: str) -> dict[str, Published]:
    """Rows that exist for each region."""
    return {
        f"migrant_by_destination_{region}": Published(
            "10k persons", f"migrant workers at work in the region {region}",
            lambda y: y.migrants(y.region_sum(region, "migrants_outgoing", "migrants_local")),
        ),
        f"avg_wage_nonprivate_{region}": Published(
            "yuan/yr nominal", f"wages of the region {region}, with a link and its trend",
            lambda y: y.nonprivate_wage() * y.region_wage(region),
        ),
        f"avg_wage_private_{region}": Published(
            "yuan/yr nominal", f"wages of the region {region}, with a link and its trend",
            lambda y: y.private_wage() * y.region_wage(region),
        ),
    }  # fmt: skip


for _region in REGIONS:
    PUBLISHED.update(_of_region(_region))

# Indicators of single provinces: unit, definition, and the value of a year in a province.
PROVINCIAL: Final[dict[str, tuple[str, str, Callable[[SeenYear, str], float]]]] = {
    "floating_pop_from_other_provinces": (
        "persons", "workers outside the home province x a link",
        lambda y, code: y("migrants_inter_provincial", province=code) * y.links["floating_per_migrant"],
    ),
}  # fmt: skip


def published_values(
    values: Values, years: Iterable[int], links: Links, figures: Figures = ALL
) -> dict[Key, float]:
    """What would be published of a simulated history.

    Parameters
    ----------
    values
        Indicators of a model by year, province, group and name.
    years
        Those that are asked for, among the years of ``values``.
    links
        Values of the register of observation and of ``LAW_LINKS``.
    figures
        Those that drove it.

    Returns
    -------
    dict
        Values in the published unit by indicator, province ("all" or the code) and year; what the years do
        not suffice for is left out.
    """
    rows = (row for year in years for row in _rows(SeenYear(year, values, links, figures)))
    return {(name, code, year): value for name, code, year, value in rows if not isnan(value)}


def _rows(year: SeenYear) -> Iterator[tuple[str, str, int, float]]:
    """All published indicators of one year."""
    for name, published in PUBLISHED.items():
        yield name, "all", year.year, float(published.value(year))
    for name, (_, _, value) in PROVINCIAL.items():
        for code in map(str, PROVINCE_CODES):
            yield name, code, year.year, float(value(year, code))
