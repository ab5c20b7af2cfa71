"""Gains and losses in wage by group, the same people in both scenarios."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import RULE, Layout, fitted, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.diverging import UNKNOWN, bars, handles
from experiments.pages.drawing.plot_parts import bar_axis, panel_title
from experiments.pages.labels import (
    AGE_LABELS,
    GRADE_LABELS,
    HUKOU_LABELS,
    SECTOR_LABELS,
    SEX_LABELS,
    group_label,
)
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import grouped, listed, percent
from experiments.questions.compare.figures.gains import others
from experiments.questions.compare.reading import Comparison
from experiments.tables.rows import records

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OUTCOME = "wage"
FEWEST_PERSONS = 1_000  # smaller groups are a few lives, not a pattern
KEYS = {
    "hukou": HUKOU_LABELS,
    "sex": SEX_LABELS,
    "age": AGE_LABELS,
    "sector": SECTOR_LABELS,
    "grade": GRADE_LABELS,
}


def build(comparison: Comparison) -> Chart:
    """One panel per scenario, one row per group."""
    data, base = by_group(comparison), comparison.baseline.label
    return Chart(
        title=_title(comparison, data),
        alternative=_alternative(comparison, data),
        data=data,
        draw=partial(_draw, shown=others(comparison, data), data=data),
        note=say(
            "Each worker's wage at the end of {year} against the same worker's under {baseline}. "
            "Groups of fewer than {fewest} persons are not shown.",
            year=comparison.lived_until,
            baseline=base,
            fewest=grouped(FEWEST_PERSONS),
        ),
    )


def by_group(comparison: Comparison) -> pd.DataFrame:
    """Paired wages: a row per scenario and group, in the order of the categories."""
    order = [f"{name}={value}" for name, values in KEYS.items() for value in values]
    rows = comparison.paired
    rows = rows[(rows["outcome"] == OUTCOME) & rows["group"].isin(order)].copy()
    if rows.empty:
        raise NotRecorded(say("paired wages by group"))
    rows.loc[rows["persons"] < FEWEST_PERSONS, ["better", "unchanged", "worse", "mean_difference"]] = np.nan
    if rows["better"].isna().all():
        raise NotRecorded(say("groups of {fewest} persons or more", fewest=grouped(FEWEST_PERSONS)))
    rows["place"] = [order.index(group) for group in rows["group"]]
    return rows.sort_values(["scenario", "place"]).drop(columns="place").reset_index(drop=True)


def _title(comparison: Comparison, data: pd.DataFrame) -> str:
    last = others(comparison, data)[-1]
    rows = data[data["scenario"] == last.name].copy()
    rows["net"] = rows["better"] - rows["worse"]
    rows = rows.dropna(subset="net").sort_values("net")
    if rows.empty:
        return say(
            "Gains and losses in wage by group, against {baseline}", baseline=comparison.baseline.label
        )
    most, least = rows.iloc[-1], rows.iloc[0]
    return say(
        "Under {scenario} gainers outnumber losers most in the group “{most}” ({most_better} gain, "
        "{most_worse} lose) and least in “{least}” ({least_better}, {least_worse})",
        scenario=last.label, most=group_label(most["group"]), most_better=percent(most["better"]),
        most_worse=percent(most["worse"]), least=group_label(least["group"]),
        least_better=percent(least["better"]), least_worse=percent(least["worse"]),
    )  # fmt: skip


def _alternative(comparison: Comparison, data: pd.DataFrame) -> str:
    parts = [say("Diverging bars, one panel per scenario, a row per group, share of workers.")]
    for scenario in others(comparison, data):
        rows = data[data["scenario"] == scenario.name]
        words = [
            say(
                "{name} {better} better, {worse} worse",
                name=group_label(row["group"]), better=percent(row["better"]), worse=percent(row["worse"]),
            )
            for row in records(rows.dropna(subset="better"))
        ]  # fmt: skip
        parts.append(say("{name}: {values}.", name=scenario.label, values=listed(words)))
    return sentences(parts)


def _draw(layout: Layout, shown: Sequence[Scenario], data: pd.DataFrame) -> "Figure":
    groups = list(dict.fromkeys(data.loc[data["better"].notna(), "group"]))
    across = 1 if layout.narrow else min(3, len(shown))
    figure, panels = sheet(layout, len(shown), 0.75 + 0.19 * len(groups), columns=across)
    widest = float(np.nanmax(data[["better", "worse"]].to_numpy(dtype=float), initial=0.0))
    for number, (axes, scenario) in enumerate(zip(panels, shown, strict=True)):
        rows = {row["group"]: row for row in records(data[data["scenario"] == scenario.name])}
        bar_axis(axes, [group_label(group) for group in groups])
        bars(axes, [rows.get(group, UNKNOWN) for group in groups], widest)
        for place in range(1, len(groups)):
            if groups[place].partition("=")[0] != groups[place - 1].partition("=")[0]:
                axes.axhline(place - 0.5, color=RULE, linewidth=0.8)
        if number % across:
            axes.set_yticks([])
        panel_title(axes, fitted(scenario.label, layout.letters(across, beside=1.9)), say("share of workers"))
    key(figure, handles(), 2)
    return figure
