"""First jobs: everyone at work at the start gets an enterprise of the province and sector, by size."""

import numpy as np
from numba import prange

from sim.chance import uniform
from sim.compiled import inlined, parallel
from sim.institutions.enterprises import Enterprises
from sim.life.surroundings import MARKET, PLACE, Surroundings
from sim.life.work import draw_enterprise
from sim.workforce.columns import EMPLOYED, Workers


@inlined
def assign_one(i: int, workers: Workers, around: Surroundings, key: np.uint64) -> None:
    """Give one worker an enterprise, when at work."""
    workers.enterprise[i] = -1
    if workers.status[i] == EMPLOYED:
        u = uniform(key, workers.identity[i])
        province, sector = int(workers.province[i]), int(workers.sector[i])
        workers.enterprise[i] = draw_enterprise(province, sector, u, around)


@parallel
def assign(workers: Workers, around: Surroundings, key: np.uint64) -> None:
    """Fill the enterprise column."""
    for i in prange(workers.status.size):
        assign_one(i, workers, around, key)


def give_jobs(workers: Workers, enterprises: Enterprises, key: np.uint64) -> None:
    """Give everyone at work an enterprise."""
    nowhere = np.zeros(0, PLACE), np.zeros((0, 0, 0)), np.zeros((0, 0), MARKET)
    assign(workers, Surroundings(*nowhere, *enterprises.met()), key)
