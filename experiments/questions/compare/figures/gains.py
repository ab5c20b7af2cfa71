"""Who is better and who is worse off than in the first scenario, the same people in both."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import SOFT, Layout, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.diverging import UNKNOWN, bars, handles
from experiments.pages.drawing.plot_parts import panel_title, scenario_rows
from experiments.pages.labels import OUTCOME_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import by_unit, listed, percent, plain, signed, with_unit
from experiments.questions.compare.reading import Comparison
from experiments.tables.rows import records

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def build(comparison: Comparison) -> Chart:
    """One panel per outcome, one bar per scenario, all workers."""
    data = overall(comparison)
    return Chart(
        title=_title(comparison, data),
        alternative=_alternative(comparison, data),
        data=data,
        draw=partial(_draw, shown=others(comparison, data), data=data),
        note=say(
            "Each worker at the end of {year} against the same worker under {baseline}. Who is neither "
            "better nor worse is not drawn. Number at the right: mean difference, all workers.",
            year=comparison.lived_until,
            baseline=comparison.baseline.label,
        ),
    )


def overall(comparison: Comparison) -> pd.DataFrame:
    """Paired lives of all workers: a row per scenario and outcome."""
    rows = comparison.paired
    rows = rows[(rows["group"] == "all") & (rows["outcome"].isin(list(OUTCOME_LABELS)))]
    if rows.empty:
        raise NotRecorded(say("paired lives"))
    return rows.reset_index(drop=True)


def others(comparison: Comparison, data: pd.DataFrame) -> list[Scenario]:
    """The scenarios that have paired lives."""
    names = set(data["scenario"])
    return [scenario for scenario in comparison.scenarios if scenario.name in names]


def difference(value: float, unit: str) -> str:
    """A mean difference with its sign and unit."""
    if unit.startswith("share"):
        return signed(value * 100, lambda number: say("{number} % points", number=plain(number, 2)))
    if unit.startswith(("yuan", "points")):
        return signed(value, by_unit(unit))
    return signed(value, lambda number: with_unit(plain(number, 2), say(unit)).strip())


def _title(comparison: Comparison, data: pd.DataFrame) -> str:
    outcome = "wage" if (data["outcome"] == "wage").any() else str(data["outcome"].iloc[0])
    rows = data[data["outcome"] == outcome].sort_values("better")
    row = rows.iloc[-1]
    label = {scenario.name: scenario.label for scenario in comparison.scenarios}[row["scenario"]]
    return say(
        "{outcome}: {better} of workers gain and {worse} lose under {scenario}, against {baseline}",
        outcome=OUTCOME_LABELS[outcome], better=percent(row["better"]), worse=percent(row["worse"]),
        scenario=label, baseline=comparison.baseline.label,
    )  # fmt: skip


def _alternative(comparison: Comparison, data: pd.DataFrame) -> str:
    labels = {scenario.name: scenario.label for scenario in comparison.scenarios}
    parts = [say("Diverging bars, one panel per outcome, share of workers.")]
    for outcome, rows in data.groupby("outcome", sort=False, observed=True):
        words = [
            say(
                "{name} {better} better and {worse} worse",
                name=labels[row["scenario"]], better=percent(row["better"]), worse=percent(row["worse"]),
            )
            for row in records(rows)
        ]  # fmt: skip
        parts.append(say("{name}: {values}.", name=OUTCOME_LABELS[str(outcome)], values=listed(words)))
    return sentences(parts)


def _draw(layout: Layout, shown: Sequence[Scenario], data: pd.DataFrame) -> "Figure":
    outcomes = [name for name in OUTCOME_LABELS if (data["outcome"] == name).any()]
    figure, panels = sheet(layout, len(outcomes), 0.72 + 0.27 * len(shown))
    widest = float(np.nanmax(data[["better", "worse"]].to_numpy(dtype=float), initial=0.0))
    for axes, outcome in zip(panels, outcomes, strict=True):
        rows = {row["scenario"]: row for row in records(data[data["outcome"] == outcome])}
        scenario_rows(axes, shown)
        bars(axes, [rows.get(scenario.name, UNKNOWN) for scenario in shown], widest)
        for place, scenario in enumerate(shown):
            if scenario.name not in rows:
                continue
            row = rows[scenario.name]
            axes.text(
                1.02, place, difference(float(row["mean_difference"]), str(row["unit"])), va="center",
                transform=axes.get_yaxis_transform(), fontsize=7, color=SOFT,
            )  # fmt: skip
        panel_title(axes, OUTCOME_LABELS[outcome], say("share of workers"))
    key(figure, handles(), 2)
    return figure
