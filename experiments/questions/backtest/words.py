"""A backtest as it lies in its folder, and what it says in words."""

from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from experiments.answers.read import AnswerFolder
from experiments.pages.language import say
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.pages.published import published_label
from experiments.pages.terminal import aligned
from experiments.pages.words import written
from experiments.questions.backtest.keys import BacktestKeys
from experiments.runs.files import read_json
from experiments.tables.handed_out import read_csv

TABLES: Final = ("rows", "indicators", "flows", "not_compared")
COUNTRY: Final = "all"
SHOWN: Final = 15  # indicators in the table on the terminal
MOST_NAMED: Final = 5  # in a sentence
NOTHING: Final = "-"
FAR_OFF_POWERS: Final = 0.7  # of ten, between observed and simulated: five times as much or as little


class Answer(AnswerFolder[BacktestKeys]):
    """The tables of one backtest."""

    kind = BacktestKeys

    @property
    def known_until(self) -> int:
        """The last fitted year."""
        return self.keys.known_until

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Figures of the country; those of provinces where there are no others."""
        rows = self.table("rows")
        national = rows[rows["province"] == COUNTRY]
        return rows if national.empty else national


def figure_label(indicator: str, province: str) -> str:
    """An indicator, and the province that it is of."""
    name = published_label(indicator)
    if province == COUNTRY:
        return name
    return say("{indicator}, {province}", indicator=name, province=PROVINCE_LABELS.get(province, province))


def in_words(folder: Path) -> str:
    """The answer, then the worst indicators, then what could not be compared."""
    found, rows = read_json(folder / "summary.json"), read_csv(folder / "rows.csv")
    lines: list[str] = []
    if "overall" in found:
        lines.append(sentence(found["overall"], "All figures"))
        if "beyond_known" in found:
            lines.append(sentence(found["beyond_known"], f"Beyond {found['settings']['known_until']}"))
        if found["without_relative_error"]:
            lines.append(f"Figures that are 0 have no error in per cent: {found['without_relative_error']}.")
        if not found["own_error"]:
            lines.append("Ranges hold chance and parameters alone: this knowledge has no residuals.")
        lines += [*units_in_words(rows), "", "Indicators, the worst first"]
        lines.append(table(read_csv(folder / "indicators.csv")))
    lines += [flows_in_words(row) for row in read_csv(folder / "flows.csv").to_dict("records")]
    lines += not_compared_in_words(read_csv(folder / "not_compared.csv"))
    return "\n".join(lines)


def units_in_words(rows: pd.DataFrame) -> list[str]:
    """Which figures came without a unit, and which are so far off that their unit may be wrong."""
    lines = []
    without = rows[rows["given_unit"].isna()].drop_duplicates("indicator")
    if len(without):
        named = [f"{row['indicator']} ({row['unit']})" for row in without.head(MOST_NAMED).to_dict("records")]
        more = f" and {len(without) - MOST_NAMED} more" if len(without) > MOST_NAMED else ""
        lines.append(f"Without a unit, taken as published: {', '.join(named)}{more}.")
    ratio = rows["observed"].where(rows["observed"] > 0) / rows["mean"].where(rows["mean"] > 0)
    for row in rows[np.abs(np.log10(ratio)) >= FAR_OFF_POWERS].head(MOST_NAMED).to_dict("records"):
        given, unit = str(row["given"]), "" if pd.isna(row["given_unit"]) else str(row["given_unit"])
        lines.append(
            f"Is the unit right? {row['indicator']} of {row['year']} is given as "
            f"{given if given.endswith(unit) else f'{given} {unit}'}; "
            f"the model has {row['mean']:,.10g} {row['unit']}."
        )
    return lines


def not_compared_in_words(rows: pd.DataFrame) -> list[str]:
    """What could not be compared and why, with the nearest name that the model knows."""
    lines = ["", "Not compared, and part of no mean"] if len(rows) else []
    for (name, reason), group in rows.groupby(["indicator", "reason"], sort=False):
        years = ", ".join(str(year) for year in sorted(set(group["year"])))
        rows_in_words = f"{len(group)} row{'s' if len(group) > 1 else ''}"
        nearest = group["nearest"].dropna().unique()
        lines.append(
            f"  {name} ({rows_in_words}; {years}): {reason}"
            + (f"; the nearest name is {nearest[0]}" if nearest.size else "")
        )
    return lines


def sentence(score: dict[str, Any], what: str) -> str:
    """How near the model comes, and how near naive forecasts come."""
    said = (
        f"{what}: mean absolute error {percent(score['mean_error_percent'])} over {score['rows']} figures;\n"
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
    alike = ("correlation", "origin_share_correlation", "dissimilarity", "common_part")
    shown = {name: NOTHING if np.isnan(row[name]) else written(row[name], ".2f") for name in alike}
    return (
        f"Flows of {row['year']:.0f} beside homes at the end of {row['simulated_year']:.0f}: correlation "
        f"{shown['correlation']},\n  of origin shares within destinations "
        f"{shown['origin_share_correlation']}, dissimilarity {shown['dissimilarity']}, "
        f"common part {shown['common_part']}."
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
    """A share in per cent; a dash when there is none."""
    return NOTHING if value is None or np.isnan(value) else f"{value:.1f} %"
