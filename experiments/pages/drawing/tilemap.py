"""Maps of the 31 provinces as tiles of one size, so that small provinces can be read."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from experiments.pages.drawing.canvas import INK, PAPER, SOFT, Layout, fitted, sheet
from experiments.pages.drawing.palette import SEQUENCE
from experiments.pages.drawing.plot_parts import panel_title
from experiments.pages.language import say
from experiments.pages.provinces import COLUMNS, PROVINCES, ROWS
from experiments.pages.scenario import Scenario
from experiments.pages.words import Formatter, known, significant

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GAP = 0.06


@dataclass(frozen=True)
class Panel:
    """One map: values by province code; its title is the scenario unless it has one of its own."""

    scenario: Scenario
    by_province: pd.Series
    title: str = ""


@dataclass(frozen=True)
class Classes:
    """Limits of the classes of colour, in rising order, and how a value is written."""

    limits: tuple[float, ...]
    formatter: Formatter

    def colour(self, value: float) -> tuple[str, str]:
        """Fill and letters of a tile."""
        if not known(value):
            return PAPER, SOFT
        place = int(np.searchsorted(self.limits, value, side="right"))
        return SEQUENCE[place], INK if place < 4 else PAPER


def classes(panels: list[Panel], formatter: Formatter) -> Classes:
    """Up to seven classes of about as many tiles each, with round limits."""
    values = np.concatenate([panel.by_province.dropna().to_numpy(dtype=float) for panel in panels])
    if not len(values):
        return Classes((), formatter)
    limits = np.quantile(values, np.arange(1, len(SEQUENCE)) / len(SEQUENCE))
    if len(set(limits)) < len(limits) / 2:  # mostly zeros: classes of equal width tell more
        limits = np.linspace(values.min(), values.max(), len(SEQUENCE) + 1)[1:-1]
    fineness = significant((values.max() - values.min()) / 20, 1) or 1.0
    decimals = max(0, -math.floor(math.log10(fineness)))
    rounded = sorted({round(float(limit), decimals) for limit in limits})
    return Classes(tuple(limit for limit in rounded if values.min() < limit <= values.max()), formatter)


def draw(layout: Layout, panels: list[Panel], scale: Classes, unit: str) -> "Figure":
    """One map per scenario, side by side, with one scale of colours."""
    across = 1 if layout.narrow else min(3, len(panels))
    tile = min(layout.width / across / COLUMNS, 0.46)
    figure, axes = sheet(layout, len(panels), tile * ROWS + 0.45, columns=across)
    for panel_axes, panel in zip(axes, panels, strict=True):
        _panel(panel_axes, panel, scale)
        panel_title(panel_axes, panel.title or fitted(panel.scenario.label, layout.letters(across)), unit)
    return figure


def _panel(axes: "Axes", panel: Panel, scale: Classes) -> None:
    from matplotlib.patches import Rectangle

    axes.set_xlim(0, COLUMNS)
    axes.set_ylim(ROWS, 0)
    axes.set_aspect("equal", anchor="NW")
    axes.set_axis_off()
    for province in PROVINCES:
        value = float(panel.by_province.get(province.code, float("nan")))
        fill, letters = scale.colour(value)
        left, top = province.column + GAP / 2, province.row + GAP / 2
        axes.add_artist(  # not add_patch, which would look for limits again
            Rectangle((left, top), 1 - GAP, 1 - GAP, facecolor=fill, edgecolor=SOFT, linewidth=0.4)
        )
        number = scale.formatter(value) if known(value) else say("n/a")
        for text, down, weight in ((say(province.abbreviation), 0.34, "bold"), (number, 0.7, "normal")):
            axes.text(
                province.column + 0.5, province.row + down, text, ha="center", va="center", fontsize=6.5,
                color=letters, fontweight=weight, in_layout=False,
            )  # fmt: skip
    _steps(axes, scale)


def _steps(axes: "Axes", scale: Classes) -> None:
    """The scale of colours, in the empty corner at the top left."""
    from matplotlib.patches import Rectangle

    width = 3.6 / max(len(scale.limits) + 1, 1)
    for place in range(len(scale.limits) + 1):
        axes.add_patch(
            Rectangle(
                (place * width, 0.55), width, 0.3, facecolor=SEQUENCE[place], edgecolor=SOFT, linewidth=0.4
            )
        )
    for place, limit in enumerate(scale.limits):
        if place % 2 == 0:
            axes.text(
                (place + 1) * width,
                1.2,
                scale.formatter(limit),
                ha="center",
                va="center",
                fontsize=6,
                color=SOFT,
            )
