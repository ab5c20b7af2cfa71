"""From the baseline to the scenario, family by family; what rests on assumed effects is hatched."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from experiments.answers.keys import as_dict
from experiments.pages.drawing.canvas import INK, SOFT, TARGET, Layout, fitted, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.plot_parts import NAME_LETTERS, bar_axis, bar_number, panel_title, short_number
from experiments.pages.language import say
from experiments.pages.words import listed, sentence_start
from experiments.questions.attribute.shapley import MEANINGS
from experiments.questions.attribute.words import FORMATS, Answer, amount, finding, named, player_label
from sim.targets import Targets

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

END, UP, DOWN = "#5f6770", "#0b5394", "#e0903c"
BAR: Final = 0.62


def build(answer: Answer, outcome: str) -> Chart:
    """The waterfall of one tier."""
    rows, total = answer.shares(outcome), answer.total(outcome)
    return Chart(
        title=finding(answer, outcome),
        alternative=say(
            "Waterfall of the {craftsmen}, from {before} to {after}: {parts}.",
            craftsmen=MEANINGS[outcome],
            before=FORMATS[outcome](total["baseline"]),
            after=FORMATS[outcome](total["scenario"]),
            parts=listed([named(outcome, row) for row in rows]),
        ),
        data=pd.DataFrame(rows),
        draw=partial(_draw, answer=answer, outcome=outcome),
        note=say(
            "Bars are shares with 95 % intervals. Hatched is what would be lost if the assumed effects of a "
            "family (evidence C) did nothing. The line is the target. The axis does not start at 0."
        ),
    )


def _draw(layout: Layout, answer: Answer, outcome: str) -> "Figure":
    rows, total = answer.shares(outcome), answer.total(outcome)
    targets = Targets(**as_dict(answer.keys.targets))
    figure, (axes,) = sheet(layout, 1, 0.75 + 0.2 * (len(rows) + 2), columns=1)
    baseline, scenario = (fitted(name, NAME_LETTERS) for name in (answer.baseline, answer.scenario))
    bar_axis(axes, [baseline, *(player_label(row["player"]) for row in rows), scenario])
    starts = total["baseline"] + np.cumsum([0.0, *(row["mean"] for row in rows)])
    low, high = _limits(rows, starts.tolist(), targets.required(outcome))
    for place, end in ((0, total["baseline"]), (len(rows) + 1, total["scenario"])):
        axes.barh(place, end - low, left=low, height=BAR, color=END)
        bar_number(axes, FORMATS[outcome](end), end, place)
    for place, (start, row) in enumerate(zip(starts, rows, strict=False), start=1):
        _bar(axes, place, start, row)
        bar_number(axes, amount(outcome, row["mean"]), start + max(0.0, row["high"]), place)
    axes.axvline(targets.required(outcome), color=TARGET, linewidth=1.2, zorder=0.8)
    axes.set_xlim(low, high + 0.16 * (high - low))
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: short_number(value))
    unit = say("persons at the end of {year}", year=targets.year)
    panel_title(axes, sentence_start(MEANINGS[outcome]), unit)
    return figure


def _bar(axes: "Axes", place: int, start: float, row: dict[str, Any]) -> None:
    """The part of one family, the assumed part of it hatched, with its interval."""
    mean = row["mean"]
    assumed = min(max(row["assumed"] / mean, 0.0), 1.0) * mean if mean else 0.0
    colour = UP if mean >= 0 else DOWN
    axes.barh(place, mean - assumed, left=start, height=BAR, color=colour)
    axes.barh(place, assumed, left=start + mean - assumed, height=BAR, facecolor="white", edgecolor=colour,
              hatch="////", linewidth=0.8)  # fmt: skip
    axes.plot([start + row["low"], start + row["high"]], [place, place], color=INK, linewidth=0.9)
    axes.plot([start, start], [place - 1 + BAR / 2, place + BAR / 2], color=SOFT, linewidth=0.5)


def _limits(rows: list[dict[str, Any]], starts: list[float], required: float) -> tuple[float, float]:
    """Ends of the axis, with room around all bars, intervals and the target."""
    whiskers = [start + row[end] for start, row in zip(starts, rows, strict=False) for end in ("low", "high")]
    ends = [*starts, *whiskers, required]
    room = max(0.06 * (max(ends) - min(ends)), 1.0)
    return max(0.0, min(ends) - room), max(ends) + room
