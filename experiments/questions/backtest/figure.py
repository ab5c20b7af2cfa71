"""Small multiples: observed figures on the band and the mean of the model, one panel for each indicator."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import INK, SOFT, TARGET, Layout, drawable, sheet, wrapped
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.plot_parts import short_number
from experiments.pages.language import say, sentences
from experiments.pages.published import published_label
from experiments.pages.words import chance, count, listed, per_cent, written
from experiments.questions.backtest.words import Answer

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BAND: Final = "#9db9d9"
LINE: Final = "#1f5a99"
MOST_PANELS: Final = 24
PANEL_HEIGHT: Final = 1.5
ACROSS, ACROSS_NARROW = 3, 2
MOST_LINES: Final = 3  # of the title of a panel
BESIDE: Final = 0.25  # inches beside the title of a panel


def build(answer: Answer) -> Chart:
    """Indicators of the country, those furthest off first; the others stand in the table."""
    if answer.table("rows").empty:
        raise NotRecorded("figures to compare with")
    panels, known_until = _panels(answer), answer.known_until
    rows = pd.concat(panels.values(), ignore_index=True)
    beyond = say("Right of the dotted line: after {year}, not fitted.", year=known_until)
    return Chart(
        title=say(
            "{inside} of {figures} lie in the 90 % range of the model",
            inside=chance(float(answer.shown["inside"].mean())),
            figures=count(len(answer.shown), "observed figure"),
        ),
        alternative=say(
            "Observed figures on the range of the model, one panel for each indicator, those furthest off "
            "first: {indicators}.",
            indicators=listed([published_label(name) for name in panels]),
        ),
        data=rows.drop(columns=["given", "given_unit"]),
        draw=partial(_draw, panels=panels, known_until=known_until),
        note=sentences(
            (
                say(
                    "Points: observed, red where outside. Line and band: mean and 5 to 95 % of the draws "
                    "with the model's own error."
                ),
                beyond if rows["year"].max() > known_until else "",
            )
        ),
    )


def _panels(answer: Answer) -> dict[str, pd.DataFrame]:
    """Rows by indicator, those furthest off first."""
    shown = answer.shown
    error = shown["error_percent"].abs().groupby(shown["indicator"]).mean()
    names = error.sort_values(ascending=False, kind="stable").index[:MOST_PANELS]
    return {str(name): shown[shown["indicator"] == name].sort_values("year") for name in names}


def _draw(layout: Layout, panels: dict[str, pd.DataFrame], known_until: int) -> "Figure":
    across = ACROSS_NARROW if layout.narrow else ACROSS
    figure, axes = sheet(layout, len(panels), PANEL_HEIGHT, columns=across)
    letters = int(layout.letters(min(across, len(panels)), beside=BESIDE))
    for panel, (name, rows) in zip(axes, panels.items(), strict=True):
        _panel(panel, rows, known_until)
        title = wrapped(drawable(published_label(name)), letters)[:MOST_LINES]
        panel.set_title("\n".join(title), fontsize=6.8)
    return figure


def _panel(panel: "Axes", rows: pd.DataFrame, known_until: int) -> None:
    """One indicator; years without a figure are bridged."""
    years = rows["year"]
    panel.fill_between(years, rows["p05"], rows["p95"], color=BAND, linewidth=0)
    panel.vlines(years, rows["p05"], rows["p95"], color=BAND, linewidth=3)
    panel.plot(years, rows["mean"], color=LINE)
    inside = rows["inside"].astype(bool)
    for where, colour, mark in ((inside, INK, "o"), (~inside, TARGET, "D")):
        panel.plot(years[where], rows["observed"][where], mark, color=colour, markersize=3.5, linestyle="")
    if years.min() <= known_until < years.max():
        panel.axvline(known_until + 0.5, color=SOFT, linestyle=":", linewidth=0.8)
    ends = sorted({int(years.min()), int(years.max())})
    panel.set_xticks(ends, [str(year) for year in ends])
    panel.locator_params(axis="y", nbins=3)
    panel.yaxis.set_major_formatter(_tick(str(rows["unit"].iloc[0])))
    panel.tick_params(labelsize=6.3)
    panel.margins(x=0.12, y=0.15)


def _tick(unit: str) -> "Callable[[float, object], str]":
    """How the values of a unit are written at an axis."""
    if unit == "%":
        return lambda value, _: per_cent(written(value, ".4g"))
    if unit.startswith("10k"):
        return lambda value, _: short_number(1e4 * value)
    return lambda value, _: short_number(value)
