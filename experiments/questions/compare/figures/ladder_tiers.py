"""What becomes of the places of each tier: certified, failed, lost, unfilled, not yet decided."""

from functools import partial
from typing import TYPE_CHECKING

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import SOFT, TARGET, Layout, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import FILLS
from experiments.pages.drawing.plot_parts import counted, panel_title, scenario_rows, short_number
from experiments.pages.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import say, sentences
from experiments.pages.words import clauses, grouped, known, listed, percent, persons
from experiments.questions.compare.findings.bottleneck import by_year, mostly
from experiments.questions.compare.findings.bottleneck_words import NAMES
from experiments.questions.compare.findings.ladder import LOSS_LABELS, Account, accounts, as_table
from experiments.questions.compare.reading import Comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

PARTS = tuple(LOSS_LABELS)


def build(comparison: Comparison) -> Chart:
    """One panel per tier, one bar per scenario."""
    tiers: dict[str, list[Account]] = {}
    for tier in TIERS_TOP_DOWN:
        try:
            tiers[tier] = accounts(comparison, tier)
        except NotRecorded:
            continue
    if not tiers:
        raise NotRecorded("quota, selected, completed, failed, lost")
    rows = [row for group in tiers.values() for row in group]
    return Chart(
        title=_title(comparison, tiers),
        alternative=_alternative(tiers),
        data=as_table(rows),
        draw=partial(_draw, tiers=tiers),
        note=say(
            "Length of a bar: all places offered from the first intake to the last year; mean of the runs. "
            "Upright line: the target."
        ),
    )


def _title(comparison: Comparison, tiers: dict[str, list[Account]]) -> str:
    """The tier that stands worst under any scenario, and why."""
    worst = min(
        (row for rows in tiers.values() for row in rows if row.required == row.required),
        key=lambda row: row.completed / row.required,
        default=next(iter(tiers.values()))[0],
    )
    said = [
        say(
            "Weakest rung: {target} under {scenario}, where {share} of places end in a certificate",
            target=TARGET_LABELS[worst.tier].lower(), scenario=worst.scenario.label,
            share=percent(worst.completed / worst.places) if worst.places else say("none"),
        )
    ]  # fmt: skip
    stage = _binding(comparison, worst)
    if stage:
        said.append(say("what binds is mostly {stage}", stage=NAMES[stage]))
    return clauses(said, "; ")


def _binding(comparison: Comparison, row: Account) -> str:
    """What binds most intakes; empty when none is evaluated by the end."""
    try:
        table = by_year(comparison, row.tier)
    except NotRecorded:
        return ""
    stages = list(table.loc[table["scenario"] == row.scenario.name, "binding"])
    return mostly(stages)[0] if stages else ""


def _alternative(tiers: dict[str, list[Account]]) -> str:
    parts = [say("Stacked bars, one panel per tier, one bar per scenario, persons.")]
    for tier, rows in tiers.items():
        words = [_account(row) for row in rows]
        parts.append(say("{target}. {accounts}.", target=TARGET_LABELS[tier], accounts=listed(words)))
    return sentences(parts)


def _account(row: Account) -> str:
    """``Reform: 2,400 places, 1,900 certified, ...``."""
    places = say("{name}: {places} places", name=row.scenario.label, places=persons(row.places))
    ends = [
        say("{number} {end}", number=persons(float(getattr(row, name))), end=say(LOSS_LABELS[name]))
        for name in PARTS
    ]
    return clauses([places, *ends])


def _draw(layout: Layout, tiers: dict[str, list[Account]]) -> "Figure":
    scenarios = len(next(iter(tiers.values())))
    figure, panels = sheet(layout, len(tiers), 0.62 + 0.28 * scenarios, columns=1)
    for axes, (tier, rows) in zip(panels, tiers.items(), strict=True):
        _panel(axes, rows)
        unit = say("places, persons")
        if known(rows[0].required):
            line = say("upright line: the target, {target}", target=grouped(rows[0].required))
            unit = clauses([unit, line], "; ")
        panel_title(axes, TARGET_LABELS[tier], unit)
    key(figure, _handles(), 2 if layout.narrow else 5)
    return figure


def _panel(axes: "Axes", rows: list[Account]) -> None:
    scenario_rows(axes, [row.scenario for row in rows])
    longest = max([row.places for row in rows] + [1.0])
    for place, row in enumerate(rows):
        start = 0.0
        for name, fill in zip(PARTS, FILLS, strict=True):
            size = float(getattr(row, name))
            axes.barh(
                place, size, left=start, height=0.66, color=fill.colour, hatch=fill.hatch,
                edgecolor=SOFT, linewidth=0.4,
            )  # fmt: skip
            if size > 0.1 * longest:
                axes.text(
                    start + size / 2,
                    place,
                    counted(size),
                    ha="center",
                    va="center",
                    fontsize=7,
                    color=fill.letters,
                )
            start += size
    axes.set_xlim(0, 1.04 * longest)
    if known(rows[0].required):
        axes.axvline(rows[0].required, color=TARGET, linewidth=1.4)
    axes.xaxis.set_major_formatter(lambda value, _: short_number(value))


def _handles() -> "list[Patch]":
    from matplotlib.patches import Patch

    return [
        Patch(
            facecolor=fill.colour, hatch=fill.hatch, edgecolor=SOFT, linewidth=0.4,
            label=say(LOSS_LABELS[name]),
        )
        for name, fill in zip(PARTS, FILLS, strict=True)
    ]  # fmt: skip
