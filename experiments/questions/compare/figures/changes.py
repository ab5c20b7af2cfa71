"""Headline indicators of each scenario against the first, in per cent."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import SOFT, Layout, fitted, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import bar_axis, dodge, panel_title, percent_tick, scenario_key
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import known, listed, percent, signed
from experiments.questions.compare.findings.differences import Difference, differences
from experiments.questions.compare.findings.variance import paired_bands
from experiments.questions.compare.reading import Comparison

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def build(comparison: Comparison) -> Chart:
    """A row per indicator, a mark and an interval per scenario."""
    found = [item for item in differences(comparison) if known(item.middle)]
    if not found:
        raise NotRecorded("paired runs")
    base = comparison.baseline.label
    return Chart(
        title=_title(found, base),
        alternative=_alternative(found, base),
        data=_data(found),
        draw=partial(_draw, scenarios=comparison.scenarios, found=found),
        note=sentences(
            (
                say(
                    "Last year, against {baseline} in the same run: same chance, same parameters. Mark: "
                    "median. Line: 90 % of runs.",
                    baseline=base,
                ),
                paired_bands(comparison),
            )
        ),
    )


def _title(found: list[Difference], base: str) -> str:
    largest = max(found, key=lambda item: abs(item.middle))
    return say(
        "The largest change against {baseline} is in {indicator}: {change} under {scenario}",
        baseline=base, indicator=say(largest.label).lower(), change=signed(largest.middle, percent),
        scenario=largest.scenario.label,
    )  # fmt: skip


def _alternative(found: list[Difference], base: str) -> str:
    parts = [say("Dot plot with intervals, change against {baseline} in the last year.", baseline=base)]
    for label in dict.fromkeys(item.label for item in found):
        words = [
            f"{item.scenario.label} {signed(item.middle, percent)}" for item in found if item.label == label
        ]
        parts.append(say("{name}: {values}.", name=say(label), values=listed(words)))
    return sentences(parts)


def _data(found: list[Difference]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "scenario": item.scenario.name,
                "indicator": item.indicator,
                "group": item.group,
                "p05": item.low,
                "p50": item.middle,
                "p95": item.high,
                "paired_runs": item.runs,
            }
            for item in found
        ]
    )


def _draw(layout: Layout, scenarios: Sequence[Scenario], found: list[Difference]) -> "Figure":
    labels = list(dict.fromkeys(item.label for item in found))
    base, *others = scenarios
    height = 0.7 + len(labels) * (0.12 + 0.06 * len(others))
    figure, (axes,) = sheet(layout, 1, height)
    bar_axis(axes, [say(label) for label in labels])
    for item in found:
        style = look(item.scenario)
        place = labels.index(item.label) + dodge(item.scenario, scenarios)
        axes.plot([item.low, item.high], [place, place], color=style.colour, linewidth=1.2)
        axes.plot(
            item.middle, place, style.marker, color=style.colour, markersize=5, markeredgecolor="white",
            markeredgewidth=0.5,
        )  # fmt: skip
    axes.axvline(0, color=SOFT, linewidth=0.8)
    axes.grid(axis="x")
    axes.xaxis.set_major_formatter(lambda value, _: signed(value, percent_tick))
    heading = say("Change against {baseline}", baseline=base.label)
    panel_title(
        axes, fitted(heading, layout.letters(1, beside=1.8)), say("per cent of its value in the last year")
    )
    scenario_key(figure, others, layout)
    return figure
