"""Small multiples: observed figures on the band and the mean of the model, one panel for each indicator."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from experiments.pages.drawing.canvas import INK, SOFT, TARGET, Layout, Picture, drawing_style, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAND: Final = "#9db9d9"
LINE: Final = "#1f5a99"
MOST_PANELS: Final = 24
SHEET: Final = Layout(width=10.5, columns=4)
PANEL_HEIGHT: Final = 1.75


def draw_figure(scored: pd.DataFrame, not_compared: int, known_until: int, path: Path) -> None:
    """Write the picture; indicators of single provinces stay in the table, the worst come first."""
    national = scored[scored["province"] == "all"]
    shown = national if not national.empty else scored
    error = shown.assign(error=shown["error_percent"].abs()).groupby("indicator")["error"].mean()
    names = list(error.sort_values(ascending=False).index[:MOST_PANELS])
    inside = 100.0 * float(shown["inside"].mean())
    with drawing_style():
        figure, axes = sheet(SHEET, len(names), PANEL_HEIGHT)
        for panel, name in zip(axes, names, strict=True):
            _panel(panel, shown[shown["indicator"] == name].sort_values("year"), known_until)
        title = f"{inside:.0f} % of the observed figures lie in the 90 % range of the model"
        source = (
            "Points: observed. Line and band: mean and 5 to 95 % of the draws with the model's own error. "
            f"Right of the dotted line: after {known_until}, not fitted."
        )
        if not_compared:
            source += f" Not compared: {not_compared}, listed in not_compared.csv."
        path.write_bytes(Picture(figure, title, source).png())


def _panel(panel: "Axes", rows: pd.DataFrame, known_until: int) -> None:
    """One indicator; years without a figure are bridged."""
    years = rows["year"]
    panel.set_title(str(rows["indicator"].iloc[0]), fontsize=7)
    panel.fill_between(years, rows["p05"], rows["p95"], color=BAND, linewidth=0)
    panel.vlines(years, rows["p05"], rows["p95"], color=BAND, linewidth=3)
    panel.plot(years, rows["mean"], color=LINE)
    inside = rows["inside"].astype(bool)
    for where, colour in ((inside, INK), (~inside, TARGET)):
        panel.plot(years[where], rows["observed"][where], "o", color=colour, markersize=3.5)
    if years.min() <= known_until < years.max():
        panel.axvline(known_until + 0.5, color=SOFT, linestyle=":", linewidth=0.8)
    ends = sorted({int(years.min()), int(years.max())})
    panel.set_xticks(ends, [str(year) for year in ends])
    panel.tick_params(labelsize=6.5)
    panel.margins(x=0.12, y=0.15)
