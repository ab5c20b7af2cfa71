"""A few lives as bands: the grade of each year, what happens, and the wage at the end."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from experiments.pages.drawing.canvas import INK, SOFT, Layout, drawable, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import SEQUENCE
from experiments.pages.drawing.plot_parts import panel_title, scenario_rows
from experiments.pages.labels import GRADE_LABELS
from experiments.pages.language import Labels, say, sentences
from experiments.pages.words import clauses, signed, yuan
from experiments.questions.compare.findings.lives import (
    GROUP_LABELS,
    Person,
    end_of,
    events,
    people,
    province,
    story,
    table_of,
)
from experiments.questions.compare.reading import Comparison
from sim.calendar import FORK_YEAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

GRADES: Final = tuple(GRADE_LABELS)
SHORT: Final = Labels(
    dict(zip(GRADES, ("App.", "G5", "G4", "G3", "Tech.", "Senior", "Special", "Chief"), strict=True))
)
MARKS: Final = {
    "moved": ">", "settled": "s", "course": "|", "sector": "D", "candidate": "o", "certificate": "*",
    "failed": "v", "left": "X",
}  # fmt: skip
MARK_LABELS: Final = Labels(
    {
        "moved": "moves",
        "settled": "urban rights",
        "course": "course",
        "sector": "new sector",
        "candidate": "cultivation",
        "certificate": "certificate",
        "failed": "fails evaluation",
        "left": "leaves",
    }
)
DARK: Final = 4  # from this colour on, letters are white


def build(comparison: Comparison) -> Chart:
    """One panel per person, one band per scenario."""
    found = people(comparison)
    return Chart(
        title=_title(comparison, found),
        alternative=_alternative(found),
        data=table_of(found),
        draw=partial(_draw, found=found),
        note=say(
            "A band is a life from the end of {year} on, darker at a higher grade, hatched when out of work "
            "at the end of a year. Marks above it: what happens in that year. At the right: monthly wage in "
            "the last year.",
            year=FORK_YEAR,
        ),
    )


def _title(comparison: Comparison, found: list[Person]) -> str:
    """How far apart the wages of one life end: of the worker in the middle, or of whoever comes last."""
    person = found[-1]
    ends = {scenario: end["wage"] for scenario, life in person.lives.items() if (end := end_of(life))}
    others = [scenario for scenario in ends if scenario != comparison.baseline]
    if comparison.baseline not in ends or not others:
        return say("The same people under another policy: {number} lives, side by side", number=len(found))
    furthest = max(others, key=lambda scenario: abs(ends[scenario] - ends[comparison.baseline]))
    return say(
        "{group}: {change} a month in {year} under {scenario}, against {baseline}",
        group=GROUP_LABELS[person.group], change=signed(ends[furthest] - ends[comparison.baseline], yuan),
        year=comparison.last_year, scenario=furthest.label, baseline=comparison.baseline.label,
    )  # fmt: skip


def _alternative(found: list[Person]) -> str:
    parts = []
    for person in found:
        lives = [
            say("{scenario}: {story}", scenario=scenario.label, story=story(life))
            for scenario, life in person.lives.items()
        ]
        parts.append(say("{group}. {lives}.", group=GROUP_LABELS[person.group], lives=clauses(lives, "; ")))
    return sentences([say("Bands by scenario, one panel per person."), *parts])


def _draw(layout: Layout, found: list[Person]) -> "Figure":
    rows = max(len(person.lives) for person in found)
    figure, panels = sheet(layout, len(found), 0.66 + 0.36 * rows, columns=1)
    for axes, person in zip(panels, found, strict=True):
        _panel(axes, person, layout)
    key(figure, _handles(), 3 if layout.narrow else 8)
    return figure


def _panel(axes: "Axes", person: Person, layout: Layout) -> None:
    scenario_rows(axes, tuple(person.lives))
    first, last = FORK_YEAR, FORK_YEAR
    for row, life in enumerate(person.lives.values()):
        _band(axes, row, life)
        _marks(axes, row, life, named=not layout.narrow)
        last = max(last, int(life[-1]["year"]))
        end = end_of(life)
        axes.text(
            1.01, row, drawable(yuan(end["wage"])) if end else "", va="center", fontsize=7, color=SOFT,
            transform=axes.get_yaxis_transform(),
        )  # fmt: skip
    years = list(range(first, last + 1, 3 if layout.narrow else 1))
    axes.set_xticks(years, [str(year) for year in years])
    axes.set_xlim(first - 0.5, last + 0.5)
    axes.set_ylim(len(person.lives) - 0.5, -0.6)
    axes.spines["left"].set_visible(False)
    wage = yuan(person.start["wage"])
    panel_title(
        axes, GROUP_LABELS[person.group], say("{wage} a month at the end of {year}", wage=wage, year=first)
    )


def _band(axes: "Axes", row: int, life: "list[dict[str, Any]]") -> None:
    """A piece for each year; the grade is named where it begins."""
    before, lived = "", [year for year in life if year["status"] != "left"]
    shades = [min(GRADES.index(year["grade"]), len(SEQUENCE) - 1) for year in lived]
    idle = [year["status"] == "unemployed" for year in lived]
    fills = [SEQUENCE[shade] for shade in shades]
    axes.barh(
        row, [1.0] * len(lived), left=[int(year["year"]) - 0.5 for year in lived], height=0.42,
        facecolor=fills, linewidth=[0 if one else 0.4 for one in idle],
        hatch=["////" if one else "" for one in idle],
        edgecolor=[SOFT if one else fill for one, fill in zip(idle, fills, strict=True)],
    )  # fmt: skip
    for year, shade in zip(lived, shades, strict=True):
        if year["grade"] != before:
            axes.text(
                int(year["year"]) - 0.42, row, drawable(SHORT[year["grade"]]), va="center_baseline",
                fontsize=6.5, color="white" if shade >= DARK else INK, clip_on=True,
            )  # fmt: skip
        before = year["grade"]
    first = int(lived[0]["year"]) - 0.5
    axes.barh(row, len(lived), left=first, height=0.42, facecolor="none", edgecolor=SOFT, linewidth=0.4)


def _marks(axes: "Axes", row: int, life: "list[dict[str, Any]]", *, named: bool) -> None:
    """What happens in each year, above the band; moves with their end where there is room."""
    kinds: dict[int, list[str]] = {}
    for event in events(life):
        if event.kind in MARKS:
            kinds.setdefault(event.year, []).append(event.kind)
    places = {int(year["year"]): year["province"] for year in life}
    for year, found in kinds.items():
        for number, kind in enumerate(found):
            place = year + 0.2 * (number - (len(found) - 1) / 2)
            axes.plot(place, row - 0.36, MARKS[kind], color=INK, markerfacecolor=_face(kind), markersize=4)
        if named and "moved" in found:
            text = drawable(province(places[year]))
            axes.text(place + 0.12, row - 0.36, text, va="center", fontsize=6, color=SOFT)


def _face(kind: str) -> str:
    return "none" if kind == "candidate" else INK


def _handles() -> "list[Line2D]":
    from matplotlib.lines import Line2D

    return [
        Line2D(
            [], [], color=INK, marker=mark, linestyle="", markersize=4.5,
            markerfacecolor=_face(kind), label=drawable(MARK_LABELS[kind]),
        )
        for kind, mark in MARKS.items()
    ]  # fmt: skip
