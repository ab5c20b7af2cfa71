"""What is recorded of a year: its census, what happened in it, and what institutions and planner did."""

from collections.abc import Mapping
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.categories import (
    FAMILIES,
    GRADES,
    HIGHLY_SKILLED,
    PLACES,
    PROVINCES,
    SKILLED,
    TIERS,
)
from sim.compiled import compiled
from sim.constants import constants
from sim.institutions.enterprises import Enterprises
from sim.institutions.labour_market import LabourMarket
from sim.institutions.planner import Planner
from sim.institutions.recognition import Recognition
from sim.life import flows
from sim.outcomes import census as tables
from sim.outcomes.census import WAGE_STEP_YUAN, Census
from sim.outcomes.record import Numbers, Record, ratio, ratios
from sim.workforce.newcomers import SCHOOL, SOURCES, VOCATIONAL

SCHOOLING_YEARS: Final = constants("schooling_years")
GRADE_NAMES: Final = tuple(f"grade={name}" for name in GRADES)


class Counted(Protocol):
    """What is read of :class:`sim.state.State`, which holds the record and so knows this room."""

    month: int
    enterprises: Enterprises
    market: LabourMarket
    recognition: Recognition
    record: Record
    entries: NDArray[np.int64]
    flows: NDArray[np.int64]


def write_record(state: Counted, year: int, census: Census, planner: Planner) -> None:
    """Note all indicators of the year that ends."""
    record = state.record
    record_stocks(record, year, census)
    record_marks(record, year, census)
    record_migrants(record, year, census)
    record_wages(record, year, census)
    record_attitudes(record, year, census)
    record_flows(record, year, state.flows, float(census.groups[0, 1]))
    record_recognition(record, year, state.recognition, census, state.flows)
    record_entries(record, year, state.entries)
    record_employers(record, year, state.market, state.enterprises)
    record_intensity(record, year, planner.modifiers.intensity(state.month))
    record_spending(record, year, planner)


@compiled
def weighted_quantile(histograms: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Wage in yuan below which ``share`` of the persons in each histogram lie, shape (n, bins) to (n,).

    It is nan for a histogram of nobody.
    """
    wages = np.full(len(histograms), np.nan)
    for row in range(len(histograms)):
        below, running = share * histograms[row].sum(), 0.0
        for place in range(histograms.shape[1]):
            heads = histograms[row, place]
            if heads > 0.0 and running + heads >= below:
                wages[row] = (place + (below - running) / heads) * WAGE_STEP_YUAN
                break
            running += heads
    return wages


def gini(histogram: Numbers) -> float:
    """Gini coefficient of a histogram of wages."""
    wage = (np.arange(histogram.size) + 0.5) * WAGE_STEP_YUAN
    people, money = np.cumsum(histogram), np.cumsum(histogram * wage)
    if money[-1] == 0.0:
        return float("nan")
    people, money = people / people[-1], money / money[-1]
    return float(1.0 - np.sum(np.diff(people, prepend=0.0) * (money + np.concatenate(([0.0], money[:-1])))))


def record_stocks(record: Record, year: int, census: Census) -> None:
    """Heads, grades and structure at the end of the year."""
    persons, employed = census.provinces[:, 0], census.provinces[:, 1]
    record.add_provinces(year, "workers", persons)
    record.add_provinces(year, "employed", employed)
    record.add_provinces(year, "unemployed", persons - employed)
    in_group, age_months = census.groups[:, 0], census.groups[:, 5]
    record.add_groups(year, "workers", in_group[1:], tables.GROUP_NAMES[1:])
    record.add_groups(year, "mean_age", ratios(age_months / 12.0, in_group), tables.GROUP_NAMES)
    by_education = in_group[tables.FIRST_EDUCATION :]
    record.add(year, "mean_schooling", ratio(by_education @ np.array(SCHOOLING_YEARS), by_education.sum()))
    by_grade = census.grades[:, :, 0]
    record.add_groups(year, "grade_stock", by_grade.sum(axis=0), GRADE_NAMES)
    record.add_provinces(year, "skilled", by_grade[:, SKILLED:].sum(axis=1))
    record.add_provinces(year, "high_skilled", by_grade[:, HIGHLY_SKILLED:].sum(axis=1))


def record_marks(record: Record, year: int, census: Census) -> None:
    """Migrants, participation and training at the end of the year."""
    persons, employed = census.provinces[:, 0], census.provinces[:, 1]
    marks = dict(zip(tables.MARKS, census.marks.T, strict=True))
    record.add_provinces(year, "migrants_inter_provincial", marks["inter_provincial"])
    record.add_provinces(year, "migrants_settled", marks["settled_inter_provincial"])
    record.add_shares(year, "settled_share", marks["settled_inter_provincial"], marks["inter_provincial"])
    record.add_provinces(year, "migrants_outgoing", marks["outgoing"])
    record.add_provinces(year, "migrants_local", marks["local"])
    record.add_shares(year, "share_rural_hukou", marks["rural"], persons)
    record.add_shares(year, "democratic_share", marks["democratic"], employed)
    record.add_shares(year, "pay_by_skill_share", marks["pay_by_skill"], employed)
    record.add(year, "training_waiting", marks["waiting"].sum())
    record.add_shares(year, "young_share", marks["young"], persons)


def record_migrants(record: Record, year: int, census: Census) -> None:
    """Who the workers of rural hukou are and what they earn, as the surveys of migrant workers ask."""
    marks = dict(zip(tables.MARKS, census.marks.T, strict=True))
    record.add_provinces(year, "migrants_rural_inter_provincial", marks["rural_inter_provincial"])
    rural = marks["rural"].sum()
    for indicator, mark in (
        ("migrants_up_to_40_share", "rural_up_to_40"),
        ("migrants_above_50_share", "rural_above_50"),
        ("migrants_trained_share", "rural_trained"),
    ):
        record.add(year, indicator, ratio(marks[mark].sum(), rural))
    for away in ("outgoing", "local"):
        mean = ratio(marks[f"{away}_wage"].sum(), marks[f"{away}_employed"].sum())
        record.add(year, "rural_wage_mean", mean, f"away={away}")
    kept = [place for place, name in enumerate(tables.RURAL_NAMES) if name not in ("all", "hukou=rural")]
    names, groups = [tables.RURAL_NAMES[place] for place in kept], census.rural[kept]
    record.add_groups(year, "rural_workers", groups[:, 0], names)
    record.add_groups(year, "rural_wage_mean", ratios(groups[:, 2], groups[:, 1]), names)


def record_wages(record: Record, year: int, census: Census) -> None:
    """Levels, premium and inequality of wages."""
    histograms = census.wages.astype(np.float64)
    medians = weighted_quantile(histograms, 0.5)
    employed, money = census.groups[:, 1], census.groups[:, 2]
    in_province, paid_there = census.provinces[:, 1], census.provinces[:, 2]
    record.add_places(year, "wage_median", medians[PROVINCES], medians[:PROVINCES])
    record.add_places(year, "wage_mean", ratio(money[0], employed[0]), ratios(paid_there, in_province))
    record.add_groups(year, "wage_median", medians[PROVINCES + 1 :], tables.GROUP_NAMES[1:])
    record.add_groups(year, "wage_mean", ratios(money, employed)[1:], tables.GROUP_NAMES[1:])
    grades = slice(tables.FIRST_GRADE, tables.FIRST_GRADE + len(GRADES))
    heads, paid = employed[grades], money[grades]
    high = ratio(paid[HIGHLY_SKILLED:].sum(), heads[HIGHLY_SKILLED:].sum())
    record.add(year, "skill_premium", ratio(high, ratio(paid[0], heads[0])))
    record.add(year, "wage_gini", gini(histograms[PROVINCES]))


def record_attitudes(record: Record, year: int, census: Census) -> None:
    """Satisfaction and engagement in points."""
    for indicator, column in (("satisfaction", 3), ("engagement", 4)):
        record.add_shares(year, indicator, census.provinces[:, column] / 2.55, census.provinces[:, 0])
        in_group = ratios(census.groups[1:, column] / 2.55, census.groups[1:, 0])
        record.add_groups(year, indicator, in_group, tables.GROUP_NAMES[1:])


def record_flows(record: Record, year: int, flow: NDArray[np.int64], employed: float) -> None:
    """What happened during the year; ``flow`` has shape (FLOWS, 31, 4)."""
    national, by_province = flow.sum(axis=(1, 2)), flow.sum(axis=2)
    departures = {"retired": flows.RETIRED, "died": flows.DIED, "left": flows.LEFT}
    record.add(year, "exits", sum(national[row] for row in departures.values()))
    for reason, row in departures.items():
        record.add(year, "exits", national[row], f"reason={reason}")
    separations = national[flows.QUITS] + national[flows.LOST_JOBS] + national[flows.LEFT]
    record.add(year, "separations", separations)
    record.add(year, "turnover", ratio(separations, employed))
    record.add(year, "job_changes", national[flows.JOB_CHANGES])
    programmes = {
        "employer": flows.EMPLOYER_COURSES,
        "subsidised": flows.SUBSIDISED_COURSES,
        "apprenticeship": flows.APPRENTICESHIPS,
    }
    for programme, row in programmes.items():
        record.add(year, "training_started", national[row], f"programme={programme}")
    record.add(year, "training_started", sum(national[row] for row in programmes.values()))
    record.add_provinces(year, "examinations_taken", by_province[flows.EXAMINATIONS_TAKEN])
    record.add_provinces(year, "examinations_passed", by_province[flows.EXAMINATIONS_PASSED])
    record.add_groups(year, "grade_losses", national[flows.GRADE_LOST :][: len(GRADES)], GRADE_NAMES)
    promoted = national[flows.PROMOTED :][1 : len(GRADES)]
    waited = national[flows.PROMOTION_WAIT :][1 : len(GRADES)] / 12.0
    record.add_groups(year, "promotions", promoted, GRADE_NAMES[1:])
    record.add_groups(year, "promotion_wait", ratios(waited, promoted), GRADE_NAMES[1:])
    record.add(year, "moves", national[flows.MOVED_OUT])
    record.add(year, "returns", national[flows.RETURNED])
    record.add(year, "settlements", national[flows.SETTLED])


def record_recognition(
    record: Record, year: int, recognition: Recognition, census: Census, flow: NDArray[np.int64]
) -> None:
    """Fates of the year by tier, and the certificates so far; ``flow`` has shape (FLOWS, 31, 4)."""
    counts = {**recognition.counts, "recognised": recognition.recognised}
    for tier, name in enumerate(TIERS[1:], start=1):
        group = f"tier={name}"
        for fate in ("recognised", "nominated", "qualified", "quota", "selected", "completed", "failed"):
            record.add_provinces(year, fate, counts[fate][tier], group)
        record.add_provinces(year, "recognised_active", census.tiers[:, 0, tier], group)
        record.add_provinces(year, "in_cultivation", census.tiers[:, 1, tier], group)
        retired = flow[flows.CANDIDATE_RETIRED + tier].sum()
        left = flow[flows.CANDIDATE_LEFT + tier].sum()
        record.add(year, "lost", retired + left, group)
        record.add(year, "lost", retired, f"{group};reason=retired")
        record.add(year, "lost", left, f"{group};reason=left")
        record.add(year, "craftsmen_lost", flow[flows.CRAFTSMAN_LOST + tier].sum(), group)
        waited = ratio(counts["wait_months"][tier].sum() / 12.0, counts["completed"][tier].sum())
        record.add(year, "recognition_wait", waited, group)


def record_entries(record: Record, year: int, entries: NDArray[np.int64]) -> None:
    """Newcomers of the year; ``entries`` has shape (31, 4, 3), the last axis being ``SOURCES``."""
    record.add_provinces(year, "entries", entries.sum(axis=(1, 2)))
    for source, name in enumerate(SOURCES):
        record.add(year, "entries", entries[:, :, source].sum(), f"source={name}")
    record.add(year, "young_entries", entries[:, :, [SCHOOL, VOCATIONAL]].sum())


def record_employers(record: Record, year: int, market: LabourMarket, firms: Enterprises) -> None:
    """How short of workers the labour markets are, and what enterprises do for training."""
    wanted = (market.tightness * market.supply).sum(axis=1)
    record.add_shares(year, "tightness", wanted, market.supply.sum(axis=1))
    record.add(year, "training_effort", float((firms.effort * firms.size).sum() / firms.size.sum()))


def record_intensity(record: Record, year: int, intensity: Mapping[str, float]) -> None:
    """Mean effective intensity of each family at the end of the year."""
    for family in FAMILIES:
        record.add(year, "intensity", intensity[family], f"family={family}")


def record_spending(record: Record, year: int, planner: Planner) -> None:
    """Cost of the year by measure and family; places for craftsmen stand beside the families."""
    spent, catalogue = planner.spent, planner.modifiers.catalogue
    places = planner.spent_on_places(year)
    record.add(year, "spending", sum(spent.values()) + places)
    record.add(year, "spending", places, f"family={PLACES}")
    for name, million in spent.items():
        record.add(year, "spending", million, f"measure={name}")
    by_family = dict.fromkeys(FAMILIES, 0.0)
    for measure in catalogue:
        by_family[measure.family] += spent[measure.name]
    for family, million in by_family.items():
        record.add(year, "spending", million, f"family={family}")
