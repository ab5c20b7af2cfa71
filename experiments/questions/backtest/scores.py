"""How near simulated figures come to observed ones, beside two naive forecasts."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

Array = NDArray[np.float64]
RANGE: Final = (0.05, 0.95)
TREND_YEARS: Final = 5  # years that a linear trend is laid through
NORMAL_PARTS: Final = 99  # equally likely values that stand for a normal error


def predictive(simulated: Array, relative_sd: Array) -> Array:
    """The 5 and 95 % limits of each row: draws of the ensemble, each with the model's own error.

    Parameters
    ----------
    simulated
        Shape (rows, draws).
    relative_sd
        Standard deviation of the model's error as a share of the figure, shape (rows,).

    Returns
    -------
    ndarray
        Shape (2, rows).
    """
    parts = norm.ppf((np.arange(NORMAL_PARTS) + 0.5) / NORMAL_PARTS)
    mixed = simulated[:, :, None] * (1.0 + relative_sd[:, None, None] * parts)
    return np.asarray(
        np.quantile(mixed.reshape(len(mixed), simulated.shape[1] * NORMAL_PARTS), RANGE, axis=1)
    )


def widened(residuals: Mapping[str, float], rows: pd.DataFrame, known_until: int) -> Array:
    """Relative error of the model by row: as in the fitted years, and larger for each year beyond them.

    It grows like a random walk, with the square root of 1 plus the years since ``known_until``; assumed. An
    indicator that was not fitted has the median error of those that were.
    """
    usual = float(np.median(list(residuals.values()))) if residuals else 0.0
    sd = np.array([residuals.get(name, usual) for name in rows["indicator"]])
    ahead = np.maximum(0, rows["year"].to_numpy() - known_until)
    return np.asarray(sd * np.sqrt(1.0 + ahead))


def score_rows(rows: pd.DataFrame, simulated: Array, relative_sd: Array) -> pd.DataFrame:
    """Each observed figure beside mean and range of the simulated ones: error in per cent, inside or not."""
    low, high = predictive(simulated, relative_sd)
    mean, observed = simulated.mean(axis=1), rows["observed"].to_numpy()
    error = 100.0 * np.divide(mean - observed, observed, out=np.full(mean.shape, np.nan), where=observed > 0)
    inside = (low <= observed) & (observed <= high)
    return rows.assign(mean=mean, p05=low, p95=high, error_percent=error, inside=inside)


def with_naive(scored: pd.DataFrame, figures: pd.DataFrame, known_until: int) -> pd.DataFrame:
    """Add what the last value and a linear trend would have said, and their errors in per cent.

    ``figures`` holds published figures: indicator, province, year, observed. Only those up to
    ``known_until`` and before the year of the row are used; without any the forecast is missing.
    """
    known = _known(figures, known_until)
    forecasts = []
    keys = zip(scored["indicator"], scored["province"], scored["year"].tolist(), strict=True)
    for indicator, province, year in keys:
        past = known.get((indicator, province), {})
        before = {each: value for each, value in past.items() if each < year}
        forecasts.append((last_value(before), trend(before, year)))
    table = scored.assign(last_value=[one for one, _ in forecasts], trend=[two for _, two in forecasts])
    for name in ("last_value", "trend"):
        error = 100.0 * (table[name] / table["observed"].where(table["observed"] > 0) - 1.0)
        table[f"{name}_error_percent"] = error
    return table


def _known(figures: pd.DataFrame, known_until: int) -> dict[tuple[str, str], dict[int, float]]:
    """Figures up to a year, by (indicator, province) and year."""
    found: dict[tuple[str, str], dict[int, float]] = {}
    for indicator, province, year, value in figures.itertuples(index=False, name=None):
        if year <= known_until:
            found.setdefault((indicator, province), {})[year] = value
    return found


def last_value(years: Mapping[int, float]) -> float:
    """The latest figure."""
    return years[max(years)] if years else float("nan")


def trend(years: Mapping[int, float], year: int) -> float:
    """A straight line through the figures of the last five years, at a later year."""
    if not years:
        return float("nan")
    recent = {known: value for known, value in years.items() if known > max(years) - TREND_YEARS}
    if len(recent) == 1:
        return last_value(recent)
    slope, level = np.polyfit(list(recent), list(recent.values()), 1)
    return float(slope * year + level)


def by_indicator(scored: pd.DataFrame) -> pd.DataFrame:
    """Mean absolute error, coverage and the errors of the naive forecasts by indicator."""
    absolute = scored.assign(
        error=scored["error_percent"].abs(),
        last=scored["last_value_error_percent"].abs(),
        trended=scored["trend_error_percent"].abs(),
        covered=scored["inside"].astype(float),
    )
    table = absolute.groupby("indicator").agg(
        rows=("year", "size"),
        mean_error_percent=("error", "mean"),
        coverage=("covered", "mean"),
        last_value_error_percent=("last", "mean"),
        trend_error_percent=("trended", "mean"),
    )
    best = table[["last_value_error_percent", "trend_error_percent"]].min(axis=1)
    comparable = best.notna() & table["mean_error_percent"].notna()
    table["beats_naive"] = (table["mean_error_percent"] < best).where(comparable)
    return table.sort_values("mean_error_percent", ascending=False).reset_index()


def overall(scored: pd.DataFrame, indicators: pd.DataFrame) -> dict[str, float | int]:
    """The same over all rows; indicators without a naive forecast do not count against it."""
    compared = indicators["beats_naive"].dropna()
    return {
        "rows": len(scored),
        "indicators": len(indicators),
        "mean_error_percent": float(scored["error_percent"].abs().mean()),
        "coverage": float(scored["inside"].mean()),
        "last_value_error_percent": float(scored["last_value_error_percent"].abs().mean()),
        "trend_error_percent": float(scored["trend_error_percent"].abs().mean()),
        "indicators_with_naive": len(compared),
        "indicators_better_than_naive": int(compared.astype(bool).sum()),
    }
