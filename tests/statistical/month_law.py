"""The exact chances of every event of one worker's month, by the law of total probability.

They are computed from the yearly hazards of the decisions alone, without the engine: who has died does
not leave, who has changed the job meets another enterprise, who has moved does not settle. Skill must
stand still within the month: neither learned nor forgotten, and courses without effect on it.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.categories import SENIOR_TECHNICIAN
from sim.life.ageing import mortality_per_year, retirement_per_year
from sim.life.examination import TOP_GRADE, examination_per_year, pass_probability
from sim.life.migration import leave_township_per_year, move_per_year, return_per_year, settle_per_year
from sim.life.surroundings import Month, Surroundings, World
from sim.life.training import apprenticeship_per_year, eagerness
from sim.life.work import find_per_year, leave_per_year, lose_per_year, quit_per_year
from sim.records import Table
from sim.workforce.columns import (
    APPRENTICESHIP,
    EMPLOYED,
    EMPLOYER_COURSE,
    NO_COURSE,
    SKILL_UNIT,
    SUBSIDISED_COURSE,
    VACANT,
    WAITING,
    Workers,
)

EVENTS: Final = (
    "died", "retired", "left the industry", "lost the job", "quit for another job", "quit for none",
    "found a job", "employer course", "application", "apprenticeship", "examination passed",
    "examination failed", "appointed", "moved", "returned", "left the township", "settled",
)  # fmt: skip
(
    DIED, RETIRED, LEFT, LOST, CHANGED, QUIT, FOUND, COURSE, APPLIED, APPRENTICED, PASSED, FAILED, APPOINTED,
    MOVED, RETURNED, TOWNSHIP, SETTLED,
) = range(len(EVENTS))  # fmt: skip


class Sums(NamedTuple):
    """Expected number of persons and its variance, by event."""

    mean: NDArray[np.float64]
    variance: NDArray[np.float64]


@njit
def in_month(per_year: float) -> float:
    """Probability that a yearly hazard strikes within a month."""
    return -math.expm1(-per_year / 12.0)


@njit
def below(part: float, total: float) -> float:
    """Probability that a number of 16 bits, times the total, is less than the part."""
    return min(65536.0, math.ceil(65536.0 * part / total)) / 65536.0 if total > 0.0 else 0.0


@njit
def go(i: int, workers: Workers, world: World, row: NDArray[np.float64]) -> float:
    """Death, retirement, leaving; returns the chance of staying."""
    dying, retiring = mortality_per_year(i, workers, world), retirement_per_year(i, workers, world)
    exiting = in_month(dying + retiring)
    row[DIED] = exiting * below(dying, dying + retiring)
    row[RETIRED] = exiting - row[DIED]
    row[LEFT] = (1.0 - exiting) * in_month(leave_per_year(i, workers, world))
    return 1.0 - exiting - row[LEFT]


@njit
def work(
    i: int, workers: Workers, world: World, stays: float, row: NDArray[np.float64]
) -> tuple[float, float]:
    """Jobs; returns the chances of being at work afterwards, in the old job and in a new one."""
    if workers.status[i] != EMPLOYED:
        row[FOUND] = stays * in_month(find_per_year(i, workers, world))
        return 0.0, row[FOUND]
    quitting, losing = quit_per_year(i, workers, world), lose_per_year(i, workers, world)
    struck, total = stays * in_month(quitting + losing), quitting + losing
    row[QUIT] = struck * below(quitting * world.law.quit_to_unemployment_share, total)
    row[CHANGED] = struck * below(quitting, total) - row[QUIT]
    row[LOST] = struck - row[CHANGED] - row[QUIT]
    return stays - struck, row[CHANGED]


@njit
def learn(
    i: int, workers: Workers, world: World, effort: float, chance: float, row: NDArray[np.float64]
) -> None:
    """Courses of one who is free for them with this chance, in an enterprise of this effort."""
    eager = eagerness(i, workers, world.law.course_engagement_slope)
    rates = world.rates[workers.province[i]]
    employer = rates.employer_course_per_year * effort * eager
    applying = rates.subsidised_application_per_year * eager
    total = employer + applying + apprenticeship_per_year(i, workers, world)
    struck, to_employer = chance * in_month(total), below(employer, total)
    to_either = below(employer + applying, total)
    row[COURSE] += struck * to_employer
    row[APPLIED] += struck * (to_either - to_employer)
    row[APPRENTICED] += struck * (1.0 - to_either)


@njit
def may_sit(i: int, workers: Workers, world: World) -> bool:
    """Whether grade, time and skill allow the examination to one who is at work."""
    grade = workers.grade[i]
    if grade >= TOP_GRADE or world.month.now - workers.graded[i] < world.law.grade_wait_years[grade] * 12.0:
        return False
    return workers.skill[i] * SKILL_UNIT >= world.law.grade_standard[grade]


@njit
def rise(i: int, workers: Workers, world: World, case: tuple[bool, float], row: NDArray[np.float64]) -> None:
    """Examination; ``case`` is whether a course has just been finished, and the chance of being at work."""
    finished, chance = case
    if not may_sit(i, workers, world):
        return
    sitting = examination_per_year(i, workers, world)
    if workers.grade[i] >= SENIOR_TECHNICIAN:
        row[APPOINTED] += chance * in_month(sitting)
        return
    if workers.courses[i] == 0 and finished:
        sitting /= world.law.examination_without_course_factor
    struck, passing = chance * in_month(sitting), pass_probability(i, workers, world)
    row[PASSED] += struck * passing
    row[FAILED] += struck * (1.0 - passing)


@njit
def migrate(i: int, workers: Workers, world: World, stays: float, row: NDArray[np.float64]) -> None:
    """Moves, then settling of those who have not just arrived."""
    moving, returning = move_per_year(i, workers, world), return_per_year(i, workers, world)
    total = moving + returning + leave_township_per_year(i, workers, world)
    struck, to_other, to_away = (
        stays * in_month(total),
        below(moving, total),
        below(moving + returning, total),
    )
    row[MOVED] = struck * to_other
    row[RETURNED] = struck * (to_away - to_other)
    row[TOWNSHIP] = struck * (1.0 - to_away)
    arrived = row[MOVED] + row[TOWNSHIP]
    if workers.province[i] != workers.home[i]:
        arrived += row[RETURNED]  # who returns to the township keeps the time of residence
    row[SETTLED] = (stays - arrived) * in_month(settle_per_year(i, workers, world))


@njit
def month_of(
    i: int, workers: Workers, world: World, mean_effort: NDArray[np.float64], row: NDArray[np.float64]
) -> None:
    """Chances of all events of one worker; ``mean_effort`` is that of a new job, by province and sector."""
    row[:] = 0.0
    stays = go(i, workers, world, row)
    same, new = work(i, workers, world, stays, row)
    programme = workers.training[i]
    due = programme > WAITING and workers.course_end[i] == world.month.now
    if same > 0.0:
        if programme == NO_COURSE or due:
            learn(i, workers, world, world.around.enterprises[workers.enterprise[i]].effort, same, row)
        rise(i, workers, world, (due, same), row)
    finished = due and programme == SUBSIDISED_COURSE  # the old enterprise's courses end without effect
    if finished or programme in (NO_COURSE, EMPLOYER_COURSE, APPRENTICESHIP):
        learn(i, workers, world, mean_effort[workers.province[i], workers.sector[i]], new, row)
    rise(i, workers, world, (finished, new), row)
    migrate(i, workers, world, stays, row)


@njit
def add_all(
    workers: Workers, parts: tuple[Table, Table, Surroundings, Month], mean_effort: NDArray[np.float64],
    mean: NDArray[np.float64], variance: NDArray[np.float64],
) -> None:  # fmt: skip
    """Add up the chances of all workers, weighted by the persons that each stands for."""
    rates, law, around, month = parts
    world, row = World(rates, law[0], around, month), np.zeros(mean.size)
    for i in range(workers.status.size):
        if workers.status[i] == VACANT:
            continue
        month_of(i, workers, world, mean_effort, row)
        weight = float(workers.weight[i])
        for k in range(mean.size):
            mean[k] += weight * row[k]
            variance[k] += weight * weight * row[k] * (1.0 - row[k])


def effort_of_a_new_job(around: Surroundings, change_sector_share: float) -> NDArray[np.float64]:
    """Mean training effort of the enterprise that a new job brings, by province and sector before it.

    The mean enters a probability in place of the effort itself, which is off by a ten-millionth.
    """
    firms = around.enterprises
    size = np.diff(around.cell_start)
    cell = np.repeat(np.arange(size.size), size)
    chance = firms["threshold"].copy()  # Walker's alias method: a row keeps its share or gives it to another
    np.add.at(chance, firms["alias"], 1.0 - firms["threshold"])
    mean = np.bincount(cell, chance * firms["effort"]) / size
    mean = mean.reshape(around.markets.shape)
    sectors = np.diff(around.places["sector_chances"], axis=1, prepend=0.0)
    elsewhere = (sectors * mean).sum(axis=1, keepdims=True)
    return (1.0 - change_sector_share) * mean + change_sector_share * elsewhere


def expected(workers: Workers, parts: tuple[Table, Table, Surroundings, Month]) -> Sums:
    """Expected persons and variance of every event; ``parts`` is what ``model.world()`` gives."""
    mean_effort = effort_of_a_new_job(parts[2], float(parts[1]["change_sector_share"][0]))
    sums = Sums(np.zeros(len(EVENTS)), np.zeros(len(EVENTS)))
    add_all(workers, parts, mean_effort, *sums)
    return sums
