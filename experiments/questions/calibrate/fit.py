"""What parameters are fitted to, and what comes out: best fit, draws that match, and what stays unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from experiments.outcomes.fitted import TARGETS, weights
from experiments.outcomes.observed import figures
from experiments.places import CONFIGS
from experiments.runs.files import folder_hash
from experiments.runs.machine import versions
from experiments.tables.own_figures import OwnFigure
from sim.calendar import START, year_of
from sim.checks import read_yaml, way_out
from sim.errors import InputError
from sim.outcomes.published import PROVINCIAL, PUBLISHED
from sim.parameters import Parameter

COLUMNS: Final = ["indicator", "province", "year", "observed", "weight", "sd"]
FIRST_YEAR: Final = year_of(START) + 1
Array = NDArray[np.float64]
TOLERATED: Final = {"high": 0.03, "medium": 0.06}  # mean absolute error of the rows of a weight
UNIDENTIFIED: Final = 0.9  # posterior over prior spread above which history tells nothing of a parameter
LEAST_RESIDUAL: Final = 0.01  # assumed (0.005 to 0.02): surveys and rounding leave as much
DIGITS: Final = 6  # of a quantile
HIGHEST: Final = 1.0 - 1e-9  # a quantile stays below 1


def read_targets(until: int, own: Sequence[OwnFigure] = (), path: Path = TARGETS) -> pd.DataFrame:
    """Figures of the years 2015 to ``until``, a user's own with the weights of the published.

    Returns
    -------
    pandas.DataFrame
        Columns indicator, province ("all" or code), year, observed, weight, and sd, the tolerance as a
        standard deviation in the published unit.

    Raises
    ------
    InputError
        When the file names an indicator that the model cannot speak about.
    """
    chosen = read_yaml(path)
    weight = weights(chosen)
    for name in weight:
        if name not in PUBLISHED and name not in PROVINCIAL:
            raise InputError(f"{path.name}: {way_out(name, [*PUBLISHED, *PROVINCIAL])}")
    further = _rows((name, int(year), float(value)) for name, year, value, _, _ in chosen["further"])
    rows = pd.concat((figures(), _rows((one.indicator, one.year, one.value) for one in own), further))
    rows = rows[rows["indicator"].isin(weight) & rows["year"].between(FIRST_YEAR, until)]
    rows = rows.drop_duplicates(["indicator", "province", "year"])
    rows["weight"] = rows["indicator"].map(weight)
    wider = rows["year"].isin(chosen["epidemic_years"]).map({True: chosen["epidemic_factor"], False: 1.0})
    rows["sd"] = rows["observed"].abs() * rows["weight"].map(chosen["tolerance"]) * wider
    return rows[COLUMNS].sort_values(["indicator", "province", "year"]).reset_index(drop=True)


def _rows(found: Iterable[tuple[str, int, float]]) -> pd.DataFrame:
    """National figures as those that are published."""
    rows = [(name, "all", year, value) for name, year, value in found]
    types = {"indicator": object, "province": object, "year": int, "observed": float}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def quantiles(normal: Array) -> Array:
    """Quantiles of standard normal numbers, from 0 to below 1."""
    return np.asarray(np.clip(norm.cdf(normal), 0.0, HIGHEST))


def errors(simulated: Array, targets: pd.DataFrame) -> dict[str, Array]:
    """Mean absolute relative error of each member by weight; ``simulated`` has shape (rows, members)."""
    observed = targets["observed"].to_numpy()[:, None]
    relative = np.abs(simulated / observed - 1.0)
    return {
        str(weight): relative[(targets["weight"] == weight).to_numpy()].mean(axis=0)
        for weight in targets["weight"].unique()
    }


def misfit(simulated: Array, targets: pd.DataFrame) -> Array:
    """Mean square of the error over the tolerance, by member."""
    error = simulated - targets["observed"].to_numpy()[:, None]
    return np.asarray(np.mean((error / targets["sd"].to_numpy()[:, None]) ** 2, axis=0))


def matching(simulated: Array, targets: pd.DataFrame) -> NDArray[np.bool_]:
    """Members whose histories are within what is tolerated."""
    found = errors(simulated, targets)
    within = [found[weight] <= most for weight, most in TOLERATED.items() if weight in found]
    return np.asarray(np.all(within, axis=0))


def spread_left(normal: Array, names: Sequence[str]) -> pd.Series:
    """Posterior over prior standard deviation by parameter, the least informed last."""
    return pd.Series(normal.std(axis=1, ddof=1), list(names), name="spread_left").sort_values()


def narrowed(left: "pd.Series[float]", after: "pd.Series[float]") -> "pd.Series[float]":
    """What is left of the spread, where keeping draws by the first round left less than ``UNIDENTIFIED``."""
    after = after[left.index]
    return left.where(after > UNIDENTIFIED, np.minimum(left, after)).sort_values()


def posterior_table(best: Array, normal: Array, names: Sequence[str]) -> pd.DataFrame:
    """Quantiles by draw, the best fit first; each row as it was simulated."""
    rows = quantiles(np.column_stack((best, normal))).T
    below_one = np.minimum(rows.round(DIGITS), 1.0 - 10.0**-DIGITS)
    return pd.DataFrame(below_one, columns=list(names))


def fit_table(simulated: Array, targets: pd.DataFrame) -> pd.DataFrame:
    """Each row beside what the draws make of it."""
    low, high = np.quantile(simulated, (0.05, 0.95), axis=1)
    mean = simulated.mean(axis=1)
    return targets.drop(columns="sd").assign(
        mean=mean, p05=low, p95=high, error_percent=100.0 * (mean / targets["observed"] - 1.0)
    )


def residual_table(fit: pd.DataFrame) -> pd.DataFrame:
    """Relative standard deviation of what the draws' mean leaves unexplained, by indicator."""
    squared = (fit["error_percent"] / 100.0) ** 2
    sd = np.sqrt(squared.groupby(fit["indicator"]).mean()).clip(lower=LEAST_RESIDUAL)
    return pd.DataFrame({"indicator": sd.index, "relative_sd": sd.to_numpy().round(DIGITS)})


def weight_errors(fit: pd.DataFrame) -> dict[str, float]:
    """Mean absolute error of the draws' mean by weight, per cent."""
    found = fit["error_percent"].abs().groupby(fit["weight"]).mean()
    return {str(weight): float(error) for weight, error in found.items()}


@dataclass(frozen=True)
class Calibrated:
    """What came out: the best fit, shape (parameters,), draws in standard normal numbers, and their figures.

    ``spread_left`` is the posterior over the prior spread of each parameter after the rounds; ``first_round``
    what the first national round of craftsmen told, empty where it was not known.
    """

    best: Array
    draws: Array  # (parameters, draws)
    simulated: Array  # (rows, draws)
    spread_left: "pd.Series[float]"
    first_round: dict[str, Any] = field(default_factory=dict)


def unidentified(left: "pd.Series[float]") -> list[str]:
    """Parameters of which history says next to nothing."""
    return [str(name) for name, share in left.items() if share > UNIDENTIFIED]


def tables(
    found: Calibrated, targets: pd.DataFrame, uncertain: Sequence[Parameter]
) -> dict[str, pd.DataFrame]:
    """All tables of the answer, by name; of each uncertain parameter what history leaves of its spread."""
    fit, left = fit_table(found.simulated, targets), found.spread_left
    meanings = [(one.name, one.meaning, one.evidence, left[one.name]) for one in uncertain]
    return {
        "posterior": posterior_table(found.best, found.draws, [one.name for one in uncertain]),
        "fit": fit,
        "residuals": residual_table(fit),
        "parameters": pd.DataFrame(meanings, columns=["parameter", "meaning", "evidence", "spread_left"]),
    }


def facts(found: Calibrated, targets: pd.DataFrame) -> dict[str, Any]:
    """Facts for whoever wants to trust or repeat it."""
    from sim.data import data_hash

    simulated, left = found.simulated, found.spread_left
    return {
        "draws": simulated.shape[1],
        "targets": len(targets),
        "parameters": len(found.best),
        "error_percent_of_mean": weight_errors(fit_table(simulated, targets)),
        "error_percent_of_draws": {
            weight: float(100.0 * error.mean()) for weight, error in errors(simulated, targets).items()
        },
        **({"first_round": found.first_round} if found.first_round else {}),
        "tolerated_percent": {weight: 100.0 * most for weight, most in TOLERATED.items()},
        "spread_left": {str(name): round(float(share), 3) for name, share in left.items()},
        "unidentified": unidentified(left),
        "data_hash": data_hash(),
        "parameters_hash": folder_hash(CONFIGS / "parameters", "*.yaml"),
        "versions": versions(),
    }
