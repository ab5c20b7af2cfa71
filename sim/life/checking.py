"""A debugging aid: look at every worker whether any hazard exceeds the bound that screening relies on."""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled, inlined, one_after_another
from sim.life.bounds import ROUNDING
from sim.life.decisions import TABLE, Hazard
from sim.life.surroundings import OLD_EXIT, Month, Surroundings, World
from sim.records import Table
from sim.workforce.columns import VACANT, Workers

NAMES: Final = {row.number: row.name for row in TABLE if row.hazard}


class Largest(NamedTuple):
    """The largest hazard of each decision, shape (OLD_EXIT + 1,), and whose it is."""

    per_year: NDArray[np.float64]
    slot: NDArray[np.int64]


@inlined
def note(largest: Largest, decision: int, i: int, hazard: float) -> None:
    """Keep the hazard if it is the largest so far."""
    if hazard > largest.per_year[decision]:
        largest.per_year[decision] = hazard
        largest.slot[decision] = i


def noting(number: int, hazard: Hazard) -> Callable[..., None]:
    """What notes the hazard of one worker in one decision."""

    def noted(i: int, workers: Workers, world: World, largest: Largest) -> None:
        note(largest, number, i, hazard(i, workers, world))

    return noted


note_all = one_after_another([noting(row.number, row.hazard) for row in TABLE if row.hazard])


@compiled
def look_at_all(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, largest: Largest
) -> None:
    """Note the hazards of every worker."""
    world = World(rates, law[0], around, month)
    for i in range(workers.status.size):
        if workers.status[i] != VACANT:
            note_all(i, workers, world, largest)


def largest_hazards(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month
) -> Largest:
    """The largest yearly hazard of each decision over all workers, and in which slot it was met."""
    largest = Largest(np.zeros(OLD_EXIT + 1), np.zeros(OLD_EXIT + 1, np.int64))
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
