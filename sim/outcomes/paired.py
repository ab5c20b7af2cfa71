"""Paired lives: the same workers, the same luck, another policy; who is better off, who worse.

Lives are compared part by part in the order of their slots, so that one population in memory is enough:
what the comparison needs of the other one may come from a file.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import mesa
import numpy as np
import pandas as pd
from numba import prange
from numpy.typing import NDArray

from sim.calendar import FORK
from sim.categories import AGE_BANDS, GRADES, HUKOU, PROVINCE_CODES, SECTORS, SEX
from sim.compiled import fitting_threads, parallel
from sim.constants import constant
from sim.life.surroundings import Month, Surroundings, World
from sim.life.wages import wage_yuan_month
from sim.records import Table
from sim.workforce.columns import ATTITUDE_UNIT, BLOCK, VACANT, Workers

# outcome: unit, its size in one count of the column, and the difference that counts as none
OUTCOMES: Final = {
    "wage": ("yuan/month", 1.0, constant("alike_wage_yuan_month")),
    "grade": ("grades", 1.0, 0.0),
    "satisfaction": ("points 0-100", ATTITUDE_UNIT * 100.0, constant("alike_satisfaction_points")),
    "settled": ("share", 1.0, 0.0),
}
# key of groups: column of LIFE, and the names of its codes
GROUPS: Final = {
    "province": ("home", tuple(str(code) for code in PROVINCE_CODES)),
    "sector": ("sector", SECTORS),
    "hukou": ("hukou", HUKOU),
    "sex": ("sex", SEX),
    "age": ("age", AGE_BANDS),
    "grade": ("grade", GRADES),
}
COPIED: Final = ("identity", "weight", "grade", "satisfaction", "settled", "home", "sector", "hukou", "sex")
LIFE: Final = np.dtype(
    [
        ("identity", np.uint64),
        ("wage", np.float64),  # yuan a month
        ("weight", np.uint16),  # persons
        ("comparable", np.bool_),  # in the workforce now, and already at the fork
        ("age", np.uint8),  # band
        *((name, np.uint8) for name in COPIED[2:]),
    ]
)
PART: Final = 64 * BLOCK  # slots that are looked at together


@parallel
def wages(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, out: NDArray[np.float64]
) -> None:
    """Fill ``out`` with the monthly wage of every slot; 0 for a vacant one."""
    for i in prange(out.size):
        out[i] = 0.0
        if workers.status[i] != VACANT:
            out[i] = wage_yuan_month(i, workers, World(rates, law[0], around, month))


def lives(model: mesa.Model) -> Iterator[Table]:
    """What a comparison needs of the slots of a model: tables of ``LIFE``, of ``PART`` slots each."""
    population, (rates, law, around, month) = model.state.population, model.world()
    for first in range(0, population.slots, PART):
        part = Workers._make(column[first : first + PART] for column in population.workers)
        table, wage = np.zeros(part.status.size, LIFE), np.empty(part.status.size)
        with fitting_threads(population.slots):
            wages(part, rates, law, around, month, wage)
        table["wage"] = wage
        table["comparable"] = (part.status != VACANT) & (part.entered <= FORK)
        years = (month.now - part.birth.astype(np.int64) - 180) // 120
        table["age"] = np.clip(years, 0, len(AGE_BANDS) - 1)
        for name in COPIED:
            table[name] = getattr(part, name)
        yield table


def compare_lives(base: Iterable[Table], other: Iterable[Table]) -> pd.DataFrame:
    """Compare the workers of the fork who are in the workforce at the end under both policies.

    Parameters
    ----------
    base, other
        What :func:`lives` gives of two models that share their history.

    Returns
    -------
    pandas.DataFrame
        group, outcome, unit, persons, better, unchanged, worse (shares), mean_difference (in the unit).
        Groups go by the home province and by the state at the end under ``base``.
    """
    sums = {outcome: {key: np.zeros((4, len(GROUPS[key][1]))) for key in GROUPS} for outcome in OUTCOMES}
    for one, two in zip(base, other, strict=False):
        add_part(sums, one[: two.size], two[: one.size])
    rows = []
    for outcome, (unit, _, _) in OUTCOMES.items():
        rows.append(("all", outcome, unit, *summary(sums[outcome]["province"].sum(axis=1))))
        for key, (_, names) in GROUPS.items():
            for code, name in enumerate(names):
                rows.append((f"{key}={name}", outcome, unit, *summary(sums[outcome][key][:, code])))
    columns = ["group", "outcome", "unit", "persons", "better", "unchanged", "worse", "mean_difference"]
    return pd.DataFrame(rows, columns=columns)


def add_part(sums: dict[str, dict[str, NDArray[np.float64]]], one: Table, two: Table) -> None:
    """Add a part of the lives to the persons, those better, those worse, and the changes, by group.

    Persons are whole numbers, and parts come in order: the sums do not depend on threads.
    """
    same = one["comparable"] & two["comparable"] & (one["identity"] == two["identity"])
    one, two = one[same], two[same]
    persons = np.minimum(one["weight"], two["weight"]).astype(np.float64)
    for outcome, (_, size, tolerance) in OUTCOMES.items():
        change = (two[outcome].astype(np.float64) - one[outcome]) * size
        counted = (persons, persons * (change > tolerance), persons * (change < -tolerance), persons * change)
        for key, (column, names) in GROUPS.items():
            sums[outcome][key] += [np.bincount(one[column], number, len(names)) for number in counted]


def summary(sums: NDArray[np.float64]) -> tuple[Any, ...]:
    """Persons, shares better, unchanged and worse, and the mean change."""
    persons, better, worse, change = (float(number) for number in sums)
    if persons == 0.0:
        return 0.0, *[float("nan")] * 4
    better, worse = better / persons, worse / persons
    return persons, better, 1.0 - better - worse, worse, change / persons
