"""The ladder of grades: how many climb each rung, how long they waited, how many leave below it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import Layout, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import (
    bar_axis,
    dodge,
    panel_title,
    percent_tick,
    scenario_key,
    short_number,
)
from experiments.pages.labels import GRADE_LABELS
from experiments.pages.language import language, say
from experiments.pages.scenario import Scenario
from experiments.pages.words import clauses, known, listed, percent, persons, years
from experiments.questions.compare.reading import Comparison, mean_after_fork
from experiments.tables.rows import records
from sim.calendar import FORK_YEAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RUNGS = tuple(zip(tuple(GRADE_LABELS)[:-1], tuple(GRADE_LABELS)[1:], strict=True))
PANELS = (
    ("flow", "Promotions", "persons a year, log scale"),
    ("wait", "Waiting time", "mean years in the grade below"),
    ("loss", "Leaving", "share of the grade below a year"),
)


def build(comparison: Comparison) -> Chart:
    """Means over the years after the scenarios part."""
    data = rungs(comparison)
    return Chart(
        title=title(comparison, data),
        alternative=_alternative(comparison, data),
        data=data,
        draw=partial(_draw, scenarios=comparison.scenarios, data=data),
        note=say(
            "Each row is the step up to the grade named. Mean of all runs, years after {year}. "
            "Promotions stand on a logarithmic scale: equal distances are equal factors.",
            year=FORK_YEAR,
        ),
    )


def rungs(comparison: Comparison) -> pd.DataFrame:
    """Flow (persons a year), wait (years) and loss (share a year) at each rung, by scenario."""
    rows = []
    for scenario in comparison.scenarios:
        for below, grade in RUNGS:
            stock = _mean(comparison, scenario, "grade_stock", below)
            rows.append(
                {
                    "scenario": scenario.name,
                    "from_grade": below,
                    "to_grade": grade,
                    "flow": _mean(comparison, scenario, "promotions", grade),
                    "wait": _mean(comparison, scenario, "promotion_wait", grade),
                    "loss": _mean(comparison, scenario, "grade_losses", below) / stock
                    if stock
                    else float("nan"),
                }
            )
    table = pd.DataFrame(rows)
    if table[["flow", "wait", "loss"]].isna().all(axis=None):
        raise NotRecorded("promotions, promotion_wait, grade_losses")
    return table


def _mean(comparison: Comparison, scenario: Scenario, indicator: str, grade: str) -> float:
    if not comparison.has(indicator, f"grade={grade}"):
        return float("nan")
    matrix = comparison.of(scenario, comparison.runs(indicator, f"grade={grade}"))
    return mean_after_fork(matrix)


def title(comparison: Comparison, data: pd.DataFrame) -> str:
    """The longest wait of the ladder, in the first scenario and in the best other one."""
    labels = {scenario.name: scenario.label for scenario in comparison.scenarios}
    known_waits = [row for row in records(data) if known(row["wait"])]
    ours = [row for row in known_waits if row["scenario"] == comparison.baseline.name]
    if not ours:
        return say("The ladder of grades, rung by rung")
    slowest = max(ours, key=lambda row: float(row["wait"]))
    text = say(
        "The slowest rung leads from {below} to {above}: {time} of waiting under {scenario}",
        below=GRADE_LABELS[slowest["from_grade"]].lower(), above=GRADE_LABELS[slowest["to_grade"]].lower(),
        time=years(slowest["wait"]), scenario=comparison.baseline.label,
    )  # fmt: skip
    others = [row for row in known_waits if row["to_grade"] == slowest["to_grade"] and row not in ours]
    if not others:
        return text
    best = min(others, key=lambda row: float(row["wait"]))
    scenario = labels[best["scenario"]]
    return clauses([text, say("{time} under {scenario}", time=years(best["wait"]), scenario=scenario)])


def _alternative(comparison: Comparison, data: pd.DataFrame) -> str:
    base = data[data["scenario"] == comparison.baseline.name]
    words = [
        say(
            "{grade}: promotions a year {flow}, {wait} in the grade below, {loss} of the grade below leave "
            "a year",
            grade=GRADE_LABELS[row["to_grade"]], flow=persons(row["flow"]), wait=years(row["wait"]),
            loss=percent(row["loss"]),
        )
        for row in records(base)
    ]  # fmt: skip
    return say(
        "Dot plots, three panels, a row per grade, a mark per scenario. {scenario}: {rungs}.",
        scenario=comparison.baseline.label, rungs=listed(words),
    )  # fmt: skip


def _draw(layout: Layout, scenarios: Sequence[Scenario], data: pd.DataFrame) -> "Figure":
    height = 1.3 + len(RUNGS) * (0.1 + 0.05 * len(scenarios))
    figure, panels = sheet(layout, len(PANELS), height, columns=1 if layout.narrow else 3)
    names = [GRADE_LABELS[above] for _, above in reversed(RUNGS)]
    for number, (axes, (column, heading, unit)) in enumerate(zip(panels, PANELS, strict=True)):
        bar_axis(axes, names)
        if number and not layout.narrow:
            axes.tick_params(axis="y", labelleft=False)
        _panel(axes, scenarios, data, column)
        panel_title(axes, say(heading), say(unit))
    scenario_key(figure, scenarios, layout)
    return figure


def _panel(axes: "Axes", scenarios: Sequence[Scenario], data: pd.DataFrame, column: str) -> None:
    from matplotlib.ticker import LogLocator

    values = data[column].dropna()
    for scenario in scenarios:
        style = look(scenario)
        own = data.loc[data["scenario"] == scenario.name, column].to_numpy()[::-1]
        shown = [
            (value, row) for row, value in enumerate(own) if known(value) and (column != "flow" or value > 0)
        ]
        rows = [row + dodge(scenario, scenarios) for _, row in shown]
        axes.plot(
            [value for value, _ in shown], rows, style.marker, color=style.colour, markersize=5,
            markeredgecolor="white", markeredgewidth=0.5,
        )  # fmt: skip
    axes.grid(axis="both")
    if column == "flow" and (values > 0).any():
        axes.set_xscale("log")
        axes.set_xlim(values[values > 0].min() / 2.5, values.max() * 2.5)
        if language() == "zh":  # 100 万 is wider than 1 m
            axes.xaxis.set_major_locator(LogLocator(numticks=4))
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(lambda value, _: short_number(value))
        return
    axes.set_xlim(0, max(1.12 * values.max(), 1e-9) if len(values) else 1)
    tick = percent_tick if column == "loss" else short_number
    axes.xaxis.set_major_formatter(lambda value, _: tick(value))
