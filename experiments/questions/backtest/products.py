"""The files that a backtest leaves."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.answers.folder import write_answer
from experiments.outcomes.observed import figures
from experiments.places import CONFIGS
from experiments.questions.backtest.comparable import NO_VALUE, without_value
from experiments.questions.backtest.flows import likeness, matrix
from experiments.questions.backtest.page import write_report
from experiments.questions.backtest.scores import by_indicator, overall, score_rows, widened, with_naive
from sim.calendar import START, year_of
from sim.inputs import PRIOR

if TYPE_CHECKING:
    from experiments.questions.backtest.checked import Backtest
    from experiments.questions.backtest.histories import Histories

Array = NDArray[np.float64]


def read_residuals(knowledge: str) -> dict[str, float]:
    """Relative standard deviation of what a calibration left unexplained; none for the prior."""
    if knowledge == PRIOR:
        return {}
    table = pd.read_csv(CONFIGS / "calibration" / knowledge / "residuals.csv")
    return dict(zip(table["indicator"], table["relative_sd"], strict=True))


def write_backtest(backtest: "Backtest", histories: "Histories") -> Path:
    """Score all rows and flows and write everything; returns the page, or the folder without one."""
    keys, known_until = backtest.keys, backtest.keys.known_until
    rows, simulated, not_compared = with_values(backtest, histories)
    residuals = read_residuals(keys.knowledge)
    sd = widened(residuals, rows, known_until)
    scored = with_naive(score_rows(rows, simulated, sd), figures(), known_until)
    indicators = by_indicator(scored)
    flows = flow_table(backtest, histories)
    tables = {
        "rows": _as_given(scored),
        "indicators": indicators,
        "flows": flows,
        "not_compared": _as_given(not_compared),
    }
    found = facts(backtest, scored, indicators, own_error=bool(residuals))
    found["not_compared"] = len(not_compared)
    page = write_report if keys.report.page else None
    return write_answer(backtest.work.answer, keys, keys.knowledge, tables, found, page)


def _as_given(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with observed figures as objects, which are not rounded."""
    return rows.assign(observed=rows["observed"].astype(object))


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
