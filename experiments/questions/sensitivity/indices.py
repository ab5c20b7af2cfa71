"""Screening by Morris, indices by Sobol (Herman and Usher 2017, SALib), and whether they have converged."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.outcomes.attained import NAMES
from experiments.questions.sensitivity.factors import Problem

Array = NDArray[np.float64]
LEVELS: Final = 4  # of the grid of Morris
RESAMPLES: Final = 200  # of the bootstrap
MATTERS: Final = 0.05  # total indices below it matter to nobody
NARROW: Final = 0.1  # half width of a 95 % interval that is narrow enough
FIRST_FEW: Final = 3  # whose order must not depend on half of the samples
LEVEL, DIFFERENCE = KINDS = ("level", "difference")


def morris_samples(problem: Problem, trajectories: int, seed: int) -> Array:
    """Samples of shape (trajectories x (factors + 1), factors)."""
    from SALib.sample import morris

    return np.asarray(morris.sample(problem, trajectories, num_levels=LEVELS, seed=seed))


def morris_table(problem: Problem, samples: Array, outcome: Array, seed: int) -> pd.DataFrame:
    """Mean elementary effect (mu), that of absolute ones (mu_star) with interval, and the spread (sigma)."""
    from SALib.analyze import morris

    found = morris.analyze(
        problem, samples, outcome, num_levels=LEVELS, num_resamples=RESAMPLES, seed=seed
    )  # fmt: skip
    return pd.DataFrame({
        "factor": problem["names"],
        "mu": np.asarray(found["mu"]),
        "mu_star": np.asarray(found["mu_star"]),
        "mu_star_interval": np.asarray(found["mu_star_conf"]),
        "sigma": np.asarray(found["sigma"]),
    })  # fmt: skip


def most_important(tables: Sequence[pd.DataFrame], keep: int) -> list[str]:
    """Factors by their largest share of any outcome's effects, the first ``keep``."""
    shares = [table.set_index("factor")["mu_star"] / max(table["mu_star"].sum(), 1e-300) for table in tables]
    largest = pd.concat(shares, axis=1).max(axis=1)
    return [str(name) for name in largest.sort_values(ascending=False, kind="stable").index[:keep]]


def sobol_samples(problem: Problem, samples: int, seed: int) -> Array:
    """Samples of shape (samples x (factors + 2), factors); ``samples`` is a power of two."""
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, samples, calc_second_order=False, seed=seed))


def sobol_table(problem: Problem, outcome: Array, seed: int) -> pd.DataFrame:
    """First-order and total indices with 95 % intervals; all zero for an outcome that never changes."""
    from SALib.analyze import sobol

    names = ("S1", "S1_conf", "ST", "ST_conf")
    if np.ptp(outcome) == 0.0:
        found = dict.fromkeys(names, np.zeros(problem["num_vars"]))
    else:
        found = sobol.analyze(
            problem, outcome, calc_second_order=False, num_resamples=RESAMPLES, seed=seed
        )  # fmt: skip
    columns = ("first", "first_interval", "total", "total_interval")
    values = {column: np.asarray(found[name]) for column, name in zip(columns, names, strict=True)}
    return pd.DataFrame({"factor": problem["names"], **values})


def converged(problem: Problem, outcome: Array, table: pd.DataFrame, seed: int) -> bool:
    """Whether all intervals that matter are narrow, and half of the samples names the same first few."""
    mattering = table[table["total"] > MATTERS]
    if (mattering["total_interval"] > NARROW).any():
        return False
    half = sobol_table(problem, outcome[: outcome.size // 2], seed)
    few = min(FIRST_FEW, len(mattering))
    return _first(half, few) == _first(table, few)


def _first(table: pd.DataFrame, few: int) -> set[str]:
    return set(table.sort_values("total", ascending=False)["factor"][:few])


def labels() -> list[tuple[str, str]]:
    """Outcome and kind of each column of results, levels first."""
    return [(name, kind) for kind in KINDS for name in NAMES]
