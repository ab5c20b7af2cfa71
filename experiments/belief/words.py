"""What a backtest says in words."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from experiments.store import read_json
from experiments.tables import aligned

SHOWN: Final = 15  # indicators in the table on the terminal


def in_words(folder: Path) -> str:
    """The answer, then the worst indicators, then what could not be compared."""
    found = read_json(folder / "summary.json")
    lines: list[str] = []
    if "overall" in found:
        lines.append(sentence(found["overall"], "All figures"))
        if "beyond_known" in found:
            lines.append(sentence(found["beyond_known"], f"Beyond {found['settings']['known_until']}"))
        if not found["own_error"]:
            lines.append("Ranges hold chance and parameters alone: this knowledge has no residuals.")
        lines += ["", "Indicators, the worst first", table(pd.read_csv(folder / "indicators.csv"))]
    lines += [flows_in_words(row) for row in pd.read_csv(folder / "flows.csv").to_dict("records")]
    lines += unknown_in_words(pd.read_csv(folder / "unknown.csv"))
    return "\n".join(lines)


def unknown_in_words(unknown: pd.DataFrame) -> list[str]:
    """What could not be compared, with the nearest name that the model knows."""
    if unknown.empty:
        return []
    lines = ["", "Not compared, because the model does not speak about it (the nearest name that it knows)"]
    for name, rows in unknown.groupby("indicator"):
        nearest = rows["nearest"].dropna().unique()
        lines.append(f"  {name}: {len(rows)} rows" + (f" ({nearest[0]})" if nearest.size else ""))
    return lines


def sentence(score: dict[str, Any], what: str) -> str:
    """How near the model comes, and how near naive forecasts come."""
    said = (
        f"{what}: mean absolute error {score['mean_error_percent']:.1f} % over {score['rows']} figures;\n"
        f"  {100 * score['coverage']:.0f} % of them lie in the 90 % range."
    )
    if not score["indicators_with_naive"]:
        return said
    return (
        f"{said} Naive forecasts: last value {percent(score['last_value_error_percent'])}, "
        f"trend {percent(score['trend_error_percent'])};\n  the model is better than both for "
        f"{score['indicators_better_than_naive']} of {score['indicators_with_naive']} indicators."
    )


def flows_in_words(row: dict[Any, Any]) -> str:
    """How alike observed flows and the simulated stock by home are."""
    return (
        f"Flows of {row['year']:.0f} beside homes at the end of {row['simulated_year']:.0f}: correlation "
        f"{row['correlation']:.2f},\n  of origin shares within destinations "
        f"{row['origin_share_correlation']:.2f}, dissimilarity {row['dissimilarity']:.2f}, "
        f"common part {row['common_part']:.2f}."
    )


def table(indicators: pd.DataFrame) -> str:
    """The worst indicators, aligned."""
    rows = [
        [
            row["indicator"],
            str(row["rows"]),
            percent(row["mean_error_percent"]),
            f"{100 * row['coverage']:.0f} %",
            percent(row["last_value_error_percent"]),
            percent(row["trend_error_percent"]),
        ]
        for row in indicators.head(SHOWN).to_dict("records")
    ]
    head = ["indicator", "figures", "error", "in range", "last value", "trend"]
    more = len(indicators) - SHOWN
    return aligned([head, *rows]) + (f"\n  and {more} more in indicators.csv" if more > 0 else "")


def percent(value: float) -> str:
    """A share in per cent; nothing when there is none."""
    return "" if value is None or np.isnan(value) else f"{value:.1f} %"
