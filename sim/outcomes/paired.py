"""Paired lives: the same workers, the same luck, another policy; who is better off, who worse."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numba import prange
from numpy.typing import NDArray

from sim.calendar import FORK
from sim.categories import AGE_BANDS, GRADES, HUKOU, PROVINCE_CODES, SECTORS, SEX
from sim.compiled import parallel
from sim.life.surroundings import Month, Surroundings, World
from sim.life.wages import wage_yuan_month
from sim.records import Table
from sim.workforce.columns import ATTITUDE_UNIT, VACANT, Workers

if TYPE_CHECKING:
    from sim.model import WorkforceModel

# outcome: unit, and the difference that counts as none
OUTCOMES: Final = {
    "wage": ("yuan/month", 1.0),
    "grade": ("grades", 0.0),
    "satisfaction": ("points 0-100", 0.5),
    "settled": ("share", 0.0),
}


@parallel
def wages(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, out: NDArray[np.float64]
) -> None:
    """Fill ``out`` with the monthly wage of every filled slot."""
    for i in prange(out.size):
        out[i] = 0.0
        if workers.status[i] != VACANT:
            out[i] = wage_yuan_month(i, workers, World(rates, law[0], around, month))


def outcome_columns(model: "WorkforceModel") -> dict[str, NDArray[np.float64]]:
    """The outcomes of all slots of a model in the units of ``OUTCOMES``, each of shape (slots,)."""
    workers = model.state.population.workers
    wage = np.empty(workers.status.size)
    wages(workers, *model.world(), wage)
    return {
        "wage": wage,
        "grade": workers.grade.astype(np.float64),
        "satisfaction": workers.satisfaction.astype(np.float64) * (ATTITUDE_UNIT * 100.0),
        "settled": workers.settled.astype(np.float64),
    }


def group_masks(workers: Workers, slots: NDArray[np.int64], now: int) -> dict[str, NDArray[np.bool_]]:
    """Members of each group among some slots, by their state under the baseline."""
    band = np.clip((now - workers.birth[slots].astype(np.int64) - 180) // 120, 0, len(AGE_BANDS) - 1)
    columns: dict[str, tuple[NDArray[Any], tuple[str, ...]]] = {
        "province": (workers.home[slots], tuple(str(code) for code in PROVINCE_CODES)),
        "sector": (workers.sector[slots], SECTORS),
        "hukou": (workers.hukou[slots], HUKOU),
        "sex": (workers.sex[slots], SEX),
        "age": (band, AGE_BANDS),
        "grade": (workers.grade[slots], GRADES),
    }
    masks = {"all": np.ones(slots.size, dtype=bool)}
    for key, (codes, names) in columns.items():
        masks |= {f"{key}={name}": np.equal(codes, code) for code, name in enumerate(names)}
    return masks


def compare_lives(base: "WorkforceModel", other: "WorkforceModel") -> pd.DataFrame:
    """Compare the workers of the fork who are in the workforce at the end under both policies.

    Returns
    -------
    pandas.DataFrame
        group, outcome, unit, persons, better, unchanged, worse (shares), mean_difference (in the unit).
        Groups go by the home province and by the state at the end under ``base``.
    """
    one, two = base.state.population.workers, other.state.population.workers
    common = min(one.status.size, two.status.size)
    same = (one.identity[:common] == two.identity[:common]) & (one.entered[:common] <= FORK)
    both = (one.status[:common] != VACANT) & (two.status[:common] != VACANT)
    slots = np.flatnonzero(same & both)
    weight = np.minimum(one.weight[slots], two.weight[slots]).astype(np.float64)
    masks = group_masks(one, slots, base.month)
    before, after = outcome_columns(base), outcome_columns(other)
    rows = []
    for outcome, (unit, tolerance) in OUTCOMES.items():
        change = after[outcome][slots] - before[outcome][slots]
        for group, mask in masks.items():
            rows.append((group, outcome, unit, *summary(change[mask], weight[mask], tolerance)))
    names = ["group", "outcome", "unit", "persons", "better", "unchanged", "worse", "mean_difference"]
    return pd.DataFrame(rows, columns=names)


def summary(
    change: NDArray[np.float64], weight: NDArray[np.float64], tolerance: float
) -> tuple[float, float, float, float, float]:
    """Persons, shares better, unchanged and worse, and the mean change."""
    persons = weight.sum()
    if persons == 0.0:
        return 0.0, float("nan"), float("nan"), float("nan"), float("nan")
    better = float(weight[change > tolerance].sum() / persons)
    worse = float(weight[change < -tolerance].sum() / persons)
    return float(persons), better, 1.0 - better - worse, worse, float((change * weight).sum() / persons)
