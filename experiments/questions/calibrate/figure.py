"""Figures of a calibration: how near each indicator comes, and what is left of the parameters' ranges."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import SOFT, TARGET, Layout, drawable, sheet, wrapped
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.plot_parts import bar_axis, bar_number, panel_title, percent_tick
from experiments.pages.language import Labels, say
from experiments.pages.published import published_label
from experiments.pages.words import bracketed, chance, count, grouped, listed, per_cent, rough
from experiments.questions.calibrate.fit import TOLERATED
from experiments.questions.calibrate.words import Answer
from experiments.tables.rows import records

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LETTERS, NARROW_LETTERS = 60, 30  # in a line of a name
MOST_LINES: Final = 4  # of a name
MOST_INDICATORS: Final = 24
FURTHEST: Final = 30.0  # per cent, where the axis ends; numbers say more
ROW: Final = 0.24  # inches
NARROW_ROW: Final = 0.46
MOST_PARAMETERS: Final = 15
WEIGHTS: Final = Labels({
    "high": "high weight",
    "medium": "medium weight",
    "low": "low weight",
    "provinces": "provinces",
})  # fmt: skip
FILLS: Final = {"high": "#0b5394", "medium": "#7fa8d9", "low": "#ffffff", "provinces": "#ffffff"}
LEFT, GONE = "#0b5394", "#e4ecf4"


def build_fit(answer: Answer) -> Chart:
    """Mean absolute error of each indicator."""
    rows = records(answer.by_indicator)
    within = [row for row in rows if row["mean"] <= _wanted(row["weight"])]
    shown = rows[:MOST_INDICATORS]
    named = [bracketed(published_label(row["indicator"]), percent(row["mean"])) for row in shown]
    return Chart(
        title=say(
            "{within} of {all} come as near to what was published as is wanted",
            within=len(within),
            all=count(len(rows), "indicator"),
        ),
        alternative=say("Bars, the mean absolute error of each indicator: {parts}.", parts=listed(named)),
        data=answer.by_indicator,
        draw=partial(_draw_fit, rows=shown),
        note=say(
            "The {shown} furthest off. Dark: high weight, at most {high} is wanted. Light: medium weight, "
            "at most {medium}. The red marks are what is wanted. White: low weight and provinces, of which "
            "nothing is asked.",
            shown=count(len(shown), "indicator"),
            high=chance(TOLERATED["high"]),
            medium=chance(TOLERATED["medium"]),
        ),
    )


def build_parameters(answer: Answer) -> Chart:
    """What is left of the ranges of the parameters that history says most about."""
    if answer.informed.empty:
        raise NotRecorded("parameters that history says something about")
    rows = records(answer.informed.head(MOST_PARAMETERS))
    return Chart(
        title=say(
            "History says most of “{parameter}”: {left} of its range is left",
            parameter=parameter_label(rows[0]),
            left=rough(rows[0]["spread_left"]),
        ),
        alternative=say(
            "Bars, the part of the range of each parameter that history leaves: {parts}.",
            parts=listed([bracketed(parameter_label(row), rough(row["spread_left"])) for row in rows]),
        ),
        data=answer.informed,
        draw=partial(_draw_parameters, rows=rows),
        note=say(
            "The {shown} parameters that history says most about, of {informed}. The range is the standard "
            "deviation after the calibration over that before it.",
            shown=len(rows),
            informed=len(answer.informed),
        ),
    )


def percent(error: float) -> str:
    """An error in per cent."""
    return per_cent(grouped(error, 1))


def parameter_label(row: dict[str, Any]) -> str:
    """A parameter in words, as part of a sentence."""
    return say(row["meaning"]).rstrip(".\N{IDEOGRAPHIC FULL STOP}")


def _wanted(weight: str) -> float:
    """What error of an indicator is wanted at most, per cent."""
    return 100.0 * TOLERATED.get(weight, float("inf"))


def _draw_fit(layout: Layout, rows: list[dict[str, Any]]) -> "Figure":
    figure, (axes,) = sheet(layout, 1, 0.75 + _row(layout) * len(rows), columns=1)
    bar_axis(axes, [_name(published_label(row["indicator"]), layout) for row in rows])
    end = min(max(row["mean"] for row in rows), FURTHEST)
    for place, row in enumerate(rows):
        shown, wanted = min(row["mean"], end), _wanted(row["weight"])
        axes.barh(place, shown, height=0.68, color=FILLS[row["weight"]], edgecolor=SOFT, linewidth=0.5)
        if wanted <= 1.1 * end:
            axes.plot([wanted, wanted], [place - 0.45, place + 0.45], color=TARGET, linewidth=1.2)
        bar_number(axes, percent(row["mean"]), max(shown, wanted if wanted <= 1.1 * end else 0.0), place)
    _axis(axes, end, scale=100.0)
    panel_title(axes, say("Mean absolute error"), say("per cent of what was published"))
    return figure


def _draw_parameters(layout: Layout, rows: list[dict[str, Any]]) -> "Figure":
    figure, (axes,) = sheet(layout, 1, 0.75 + _row(layout) * len(rows), columns=1)
    bar_axis(axes, [_name(parameter_label(row), layout) for row in rows])
    axes.barh(range(len(rows)), [1.0] * len(rows), height=0.68, color=GONE)
    for place, row in enumerate(rows):
        axes.barh(place, row["spread_left"], height=0.68, color=LEFT)
        bar_number(axes, rough(row["spread_left"]), row["spread_left"], place)
    _axis(axes, 1.0, scale=1.0)
    panel_title(axes, say("Range that is left"))
    return figure


def _axis(axes: "Axes", end: float, scale: float) -> None:
    """An axis of shares from 0, with room for a number beside the longest bar; ``scale`` is the whole."""
    axes.set_xlim(0.0, 1.3 * end)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: percent_tick(value / scale))


def _name(text: str, layout: Layout) -> str:
    """A name in so many lines as there is room for."""
    letters = NARROW_LETTERS if layout.narrow else LETTERS
    return "\n".join(wrapped(drawable(text), letters)[:MOST_LINES])


def _row(layout: Layout) -> float:
    """Height of a row, in inches: names take more lines on a narrow sheet."""
    return NARROW_ROW if layout.narrow else ROW
