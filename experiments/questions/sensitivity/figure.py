"""What moves one outcome: bars, the part of what is not known of it that each number carries."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from experiments.pages.drawing.canvas import INK, Layout, drawable, key, sheet, wrapped
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import BETTER, WORSE
from experiments.pages.drawing.plot_parts import bar_number, panel_title, percent_tick
from experiments.pages.language import say
from experiments.pages.words import bracketed, listed
from experiments.questions.sensitivity.indices import DIFFERENCE, KINDS, LEVEL
from experiments.questions.sensitivity.words import MATTERS, Answer, capped, meaning, outcome_label, share

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FILLS: Final = {LEVEL: BETTER, DIFFERENCE: WORSE}
BAR: Final = 0.14  # inches
LINE: Final = 0.135  # of a line of a name
GAP: Final = 0.1  # between numbers
LETTERS_PER_INCH: Final = 17.5
Pairs = list[dict[str, dict[str, Any]]]  # of each number, its row of each kind


def build(answer: Answer, outcome: str) -> Chart:
    """The bars of one outcome."""
    pairs = _pairs(answer, outcome)
    return Chart(
        title=finding(answer, outcome),
        alternative=say(
            "Bars, the part of what is not known of “{outcome}” under {scenario} that each number carries: "
            "{parts}.",
            outcome=outcome_label(outcome),
            scenario=answer.ends[1],
            parts=listed([bracketed(meaning(pair[LEVEL]), share(pair[LEVEL]["total"])) for pair in pairs]),
        ),
        data=pd.DataFrame([row for kind in KINDS for row in answer.shares(outcome, kind)]),
        draw=partial(_draw, answer=answer, pairs=pairs),
        note=say(
            "With 95 % intervals; letters are grades of evidence, C is only assumed. Numbers that carry "
            "next to nothing of either are left out."
        ),
    )


def finding(answer: Answer, outcome: str) -> str:
    """What moves an outcome most: the title of its figure."""
    moving = answer.moving(outcome)
    if not moving:
        return say("{outcome}: none of the numbers that were kept moves it", outcome=outcome_label(outcome))
    return say(
        "{outcome}: “{number}” carries {share} of what is not known",
        outcome=outcome_label(outcome),
        number=meaning(moving[0]),
        share=share(moving[0]["total"]),
    )


def _pairs(answer: Answer, outcome: str) -> Pairs:
    """The numbers that carry something, the largest first; one at least."""
    apart = {row["factor"]: row for row in answer.shares(outcome, DIFFERENCE)}
    pairs = [{LEVEL: row, DIFFERENCE: apart[row["factor"]]} for row in answer.shares(outcome)]
    return [pair for pair in pairs if max(row["total"] for row in pair.values()) > MATTERS] or pairs[:1]


def _draw(layout: Layout, answer: Answer, pairs: Pairs) -> "Figure":
    from matplotlib.patches import Patch

    letters = int((layout.width - 0.3) * LETTERS_PER_INCH)
    names = [wrapped(drawable(_named(pair[LEVEL])), letters) for pair in pairs]
    heights = [LINE * len(name) + 2 * BAR + GAP for name in names]
    figure, (axes,) = sheet(layout, 1, 0.75 + sum(heights), columns=1)
    axes.set_ylim(sum(heights), 0.0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    top = 0.0
    for pair, name, height in zip(pairs, names, heights, strict=True):
        axes.text(0.0, top, "\n".join(name), size=7.5, color=INK, va="top", linespacing=1.2, in_layout=False)
        for place, kind in enumerate(KINDS):
            _bar(axes, top + LINE * len(name) + (place + 0.6) * BAR, pair[kind], kind)
        top += height
    axes.set_xlim(0.0, 1.12)
    axes.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0])
    axes.xaxis.set_major_formatter(lambda value, _: percent_tick(value))
    panel_title(axes, say("Part of what is not known"))
    baseline, scenario = answer.ends
    labels = {
        LEVEL: say("of the outcome under {scenario}", scenario=scenario),
        DIFFERENCE: say("of the difference from {baseline}", baseline=baseline),
    }
    handles = [
        Patch(facecolor=fill.colour, hatch=fill.hatch, label=drawable(labels[kind]))
        for kind, fill in FILLS.items()
    ]
    key(figure, handles, 1 if layout.narrow else 2)
    return figure


def _bar(axes: "Axes", place: float, row: dict[str, Any], kind: str) -> None:
    """One bar with its interval, as far as that can be a share, and its number."""
    fill, total, half = FILLS[kind], row["total"], row["total_interval"]
    axes.barh(place, capped(total), height=0.85 * BAR, color=fill.colour, hatch=fill.hatch, edgecolor="white")
    low, high = capped(total - half), capped(total + half)
    axes.plot([low, high], [place, place], color=INK, linewidth=0.8)
    bar_number(axes, share(row["total"]), high, place)


def _named(row: dict[str, Any]) -> str:
    """A number with the grade of its evidence."""
    return bracketed(meaning(row), row["evidence"])
