"""How near simulated figures come to observed ones, beside two naive forecasts, and how alike flows are."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from experiments.outcomes.observed import figures
from experiments.places import CONFIGS
from experiments.questions.backtest.observed import NO_VALUE, without_value
from sim.calendar import START, year_of
from sim.categories import PROVINCE_CODES, PROVINCES
from sim.inputs import PRIOR, posterior_file

if TYPE_CHECKING:
    from experiments.questions.backtest.histories import Backtest, Histories

Array = NDArray[np.float64]
RANGE: Final = (0.05, 0.95)
TREND_YEARS: Final = 5  # years that a linear trend is laid through
NORMAL_PARTS: Final = 99  # equally likely values that stand for a normal error
CODES: Final = [str(code) for code in PROVINCE_CODES]


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


def matrix(flows: pd.DataFrame) -> Array:
    """Flows of one year by origin and destination, shape (31, 31); nan where there is none."""
    table = flows.pivot_table(index="origin", columns="dest", values="value", aggfunc="sum")
    found: Array = table.reindex(index=CODES, columns=CODES).to_numpy(np.float64)
    return found


def likeness(observed: Array, simulated: Array) -> dict[str, float]:
    """How alike two matrices are, off the diagonal, where both have figures; scaled to the same total.

    Returns
    -------
    dict
        ``correlation`` of all cells; ``origin_share_correlation`` of the shares of origins within each
        destination; ``dissimilarity``, the share that would have to go elsewhere; ``common_part``, the
        common part of commuters (Lenormand and others 2012); both of the last between 0 and 1. A correlation
        of figures that are all the same, or of one, is nan.
    """
    known = np.isfinite(observed) & ~np.eye(PROVINCES, dtype=bool)
    one, two = np.where(known, observed, 0.0), np.where(known, simulated, 0.0)
    one, two = (part / max(part.sum(), np.finfo(float).tiny) for part in (one, two))
    shares = [np.divide(part, part.sum(axis=0), out=np.zeros_like(part), where=part.sum(axis=0) > 0)
              for part in (one, two)]  # fmt: skip
    return {
        "correlation": _correlation(one[known], two[known]),
        "origin_share_correlation": _correlation(shares[0][known], shares[1][known]),
        "dissimilarity": float(0.5 * np.abs(one - two).sum()),
        "common_part": float(2.0 * np.minimum(one, two).sum() / (one.sum() + two.sum())),
    }


def _correlation(one: Array, two: Array) -> float:
    varied = min(np.ptp(one), np.ptp(two)) > 0.0
    return float(np.corrcoef(one, two)[0, 1]) if varied else float("nan")


def read_residuals(knowledge: str) -> dict[str, float]:
    """Relative standard deviation of what a calibration left unexplained; none for the prior."""
    if knowledge == PRIOR:
        return {}
    table = pd.read_csv(posterior_file(CONFIGS, knowledge).with_name("residuals.csv"))
    return dict(zip(table["indicator"], table["relative_sd"], strict=True))


def _as_given(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with observed figures as objects, which are not rounded."""
    return rows.assign(observed=rows["observed"].astype(object))


def tables_and_facts(
    backtest: "Backtest", histories: "Histories"
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """All that an answer says, by the name of its table, and the facts beside."""
    keys, known_until = backtest.keys, backtest.keys.known_until
    rows, simulated, not_compared = with_values(backtest, histories)
    residuals = read_residuals(keys.knowledge)
    sd = widened(residuals, rows, known_until)
    scored = with_naive(score_rows(rows, simulated, sd), figures(), known_until)
    indicators = by_indicator(scored)
    tables = {
        "rows": _as_given(scored),
        "indicators": indicators,
        "flows": flow_table(backtest, histories),
        "not_compared": _as_given(not_compared),
    }
    found = facts(backtest, scored, indicators, own_error=bool(residuals))
    return tables, found | {"not_compared": len(not_compared)}


def with_values(backtest: "Backtest", histories: "Histories") -> tuple[pd.DataFrame, Array, pd.DataFrame]:
    """Rows that every history has a value for, their values, and all that is not compared."""
    known = np.asarray(np.isfinite(histories.figures).all(axis=1))
    reasons = pd.Series(np.where(known, "", NO_VALUE), backtest.rows.index, dtype=object)
    lacking = without_value(backtest.rows, reasons)
    not_compared = pd.concat([backtest.not_compared, lacking], ignore_index=True)
    return backtest.rows[known].reset_index(drop=True), histories.figures[known], not_compared


def flow_table(backtest: "Backtest", histories: "Histories") -> pd.DataFrame:
    """Likeness of the mean simulated stock by home and residence to the flows of each year."""
    rows = []
    for place, (year, flows) in enumerate(backtest.flows.groupby("year")):
        stock = histories.stocks[place].mean(axis=0)
        simulated_year = max(int(str(year)), year_of(START))
        rows.append({"year": year, "simulated_year": simulated_year} | likeness(matrix(flows), stock))
    return pd.DataFrame(rows, columns=["year", "simulated_year", *_LIKENESS])


_LIKENESS: Final = ("correlation", "origin_share_correlation", "dissimilarity", "common_part")


def facts(
    backtest: "Backtest", scored: pd.DataFrame, indicators: pd.DataFrame, *, own_error: bool
) -> dict[str, Any]:
    """Facts for whoever wants to trust or repeat it."""
    found: dict[str, Any] = {"last_year": backtest.last_year, "own_error": own_error}
    found["set_by_user"] = backtest.user_set
    if not scored.empty:
        found["overall"] = _plain(overall(scored, indicators))
        found["without_relative_error"] = int(scored["error_percent"].isna().sum())
        beyond = scored[scored["year"] > backtest.keys.known_until]
        if 0 < len(beyond) < len(scored):
            found["beyond_known"] = _plain(overall(beyond, by_indicator(beyond)))
    return found


def _plain(score: dict[str, float | int]) -> dict[str, float | int | None]:
    """A score that JSON can hold: None where there is no number."""
    return {name: value if np.isfinite(value) else None for name, value in score.items()}
