"""Where each scenario ends against the three targets: median, half and nine tenths of the runs."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import INK, SOFT, TARGET, Layout, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import panel_title, scenario_rows, short_number
from experiments.pages.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import chance, clauses, grouped, known, listed, of_runs, persons
from experiments.questions.compare.findings.variance import bands
from experiments.questions.compare.reading import Comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def build(comparison: Comparison) -> Chart:
    """One panel per target, one row per scenario."""
    rows = [
        {"scenario": scenario.name, "target": tier, **_row(comparison, scenario, tier)}
        for tier in TIERS_TOP_DOWN
        for scenario in comparison.scenarios
    ]
    data = pd.DataFrame(rows)
    return Chart(
        title=_title(comparison),
        alternative=_alternative(comparison, data),
        data=data,
        draw=partial(_draw, scenarios=comparison.scenarios, data=data),
        note=sentences(
            (
                say(
                    "Mark: median of the runs. Thick line: 50 % of runs; thin line: 90 %. "
                    "The percentage is the probability that the target is reached."
                ),
                bands(comparison),
            )
        ),
    )


def _row(comparison: Comparison, scenario: Scenario, tier: str) -> dict[str, float]:
    matrix = comparison.runs(comparison.counted, f"tier={tier}")
    end = comparison.quantiles(scenario, matrix).iloc[-1]
    target = comparison.target(scenario, tier)
    quantiles = {str(name): float(value) for name, value in end.items()}
    return {**quantiles, "required": target["required"], "probability": target["probability"]}


def _title(comparison: Comparison) -> str:
    """The chance of all three targets, best scenario first."""
    together = {scenario: _together(comparison, scenario) for scenario in comparison.scenarios}
    known_ones = {scenario: value for scenario, value in together.items() if known(value)}
    if not known_ones:
        return say("Where each scenario ends against the three targets")
    runs = comparison.number_of_runs
    if runs == 1:
        reached = [scenario.label for scenario, value in known_ones.items() if value == 1]
        text = (
            "In the one run, all three targets together are reached under {scenarios}"
            if reached
            else "In the one run, all three targets together are reached under no scenario"
        )
        return say(text, scenarios=listed(reached))
    best = max(known_ones, key=lambda scenario: known_ones[scenario])
    worst = min(known_ones, key=lambda scenario: known_ones[scenario])
    most, least = of_runs(known_ones[best], runs), of_runs(known_ones[worst], runs)
    text = say(
        "All three targets together are reached in {runs} under {scenario}", runs=most, scenario=best.label
    )
    if len(known_ones) == 1:
        return text
    if known_ones[best] == known_ones[worst]:
        return clauses([text, say("as in every other scenario")])
    return clauses([text, say("in {runs} under {scenario}", runs=least, scenario=worst.label)])


def _together(comparison: Comparison, scenario: Scenario) -> float:
    try:
        return float(comparison.target(scenario, "all")["probability"])
    except NotRecorded:
        return float("nan")


def _alternative(comparison: Comparison, data: pd.DataFrame) -> str:
    labels = {scenario.name: scenario.label for scenario in comparison.scenarios}
    parts = [say("Dot plots with intervals, one panel per target, persons at the end of the run.")]
    for tier in TIERS_TOP_DOWN:
        rows = data[data["target"] == tier]
        ends = [
            say(
                "{scenario} {median} (probability {chance})",
                scenario=labels[name], median=persons(middle), chance=chance(probability),
            )
            for name, middle, probability in zip(
                rows["scenario"], rows["p50"], rows["probability"], strict=True
            )
        ]  # fmt: skip
        parts.append(
            say(
                "{tier}, target {target}: {ends}.",
                tier=TARGET_LABELS[tier], target=persons(rows["required"].iloc[0]), ends=listed(ends),
            )
        )  # fmt: skip
    return sentences(parts)


def _draw(layout: Layout, scenarios: Sequence[Scenario], data: pd.DataFrame) -> "Figure":
    height = 0.62 + 0.26 * len(scenarios)
    figure, panels = sheet(layout, len(TIERS_TOP_DOWN), height, columns=1)
    for axes, tier in zip(panels, TIERS_TOP_DOWN, strict=True):
        _panel(axes, scenarios, data[data["target"] == tier], ticks=3 if layout.narrow else 6)
        required = grouped(float(data.loc[data["target"] == tier, "required"].iloc[0]))
        line = say("upright line: the target, {target}", target=required)
        panel_title(axes, TARGET_LABELS[tier], clauses([say("persons"), line], "; "))
    return figure


def _panel(axes: "Axes", scenarios: Sequence[Scenario], rows: pd.DataFrame, ticks: int) -> None:
    required = float(rows["required"].iloc[0])
    scenario_rows(axes, scenarios)
    for scenario, (_, row) in zip(scenarios, rows.iterrows(), strict=True):
        style, place = look(scenario), scenario.place
        axes.plot([row["p05"], row["p95"]], [place, place], color=style.colour, linewidth=1)
        axes.plot(
            [row["p25"], row["p75"]], [place, place], color=style.colour, linewidth=4, solid_capstyle="butt"
        )
        axes.plot(row["p50"], place, style.marker, color=style.colour, markersize=6, markerfacecolor="white")
        axes.text(
            1.02, place, chance(row["probability"]), transform=axes.get_yaxis_transform(), va="center",
            fontsize=8, color=INK, fontweight="bold",
        )  # fmt: skip
    low, high = float(rows[["p05"]].min().iloc[0]), float(rows[["p95"]].max().iloc[0])
    low, high = min(low, required), max(high, required)
    room = max(0.12 * (high - low), 0.01 * high, 1.0)
    axes.set_xlim(max(0.0, low - room), high + room)
    axes.axvline(required, color=TARGET, linewidth=1.2, zorder=0.8)
    axes.text(1.02, 1, say("probability"), transform=axes.transAxes, va="bottom", fontsize=7, color=SOFT)
    axes.locator_params(axis="x", integer=True, nbins=ticks, steps=[1, 2, 2.5, 5, 10])
    axes.xaxis.set_major_formatter(lambda value, _: short_number(value))
    axes.grid(axis="x")
