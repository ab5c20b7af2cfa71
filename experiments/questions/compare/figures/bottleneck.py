"""What binds each tier, intake by intake: the quota, qualified candidates, completion or retention."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import SOFT, Layout, drawable, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import FILLS
from experiments.pages.drawing.plot_parts import panel_title, scenario_rows
from experiments.pages.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import Labels, say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import chance, sentence_start
from experiments.questions.compare.findings.bottleneck import BINDING, NEARLY_ALL, by_year
from experiments.questions.compare.findings.bottleneck_words import NAMES, sentence
from experiments.questions.compare.findings.ladder_years import flows
from experiments.questions.compare.reading import Comparison
from experiments.tables.rows import records

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

FILL: Final = dict(zip(BINDING, (FILLS[0], FILLS[4], FILLS[2], FILLS[3]), strict=True))  # as in ladder_tiers
KEY: Final = Labels(
    {  # the first letter stands in the cells
        "quota": "Q: the quota itself",
        "candidates": "C: qualified candidates",
        "completion": "E: completion, at the evaluation",
        "retention": "R: retention on the way",
    }
)
CELL: Final = 0.92  # of the width of a year


def build(comparison: Comparison) -> Chart:
    """One panel per tier, a row per scenario, a cell per year of intake."""
    found = tiers(comparison)
    return Chart(
        title=_title(found),
        alternative=_alternative(comparison, found),
        data=_data(comparison, found),
        draw=partial(_draw, scenarios=comparison.scenarios, found=found),
        note=say(
            "A cell is one intake in all runs: a colour fills the share of runs in which that stage binds, "
            "and the letter names the largest. The stage that loses most places binds. The quota binds when "
            "{share} or more of the places end in certificates, or when there are fewer than the target asks "
            "of an intake.",
            share=chance(NEARLY_ALL),
        ),
    )


def tiers(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """What binds by scenario and year, for each tier that is recorded; raises NotRecorded without any."""
    found = {}
    for tier in TIERS_TOP_DOWN:
        try:
            found[tier] = by_year(comparison, tier)
        except NotRecorded:
            continue
    if not any(len(table) for table in found.values()):
        raise NotRecorded("what becomes of each intake")
    return found


def _data(comparison: Comparison, found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What binds each intake, and what happened in the calendar year."""
    keys = ["scenario", "tier", "year"]
    return pd.concat(
        [table.merge(flows(comparison, tier), "left", on=keys) for tier, table in found.items()],
        ignore_index=True,
    )


def _title(found: dict[str, pd.DataFrame]) -> str:
    """What binds most tiers and scenarios in the last intake, and how many in the first."""
    rows = pd.concat(list(found.values()))
    first, last = int(rows["year"].min()), int(rows["year"].max())
    then, now = (list(rows.loc[rows["year"] == year, "binding"]) for year in (first, last))
    most = max(BINDING, key=now.count)
    return say(
        "{stage} binds in {then} of {cases} ladders (a tier under a scenario) in the intake of {first}, "
        "in {now} of {all} in that of {last}",
        stage=sentence_start(NAMES[most]), then=then.count(most), cases=len(then), first=first,
        now=now.count(most), all=len(now), last=last,
    )  # fmt: skip


def _alternative(comparison: Comparison, found: dict[str, pd.DataFrame]) -> str:
    parts = [
        say("{tier}. {path}", tier=TARGET_LABELS[tier], path=sentence(comparison, table))
        for tier, table in found.items()
    ]
    return sentences([say("Cells by scenario and year of intake, one panel per tier."), *parts])


def _draw(layout: Layout, scenarios: Sequence[Scenario], found: dict[str, pd.DataFrame]) -> "Figure":
    rows = len(scenarios)
    figure, panels = sheet(layout, len(found), 0.6 + 0.34 * rows, columns=1)
    for axes, (tier, table) in zip(panels, found.items(), strict=True):
        _panel(axes, scenarios, table, every=2 if layout.narrow else 1)
        panel_title(axes, TARGET_LABELS[tier], say("year of intake; share of runs"))
    key(figure, _handles(), 1 if layout.narrow else 4)
    return figure


def _panel(axes: "Axes", scenarios: Sequence[Scenario], table: pd.DataFrame, every: int) -> None:
    scenario_rows(axes, scenarios)
    rows = {scenario.name: row for row, scenario in enumerate(scenarios)}
    for cell in records(table):
        _cell(axes, rows[cell["scenario"]], cell)
    first, last = int(table["year"].min()), int(table["year"].max())
    years = list(range(first, last + 1, every))
    axes.set_xticks(years, [str(year) for year in years])
    axes.set_xlim(first - 0.55, last + 0.55)
    axes.spines["left"].set_visible(False)


def _cell(axes: "Axes", row: int, cell: "dict[str, object]") -> None:
    """Shares of the runs from the bottom up, and the letter of the largest in its middle."""
    bottom, year = row + 0.42, int(str(cell["year"]))
    for name in BINDING:
        height = 0.84 * float(str(cell[f"binds_{name}"]))
        fill = FILL[name]
        if height > 0:
            axes.bar(
                year, -height, bottom=bottom, width=CELL, color=fill.colour, hatch=fill.hatch,
                edgecolor=SOFT, linewidth=0.4,
            )  # fmt: skip
        if name == cell["binding"]:
            axes.text(
                year, bottom - height / 2, drawable(KEY[name][0]), ha="center", va="center_baseline",
                fontsize=7, color=fill.letters,
                bbox={"facecolor": fill.colour, "edgecolor": "none", "pad": 0.2},
            )  # fmt: skip
        bottom -= height


def _handles() -> "list[Patch]":
    from matplotlib.patches import Patch

    return [
        Patch(
            facecolor=fill.colour, hatch=fill.hatch, edgecolor=SOFT, linewidth=0.4, label=drawable(KEY[name])
        )
        for name, fill in FILL.items()
    ]
