"""Median wage of each grade when the scenarios part and at the end of each scenario."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import INK, Layout, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import bar_axis, dodge, panel_title, scenario_key, short_number
from experiments.pages.labels import GRADE_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import grouped, known, listed, yuan
from experiments.questions.compare.reading import Comparison
from experiments.tables.rows import records
from sim.calendar import FORK_YEAR

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FEWEST_PERSONS = 1_000


def build(comparison: Comparison) -> Chart:
    """A row per grade, a mark per scenario, a bar for the year of the fork."""
    data = by_grade(comparison)
    last = int(data["year"].max())
    return Chart(
        title=_title(comparison, data, last),
        alternative=_alternative(comparison, data, last),
        data=data,
        draw=partial(_draw, scenarios=comparison.scenarios, data=data),
        note=say(
            "Upright bar: {fork}. Marks: {last}. Median of the runs, yuan of each year. Grades with fewer "
            "than {fewest} holders are not shown.",
            fork=FORK_YEAR, last=last, fewest=grouped(FEWEST_PERSONS),
        ),
    )  # fmt: skip


def by_grade(comparison: Comparison) -> pd.DataFrame:
    """Median wage by year, scenario and grade."""
    grades = [grade for grade in GRADE_LABELS if comparison.has("wage_median", f"grade={grade}")]
    if not grades:
        raise NotRecorded(say("wage_median by grade"))
    rows = []
    for grade in grades:
        years = comparison.years("wage_median", f"grade={grade}")
        moments = [(scenario, years[-1]) for scenario in comparison.scenarios]
        if FORK_YEAR in years[:-1]:
            moments.insert(0, (comparison.baseline, FORK_YEAR))
        rows += [
            {
                "scenario": scenario.name,
                "year": year,
                "grade": grade,
                "yuan_month": _median(comparison, scenario, grade, year),
            }
            for scenario, year in moments
        ]
    return pd.DataFrame(rows)


def _median(comparison: Comparison, scenario: Scenario, grade: str, year: int) -> float:
    """Median over the runs; nan where so few hold the grade that it says nothing."""
    stock = float("inf")
    if comparison.has("grade_stock", f"grade={grade}"):
        heads = comparison.of(scenario, comparison.runs("grade_stock", f"grade={grade}"))
        stock = float(heads.get(year, pd.Series(dtype=float)).median())
    wages = comparison.of(scenario, comparison.runs("wage_median", f"grade={grade}"))
    return float(wages[year].median()) if stock >= FEWEST_PERSONS else float("nan")


def _title(comparison: Comparison, data: pd.DataFrame, last: int) -> str:
    ends = data[data["year"] == last].dropna(subset="yuan_month")
    ends = ends[ends["scenario"] == comparison.scenarios[-1].name]
    if len(ends) < 2:
        return say("Median wage by grade in {year}", year=last)
    low, high = ends.iloc[0], ends.iloc[-1]
    return say(
        "Under {scenario} in {year} the median {low} earns {least} a month, the median {high} {most}",
        scenario=comparison.scenarios[-1].label, year=last, low=GRADE_LABELS[low["grade"]].lower(),
        least=yuan(low["yuan_month"]), high=GRADE_LABELS[high["grade"]].lower(),
        most=yuan(high["yuan_month"]),
    )  # fmt: skip


def _alternative(comparison: Comparison, data: pd.DataFrame, last: int) -> str:
    parts = [say("Dot plot, a row per grade, median wage in yuan a month.")]
    for scenario in comparison.scenarios:
        rows = data[(data["scenario"] == scenario.name) & (data["year"] == last)]
        words = [f"{GRADE_LABELS[row['grade']].lower()} {yuan(row['yuan_month'])}" for row in records(rows)]
        text = "{scenario} in {year}: {wages}."
        parts.append(say(text, scenario=scenario.label, year=last, wages=listed(words)))
    return sentences(parts)


def _draw(layout: Layout, scenarios: Sequence[Scenario], data: pd.DataFrame) -> "Figure":
    grades = [grade for grade in reversed(GRADE_LABELS) if (data["grade"] == grade).any()]
    height = 0.75 + len(grades) * (0.12 + 0.05 * len(scenarios))
    figure, (axes,) = sheet(layout, 1, height)
    bar_axis(axes, [GRADE_LABELS[grade] for grade in grades])
    for row in records(data[data["year"] == FORK_YEAR]):
        place = grades.index(row["grade"])
        if data["year"].max() > FORK_YEAR:
            axes.plot([row["yuan_month"]] * 2, [place - 0.38, place + 0.38], color=INK, linewidth=2)
    ends = data[data["year"] == data["year"].max()]
    for scenario in scenarios:
        own = ends[ends["scenario"] == scenario.name]
        values = [float(own.loc[own["grade"] == grade, "yuan_month"].mean()) for grade in grades]
        shown = [(value, place + dodge(scenario, scenarios)) for place, value in enumerate(values)]
        shown = [point for point in shown if known(point[0])]
        axes.plot(
            [point[0] for point in shown], [point[1] for point in shown], look(scenario).marker,
            markersize=5.5, color=look(scenario).colour, markeredgecolor="white", markeredgewidth=0.5,
        )  # fmt: skip
    axes.set_xlim(left=0)
    axes.grid(axis="x")
    if layout.narrow:
        axes.locator_params(axis="x", nbins=6)
    axes.xaxis.set_major_formatter(lambda value, _: short_number(value))
    panel_title(axes, say("Median wage by grade"), say("yuan a month"))
    scenario_key(figure, scenarios, layout)
    return figure
