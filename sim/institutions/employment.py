"""First jobs: everyone at work at the start gets an enterprise of the province and sector, by size."""

import numpy as np
from numba import prange
from numpy.typing import NDArray

from sim.alias import draw_enterprise
from sim.chance import uniform
from sim.compiled import inlined, parallel
from sim.institutions.enterprises import Enterprises
from sim.records import Table
from sim.workforce.columns import EMPLOYED, Workers


@inlined
def assign_one(
    i: int, workers: Workers, enterprises: Table, cell_start: NDArray[np.int64], key: np.uint64
) -> None:
    """Give one worker an enterprise, when at work."""
    workers.enterprise[i] = -1
    if workers.status[i] == EMPLOYED:
        u = uniform(key, workers.identity[i])
        province, sector = int(workers.province[i]), int(workers.sector[i])
        workers.enterprise[i] = draw_enterprise(province, sector, u, enterprises, cell_start)


@parallel
def assign(workers: Workers, enterprises: Table, cell_start: NDArray[np.int64], key: np.uint64) -> None:
    """Fill the enterprise column."""
    for i in prange(workers.status.size):
        assign_one(i, workers, enterprises, cell_start, key)


def give_jobs(workers: Workers, enterprises: Enterprises, key: np.uint64) -> None:
    """Give everyone at work an enterprise."""
    assign(workers, enterprises.table, enterprises.cell_start, key)
