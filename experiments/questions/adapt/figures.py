"""Two figures: how near each plan comes and what it spends in vain, and when the rule responds."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from experiments.pages.drawing.canvas import SOFT, TARGET, Layout, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import BETTER, WORSE
from experiments.pages.drawing.plot_parts import (
    bar_axis,
    bar_number,
    billion_tick,
    panel_title,
    percent_tick,
    value_axis,
)
from experiments.pages.language import say
from experiments.pages.words import grouped, month
from experiments.questions.adapt.foresight import FIXED, FORESIGHT, MONITORED
from experiments.questions.adapt.words import ALL, WHO_LABELS, YUAN, Answer, closed, of_futures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT: Final = 2.5  # inches
LOOKS: Final[dict[str, dict[str, Any]]] = {
    FORESIGHT: {"color": "#2a9d8f", "marker": "_", "markersize": 5, "markeredgewidth": 1.3},
    FIXED: {"color": "#5f6770", "marker": "s", "markersize": 3.8},
    MONITORED: {"color": "#0b5394", "marker": "o", "markersize": 2.4},
}
BAR: Final = 0.62


def regrets(answer: Answer) -> Chart:
    """The figure of all futures."""
    futures = ordered(answer)
    return Chart(
        title=saved(answer),
        alternative=say(
            "Two panels of dots, one for each future: attainment of the worst tier, and spending above the "
            "cheapest plan that suffices, under the fixed plan, with monitoring and under perfect foresight."
        ),
        data=futures,
        draw=partial(_draw_regrets, futures=futures),
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


def saved(answer: Answer) -> str:
    """What the figure shows."""
    row = answer.row("worth", target=ALL)
    if row["helped"] == 0:
        return say("Knowing the future would have helped nowhere")
    return say(
        "Knowing the future would have saved {helped} that the fixed plan misses; the rule saves {won} "
        "of them, {closed}",
        helped=of_futures(row["helped"]), won=grouped(row["won"]), closed=closed(row),
    )  # fmt: skip


def _draw_regrets(layout: Layout, futures: pd.DataFrame) -> "Figure":
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


def timeline(answer: Answer) -> Chart:
    """The figure of all reviews."""
    rows = answer.table("responses")
    return Chart(
        title=responding(answer),
        alternative=say(
            "Bars of the number of futures in which the rule responds, by the year of the review."
        ),
        data=rows,
        draw=partial(_draw_timeline, answer=answer, rows=rows),
        note=say(
            "For nothing: the fixed plan would have reached all three targets in the same future. Reviews "
            "whose response would come after {year} are left out.",
            year=answer.keys.targets.year,
        ),
    )


def responding(answer: Answer) -> str:
    """How often the rule responds, and how often for nothing."""
    row = answer.row("alarms", target=ALL)
    responded = row["right"] + row["false"]
    if not responded:
        return say("The rule never responds")
    text = "The rule responds in {responded} of {futures}, never for nothing"
    if row["false"]:
        text = "The rule responds in {responded} of {futures}, in {false} of these for nothing"
    return say(
        text,
        responded=grouped(responded), futures=of_futures(answer.number), false=grouped(row["false"]),
    )  # fmt: skip


def _draw_timeline(layout: Layout, answer: Answer, rows: pd.DataFrame) -> "Figure":
    from matplotlib.patches import Patch

    figure, (axes,) = sheet(layout, 1, 0.8 + 0.28 * len(rows), columns=1)
    names = [
        say("end of {year}, in force {month}", year=row.year, month=month(str(row.in_force)))
        for row in rows.itertuples()
    ]
    bar_axis(axes, names)
    for place, row in enumerate(answer.rows("responses")):
        right = row["responded"] - row["false"]
        axes.barh(place, right, height=BAR, color=BETTER.colour)
        axes.barh(
            place, row["false"], left=right, height=BAR, color=WORSE.colour, hatch=WORSE.hatch,
            edgecolor=SOFT, linewidth=0.3,
        )  # fmt: skip
        bar_number(axes, grouped(row["responded"]), row["responded"], place)
    axes.set_xlim(0, answer.number)
    axes.locator_params(axis="x", nbins=6, integer=True)
    panel_title(axes, say("Responses by review"), say("of {futures}", futures=of_futures(answer.number)))
    key(
        figure,
        [
            Patch(facecolor=BETTER.colour, label=say("the fixed plan misses a target")),
            Patch(facecolor=WORSE.colour, hatch=WORSE.hatch, edgecolor=SOFT, label=say("for nothing")),
        ],
        2,
    )
    return figure
