"""The short count of each quarter: who works or looks for work, where, from where, for what wage."""

from typing import NamedTuple

import numpy as np
from numba import get_thread_id, prange
from numpy.typing import NDArray

from sim.categories import PROVINCES, SECTORS
from sim.compiled import lean, most_threads, parallel, place_of
from sim.life.surroundings import Month, Surroundings, World
from sim.life.wages import wage_yuan_month
from sim.records import Table
from sim.workforce.columns import BLOCK, EMPLOYED, VACANT, Workers


class LabourForce(NamedTuple):
    """The short count of each quarter; with a leading axis of threads while being filled."""

    supply: NDArray[np.int64]  # (31, 4) persons working or looking for work
    employed: NDArray[np.int64]  # (31, 4)
    wage: NDArray[np.int64]  # (31, 4) yuan a month, summed over the employed
    homes: NDArray[np.int64]  # (31, 31) persons by home and residence


@lean
def count_labour_block(first: int, workers: Workers, world: World, force: LabourForce) -> None:
    """Add the workers of one block to the quarter's count."""
    for j in range(BLOCK):
        i = place_of(first + j)
        if workers.status[i] == VACANT:
            continue
        province, sector = workers.province[i], workers.sector[i]
        persons = np.int64(workers.weight[i])
        paid = persons * np.int64(workers.status[i] == EMPLOYED)
        force.supply[province, sector] += persons
        force.homes[workers.home[i], province] += persons
        force.employed[province, sector] += paid
        force.wage[province, sector] += paid * np.int64(wage_yuan_month(i, workers, world))


@parallel
def count_labour(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, force: LabourForce
) -> None:
    """Fill the labour tables of all threads."""
    for block in prange(workers.status.size // BLOCK):
        t = get_thread_id()
        own = LabourForce(force.supply[t], force.employed[t], force.wage[t], force.homes[t])
        count_labour_block(block * BLOCK, workers, World(rates, law[0], around, month), own)


def take_labour_force(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month
) -> LabourForce:
    """Count the labour force; tables without the axis of threads."""
    threads = most_threads()
    market, square = (threads, PROVINCES, len(SECTORS)), (threads, PROVINCES, PROVINCES)
    force = LabourForce(*(np.zeros(shape, dtype=np.int64) for shape in (market, market, market, square)))
    count_labour(workers, rates, law, around, month, force)
    return LabourForce(*(table.sum(axis=0) for table in force))
