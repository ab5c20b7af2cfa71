"""Bars to both sides of a middle line: worse to the left, better to the right."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from experiments.pages.drawing.canvas import SOFT
from experiments.pages.drawing.palette import BETTER, WORSE
from experiments.pages.drawing.plot_parts import bar_number, percent_tick
from experiments.pages.language import say
from experiments.pages.words import known, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch


UNKNOWN: Final = {"better": float("nan"), "worse": float("nan")}


def bars(axes: "Axes", rows: Sequence[Mapping[str, Any]], widest: float) -> None:
    """One row of two bars per entry with shares ``better`` and ``worse``, and their numbers."""
    for place, row in enumerate(rows):
        better, worse = float(row["better"]), float(row["worse"])
        if not (known(better) and known(worse)):
            continue
        axes.barh(place, better, height=0.62, color=BETTER.colour)
        axes.barh(
            place, -worse, height=0.62, color=WORSE.colour, hatch=WORSE.hatch, edgecolor=SOFT, linewidth=0.3
        )
        bar_number(axes, percent(better), better, place)
        bar_number(axes, percent(worse), -worse, place, side="left")
    room = max(widest, 0.005)
    worst = max([float(row["worse"]) for row in rows if known(float(row["worse"]))] + [0.0])
    axes.set_xlim(-(worst + 0.34 * room), 1.3 * room)
    axes.axvline(0, color=SOFT, linewidth=0.7)
    axes.xaxis.set_major_formatter(lambda value, _: percent_tick(abs(value)))
    axes.locator_params(axis="x", nbins=5)


def handles() -> "list[Patch]":
    """The two fills with their names, for a key."""
    from matplotlib.patches import Patch

    return [
        Patch(
            facecolor=WORSE.colour, hatch=WORSE.hatch, edgecolor=SOFT, linewidth=0.3, label=say("worse off")
        ),
        Patch(facecolor=BETTER.colour, label=say("better off")),
    ]
