"""What comes out of a calibration: the best fit, the draws that match history, and what stays unknown."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

Array = NDArray[np.float64]
TOLERATED: Final = {"high": 0.03, "medium": 0.06}  # mean absolute error of the rows of a weight
UNIDENTIFIED: Final = 0.9  # posterior over prior spread above which history tells nothing of a parameter
LEAST_RESIDUAL: Final = 0.01  # assumed (0.005 to 0.02): surveys and rounding leave as much
DIGITS: Final = 6  # of a quantile
HIGHEST: Final = 1.0 - 1e-9  # a quantile stays below 1


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
