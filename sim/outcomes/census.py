"""The yearly census: one pass over all workers into integer tables, equal for any number of threads."""

from typing import Final, NamedTuple

import numpy as np
from numba import prange
from numba.np.ufunc import get_thread_id
from numpy.typing import NDArray

from sim.categories import AGE_BANDS, EDUCATION, GRADES, HUKOU, PROVINCES, SECTORS, SEX, TIERS
from sim.compiled import inlined, lean, most_threads, parallel
from sim.life.ageing import age_band
from sim.life.surroundings import Month, Surroundings, World
from sim.life.wages import wage_yuan_month
from sim.records import Table
from sim.workforce.columns import BLOCK, EMPLOYED, VACANT, WAITING, Workers

WAGE_STEP_YUAN: Final = 50
WAGE_BINS: Final = 1200  # up to 60,000 yuan a month

# What is summed for each group of workers.
MEASURES: Final = ("persons", "employed", "wage", "satisfaction", "engagement", "age_months")
# Marks: persons by province to whom something applies.
MARKS: Final = (
    "inter_provincial",
    "settled_inter_provincial",
    "outgoing",
    "local",
    "rural",
    "democratic",
    "pay_by_skill",
    "waiting",
    "learning",
    "young",
)
# Groups, one after the other: all, sectors, hukou, sexes, age bands, grades, education.
GROUP_NAMES: Final = (
    "all",
    *(f"sector={name}" for name in SECTORS),
    *(f"hukou={name}" for name in HUKOU),
    *(f"sex={name}" for name in SEX),
    *(f"age={name}" for name in AGE_BANDS),
    *(f"grade={name}" for name in GRADES),
    *(f"education={name}" for name in EDUCATION),
)
GROUPS: Final = len(GROUP_NAMES)
FIRST_SECTOR: Final = 1
FIRST_HUKOU: Final = FIRST_SECTOR + len(SECTORS)
FIRST_SEX: Final = FIRST_HUKOU + len(HUKOU)
FIRST_AGE: Final = FIRST_SEX + len(SEX)
FIRST_GRADE: Final = FIRST_AGE + len(AGE_BANDS)
FIRST_EDUCATION: Final = FIRST_GRADE + len(GRADES)
MEMBERSHIPS: Final = 7  # groups that one worker belongs to


class Census(NamedTuple):
    """Integer tables; with a leading axis of threads while they are being filled."""

    sums: NDArray[np.int64]  # (31, GROUPS, 6) see MEASURES
    wages: NDArray[np.int64]  # (31 + GROUPS, WAGE_BINS) employed persons by wage
    marks: NDArray[np.int64]  # (31, 10) see MARKS
    tiers: NDArray[np.int64]  # (31, 2, 4) persons by province, (active, in cultivation), tier
    homes: NDArray[np.int64]  # (31 home, 31 residence) persons


def empty_census(threads: int) -> Census:
    """All tables at zero."""
    shapes = (
        (PROVINCES, GROUPS, len(MEASURES)),
        (PROVINCES + GROUPS, WAGE_BINS),
        (PROVINCES, len(MARKS)),
        (PROVINCES, 2, len(TIERS)),
        (PROVINCES, PROVINCES),
    )
    return Census(*(np.zeros((threads, *shape), dtype=np.int64) for shape in shapes))


@inlined
def mark(i: int, workers: Workers, around: Surroundings, now: int, marks: NDArray[np.int64]) -> None:
    """Count one worker under every mark that applies."""
    persons = np.int64(workers.weight[i])
    employed = workers.status[i] == EMPLOYED
    outside = workers.province[i] != workers.home[i]
    rural = workers.hukou[i] == 0
    firm = max(0, int(workers.enterprise[i]))
    marks[0] += persons * np.int64(outside)
    marks[1] += persons * np.int64(outside and workers.settled[i] == 1)
    marks[2] += persons * np.int64(rural and workers.away[i] == 1)
    marks[3] += persons * np.int64(rural and workers.away[i] == 0)
    marks[4] += persons * np.int64(rural)
    marks[5] += persons * np.int64(employed and around.enterprises[firm].democratic == 1)
    marks[6] += persons * np.int64(employed and around.enterprises[firm].pay_by_skill == 1)
    marks[7] += persons * np.int64(workers.training[i] == WAITING)
    marks[8] += persons * np.int64(workers.training[i] > WAITING)
    marks[9] += persons * np.int64(now - int(workers.birth[i]) < 35 * 12)


@inlined
def enumerate_worker(i: int, workers: Workers, world: World, census: Census) -> None:
    """Add one worker to all tables."""
    persons = np.int64(workers.weight[i])
    employed = np.int64(workers.status[i] == EMPLOYED)
    now, province = world.month.now, int(workers.province[i])
    wage = int(wage_yuan_month(i, workers, world))
    wage_bin = min(WAGE_BINS - 1, wage // WAGE_STEP_YUAN)
    groups = (
        0,
        FIRST_SECTOR + int(workers.sector[i]),
        FIRST_HUKOU + int(workers.hukou[i]),
        FIRST_SEX + int(workers.sex[i]),
        FIRST_AGE + age_band(now - int(workers.birth[i])),
        FIRST_GRADE + int(workers.grade[i]),
        FIRST_EDUCATION + int(workers.education[i]),
    )
    for k in range(MEMBERSHIPS):
        cell = census.sums[province, groups[k]]
        cell[0] += persons
        cell[1] += persons * employed
        cell[2] += persons * employed * np.int64(wage)
        cell[3] += persons * np.int64(workers.satisfaction[i])
        cell[4] += persons * np.int64(workers.engagement[i])
        cell[5] += persons * np.int64(now - int(workers.birth[i]))
        census.wages[PROVINCES + groups[k], wage_bin] += persons * employed
    census.wages[province, wage_bin] += persons * employed
    mark(i, workers, world.around, now, census.marks[province])
    census.tiers[province, 0, workers.tier[i]] += persons
    census.tiers[province, 1, workers.candidate[i]] += persons
    census.homes[workers.home[i], province] += persons


@lean
def enumerate_block(first: int, workers: Workers, world: World, census: Census) -> None:
    """Add the workers of one block."""
    for i in range(first, first + BLOCK):
        if workers.status[i] != VACANT:
            enumerate_worker(i, workers, world, census)


@parallel
def enumerate_all(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, census: Census
) -> None:
    """Fill the census tables of all threads."""
    for block in prange(workers.status.size // BLOCK):
        t = get_thread_id()
        own = Census(census.sums[t], census.wages[t], census.marks[t], census.tiers[t], census.homes[t])
        enumerate_block(block * BLOCK, workers, World(rates, law[0], around, month), own)


def take_census(workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month) -> Census:
    """Count everybody; tables without the axis of threads."""
    census = empty_census(most_threads())
    enumerate_all(workers, rates, law, around, month, census)
    return Census(*(table.sum(axis=0) for table in census))
