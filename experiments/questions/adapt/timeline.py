"""When the rule responds: review by review, with reason or for nothing."""

from typing import TYPE_CHECKING, Final

import pandas as pd

from experiments.pages.drawing.canvas import SOFT, Layout, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import BETTER, WORSE
from experiments.pages.drawing.plot_parts import bar_axis, bar_number, panel_title
from experiments.pages.language import say
from experiments.pages.words import grouped, month
from experiments.questions.adapt.answer import Answer
from experiments.questions.adapt.words import ALL, of_futures

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BAR: Final = 0.62


def build(answer: Answer) -> Chart:
    """The figure of all reviews."""
    rows = answer.table("responses")
    return Chart(
        title=finding(answer),
        alternative=say(
            "Bars of the number of futures in which the rule responds, by the year of the review."
        ),
        data=rows,
        draw=lambda layout: _draw(layout, answer, rows),
        note=say(
            "For nothing: the fixed plan would have reached all three targets in the same future. Reviews "
            "whose response would come after {year} are left out.",
            year=answer.keys.targets.year,
        ),
    )


def finding(answer: Answer) -> str:
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


def _draw(layout: Layout, answer: Answer, rows: pd.DataFrame) -> "Figure":
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
