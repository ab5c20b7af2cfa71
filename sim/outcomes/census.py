"""The yearly census: one pass over all workers into integer tables, equal for any number of threads."""

from typing import Final, NamedTuple

import numpy as np
from numba import get_thread_id, prange
from numpy.typing import NDArray

from sim.categories import AGE_BANDS, EDUCATION, GRADES, HUKOU, PROVINCES, SECTORS, SEX, TIERS
from sim.compiled import compiled, inlined, lean, most_threads, parallel, place_of
from sim.life.ageing import age_band
from sim.life.surroundings import Month, Surroundings, World
from sim.life.wages import wage_yuan_month
from sim.records import Table
from sim.workforce.columns import BLOCK, EMPLOYED, VACANT, WAITING, Workers

WAGE_STEP_YUAN: Final = 50
WAGE_BINS: Final = 1200  # up to 60,000 yuan a month

# What is summed for each group of workers.
MEASURES: Final = ("persons", "employed", "wage", "satisfaction", "engagement", "age_months")
# Marks: persons by province to whom something applies; the last four are of those at work, with their wages.
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
    "rural_inter_provincial",
    "rural_up_to_40",
    "rural_above_50",
    "rural_trained",
    "outgoing_employed",
    "outgoing_wage",
    "local_employed",
    "local_wage",
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
# Groups of the workers of rural hukou, who are the migrant workers of the published surveys.
RURAL: Final = HUKOU.index("rural")
RURAL_NAMES: Final = tuple(name for name in GROUP_NAMES if name != "hukou=urban")
FIRST_GRADE: Final = GROUP_NAMES.index(f"grade={GRADES[0]}")
FIRST_EDUCATION: Final = GROUP_NAMES.index(f"education={EDUCATION[0]}")
# A worker belongs to one kind of person and one level of skill, from which all groups follow.
KIND_SHAPE: Final = (len(SECTORS), len(HUKOU), len(SEX), len(AGE_BANDS))
LEVEL_SHAPE: Final = (len(GRADES), len(EDUCATION))
KINDS, LEVELS = int(np.prod(KIND_SHAPE)), int(np.prod(LEVEL_SHAPE))
ROW: Final = 8  # the six measures, padded to a cache line


class Count(NamedTuple):
    """Integer tables of one thread, or with a leading axis of threads while they are being filled."""

    kinds: NDArray[np.int64]  # (KINDS x LEVELS, ROW) measures
    grades: NDArray[np.int64]  # (31 x 8, ROW) measures
    province_wages: NDArray[np.int64]  # (31, WAGE_BINS) employed persons by wage
    kind_wages: NDArray[np.int64]  # (KINDS, WAGE_BINS)
    level_wages: NDArray[np.int64]  # (LEVELS, WAGE_BINS)
    marks: NDArray[np.int64]  # (31, 18) see MARKS
    tiers: NDArray[np.int64]  # (31, 2, 4) persons by province, (active, in cultivation), tier


class Census(NamedTuple):
    """The year's count of all workers; integers."""

    groups: NDArray[np.int64]  # (GROUPS, 6) measures by group, in the country
    rural: NDArray[np.int64]  # (GROUPS - 1, 6) the same of rural hukou alone, see RURAL_NAMES
    grades: NDArray[np.int64]  # (31, 8, 6) measures by province and grade
    wages: NDArray[np.int64]  # (31 + GROUPS, WAGE_BINS) employed persons by wage, in provinces and groups
    marks: NDArray[np.int64]  # (31, 18) see MARKS
    tiers: NDArray[np.int64]  # (31, 2, 4) persons by province, (active, in cultivation), tier

    @property
    def provinces(self) -> NDArray[np.int64]:
        """Measures by province, shape (31, 6)."""
        total: NDArray[np.int64] = self.grades.sum(axis=1)
        return total


def empty_count(threads: int) -> Count:
    """All tables at zero."""
    shapes = (
        (KINDS * LEVELS, ROW),
        (PROVINCES * len(GRADES), ROW),
        (PROVINCES, WAGE_BINS),
        (KINDS, WAGE_BINS),
        (LEVELS, WAGE_BINS),
        (PROVINCES, len(MARKS)),
        (PROVINCES, 2, len(TIERS)),
    )
    return Count(*(np.zeros((threads, *shape), dtype=np.int64) for shape in shapes))


@inlined
def mark(i: int, workers: Workers, world: World, wage: int, marks: NDArray[np.int64]) -> None:
    """Count one worker under every mark that applies."""
    around, age_months = world.around, int(world.month.now) - int(workers.birth[i])
    persons = np.int64(workers.weight[i])
    employed = workers.status[i] == EMPLOYED
    outside = workers.province[i] != workers.home[i]
    rural = workers.hukou[i] == RURAL
    firm = place_of(max(0, int(workers.enterprise[i])))
    marks[0] += persons * np.int64(outside)
    marks[1] += persons * np.int64(outside and workers.settled[i] == 1)
    marks[2] += persons * np.int64(rural and workers.away[i] == 1)
    marks[3] += persons * np.int64(rural and workers.away[i] == 0)
    marks[4] += persons * np.int64(rural)
    marks[5] += persons * np.int64(employed and around.democratic[firm] == 1)
    marks[6] += persons * np.int64(employed and around.pay_by_skill[firm] == 1)
    marks[7] += persons * np.int64(workers.training[i] == WAITING)
    marks[8] += persons * np.int64(workers.training[i] > WAITING)
    marks[9] += persons * np.int64(age_months < 35 * 12)
    marks[10] += persons * np.int64(rural and outside)
    marks[11] += persons * np.int64(rural and age_months < 41 * 12)
    marks[12] += persons * np.int64(rural and age_months >= 51 * 12)
    marks[13] += persons * np.int64(rural and workers.courses[i] > 0)
    place = place_of(14 + 2 * (1 - int(workers.away[i])))
    paid = persons * np.int64(rural and employed)
    marks[place] += paid
    marks[place_of(int(place) + 1)] += paid * np.int64(wage)


@inlined
def add_measures(
    row: NDArray[np.int64], persons: int, employed: int, wage: int, age: int, attitudes: tuple[int, int]
) -> None:
    """Add the measures of one worker to a row."""
    row[0] += persons
    row[1] += persons * employed
    row[2] += persons * employed * wage
    row[3] += persons * attitudes[0]
    row[4] += persons * attitudes[1]
    row[5] += persons * age


@inlined
def enumerate_worker(i: int, workers: Workers, world: World, count: Count) -> None:
    """Add one worker to all tables."""
    persons, province = int(workers.weight[i]), workers.province[i]
    employed = int(workers.status[i] == EMPLOYED)
    age = int(world.month.now) - int(workers.birth[i])
    wage = int(wage_yuan_month(i, workers, world))
    wage_bin = place_of(min(WAGE_BINS - 1, wage // WAGE_STEP_YUAN))
    kind = int(workers.sector[i]) * len(HUKOU) + int(workers.hukou[i])
    kind = (kind * len(SEX) + int(workers.sex[i])) * len(AGE_BANDS) + age_band(age)
    level = int(workers.grade[i]) * len(EDUCATION) + int(workers.education[i])
    row, place = kind * LEVELS + level, int(province) * len(GRADES) + int(workers.grade[i])
    attitudes = int(workers.satisfaction[i]), int(workers.engagement[i])
    add_measures(count.kinds[place_of(row)], persons, employed, wage, age, attitudes)
    add_measures(count.grades[place_of(place)], persons, employed, wage, age, attitudes)
    count.province_wages[province, wage_bin] += persons * employed
    count.kind_wages[place_of(kind), wage_bin] += persons * employed
    count.level_wages[place_of(level), wage_bin] += persons * employed
    mark(i, workers, world, wage, count.marks[province])
    count.tiers[province, 0, workers.tier[i]] += persons
    count.tiers[province, 1, workers.candidate[i]] += persons


@lean
def enumerate_block(first: int, workers: Workers, world: World, count: Count) -> None:
    """Add the workers of one block."""
    for j in range(BLOCK):
        i = place_of(first + j)
        if workers.status[i] != VACANT:
            enumerate_worker(i, workers, world, count)


@parallel
def enumerate_all(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, count: Count
) -> None:
    """Fill the tables of all threads."""
    for block in prange(workers.status.size // BLOCK):
        t = get_thread_id()
        own = Count(
            count.kinds[t],
            count.grades[t],
            count.province_wages[t],
            count.kind_wages[t],
            count.level_wages[t],
            count.marks[t],
            count.tiers[t],
        )
        enumerate_block(block * BLOCK, workers, World(rates, law[0], around, month), own)


@compiled
def add_rows(
    table: NDArray[np.int64], shape: NDArray[np.int64], first: NDArray[np.int64], sums: NDArray[np.int64]
) -> None:
    """Add each row of a table to a row of ``sums`` for each axis, ``first[axis]`` and its place on it.

    ``table`` has shape (product of ``shape``, n), its rows run over the axes; ``sums`` has shape (rows, n).
    """
    for row in range(table.shape[0]):
        left = row
        for axis in range(shape.size - 1, -1, -1):
            own = first[axis] + left % shape[axis]
            left //= shape[axis]
            for n in range(table.shape[1]):
                sums[own, n] += table[row, n]


def by_group(*tables: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sums over each value of each leading axis of tables that hold the same persons; the first row is all.

    The last axis of each table is kept: measures, or bins of wages.
    """
    sizes = [size for table in tables for size in table.shape[:-1]]
    sums = np.zeros((1 + sum(sizes), tables[0].shape[-1]), np.int64)
    first = 1 + np.concatenate(([0], np.cumsum(sizes)))
    for table in tables:
        shape = np.array(table.shape[:-1])
        add_rows(table.reshape(-1, table.shape[-1]), shape, first[: shape.size], sums)
        first = first[shape.size :]
    sums[0] = sums[1 : 1 + sizes[0]].sum(axis=0)
    return sums


def take_census(workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month) -> Census:
    """Count everybody."""
    by_thread = empty_count(most_threads())
    enumerate_all(workers, rates, law, around, month, by_thread)
    count = Count(*(table.sum(axis=0) for table in by_thread))
    measures = len(MEASURES)
    kinds = count.kinds[:, :measures].reshape(*KIND_SHAPE, *LEVEL_SHAPE, measures)
    kind_wages = count.kind_wages.reshape(*KIND_SHAPE, WAGE_BINS)
    level_wages = count.level_wages.reshape(*LEVEL_SHAPE, WAGE_BINS)
    return Census(
        groups=by_group(kinds),
        rural=by_group(kinds[:, RURAL : RURAL + 1]),
        grades=count.grades[:, :measures].reshape(PROVINCES, len(GRADES), measures),
        wages=np.concatenate((count.province_wages, by_group(kind_wages, level_wages))),
        marks=count.marks,
        tiers=count.tiers,
    )
