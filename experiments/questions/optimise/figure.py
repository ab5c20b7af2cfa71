"""Cost against probability: everything that was lived, the front, and what was chosen."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from experiments.pages.drawing.canvas import INK, RULE, SOFT, TARGET, Layout, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.plot_parts import panel_title
from experiments.pages.language import say
from experiments.pages.likelihood import with_interval
from experiments.pages.words import billion_yuan, chance, grouped
from experiments.questions.optimise.words import Answer
from sim.calendar import FORK_YEAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FRONT: Final = "#0b5394"
HEIGHT: Final = 3.6  # inches
COST, ALL = "cost_billion_yuan", "probability_all"


def build(answer: Answer) -> Chart:
    """The chart of the front."""
    return Chart(
        title=title(answer),
        alternative=say(
            "Scatter of cost against the probability of all three targets. The front runs from {cheapest} "
            "with {least} to {dearest} with {most}.",
            cheapest=billion_yuan(1e3 * answer.front[0][COST]),
            least=chance(answer.front[0][ALL]),
            dearest=billion_yuan(1e3 * answer.front[-1][COST]),
            most=chance(answer.front[-1][ALL]),
        ),
        data=pd.DataFrame(answer.front),
        draw=partial(_draw, answer=answer),
        note=say(
            "Blue: the front, {futures} futures each, with 95 % intervals. Grey: the search, {mixes} mixes, "
            "their probabilities smoothed. Rings: the chosen mix and the runner-up in fresh futures, which "
            "all sentences are about. Red: the probability that is wanted.",
            futures=grouped(answer.front[0]["cells"]),
            mixes=grouped(len(answer.searched)),
        ),
    )


def title(answer: Answer) -> str:
    """The finding, in the futures that nothing was chosen by."""
    row, missed = answer.winner, [wish["wish"] for wish in answer.unkept]
    values = {
        "chance": with_interval(row[ALL], row["probability_low"], row["probability_high"]),
        "cost": billion_yuan(1e3 * row[COST]),
        "wanted": chance(answer.keys.probability),
    }
    if not missed:
        return say("All three targets with {chance} cost {cost}; {wanted} was asked", **values)
    if missed[0] != "probability":
        return say("No mix keeps to all wishes: {wish} binds", wish=missed[0])
    if row[ALL] == 0.0:
        return say("The chosen mix reaches all three targets in no future; {wanted} was asked", **values)
    return say(
        "No mix is shown to reach {wanted}: the chosen one has {chance} for all three targets and costs "
        "{cost}",
        **values,
    )


def _draw(layout: Layout, answer: Answer) -> "Figure":
    figure, (axes,) = sheet(layout, 1, HEIGHT, columns=1)
    _points(axes, answer)
    wanted = answer.keys.probability
    axes.axhline(100 * wanted, color=TARGET, linewidth=1.0, zorder=0.8)
    if answer.keys.budget is not None:
        axes.axvline(answer.keys.budget, color=SOFT, linewidth=0.8, linestyle=(0, (4, 2)), zorder=0.8)
    axes.set_ylim(-3, 103)
    year = answer.keys.targets.year
    axes.set_xlabel(say("cost, {first} to {year}", first=FORK_YEAR + 1, year=year))
    axes.xaxis.set_major_formatter(lambda value, _: billion_yuan(1e3 * value))
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="y")
    panel_title(axes, say("Probability of all three targets"), say("per cent of the futures"))
    return figure


def _points(axes: "Axes", answer: Answer) -> None:
    """Mixes of the search in grey, the front with its intervals, winner and runner-up with their names."""
    axes.plot(
        answer.searched[COST], 100 * answer.searched["probability_smooth"], ".", color=RULE, markersize=4,
        zorder=1,
    )  # fmt: skip
    for row in answer.front:
        ends = [100 * row["probability_low"], 100 * row["probability_high"]]
        axes.plot([row[COST], row[COST]], ends, color=FRONT, linewidth=0.6, alpha=0.5, zorder=2)
    front = [(row[COST], 100 * row[ALL]) for row in answer.front]
    axes.plot(*zip(*front, strict=True), "o", color=FRONT, markersize=4, zorder=3)
    _named(axes, answer.winner, say("chosen"), first=True)
    if answer.runner_up:
        _named(axes, answer.runner_up, say("runner-up"), first=False)


def _named(axes: "Axes", row: dict[str, Any], name: str, *, first: bool) -> None:
    """A ring where a mix lies in fresh futures, and its name; first to the left: names do not meet."""
    place = (row[COST], 100 * row[ALL])
    ends = [100 * row["probability_low"], 100 * row["probability_high"]]
    axes.plot([row[COST], row[COST]], ends, color=INK, linewidth=0.6, zorder=3.5)
    axes.plot(*place, "o", color=INK, markersize=9, markerfacecolor="none", zorder=4)
    axes.annotate(
        name, place, xytext=(-7, 7) if first else (7, -10), textcoords="offset points", fontsize=8, color=INK,
        ha="right" if first else "left", fontweight="bold" if first else "normal", annotation_clip=False,
    )  # fmt: skip
