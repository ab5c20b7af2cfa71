"""The pyramid of grades at the start, when the scenarios part, and at the end of each scenario."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import INK, Layout, fitted, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import bar_axis, bar_number, counted, panel_title, percent_tick
from experiments.pages.labels import GRADE_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import clauses, known, listed, percent, persons
from experiments.questions.compare.reading import Comparison
from sim.calendar import FORK_YEAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HIGHLY_SKILLED = tuple(GRADE_LABELS)[tuple(GRADE_LABELS).index("grade_3") :]


@dataclass(frozen=True)
class Pyramid:
    """Persons by grade in one year of one scenario, median over the runs."""

    label: str
    year: int
    scenario: Scenario
    stocks: dict[str, float]
    colour: str

    @property
    def total(self) -> float:
        """All persons with a known grade."""
        return sum(value for value in self.stocks.values() if known(value))

    @property
    def highly_skilled(self) -> float:
        """Share of workers of grade 3 and above."""
        upper = sum(self.stocks[grade] for grade in HIGHLY_SKILLED if known(self.stocks[grade]))
        return upper / self.total if self.total else float("nan")


def build(comparison: Comparison) -> Chart:
    """A panel per moment; bars are shares of all workers, numbers are persons."""
    found = pyramids(comparison)
    return Chart(
        title=_title(found),
        alternative=_alternative(found),
        data=_data(found),
        draw=partial(_draw, found=found),
        note=say("Bars: share of all workers. Numbers: persons (k thousand, m million), median of the runs."),
    )


def pyramids(comparison: Comparison) -> list[Pyramid]:
    """The first year and the year of the fork once, then the last year of each scenario."""
    grades = [grade for grade in GRADE_LABELS if comparison.has("grade_stock", f"grade={grade}")]
    if not grades:
        raise NotRecorded("grade_stock")
    tables = {grade: comparison.runs("grade_stock", f"grade={grade}") for grade in grades}
    years = comparison.years("grade_stock", f"grade={grades[0]}")
    moments = [(comparison.baseline, years[0], str(years[0]))]
    if FORK_YEAR in years[1:-1]:
        moments.append((comparison.baseline, FORK_YEAR, str(FORK_YEAR)))
    moments += [
        (scenario, years[-1], say("{year}: {scenario}", year=years[-1], scenario=scenario.label))
        for scenario in comparison.scenarios
    ]
    result = []
    for scenario, year, label in moments:
        stocks = dict.fromkeys(GRADE_LABELS, float("nan"))
        stocks |= {grade: float(comparison.of(scenario, tables[grade])[year].median()) for grade in grades}
        colour = look(scenario).colour if year == years[-1] else INK
        result.append(Pyramid(label, year, scenario, stocks, colour))
    return result


def _title(found: list[Pyramid]) -> str:
    first, ends = found[0], [item for item in found if item.year == found[-1].year]
    best = max(ends, key=lambda item: item.highly_skilled)
    least = min(ends, key=lambda item: item.highly_skilled)
    low, high = percent(least.highly_skilled), percent(best.highly_skilled)
    start = say(
        "Grade 3 and above: {share} of workers in {year}",
        share=percent(first.highly_skilled), year=first.year,
    )  # fmt: skip
    end = "{low} in {year}" if low == high else "{low} to {high} in {year}, most under {scenario}"
    return clauses([start, say(end, low=low, high=high, year=best.year, scenario=best.scenario.label)])


def _alternative(found: list[Pyramid]) -> str:
    parts = [say("Bar charts, {number} panels, persons by grade of skill.", number=len(found))]
    for item in found:
        words = [f"{GRADE_LABELS[grade].lower()} {persons(value)}" for grade, value in item.stocks.items()]
        parts.append(say("{name}: {values}.", name=item.label, values=listed(words)))
    return sentences(parts)


def _data(found: list[Pyramid]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "scenario": item.scenario.name,
                "year": item.year,
                "grade": grade,
                "persons": value,
                "share": value / item.total if item.total else float("nan"),
            }
            for item in found
            for grade, value in item.stocks.items()
        ]
    )


def _draw(layout: Layout, found: list[Pyramid]) -> "Figure":
    across = 1 if layout.narrow else 3
    figure, panels = sheet(layout, len(found), 1.95, columns=across)
    shares = [
        value / item.total for item in found for value in item.stocks.values() if item.total and known(value)
    ]
    widest = max([*shares, 0.01])
    for number, (axes, item) in enumerate(zip(panels, found, strict=True)):
        _panel(axes, item, widest)
        if number % across:
            axes.set_yticks([])
        panel_title(axes, fitted(item.label, layout.letters(across, beside=1.1)), say("share of workers"))
    return figure


def _panel(axes: "Axes", item: Pyramid, widest: float) -> None:
    grades = list(reversed(GRADE_LABELS))
    bar_axis(axes, [GRADE_LABELS[grade] for grade in grades])
    for place, grade in enumerate(grades):
        value = item.stocks[grade]
        share = value / item.total if item.total and known(value) else 0.0
        axes.barh(place, share, height=0.7, color=item.colour)
        bar_number(axes, counted(value), share, place)
    axes.set_xlim(0, 1.3 * widest)
    axes.xaxis.set_major_formatter(lambda value, _: percent_tick(value))
    axes.set_xticks([tick for tick in (0.0, 0.2, 0.4, 0.6, 0.8) if tick <= widest])
