"""The files that a backtest leaves."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from experiments.answers import made
from experiments.belief.flows import likeness, matrix
from experiments.belief.scores import by_indicator, overall, score_rows, widened, with_naive
from experiments.calibration.targets import figures
from experiments.choices import CONFIGS
from experiments.lives import now
from experiments.store import write_json, write_manifest, written_aside
from sim.calendar import START, year_of
from sim.inputs import PRIOR

if TYPE_CHECKING:
    from experiments.backtest import Backtest
    from experiments.belief.histories import Histories

DIGITS: Final = 6


def read_residuals(knowledge: str) -> dict[str, float]:
    """Relative standard deviation of what a calibration left unexplained; none for the prior."""
    if knowledge == PRIOR:
        return {}
    table = pd.read_csv(CONFIGS / "calibration" / knowledge / "residuals.csv")
    return dict(zip(table["indicator"], table["relative_sd"], strict=True))


def write_backtest(backtest: "Backtest", histories: "Histories") -> Path:
    """Score all rows and flows and write everything; returns the folder."""
    from experiments.belief.figure import draw_figure

    settings, known_until = backtest.settings, backtest.settings["known_until"]
    residuals = read_residuals(settings["knowledge"])
    sd = widened(residuals, backtest.rows, known_until)
    scored = with_naive(score_rows(backtest.rows, histories.figures, sd), figures(), known_until)
    indicators = by_indicator(scored)
    flows = flow_table(backtest, histories)
    final: Path = backtest.folder / settings["name"]
    with written_aside(final) as folder:
        scored.round(DIGITS).to_csv(folder / "rows.csv", index=False)
        indicators.round(DIGITS).to_csv(folder / "indicators.csv", index=False)
        flows.round(DIGITS).to_csv(folder / "flows.csv", index=False)
        backtest.unknown.to_csv(folder / "unknown.csv", index=False)
        if not scored.empty:
            draw_figure(scored, known_until, folder / "figures.png")
        write_json(folder / "summary.json", facts(backtest, scored, indicators, own_error=bool(residuals)))
        write_manifest(folder, made(now(), settings["knowledge"]))
    return final


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
    chosen = {key: value for key, value in backtest.settings.items() if key not in ("results", "threads")}
    found: dict[str, Any] = {"settings": chosen, "last_year": backtest.last_year, "own_error": own_error}
    if not scored.empty:
        found["overall"] = overall(scored, indicators)
        beyond = scored[scored["year"] > backtest.settings["known_until"]]
        if 0 < len(beyond) < len(scored):
            found["beyond_known"] = overall(beyond, by_indicator(beyond))
    return found | {"unknown": sorted(set(backtest.unknown["indicator"]))}
