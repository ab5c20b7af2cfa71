"""Panels in their places: as large as their words leave room for, those of one figure all of one size."""

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure

MARGIN: Final = 0.09  # inches, as all below
GAP_ACROSS: Final = 0.16
GAP_DOWN: Final = 0.14
SMALLEST: Final = 0.3


def arrange(figure: "Figure", renderer: "RendererAgg", below: float, above: float) -> None:
    """Place the panels of a figure inside the room between ``below`` and ``above`` (inches).

    Each column is given the room that the widest words beside its panels need, each row that of the highest.
    One measurement of each panel is enough, which is what makes this faster than matplotlib's own layouts.
    """
    width, height = figure.get_size_inches()
    down, across, _, _ = figure.axes[0].get_subplotspec().get_geometry()  # type: ignore[union-attr]
    left, right = np.zeros(across), np.zeros(across)
    bottom, top = np.zeros(down), np.zeros(down)
    for place, axes in enumerate(figure.axes):
        row, column = divmod(place, across)
        axes.apply_aspect()
        inner, outer = axes.get_window_extent(), axes.get_tightbbox(renderer)
        left[column] = max(left[column], (inner.x0 - outer.x0) / figure.dpi)  # type: ignore[union-attr]
        right[column] = max(right[column], (outer.x1 - inner.x1) / figure.dpi)  # type: ignore[union-attr]
        bottom[row] = max(bottom[row], (inner.y0 - outer.y0) / figure.dpi)  # type: ignore[union-attr]
        top[row] = max(top[row], (outer.y1 - inner.y1) / figure.dpi)  # type: ignore[union-attr]
    free_across = width - 2 * MARGIN - (across - 1) * GAP_ACROSS - left.sum() - right.sum()
    free_down = height - below - above - MARGIN - (down - 1) * GAP_DOWN - bottom.sum() - top.sum()
    panel = max(free_across / across, SMALLEST), max(free_down / down, SMALLEST)
    for place, axes in enumerate(figure.axes):
        row, column = divmod(place, across)
        x = MARGIN + left[: column + 1].sum() + right[:column].sum() + column * (panel[0] + GAP_ACROSS)
        y = height - above - top[: row + 1].sum() - bottom[:row].sum() - row * GAP_DOWN - (row + 1) * panel[1]
        axes.set_position((x / width, y / height, panel[0] / width, panel[1] / height))
