"""Cost against probability: everything that was lived, the front, and what was chosen."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from experiments.optimisation import words
from experiments.report.canvas import INK, RULE, SOFT, TARGET, Layout, Picture, drawing_style, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from experiments.optimisation.products import Found
    from experiments.optimisation.scores import Score

FRONT: Final = "#0b5394"
SHEET: Final = Layout(width=7.6, columns=1)
HEIGHT: Final = 3.6  # inches


def draw_front(found: "Found", path: Path) -> None:
    """Write the picture."""
    with drawing_style():
        figure, (axes,) = sheet(SHEET, 1, HEIGHT)
        _points(axes, found)
        _axes(axes, found)
        source = (
            f"Blue: the front, {len(found.front[0].lived)} futures each, with 95 % intervals. "
            f"Grey: the search, {len(found.searched)} mixes, {len(found.searched[0].lived)} each, smoothed."
        )
        path.write_bytes(Picture(figure, words.title(found), source).png())


def _points(axes: "Axes", found: "Found") -> None:
    """Mixes of the search in grey, the front with its intervals, winner and runner-up with their names."""
    axes.plot(
        [score.cost for score in found.searched],
        [100 * score.smooth_probability for score in found.searched],
        ".", color=RULE, markersize=4, zorder=1,
    )  # fmt: skip
    for score in found.front:
        low, high = (100 * end for end in score.interval)
        axes.plot([score.cost, score.cost], [low, high], color=FRONT, linewidth=0.6, alpha=0.5, zorder=2)
    front = [(score.cost, 100 * score.probability) for score in found.front]
    axes.plot(*zip(*front, strict=True), "o", color=FRONT, markersize=4, zorder=3)
    names = ("chosen", "runner-up")
    for name, score in zip(names, found.choice.both, strict=False):
        _named(axes, score, name)


def _named(axes: "Axes", score: "Score", name: str) -> None:
    """A ring around a mix of the front, and its name."""
    place = (score.cost, 100 * score.probability)
    axes.plot(*place, "o", color=INK, markersize=9, markerfacecolor="none", zorder=4)
    first = name == "chosen"  # to the left and above, so that names of neighbours do not meet
    axes.annotate(
        name, place, xytext=(-7, 7) if first else (7, -10), textcoords="offset points", fontsize=8, color=INK,
        ha="right" if first else "left", fontweight="bold" if first else "normal", annotation_clip=False,
    )  # fmt: skip


def _axes(axes: "Axes", found: "Found") -> None:
    axes.axhline(100 * found.wishes[0].limit, color=TARGET, linewidth=1.0, zorder=0.8)
    for wish in found.wishes:
        if wish.name == "budget":
            axes.axvline(wish.limit, color=SOFT, linewidth=0.8, linestyle=(0, (4, 2)), zorder=0.8)
    axes.set_ylim(-3, 103)
    axes.set_xlabel(f"cost, billion yuan, 2025 to {found.targets.year}")
    axes.set_ylabel("probability of all three targets, %")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.grid(axis="y")
