"""The exact chances of every event of one worker's month, by the law of total probability.

They are computed from the yearly hazards of the decisions alone, without the engine: who has died does
not leave, who has changed the job meets another enterprise and may change it again, who has moved does
not settle. Skill must stand still within the month: neither learned nor forgotten, and courses without
effect on it.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.categories import SENIOR_TECHNICIAN
from sim.life.ageing import age_band, mortality_per_year, retirement_per_year
from sim.life.examination import TOP_GRADE, examination_per_year, pass_probability
from sim.life.migration import leave_township_per_year, move_per_year, return_per_year, settle_per_year
from sim.life.surroundings import Month, Surroundings, World
from sim.life.training import apprenticeship_per_year, eagerness
from sim.life.work import (
    dissatisfaction,
    find_per_year,
    leave_per_year,
    lose_per_year,
    newness,
    quit_per_year,
)
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


class NewJob(NamedTuple):
    """Means over the jobs that a worker may begin, by province and sector of the worker before."""

    effort: NDArray[np.float64]  # (31, 4) training effort of the enterprise
    quit_factor: NDArray[np.float64]  # (2, 31, 4) of the enterprise, for workers without and with a grade
    lose_factor: NDArray[np.float64]  # (31, 4) of the market


class AtWork(NamedTuple):
    """Chances of being at work when the month's changes of job are over."""

    same: float  # in the same job
    new: float  # in a new one, taken up from the old one or found
    regained: float  # in a new one, found after losing or quitting the old one
    twice: float  # of having quit twice for another job


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
def in_rest(per_year: float) -> float:
    """Probability that a yearly hazard strikes in the rest of a month of which an even share has passed.

    This is the mean of ``1 - exp(-h left)`` over all shares ``left`` from 0 to 1, in closed form.
    """
    return 1.0 - in_month(per_year) / (per_year / 12.0) if per_year > 0.0 else 0.0


@njit
def end_job(
    hazards: tuple[float, float], struck: float, world: World, row: NDArray[np.float64]
) -> tuple[float, float]:
    """Share out the chance that a job ends; returns the chances of having another one and of having none."""
    quitting, total = hazards[0], hazards[0] + hazards[1]
    none = struck * below(quitting * world.law.quit_to_unemployment_share, total)
    another = struck * below(quitting, total) - none
    row[QUIT] += none
    row[CHANGED] += another
    row[LOST] += struck - none - another
    return another, struck - another


@njit
def in_new_job(i: int, workers: Workers, world: World, new: NewJob) -> tuple[float, float]:
    """Hazards of quitting and of losing a job just begun, in the mean over the jobs that it may be."""
    province, sector = workers.province[i], workers.sector[i]
    quitting = world.rates[province].quit_per_year
    quitting *= world.law.quit_age_factor[age_band(world.month.now - workers.birth[i])]
    quitting *= newness(0.0, world.law)
    quitting *= max(0.0, 1.0 + world.law.quit_dissatisfaction_slope * dissatisfaction(i, workers))
    quitting *= new.quit_factor[min(workers.grade[i], 1), province, sector]
    if workers.settled[i]:
        quitting *= world.law.quit_settled_factor
    elif workers.away[i]:
        quitting *= world.law.quit_migrant_factor
    return quitting, world.rates[province].lose_job_per_year * new.lose_factor[province, sector]


@njit
def work(
    i: int, workers: Workers, world: World, new: NewJob, stays: float, row: NDArray[np.float64]
) -> AtWork:
    """Jobs: what happens first, and what happens in the rest of the month."""
    same, regained = 0.0, 0.0
    if workers.status[i] == EMPLOYED:
        first = quit_per_year(i, workers, world), lose_per_year(i, workers, world)
        struck = stays * in_month(first[0] + first[1])
        same = stays - struck
        begun, out = end_job(first, struck, world, row)
        row[FOUND] = regained = out * in_rest(find_per_year(i, workers, world))
    else:
        row[FOUND] = begun = stays * in_month(find_per_year(i, workers, world))
    second = in_new_job(i, workers, world, new)
    again, out = end_job(second, begun * in_rest(second[0] + second[1]), world, row)
    return AtWork(same, begun - out, regained, again if workers.status[i] == EMPLOYED else 0.0)


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
def month_of(i: int, workers: Workers, world: World, new: NewJob, row: NDArray[np.float64]) -> float:
    """Chances of all events of one worker; returns the chance of changing the job twice."""
    row[:] = 0.0
    stays = go(i, workers, world, row)
    at_work = work(i, workers, world, new, stays, row)
    programme = workers.training[i]
    due = programme > WAITING and workers.course_end[i] == world.month.now
    if at_work.same > 0.0:
        if programme == NO_COURSE or due:
            effort = world.around.enterprises[workers.enterprise[i]].effort
            learn(i, workers, world, effort, at_work.same, row)
        rise(i, workers, world, (due, at_work.same), row)
    finished = due and programme == SUBSIDISED_COURSE  # the old enterprise's courses end without effect
    effort = new.effort[workers.province[i], workers.sector[i]]
    if finished or programme in (NO_COURSE, EMPLOYER_COURSE, APPRENTICESHIP):
        learn(i, workers, world, effort, at_work.new, row)
    rise(i, workers, world, (finished, at_work.new), row)
    learn(i, workers, world, effort, at_work.regained, row)  # every course has ended without effect
    rise(i, workers, world, (False, at_work.regained), row)
    migrate(i, workers, world, stays, row)
    return at_work.twice


@njit
def add_all(
    workers: Workers, parts: tuple[Table, Table, Surroundings, Month], new: NewJob,
    mean: NDArray[np.float64], variance: NDArray[np.float64],
) -> None:  # fmt: skip
    """Add up the chances of all workers, weighted by the persons that each stands for.

    The only event that one worker can meet twice in a month is a quit for another job.
    """
    rates, law, around, month = parts
    world, row = World(rates, law[0], around, month), np.zeros(mean.size)
    for i in range(workers.status.size):
        if workers.status[i] == VACANT:
            continue
        twice = month_of(i, workers, world, new, row)
        weight = float(workers.weight[i])
        for k in range(mean.size):
            mean[k] += weight * row[k]
            variance[k] += weight * weight * row[k] * (1.0 - row[k])
        variance[CHANGED] += weight * weight * 2.0 * twice


def mean_of_new_jobs(
    values: NDArray[np.float64], around: Surroundings, change_sector_share: float
) -> NDArray[np.float64]:
    """Mean of a value over the enterprises that a new job may bring, by province and sector before it."""
    size = np.diff(around.cell_start)
    cell = np.repeat(np.arange(size.size), size)
    chance = around.enterprises["threshold"].copy()
    others = 1.0 - chance  # Walker's alias method: a row keeps its share or gives it to another
    np.add.at(chance, around.enterprises["alias"], others)
    mean = (np.bincount(cell, chance * values) / size).reshape(around.markets.shape)
    sectors = np.diff(around.places["sector_chances"], axis=1, prepend=0.0)
    elsewhere = (sectors * mean).sum(axis=1, keepdims=True)
    return (1.0 - change_sector_share) * mean + change_sector_share * elsewhere


def new_jobs(around: Surroundings, law: Table) -> NewJob:
    """The means that stand for a job just begun.

    Means enter a probability in place of the values themselves, and the sector of a second new job is drawn
    as that of a first. This puts expectations off by a few millionths at most, for second events are rare.
    """
    firms, size = around.enterprises, np.diff(around.cell_start)
    share = float(law["change_sector_share"][0])
    by_practice = np.where(around.democratic > 0, law["quit_democratic_factor"][0], 1.0)
    by_pay = by_practice * np.where(around.pay_by_skill > 0, law["quit_pay_by_skill_factor"][0], 1.0)
    losing = np.repeat(around.markets["lose_factor"].ravel(), size)
    effort, without_grade, with_grade, lose = (
        mean_of_new_jobs(values, around, share) for values in (firms["effort"], by_practice, by_pay, losing)
    )
    return NewJob(effort, np.stack((without_grade, with_grade)), lose)


def expected(workers: Workers, parts: tuple[Table, Table, Surroundings, Month]) -> Sums:
    """Expected persons and variance of every event; ``parts`` is what ``model.world()`` gives."""
    sums = Sums(np.zeros(len(EVENTS)), np.zeros(len(EVENTS)))
    add_all(workers, parts, new_jobs(parts[2], parts[1]), *sums)
    return sums
