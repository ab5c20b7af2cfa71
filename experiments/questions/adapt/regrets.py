"""Future by future: how near each plan comes to its worst target, and what it spends in vain."""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from experiments.pages.drawing.canvas import TARGET, Layout, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.plot_parts import billion_tick, panel_title, percent_tick, value_axis
from experiments.pages.language import say
from experiments.pages.words import grouped
from experiments.questions.adapt.answer import Answer
from experiments.questions.adapt.lived import FIXED, FORESIGHT, MONITORED
from experiments.questions.adapt.words import ALL, WHO_LABELS, YUAN, closed, of_futures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT: Final = 2.5  # inches
LOOKS: Final[dict[str, dict[str, Any]]] = {
    FORESIGHT: {"color": "#2a9d8f", "marker": "_", "markersize": 5, "markeredgewidth": 1.3},
    FIXED: {"color": "#5f6770", "marker": "s", "markersize": 3.8},
    MONITORED: {"color": "#0b5394", "marker": "o", "markersize": 2.4},
}


def build(answer: Answer) -> Chart:
    """The figure of all futures."""
    futures = ordered(answer)
    return Chart(
        title=finding(answer),
        alternative=say(
            "Two panels of dots, one for each future: attainment of the worst tier, and spending above the "
            "cheapest plan that suffices, under the fixed plan, with monitoring and under perfect foresight."
        ),
        data=futures,
        draw=lambda layout: _draw(layout, futures),
        note=say(
            "Futures stand in the order of the fixed plan, the worst first. First panel: the line is the "
            "target; foresight stays near it where little is enough. Second panel: only where a plan reaches "
            "all three targets; 0 is what perfect foresight spends."
        ),
    )


def ordered(answer: Answer) -> pd.DataFrame:
    """All futures, those that are worst under the fixed plan first, with spending above perfect foresight."""
    futures = answer.table("futures").sort_values(f"{FIXED}_worst", kind="stable").reset_index(drop=True)
    for who in (FIXED, MONITORED):
        above = futures[f"{who}_{YUAN}"] - futures[f"{FORESIGHT}_{YUAN}"]
        futures[f"{who}_above"] = above.where(futures[f"{who}_reaches"])
    return futures


def finding(answer: Answer) -> str:
    """What the figure shows."""
    row = answer.row("worth", target=ALL)
    if row["helped"] == 0:
        return say("Knowing the future would have helped nowhere")
    return say(
        "Knowing the future would have saved {helped} that the fixed plan misses; the rule saves {won} "
        "of them, {closed}",
        helped=of_futures(row["helped"]), won=grouped(row["won"]), closed=closed(row),
    )  # fmt: skip


def _draw(layout: Layout, futures: pd.DataFrame) -> "Figure":
    figure, (attained, spent) = sheet(layout, 2, HEIGHT)
    lines = _dots(attained, futures, "worst", tuple(LOOKS))
    _dots(spent, futures, "above", (FIXED, MONITORED))
    worst = futures[[f"{who}_worst" for who in LOOKS]]
    value_axis(attained, float(worst.min().min()), float(worst.max().max()), percent_tick)
    attained.axhline(1.0, color=TARGET, linewidth=1.0, zorder=0.8)
    above = futures[[f"{who}_above" for who in (FIXED, MONITORED)]].fillna(0.0)
    value_axis(spent, 0.0, max(float(above.max().max()), 1.0), billion_tick)
    panel_title(attained, say("Worst tier"), say("craftsmen over the target"))
    panel_title(spent, say("Spending in vain"), say("billion yuan above the cheapest that suffices"))
    for axes in (attained, spent):
        axes.set_xlim(-0.02 * len(futures) - 0.5, 1.02 * len(futures) - 0.5)
        axes.set_xticks([])
        axes.set_xlabel(say("futures, the worst under the fixed plan first"))
    key(figure, [lines[who] for who in (FIXED, MONITORED, FORESIGHT)], 3)
    return figure


def _dots(axes: "Axes", futures: pd.DataFrame, what: str, whose: tuple[str, ...]) -> dict[str, Any]:
    """One dot for each future and plan."""
    return {
        who: axes.plot(
            futures.index,
            futures[f"{who}_{what}"],
            linestyle="",
            clip_on=False,
            label=WHO_LABELS[who],
            **LOOKS[who],
        )[0]
        for who in whose
    }
