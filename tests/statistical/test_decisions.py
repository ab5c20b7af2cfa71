"""Events happen as often as the hazards say: counted lives against sums of exact probabilities."""

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from numba import njit
from numpy.typing import NDArray

from sim.calendar import FORK
from sim.life import flows
from sim.life.ageing import mortality_per_year, retirement_per_year
from sim.life.bounds import compile_month
from sim.life.examination import examination_per_year, is_eligible, pass_probability
from sim.life.flows import Counts
from sim.life.migration import leave_township_per_year, move_per_year, return_per_year, settle_per_year
from sim.life.month import live_month
from sim.life.surroundings import Month, Surroundings, Table, World
from sim.life.training import application_per_year, apprenticeship_per_year, employer_course_per_year
from sim.life.work import find_per_year, leave_per_year, lose_per_year, quit_per_year
from sim.model import WorkforceModel
from sim.records import law_record, rate_records
from sim.state import empty_counts
from sim.workforce.columns import EMPLOYED, NO_COURSE, UNEMPLOYED, VACANT, Workers
from tests.country import past, take_over

pytestmark = pytest.mark.statistical

SEEDS = range(101, 113)
SIGMAS = 4.0
HAZARDS = (
    "die", "retire", "leave", "quit", "lose", "find", "employer", "apply", "apprentice", "examine", "passed",
    "move", "return", "township", "settle",
)  # fmt: skip


@njit
def fill_working(i: int, workers: Workers, world: World, row: NDArray[np.float64]) -> None:
    """Hazards of those at work."""
    row[3] = quit_per_year(i, workers, world)
    row[4] = lose_per_year(i, workers, world)
    row[6] = employer_course_per_year(i, workers, world)
    row[7] = application_per_year(i, workers, world)
    row[8] = apprenticeship_per_year(i, workers, world)
    if is_eligible(i, workers, world):
        row[9] = examination_per_year(i, workers, world)
        row[10] = pass_probability(i, workers, world) if workers.grade[i] < 5 else 1.0


@njit
def fill_hazards(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, out: NDArray[np.float64]
) -> None:
    """Yearly hazards of every worker, shape (workers, 15); zero where a decision does not concern it."""
    world = World(rates, law[0], around, month)
    for i in range(workers.status.size):
        if workers.status[i] == VACANT:
            continue
        out[i, 0] = mortality_per_year(i, workers, world)
        out[i, 1] = retirement_per_year(i, workers, world)
        out[i, 2] = leave_per_year(i, workers, world)
        out[i, 5] = find_per_year(i, workers, world)
        out[i, 11] = move_per_year(i, workers, world)
        out[i, 12] = return_per_year(i, workers, world)
        out[i, 13] = leave_township_per_year(i, workers, world)
        out[i, 14] = settle_per_year(i, workers, world)
        if workers.status[i] == EMPLOYED:
            fill_working(i, workers, world, out[i])


class Lives(NamedTuple):
    """One month lived under many seeds: hazards a year, and what was counted."""

    hazard: dict[str, NDArray[np.float64]]
    count: NDArray[np.int64]  # (FLOWS,) over all seeds
    free: NDArray[np.bool_]  # not in a course
    model: WorkforceModel


def prepared(status: int) -> WorkforceModel:
    """The country with one person per agent, nobody learning, everybody at work or nobody."""
    model = take_over(past().state)
    workers = model.state.population.workers
    workers.status[workers.status != (EMPLOYED if status == EMPLOYED else 9)] = VACANT
    if status == UNEMPLOYED:
        source = past().state.population.workers
        here = source.status != VACANT
        workers.status[here], workers.enterprise[here] = UNEMPLOYED, -1
    workers.weight[:] = workers.status != VACANT
    still = np.zeros_like(model.rates.learning_per_year)  # so that nobody becomes eligible in this month
    model.rates = model.rates._replace(learning_per_year=still)
    return model


@cache
def live_once(status: int) -> Lives:
    """Live January 2025 once for each seed, from the same state."""
    model = prepared(status)
    start = model.state.population.workers
    rates, law = rate_records(model.rates), law_record(model.law)
    count = np.zeros(flows.FLOWS, np.int64)
    table = np.zeros((start.status.size, len(HAZARDS)))
    for seed in SEEDS:
        workers = Workers(*(column.copy() for column in start))
        month = compile_month(FORK + 1, seed, model.rates, model.law, model.around)
        counts = Counts(*empty_counts(len(model.state.enterprises)))
        live_month(workers, rates, law, model.around, month, counts)
        count += counts.flows.sum(axis=(0, 2, 3))
    fill_hazards(start, rates, law, model.around, month, table)
    hazard = {name: table[start.status != VACANT, k] for k, name in enumerate(HAZARDS)}
    ending = start.course_end == FORK + 1
    free = ((start.training == NO_COURSE) | ((start.training > 1) & ending))[start.status != VACANT]
    return Lives(hazard, count, free, model)


def in_month(*hazards: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of the first of competing events within a month; the first hazard is the event's."""
    total = np.sum(hazards, axis=0)
    share = np.divide(hazards[0], total, out=np.zeros(total.size), where=total > 0)
    return -np.expm1(-total / 12.0) * share


def expect(probabilities: NDArray[np.float64], count: int) -> None:
    """The count over all seeds lies within four standard deviations of the expected one."""
    mean = probabilities.sum() * len(SEEDS)
    spread = np.sqrt((probabilities * (1.0 - probabilities)).sum() * len(SEEDS))
    assert mean > 25, "too few events to tell"
    assert abs(count - mean) < SIGMAS * spread, f"{count} events where {mean:.1f} +- {spread:.1f} are due"


@cache
def stays() -> NDArray[np.float64]:
    """Probability of still being in the industry when the job is decided."""
    h = live_once(EMPLOYED).hazard
    return np.exp(-(h["die"] + h["retire"] + h["leave"]) / 12.0)


@cache
def works() -> NDArray[np.float64]:
    """Probability of still being at work when training is decided."""
    lives = live_once(EMPLOYED)
    h, share = lives.hazard, lives.model.law.quit_to_unemployment_share
    idle = in_month(h["lose"], h["quit"]) + share * in_month(h["quit"], h["lose"])
    return stays() * (1.0 - idle)


@pytest.mark.parametrize(("name", "other", "flow"), [
    ("die", "retire", flows.DIED), ("retire", "die", flows.RETIRED),
])  # fmt: skip
def test_deaths_and_retirements(name: str, other: str, flow: int) -> None:
    lives = live_once(EMPLOYED)
    expect(in_month(lives.hazard[name], lives.hazard[other]), lives.count[flow])


@pytest.mark.parametrize("status", [EMPLOYED, UNEMPLOYED])
def test_departures(status: int) -> None:
    lives = live_once(status)
    h = lives.hazard
    expect(np.exp(-(h["die"] + h["retire"]) / 12.0) * in_month(h["leave"]), lives.count[flows.LEFT])


def test_jobs_found() -> None:
    lives = live_once(UNEMPLOYED)
    h = lives.hazard
    stay = np.exp(-(h["die"] + h["retire"] + h["leave"]) / 12.0)
    expect(stay * in_month(h["find"]), lives.count[flows.FOUND_JOBS])


def test_jobs_quit_and_lost() -> None:
    lives = live_once(EMPLOYED)
    h, share = lives.hazard, lives.model.law.quit_to_unemployment_share
    quitting = stays() * in_month(h["quit"], h["lose"])
    expect(quitting, lives.count[flows.QUITS])
    expect(quitting * (1.0 - share), lives.count[flows.JOB_CHANGES])
    expect(stays() * in_month(h["lose"], h["quit"]), lives.count[flows.LOST_JOBS])


@pytest.mark.parametrize(("name", "others", "flow"), [
    ("employer", ("apply", "apprentice"), flows.EMPLOYER_COURSES),
    ("apply", ("employer", "apprentice"), flows.APPLICATIONS),
    ("apprentice", ("employer", "apply"), flows.APPRENTICESHIPS),
])  # fmt: skip
def test_courses_begun_and_applied_for(name: str, others: tuple[str, str], flow: int) -> None:
    lives = live_once(EMPLOYED)
    h = {key: value * lives.free for key, value in lives.hazard.items()}
    expect(works() * in_month(h[name], *(h[other] for other in others)), lives.count[flow])


def test_examinations_taken_and_passed() -> None:
    lives = live_once(EMPLOYED)
    h = lives.hazard
    workers = lives.model.state.population.workers
    sits = workers.grade[workers.status != VACANT] < 5
    taking = works() * in_month(h["examine"])
    expect(taking * sits, lives.count[flows.EXAMINATIONS_TAKEN])
    expect(taking * h["passed"] * sits, lives.count[flows.EXAMINATIONS_PASSED])


@pytest.mark.parametrize(("name", "others", "flow"), [
    ("move", ("return", "township"), flows.MOVED_OUT),
    ("return", ("move", "township"), flows.RETURNED),
    ("township", ("move", "return"), flows.LEFT_TOWNSHIP),
])  # fmt: skip
def test_moves_and_returns(name: str, others: tuple[str, str], flow: int) -> None:
    lives = live_once(EMPLOYED)
    h = lives.hazard
    expect(stays() * in_month(h[name], *(h[other] for other in others)), lives.count[flow])


def test_settlements() -> None:
    lives = live_once(EMPLOYED)
    h = lives.hazard
    stay_put = stays() * np.exp(-(h["move"] + h["return"] + h["township"]) / 12.0)
    expect(stay_put * in_month(h["settle"]), lives.count[flows.SETTLED])


def test_everyone_who_moves_out_moves_in() -> None:
    count = live_once(EMPLOYED).count
    assert count[flows.MOVED_OUT] == count[flows.MOVED_IN] > 0
