"""The stylised facts: what is asked of each, written before the model was looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from experiments.validation.observed import YEAR, Observed, rank_correlation, tail_exponent
from experiments.validation.seen import MOVING_AGES, TENURES
from sim.categories import GRADES
from sim.data import load, migration_in_out, series

Numbers = Mapping[str, float]
EXAMINED: Final = GRADES[:6]  # apprentice to senior technician: the two above hold too few workers
PEAK: Final = ("20-24", "25-29")


@dataclass(frozen=True)
class Fact:
    """One fact: ``measure`` gives named numbers of a history, ``met`` says whether they agree with it."""

    title: str
    source: str
    put_in: str  # what of it the model was told
    required: str
    measure: Callable[[Observed], dict[str, float]]
    met: Callable[[Numbers], bool]


def bands(limits: tuple[int, ...]) -> list[str]:
    """Names of bands of whole years."""
    return [f"{low}-{high - 1}" for low, high in pairwise(limits)]


def size_tail(seen: Observed) -> dict[str, float]:
    """Exponent of the largest tenth of enterprises."""
    return {"exponent": tail_exponent(seen.persons_by_enterprise())}


def moves_by_age(seen: Observed) -> dict[str, float]:
    """Moves to another province than the home, per 1,000 workers and year."""
    return dict(zip(bands(MOVING_AGES), (1000.0 * seen.seen.moves.per_year()).tolist(), strict=True))


def is_hump(rate: Numbers) -> bool:
    """Highest between 20 and 30, lower before, and less than half of it from 40 on."""
    peak = max(rate[band] for band in PEAK)
    return rate["16-19"] < peak and rate["30-34"] < peak and rate["40-49"] < 0.5 * peak


def inter_provincial(seen: Observed) -> dict[str, float]:
    """Share of outgoing migrants outside the home province, per cent."""
    share = {
        year: 100.0
        * seen.national("migrants_rural_inter_provincial", year)
        / seen.national("migrants_outgoing", year)
        for year in (2017, YEAR)
    }
    return {"2017, %": share[2017], "2021, %": share[YEAR], "fall, points": share[2017] - share[YEAR]}


def published_inter_provincial() -> dict[int, float]:
    """The same as published, per cent."""
    part, whole = series("migrant_inter_provincial"), series("migrant_workers_outgoing")
    return {year: 100.0 * part[year] / whole[year] for year in (2017, YEAR)}


def falls_as_published(share: Numbers) -> bool:
    """Half to twice the published fall, and within 3 points of the published share in the end."""
    published = published_inter_provincial()
    fall = published[2017] - published[YEAR]
    near = abs(share["2021, %"] - published[YEAR]) <= 3.0
    return near and 0.5 * fall <= share["fall, points"] <= 2.0 * fall


def wage_by_grade(seen: Observed) -> dict[str, float]:
    """Mean wage of each grade over that of apprentices, and of the highly skilled over those without one."""
    wage = [seen.national("wage_mean", group=f"grade={grade}") for grade in EXAMINED]
    ratio = {grade: one / wage[0] for grade, one in zip(EXAMINED[1:], wage[1:], strict=True)}
    return ratio | {"highly skilled": seen.national("skill_premium")}


def pays_more(ratio: Numbers) -> bool:
    """Rising with each grade; the highly skilled earn between 1.2 and 1.8 times as much."""
    by_grade = [1.0, *(ratio[grade] for grade in EXAMINED[1:])]
    return all(low < high for low, high in pairwise(by_grade)) and 1.2 <= ratio["highly skilled"] <= 1.8


def education_premium(seen: Observed) -> dict[str, float]:
    """Mean wage with higher vocational education or more over that with senior secondary education, 2015."""
    high, senior = (
        seen.national("wage_mean", 2015, f"education={name}")
        for name in ("higher_vocational", "senior_secondary")
    )
    return {"ratio": high / senior}


def migrants_jobs(seen: Observed) -> dict[str, float]:
    """Years in which half of the migrants away from home change or lose the job, at the mean hazard."""
    hazard = float(seen.seen.migrants_jobs.per_year()[0])
    return {"median, years": float(np.log(2.0)) / hazard, "hazard, 1/year": hazard}


def separations(seen: Observed) -> dict[str, float]:
    """Ends of jobs a year of workers below 45, by time in the job."""
    rate = dict(zip(bands(TENURES), seen.seen.separations.per_year().tolist(), strict=True))
    named = {"first year": rate["0-0"], "second": rate["1-1"], "2 to 4": rate["2-4"], "later": rate["5-59"]}
    return named | {"first over later": rate["0-0"] / rate["5-59"]}


def promotions(seen: Observed) -> dict[str, float]:
    """Promotions of the year, and those before the least years in the grade below."""
    return {"promotions, million": seen.seen.promoted / 1e6, "too early": seen.seen.promoted_early}


def net_migration(seen: Observed) -> dict[str, float]:
    """Rank correlation over provinces of net migration of workers with the published one of 2010-15."""
    came, went = migration_in_out("2010-2015").T
    return {"rank correlation": rank_correlation(seen.seen.arrived - seen.seen.departed, came - went)}


def university_premium() -> float:
    """Published wage ratio of university over high school."""
    rows = load("effect_sizes")
    return float(rows.loc[rows["effect"] == "university over high school", "central"].iloc[0])


FACTS: Final[dict[str, Fact]] = {
    "size_tail": Fact(
        "Sizes of enterprises have a Pareto tail near Zipf's law",
        "general (Axtell 2001, Gabaix and Ibragimov 2011)",
        "the exponent 1.06 of the weights by which jobs are drawn; not the persons who are there after seven"
        " years of hiring, leaving and retiring in 124 markets",
        "exponent of the largest tenth from 0.8 to 1.3",
        size_tail,
        lambda found: 0.8 <= found["exponent"] <= 1.3,
    ),
    "moves_by_age": Fact(
        "Moves between provinces by age are a hump with the peak between 20 and 30",
        "general (Rogers and Castro 1981)",
        "a factor by five years of age with its peak from 20 to 29; not who is at risk, nor how many have"
        " moved before",
        "highest at 20-29; lower at 16-19 and at 30-34; less than half at 40-49",
        moves_by_age,
        is_hump,
    ),
    "inter_provincial": Fact(
        "The share of outgoing migrants who leave their province falls",
        "national_series.csv, migrant_inter_provincial over migrant_workers_outgoing: 44.7 % in 2017,"
        " 41.5 % in 2021",
        "both numbers are among the figures of the calibration; their ratio is not fitted apart",
        "half to twice the published fall from 2017 to 2021; within 3 points of the published share of 2021",
        inter_provincial,
        falls_as_published,
    ),
    "wage_by_grade": Fact(
        "Wages rise with the grade",
        "effect_sizes.csv, grade_wage: rises with grade; occupation_wage: technical over production workers"
        " 1.80, an upper bound",
        "the wage factor of each grade; not age, schooling, sector and province of those who hold it",
        "each grade above the one below; highly skilled over those without a grade from 1.2 to 1.8",
        wage_by_grade,
        pays_more,
    ),
    "education_premium": Fact(
        "The higher educated earn more, also because they rise further",
        "effect_sizes.csv, occupation_wage: university over high school 1.27 in 2015 (manufacturing)",
        "wage factors of 1.33 and 1.05, whose ratio is the published one; not grades, years, sectors and"
        " provinces",
        "ratio in 2015 within 0.1 of 1.27",
        education_premium,
        lambda found: abs(found["ratio"] - university_premium()) <= 0.1,
    ),
    "migrants_jobs": Fact(
        "Half of the migrants change the job within 1.8 years",
        "effect_sizes.csv, turnover: migrants, median time to a change of job 1.8 years (2012)",
        "a factor 2.7 on quitting of migrants, chosen with this figure in sight; turnover of all is fitted",
        "median from 1.2 to 2.7 years, 1.8 within a factor of one and a half",
        migrants_jobs,
        lambda found: 1.2 <= found["median, years"] <= 2.7,
    ),
    "separations": Fact(
        "Jobs end less often the longer they have lasted",
        "general (Farber 1999)",
        "quitting falls to half in two years in the job; not losing the job, moving and leaving the industry,"
        " nor who is in new jobs",
        "ends of jobs in the first year at least twice as frequent as after five years, below age 45",
        separations,
        lambda found: found["first over later"] >= 2.0,
    ),
    "promotions": Fact(
        "Nobody rises before the least years in the grade below",
        "institutional_rules.csv, grade_ladder",
        "the least years; the test is that no path in the model goes round them",
        "no promotion too early",
        promotions,
        lambda found: found["too early"] == 0.0 and found["promotions, million"] > 0.0,
    ),
    "net_migration": Fact(
        "Provinces gain and lose people as published",
        "migration_in_out.csv, net migration of 2010-15 by province",
        "where migrants lived at the start, and the slopes of gravity; not who comes and goes in 2021",
        "rank correlation over the 31 provinces of at least 0.7",
        net_migration,
        lambda found: found["rank correlation"] >= 0.7,
    ),
}
