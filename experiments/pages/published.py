"""Published indicators in words, and their figures as a reader says them."""

from typing import Final

from experiments.pages.language import Labels, say
from experiments.pages.words import Formatter, age, grouped, per_cent, persons, plain, with_unit, years

TENS: Final = 1e4  # persons in what tables of statistics count in
PUBLISHED_LABELS: Final = Labels({
    "employment_secondary": "Employed in industry and construction",
    "employment_secondary_share": "Industry and construction in all employment",
    "industrial_worker_mean_age": "Mean age of industrial workers",
    "industrial_worker_share_rural_hukou": "Rural hukou among industrial workers",
    "industrial_worker_mean_schooling": "Mean schooling of industrial workers",
    "turnover_manufacturing": "Turnover in manufacturing",
    "migrant_workers_total": "Migrant workers",
    "migrant_workers_outgoing": "Migrant workers away from their township",
    "migrant_workers_local": "Migrant workers in their township",
    "migrant_inter_provincial": "Migrant workers outside their province",
    "migrant_intra_provincial_outgoing": "Migrant workers elsewhere in their province",
    "migrant_share_secondary_industry": "Migrant workers in industry and construction",
    "migrant_share_tertiary_industry": "Migrant workers in services",
    "migrant_share_manufacturing": "Migrant workers in manufacturing",
    "migrant_share_construction": "Migrant workers in construction",
    "migrant_mean_age": "Mean age of migrant workers",
    "migrant_share_age_gt50": "Migrant workers above 50 years",
    "migrant_share_age_le40": "Migrant workers up to 40 years",
    "migrant_share_male": "Men among migrant workers",
    "migrant_edu_primary": "Migrant workers with primary schooling",
    "migrant_edu_junior": "Migrant workers with junior secondary schooling",
    "migrant_edu_senior": "Migrant workers with senior secondary schooling",
    "migrant_edu_college_plus": "Migrant workers with college or more",
    "migrant_share_ever_trained": "Migrant workers who were ever trained",
    "migrant_monthly_income": "Monthly income of migrant workers",
    "migrant_monthly_income_outgoing": "Monthly income of migrant workers away from their township",
    "migrant_monthly_income_local": "Monthly income of migrant workers in their township",
    "migrant_monthly_income_manufacturing": "Monthly income of migrant workers in manufacturing",
    "migrant_monthly_income_construction": "Monthly income of migrant workers in construction",
    "avg_wage_nonprivate": "Mean wage of urban non-private units",
    "avg_wage_private": "Mean wage of urban private units",
    "avg_wage_nonprivate_manufacturing": "Mean wage of urban non-private units, manufacturing",
    "avg_wage_nonprivate_construction": "Mean wage of urban non-private units, construction",
    "skilled_workers": "Skilled workers",
    "high_skilled_workers": "Highly skilled workers",
    "high_skilled_share_of_skilled": "Highly skilled among skilled workers",
    "stock_gaojigong": "Workers of grade 3",
    "stock_jishi": "Technicians",
    "stock_gaoji_jishi": "Senior technicians",
    "new_jishi_and_gaoji_jishi": "New technicians and senior technicians",
    "skill_assessments_taken": "Skill assessments taken",
    "skill_certificates_issued": "Skill certificates issued",
    "assessment_pass_rate": "Pass rate of skill assessments",
    "subsidised_training_2019_2021": "Subsidised training, three years",
    "new_type_apprentices_2019_2021": "New-type apprentices, three years",
    "floating_population_inter_provincial": "Floating population outside their province",
    "five_year_inter_provincial_migrants": "Moves between provinces, five years",
    "migrant_by_destination_East": "Migrant workers at work in the East",
    "migrant_by_destination_Central": "Migrant workers at work in the Centre",
    "migrant_by_destination_West": "Migrant workers at work in the West",
    "migrant_by_destination_Northeast": "Migrant workers at work in the Northeast",
    "avg_wage_nonprivate_East": "Mean wage of urban non-private units, East",
    "avg_wage_nonprivate_Central": "Mean wage of urban non-private units, Centre",
    "avg_wage_nonprivate_West": "Mean wage of urban non-private units, West",
    "avg_wage_nonprivate_Northeast": "Mean wage of urban non-private units, Northeast",
    "avg_wage_private_East": "Mean wage of urban private units, East",
    "avg_wage_private_Central": "Mean wage of urban private units, Centre",
    "avg_wage_private_West": "Mean wage of urban private units, West",
    "avg_wage_private_Northeast": "Mean wage of urban private units, Northeast",
    "floating_pop_from_other_provinces": "Floating population from other provinces",
})  # fmt: skip


def published_label(indicator: str) -> str:
    """A published indicator in words; a name that the model does not know stands as it is."""
    return PUBLISHED_LABELS.get(indicator, indicator)


def as_published(indicator: str, unit: str) -> Formatter:
    """How the figures of an indicator are written, which stand in their published unit."""
    if unit.startswith("10k"):
        return lambda value: persons(TENS * value)
    if unit == "years":
        return age if indicator.endswith("_age") else years
    for start, formatter in (("%", _per_cent), ("yuan", _yuan), ("persons", persons)):
        if unit.startswith(start):
            return formatter
    return plain


def _per_cent(value: float) -> str:
    return per_cent(grouped(value, 1))


def _yuan(value: float) -> str:
    return with_unit(grouped(value), say("yuan"))
