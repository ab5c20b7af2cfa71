"""Tornado of one outcome: total and first-order indices of its level and of its difference."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from experiments.pages.drawing.canvas import INK, SOFT, Layout, Picture, drawing_style, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOTAL, FIRST = "#9db9d9", "#1f5a99"
SHEET: Final = Layout(width=9.5, columns=2)
ASSUMED: Final = "C"


def draw_tornado(indices: pd.DataFrame, meaning: str, baseline: str, path: Path) -> None:
    """Write the picture; factors that are assumed (evidence C) are hatched."""
    level = indices[indices["kind"] == "level"].sort_values("total", ascending=False)
    first = level.iloc[0]
    with drawing_style():
        figure, axes = sheet(SHEET, 2, 0.6 + 0.28 * len(level))
        panels = {"level": "Under the scenario", "difference": f"Less {baseline}"}
        for panel, (kind, title) in zip(axes, panels.items(), strict=True):
            _panel(panel, indices[indices["kind"] == kind], title)
        title = (
            f"{first['factor']} carries {100 * first['total']:.0f} % of what is uncertain about: {meaning}"
        )
        source = "Light: total index with 95 % interval. Dark: first order. Hatched: assumed (evidence C)."
        path.write_bytes(Picture(figure, title, source).png())


def _panel(panel: "Axes", indices: pd.DataFrame, title: str) -> None:
    """Bars from the least important below to the most important on top."""
    rows = indices.sort_values("total")
    places = range(len(rows))
    hatches = ["////" if evidence == ASSUMED else "" for evidence in rows["evidence"]]
    panel.set_title(title)
    panel.barh(places, rows["total"], color=TOTAL, hatch=hatches, edgecolor=SOFT, linewidth=0.4)
    panel.barh(places, rows["first"].clip(lower=0.0), height=0.3, color=FIRST)
    panel.errorbar(
        rows["total"], places, xerr=rows["total_interval"], fmt="none", ecolor=INK, elinewidth=0.8
    )  # fmt: skip
    panel.set_yticks(list(places), list(rows["factor"]))
    panel.set_xlim(left=0.0)
    panel.set_xlabel("share of variance")
