"""Small pieces that many figures share: axes, lines with their labels, bars with their numbers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from experiments.pages.drawing.canvas import INK, RULE, SOFT, Layout, drawable, fitted, key
from experiments.pages.drawing.palette import look
from experiments.pages.language import language, say
from experiments.pages.scenario import Scenario
from experiments.pages.words import (
    Formatter,
    grouped,
    in_myriads,
    known,
    per_cent,
    significant,
    width_of,
    written,
)
from sim.calendar import FORK_YEAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.ticker import Locator

LETTER_INCHES = 0.125  # height of a line of small text, with the space around it
NAME_LETTERS: Final = 26  # in a line of the name of a scenario
KEY_INCHES: Final = (0.34, 0.055)  # of a mark with the space around it, and of a letter, in a key
# Large ticks by language: from this size on, in units of this many, with this sign.
TICKS: Final = {
    "en": ((1e9, 1e9, " bn"), (1e6, 1e6, " m"), (1e5, 1e3, " k")),
    "zh": ((1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e5, 1e4, "万")),
}


class EndLabel(NamedTuple):
    """Words at the right end of a line."""

    height: float
    text: str
    colour: str


def panel_title(axes: "Axes", title: str, unit: str = "") -> None:
    """The title of a panel, with the unit of its axis below it."""
    axes.set_title(drawable(title), y=1.0, pad=17 if unit else 6, color=INK)  # a fixed y is far faster
    if unit:
        axes.annotate(
            drawable(unit), (0, 1), xytext=(0, 5), xycoords="axes fraction", textcoords="offset points",
            fontsize=7, color=SOFT, va="bottom", ha="left",
        )  # fmt: skip


def year_axis(axes: "Axes", first: int, last: int) -> None:
    """Years with few labels and a hairline where the scenarios part."""
    axes.set_xlim(first, last)
    ticks = [year for year in range(first, last + 1) if year % 5 == 0]
    axes.set_xticks(ticks, [str(year) for year in ticks])
    if first < FORK_YEAR < last:
        axes.axvline(FORK_YEAR, color=SOFT, linewidth=0.6, linestyle=(0, (1, 2)), zorder=0.5)


def value_axis(axes: "Axes", low: float, high: float, formatter: Formatter) -> None:
    """Values with rules across; starts at zero unless all values are far from it, and then says so."""
    if not (known(low) and known(high)):
        low, high = 0.0, 1.0
    base = 0.0 if low >= 0 and low < 0.55 * high else low - 0.15 * (high - low)
    if high <= base:
        base, high = min(0.0, low), max(1.0, high)
    axes.set_ylim(base, high + 0.08 * (high - base))
    axes.yaxis.set_major_locator(_locator(4))
    axes.yaxis.set_major_formatter(lambda value, _: formatter(value))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    if base > 0:
        axes.annotate(
            say("axis does not start at 0"), (0, 0), xytext=(3, 2.5), xycoords="axes fraction",
            textcoords="offset points", fontsize=6, color=SOFT, style="italic", in_layout=False,
        )  # fmt: skip


def _locator(number: int) -> "Locator":
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(number, steps=[1, 2, 2.5, 5, 10])


def short_number(value: float) -> str:
    """A tick in few letters: 20, 1,500, 120 k, 3 m; in Chinese 12万, 300万, 2万亿."""
    value = significant(value, 4)
    divisor, letter = next(
        ((divisor, letter) for size, divisor, letter in TICKS[language()] if abs(value) >= size), (1.0, "")
    )
    number = value / divisor
    return written(number, ",.0f" if abs(number) >= 1000 else ".4g") + letter


def billion_tick(billions: float) -> str:
    """A tick of an axis in billion yuan, which is one in yuan in Chinese."""
    return short_number(billions * 1e9 if language() == "zh" else billions)


def percent_tick(value: float) -> str:
    """A share as a tick in per cent."""
    return per_cent(written(value * 100, ".3g"))


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Heights moved apart until neighbours stand at least ``gap`` apart; order and middle are kept."""
    order = sorted(range(len(heights)), key=lambda item: heights[item])
    blocks: list[tuple[float, list[int]]] = []
    for item in order:
        centre, members = heights[item], [item]
        while blocks and centre - blocks[-1][0] < gap * (len(members) + len(blocks[-1][1])) / 2:
            below, others = blocks.pop()
            centre = (centre * len(members) + below * len(others)) / (len(members) + len(others))
            members = others + members
        blocks.append((centre, members))
    placed = [0.0] * len(heights)
    for centre, members in blocks:
        for step, item in enumerate(members):
            placed[item] = centre + gap * (step - (len(members) - 1) / 2)
    return placed


def end_labels(axes: "Axes", labels: Sequence[EndLabel], panel_height: float) -> None:
    """Name each line at its right end; labels that would overlap are moved, with a thin leader."""
    shown = [label for label in labels if known(label.height)]
    low, high = axes.get_ylim()
    inches = max(panel_height - 0.62, 0.4)
    gap = LETTER_INCHES / inches * (high - low)
    across = axes.get_yaxis_transform()
    places = spread([label.height for label in shown], gap)
    above = max(max(places, default=high) - high, 0.0)  # below the title, as far as there is room at the foot
    down = min(above, max(min(places, default=low) - low, 0.0))
    for label, place in zip(shown, [place - down for place in places], strict=True):
        axes.plot(
            [1.025, 1.06], [label.height, place], color=label.colour, linewidth=0.6, clip_on=False,
            transform=across,
        )  # fmt: skip
        axes.text(
            1.07, place, drawable(label.text), fontsize=7, color=label.colour, va="center", transform=across
        )


def bar_axis(axes: "Axes", names: Sequence[str]) -> None:
    """Rows from top to bottom, each with its name; no value axis, the numbers stand at the bars."""
    axes.set_yticks(range(len(names)), [drawable(name) for name in names])
    axes.set_ylim(len(names) - 0.45, -0.55)
    axes.tick_params(axis="y", colors=INK)
    axes.spines["left"].set_color(RULE)


def bar_number(
    axes: "Axes", text: str, end: float, place: float, side: Literal["left", "right"] = "right"
) -> None:
    """A number beside the end of a bar; the panel must leave room for it."""
    axes.annotate(
        text, (end, place), xytext=(3 if side == "right" else -3, 0), textcoords="offset points", va="center",
        ha="left" if side == "right" else "right", fontsize=6.8, in_layout=False,
    )  # fmt: skip


def counted(value: float) -> str:
    """A head count for a label in a picture: 1,873, 48.2 k, 12.3 m; in Chinese 12.3万, 1.23亿."""
    if not known(value):
        return say("n/a")
    size = abs(value)
    if language() == "zh" and size >= 99_950:
        return in_myriads(value)
    if size >= 999_500:
        return f"{grouped(value / 1e6, 0 if size >= 99.5e6 else 1)} m"
    if size >= 99_950:
        return f"{grouped(value / 1e3)} k"
    return grouped(value) if size < 10_000 else grouped(round(value, -1))


def scenario_rows(axes: "Axes", scenarios: Sequence[Scenario]) -> None:
    """Rows from top to bottom, one for each scenario."""
    bar_axis(axes, [fitted(scenario.label, NAME_LETTERS) for scenario in scenarios])


def scenario_key(figure: "Figure", scenarios: Sequence[Scenario], layout: Layout) -> None:
    """Name the marks of the scenarios above the panels."""
    handles = scenario_handles(scenarios)
    mark, letter = KEY_INCHES
    widest = max(width_of(line) for handle in handles for line in str(handle.get_label()).split("\n"))
    key(figure, handles, max(1, int(layout.width / (mark + letter * widest))))


def scenario_handles(scenarios: Sequence[Scenario]) -> "list[Line2D]":
    """The mark of each scenario with its name, for a key."""
    from matplotlib.lines import Line2D

    return [
        Line2D(
            [], [], color=look(scenario).colour, marker=look(scenario).marker, linestyle="", markersize=5,
            label=_in_a_key(fitted(scenario.label, NAME_LETTERS)),
        )
        for scenario in scenarios
    ]  # fmt: skip


def _in_a_key(label: str) -> str:
    """A label of a key; matplotlib leaves out those that begin with an underscore."""
    return f" {label}" if label.startswith("_") else label


def dodge(scenario: Scenario, scenarios: Sequence[Scenario]) -> float:
    """How far the mark of a scenario stands off the middle of its row, so that marks never hide others."""
    step = min(0.2, 0.7 / max(len(scenarios), 1))
    return step * (scenario.place - (len(scenarios) - 1) / 2)
