"""A debugging aid: look at every worker whether any hazard exceeds the bound that screening relies on."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled, inlined
from sim.life.ageing import mortality_per_year, retirement_per_year
from sim.life.bounds import ROUNDING
from sim.life.examination import examination_per_year, is_eligible
from sim.life.migration import leave_township_per_year, move_per_year, return_per_year, settle_per_year
from sim.life.surroundings import (
    COURSE,
    DECISIONS,
    EXAMINATION,
    EXIT,
    JOB,
    LEAVE,
    MOVE,
    OLD_EXIT,
    SETTLE,
    Month,
    Surroundings,
    World,
)
from sim.life.training import application_per_year, apprenticeship_per_year, employer_course_per_year
from sim.life.work import leave_per_year, lose_per_year, quit_per_year
from sim.records import Table
from sim.workforce.columns import EMPLOYED, VACANT, Workers

NAMES: Final = {
    EXIT: "exit of the younger", LEAVE: "leaving", JOB: "change of job", COURSE: "course",
    EXAMINATION: "examination", MOVE: "move", SETTLE: "settling", OLD_EXIT: "exit of the older",
}  # fmt: skip


class Largest(NamedTuple):
    """The largest hazard of each decision, shape (DECISIONS + 1,), and whose it is."""

    per_year: NDArray[np.float64]
    slot: NDArray[np.int64]


@inlined
def note(largest: Largest, decision: int, i: int, hazard: float) -> None:
    """Keep the hazard if it is the largest so far."""
    if hazard > largest.per_year[decision]:
        largest.per_year[decision] = hazard
        largest.slot[decision] = i


@inlined
def look_at(i: int, workers: Workers, world: World, largest: Largest) -> None:
    """Note the hazards of one worker, of those decisions that are screened for it."""
    exiting = mortality_per_year(i, workers, world) + retirement_per_year(i, workers, world)
    note(largest, OLD_EXIT if workers.birth[i] <= world.month.old_birth else EXIT, i, exiting)
    note(largest, LEAVE, i, leave_per_year(i, workers, world))
    moving = move_per_year(i, workers, world) + return_per_year(i, workers, world)
    note(largest, MOVE, i, moving + leave_township_per_year(i, workers, world))
    note(largest, SETTLE, i, settle_per_year(i, workers, world))
    if workers.status[i] != EMPLOYED:
        return
    note(largest, JOB, i, quit_per_year(i, workers, world) + lose_per_year(i, workers, world))
    starting = employer_course_per_year(i, workers, world) + application_per_year(i, workers, world)
    note(largest, COURSE, i, starting + apprenticeship_per_year(i, workers, world))
    if is_eligible(i, workers, world):
        note(largest, EXAMINATION, i, examination_per_year(i, workers, world))


@compiled
def look_at_all(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, largest: Largest
) -> None:
    """Note the hazards of every worker."""
    world = World(rates, law[0], around, month)
    for i in range(workers.status.size):
        if workers.status[i] != VACANT:
            look_at(i, workers, world, largest)


def largest_hazards(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month
) -> Largest:
    """The largest yearly hazard of each decision over all workers, and in which slot it was met."""
    largest = Largest(np.zeros(DECISIONS + 1), np.zeros(DECISIONS + 1, np.int64))
    look_at_all(workers, rates, law, around, month, largest)
    return largest


def check_bounds(largest: Largest, most_per_year: NDArray[np.float64]) -> None:
    """Make sure that no worker's hazard exceeds its bound.

    Raises
    ------
    AssertionError
        Naming the decision, the worker's slot, the hazard and the bound.
    """
    for decision, name in NAMES.items():
        hazard, bound = largest.per_year[decision], most_per_year[decision]
        if hazard > bound * (1.0 + ROUNDING):
            raise AssertionError(
                f"{name}: the worker in slot {largest.slot[decision]} has a hazard of {hazard:.6g} a year, "
                f"above the bound of {bound:.6g}"
            )
