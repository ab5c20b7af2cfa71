"""Spending by family of measures and on places, summed over the years after the scenarios part."""

from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import Layout, fitted, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import bar_axis, bar_number, billion_tick, panel_title
from experiments.pages.labels import COST_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import billion_yuan, in_billions, listed
from experiments.questions.compare.reading import Comparison, after_fork
from sim.calendar import FORK_YEAR
from sim.categories import PLACES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

UNIT: Final = "billion yuan, whole period"


def build(comparison: Comparison) -> Chart:
    """One panel per scenario, one bar per family."""
    data = by_family(comparison)
    last = int(data.attrs["last"])
    return Chart(
        title=_title(comparison, data, last),
        alternative=_alternative(comparison, data, last),
        data=data,
        draw=partial(_draw, sums=totals(comparison, data), data=data),
        note=say(
            "Sum of {first} to {last}, mean of the runs. Cost follows intended intensity, and places beyond "
            "those announced in 2024, filled or not.",
            first=FORK_YEAR + 1, last=last,
        ),
    )  # fmt: skip


def by_family(comparison: Comparison) -> pd.DataFrame:
    """Million yuan by scenario and family, from the year after the fork to the last."""
    families = [name for name in COST_LABELS if comparison.has("spending", f"family={name}")]
    if not families:
        raise NotRecorded(say("spending by family"))
    if PLACES not in families:  # a price that leaves places out would call more of them free
        raise NotRecorded(say("spending on places for craftsmen"))
    rows, last = [], FORK_YEAR
    for family in families:
        matrix = comparison.runs("spending", f"family={family}")
        last = comparison.years("spending", f"family={family}")[-1]
        after = after_fork(matrix)
        for scenario in comparison.scenarios:
            total = float(comparison.of(scenario, after).sum(axis=1).mean())
            rows.append({"scenario": scenario.name, "family": family, "million_yuan": total})
    table = pd.DataFrame(rows)
    table.attrs["last"] = last
    return table


def totals(comparison: Comparison, data: pd.DataFrame) -> dict[Scenario, float]:
    """Million yuan by scenario."""
    sums = data.groupby("scenario", observed=True)["million_yuan"].sum()
    return {scenario: float(sums[scenario.name]) for scenario in comparison.scenarios}


def _title(comparison: Comparison, data: pd.DataFrame, last: int) -> str:
    sums = totals(comparison, data)
    dearest = max(sums, key=lambda scenario: sums[scenario])
    if sums[dearest] <= 0:
        return say("No scenario spends more on measures and places than in 2024")
    rows = data[data["scenario"] == dearest.name].sort_values("million_yuan")
    if rows["million_yuan"].iloc[0] < 0:  # fewer places: no part of what is spent
        rows = rows[rows["million_yuan"] > 0]
    family = COST_LABELS[str(rows["family"].iloc[-1])].lower()
    share = rows["million_yuan"].iloc[-1] / rows["million_yuan"].sum()
    return say(
        "{scenario} costs {cost} in {first}\N{EN DASH}{last}; {family} takes {share} % of what is spent",
        scenario=dearest.label, cost=billion_yuan(sums[dearest]), first=FORK_YEAR + 1, last=last,
        family=family, share=f"{share * 100:.0f}",
    )  # fmt: skip


def _alternative(comparison: Comparison, data: pd.DataFrame, last: int) -> str:
    parts = [
        say(
            "Bar charts, one panel per scenario, billion yuan, {first} to {last}.",
            first=FORK_YEAR + 1, last=last,
        )
    ]  # fmt: skip
    for scenario, total in totals(comparison, data).items():
        rows = data[data["scenario"] == scenario.name]
        words = [
            f"{COST_LABELS[family].lower()} {in_billions(value)}"
            for family, value in zip(rows["family"], rows["million_yuan"], strict=True)
        ]
        parts.append(
            say(
                "{scenario}: {total} in all, of which {families}.",
                scenario=scenario.label, total=in_billions(total), families=listed(words),
            )
        )  # fmt: skip
    return sentences(parts)


def _draw(layout: Layout, sums: dict[Scenario, float], data: pd.DataFrame) -> "Figure":
    across = 1 if layout.narrow else 3
    families = list(dict.fromkeys(data["family"]))
    figure, panels = sheet(layout, len(sums), 0.7 + 0.17 * len(families), columns=across)
    widest = max(0.0, float(data["million_yuan"].max()) / 1e3) or 1.0
    least = min(0.0, float(data["million_yuan"].min()) / 1e3)
    for number, (axes, (scenario, total)) in enumerate(zip(panels, sums.items(), strict=True)):
        values = data.loc[data["scenario"] == scenario.name, "million_yuan"].to_numpy() / 1e3
        bar_axis(axes, [COST_LABELS[family] for family in families])
        axes.barh(range(len(values)), values, height=0.68, color=look(scenario).colour)
        for place, value in enumerate(values):
            bar_number(axes, in_billions(1e3 * value), max(value, 0.0), place)
        axes.set_xlim(1.25 * least, 1.25 * widest)
        axes.locator_params(axis="x", nbins=4)
        axes.xaxis.set_major_formatter(lambda value, _: billion_tick(value))
        if number % min(across, len(sums)):
            axes.set_yticks([])
        title = say("{name}: {value}", name=scenario.label, value=in_billions(total))
        panel_title(axes, fitted(title, layout.letters(across, beside=0.9)), say(UNIT))
    return figure
