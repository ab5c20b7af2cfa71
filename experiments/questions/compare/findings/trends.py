"""Figures of indicators over time: one panel per indicator, one line per scenario."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import INK, Layout, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import (
    LETTER_INCHES,
    NAME_LETTERS,
    EndLabel,
    end_labels,
    panel_title,
    percent_tick,
    scenario_key,
    short_number,
    value_axis,
    year_axis,
)
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import (
    MYRIADS,
    Formatter,
    age,
    by_unit,
    clauses,
    count,
    known,
    listed,
    parted,
    percent,
    width_of,
)
from experiments.questions.compare.findings.variance import bands
from experiments.questions.compare.reading import EVERYBODY, Comparison
from sim.calendar import FORK_YEAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 1.95
MOST_NAMED = 6  # scenarios whose lines carry their names
SHORT_UNITS = {"million": " m"} | {sign: sign for sign, _ in MYRIADS}  # no number can be read without


@dataclass(frozen=True)
class Trend:
    """One panel: which figures, their name and the unit as a reader says it."""

    indicator: str
    title: str
    unit: str
    group: str = EVERYBODY


@dataclass(frozen=True)
class Series:
    """A trend with its figures: quantiles over the runs, by scenario."""

    trend: Trend
    matrix: pd.DataFrame
    quantiles: dict[Scenario, pd.DataFrame]
    formatter: Formatter

    @property
    def tick(self) -> Formatter:
        """How the ticks of the value axis are written."""
        return percent_tick if self.formatter is percent else short_number


def read(comparison: Comparison, trend: Trend) -> Series:
    """The figures of one trend; raises NotRecorded."""
    matrix = comparison.runs(trend.indicator, trend.group)
    quantiles = {scenario: comparison.quantiles(scenario, matrix) for scenario in comparison.scenarios}
    unit = comparison.unit(trend.indicator, trend.group)
    return Series(trend, matrix, quantiles, age if trend.unit == "years of age" else by_unit(unit))


def read_all(comparison: Comparison, trends: Sequence[Trend]) -> list[Series]:
    """The trends that are recorded; raises NotRecorded when none is."""
    found = [trend for trend in trends if comparison.has(trend.indicator, trend.group)]
    if not found:
        raise NotRecorded(listed([trend.indicator for trend in trends]))
    return [read(comparison, trend) for trend in found]


def last_year(series: Series) -> int:
    """The last year of a trend."""
    return int(series.matrix.columns[-1])


def finding(comparison: Comparison, series: Series, thing: str) -> str:
    """What becomes of an indicator, in one sentence with numbers.

    ``thing`` is the English subject of the sentence, such as ``the median wage``.
    """
    last = last_year(series)
    ends = {scenario: float(table["p50"].iloc[-1]) for scenario, table in series.quantiles.items()}
    low, high = min(ends, key=lambda key: ends[key]), max(ends, key=lambda key: ends[key])
    least, most = series.formatter(ends[low]), series.formatter(ends[high])
    if len(ends) == 1:
        text = say("{thing} is {value} in {year}", thing=say(thing), value=most, year=last)
    elif least == most:
        text = say("{thing} is {value} in {year} in every scenario", thing=say(thing), value=most, year=last)
    else:
        text = say(
            "{thing} in {year} lies between {least} ({low}) and {most} ({high})",
            thing=say(thing), year=last, least=least, low=low.label, most=most, high=high.label,
        )  # fmt: skip
    then = _at(series.quantiles[comparison.baseline], FORK_YEAR)
    if not known(then) or last <= FORK_YEAR:
        return text
    return clauses([text, say("from {value} in {year}", value=series.formatter(then), year=FORK_YEAR)])


def _at(table: pd.DataFrame, year: int) -> float:
    return float(table["p50"].get(year, float("nan")))


def chart(comparison: Comparison, series: Sequence[Series], title: str, note: str = "") -> Chart:
    """The chart of several trends under one finding."""
    runs = len(comparison.of(comparison.baseline, series[0].matrix))
    lines = say("Lines: median of {runs}; shaded: 90 % of runs.", runs=count(runs, "run"))
    return Chart(
        title=title,
        alternative=_alternative(series),
        data=_data(series),
        draw=partial(_draw, series=series),
        note=sentences((lines if runs > 1 else say("One run."), bands(comparison), note)),
    )


def _alternative(series: Sequence[Series]) -> str:
    parts = [say("Line charts, {number} panels.", number=len(series))]
    for item in series:
        first, last = int(item.matrix.columns[0]), last_year(item)
        ends = [
            f"{scenario.label} {item.formatter(float(table['p50'].iloc[-1]))}"
            for scenario, table in item.quantiles.items()
        ]
        start = float(next(iter(item.quantiles.values()))["p50"].iloc[0])
        parts.append(
            say(
                "{title} ({unit}): {start} in {first}; in {last} {ends}.",
                title=say(item.trend.title), unit=say(item.trend.unit), start=item.formatter(start),
                first=first, last=last, ends=listed(ends),
            )
        )  # fmt: skip
    return sentences(parts)


def _data(series: Sequence[Series]) -> pd.DataFrame:
    tables = []
    for item in series:
        for scenario, quantiles in item.quantiles.items():
            table = quantiles.rename_axis("year").reset_index()
            table.insert(0, "unit", item.trend.unit)
            table.insert(0, "group", item.trend.group)
            table.insert(0, "indicator", item.trend.indicator)
            table.insert(0, "scenario", scenario.name)
            tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _draw(layout: Layout, series: Sequence[Series]) -> "Figure":
    scenarios = tuple(series[0].quantiles)
    named = len(scenarios) <= MOST_NAMED and all(width_of(one.label) <= NAME_LETTERS for one in scenarios)
    height = max(HEIGHT, 0.7 + LETTER_INCHES * len(scenarios))
    figure, panels = sheet(layout, len(series), height)
    for axes, item in zip(panels, series, strict=True):
        _panel(axes, item, height, named=named)
    if not named:
        scenario_key(figure, scenarios, layout)
    return figure


def _panel(axes: "Axes", item: Series, height: float, *, named: bool) -> None:
    """One trend; lines carry the names of their scenarios where there is room, else a key has them."""
    first, last = int(item.matrix.columns[0]), last_year(item)
    every = pd.concat(list(item.quantiles.values()))
    year_axis(axes, first, last)
    value_axis(axes, float(every["p05"].min()), float(every["p95"].max()), item.tick)
    past = next(iter(item.quantiles.values())).loc[:FORK_YEAR]
    axes.fill_between(past.index, past["p05"], past["p95"], color=INK, alpha=0.12, linewidth=0)
    axes.plot(past.index, past["p50"], color=INK, linewidth=1.4)
    labels = []
    for scenario, quantiles in item.quantiles.items():
        style, future = look(scenario), quantiles.loc[min(FORK_YEAR, last) :]
        axes.fill_between(
            future.index, future["p05"], future["p95"], color=style.colour, alpha=0.13, linewidth=0
        )
        axes.plot(future.index, future["p50"], color=style.colour, linestyle=style.line)
        value = float(future["p50"].iloc[-1])
        axes.plot(last, value, color=style.colour, marker=style.marker, markersize=4, clip_on=False)
        text = f"{scenario.label} {_short(item, value)}" if named else _short(item, value)
        labels.append(EndLabel(value, text, style.letters))
    end_labels(axes, labels, height)
    panel_title(axes, say(item.trend.title), say(item.trend.unit))


def _short(item: Series, value: float) -> str:
    """The formatted value without its unit, which stands above the panel."""
    if item.formatter is percent:
        return percent(value)
    number, unit = parted(item.formatter(value))
    return number + SHORT_UNITS.get(unit, "")
