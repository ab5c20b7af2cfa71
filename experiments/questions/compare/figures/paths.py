"""Certificates of one tier over the years against the target, one panel per scenario."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import TARGET, Layout, fitted, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import panel_title, short_number, year_axis
from experiments.pages.labels import TARGET_LABELS, TIER_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import clauses, count, grouped, known, listed, persons, span
from experiments.questions.compare.findings.variance import bands
from experiments.questions.compare.reading import Comparison

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 1.95
Paths = dict[Scenario, pd.DataFrame]


def build_national(comparison: Comparison) -> Chart:
    """Paths of the national tier."""
    return build(comparison, "national")


def build_provincial(comparison: Comparison) -> Chart:
    """Paths of the provincial tier."""
    return build(comparison, "provincial")


def build_city(comparison: Comparison) -> Chart:
    """Paths of the city tier."""
    return build(comparison, "city")


def build(comparison: Comparison, tier: str) -> Chart:
    """Paths of one tier with the bands that hold 50 % and 90 % of the runs."""
    matrix = comparison.runs(comparison.counted, f"tier={tier}")
    paths = {scenario: comparison.quantiles(scenario, matrix) for scenario in comparison.scenarios}
    required = _required(comparison, tier)
    return Chart(
        title=_title(tier, paths, required),
        alternative=_alternative(tier, paths, required),
        data=_data(tier, paths, required),
        draw=partial(_draw, paths=paths, required=required),
        note=_note(comparison),
    )


def _note(comparison: Comparison) -> str:
    runs = comparison.number_of_runs
    lines = "Line: median of {runs}. Dark band: 50 % of runs; light band: 90 %." if runs > 1 else "One run."
    base = "Grey dashes: {baseline}." if len(comparison.scenarios) > 1 else ""
    return sentences(
        (
            say(lines, runs=count(runs, "run")),
            say(base, baseline=comparison.baseline.label),
            bands(comparison),
        )
    )


def _required(comparison: Comparison, tier: str) -> float:
    try:
        return float(comparison.target(comparison.baseline, tier)["required"])
    except NotRecorded:
        return float("nan")


def _title(tier: str, paths: Paths, required: float) -> str:
    last = int(next(iter(paths.values())).index[-1])
    ends = {scenario: table.iloc[-1] for scenario, table in paths.items()}
    best = max(ends, key=lambda scenario: float(ends[scenario]["p50"]))
    row = ends[best]
    text = say(
        "{target}: {median} (90 % of runs: {range}) by {year} under {scenario}"
        if row["p05"] != row["p95"]
        else "{target}: {median} by {year} under {scenario}",
        target=TARGET_LABELS[tier], median=persons(row["p50"]), year=last, scenario=best.label,
        range=span(row["p05"], row["p95"], persons),
    )  # fmt: skip
    if not known(required):
        return text
    if len(ends) == 1:
        return clauses([text, say("against a target of {target}", target=persons(required))])
    return clauses([text, _reached(ends, required)], "; ")


def _reached(ends: dict[Scenario, pd.Series], required: float) -> str:
    """Which scenarios reach the target in the median run."""
    reached = [scenario.label for scenario, end in ends.items() if end["p50"] >= required]
    missed = [scenario.label for scenario in ends if scenario.label not in reached]
    if not missed:
        text = "the median run reaches {target} in every scenario"
    elif not reached:
        text = "the median run misses {target} in every scenario"
    elif len(reached) <= len(missed):
        text = "the median run reaches {target} under {reached} only"
    else:
        text = "the median run reaches {target} except under {missed}"
    return say(text, target=persons(required), reached=listed(reached), missed=listed(missed))


def _alternative(tier: str, paths: Paths, required: float) -> str:
    ends = []
    for scenario, table in paths.items():
        end = table.iloc[-1]
        ends.append(
            say(
                "{scenario} {median} (90 %: {range})",
                scenario=scenario.label, median=persons(end["p50"]),
                range=span(end["p05"], end["p95"], persons),
            )
        )  # fmt: skip
    last = int(next(iter(paths.values())).index[-1])
    return say(
        "Line charts, one panel per scenario: craftsmen of the {tier} tier, persons. Median in {year}: "
        "{ends}. Target: {target}.",
        tier=TIER_LABELS[tier].lower(), year=last, ends=listed(ends), target=persons(required),
    )  # fmt: skip


def _data(tier: str, paths: Paths, required: float) -> pd.DataFrame:
    tables = []
    for scenario, table in paths.items():
        rows = table.rename_axis("year").reset_index()
        rows.insert(0, "tier", tier)
        rows.insert(0, "scenario", scenario.name)
        rows["target"] = required
        tables.append(rows)
    return pd.concat(tables, ignore_index=True)


def _draw(layout: Layout, paths: Paths, required: float) -> "Figure":
    across = 2 if layout.narrow else 3
    figure, panels = sheet(layout, len(paths), HEIGHT, columns=across)
    first = next(iter(paths.values()))
    highest = max(float(table["p95"].max()) for table in paths.values())
    top = 1.12 * max(highest, required if known(required) else 1.0, 1.0)
    for number, (axes, (scenario, table)) in enumerate(zip(panels, paths.items(), strict=True)):
        _panel(axes, scenario, table, required)
        axes.set_ylim(0, top)
        axes.yaxis.set_major_formatter(lambda value, _: short_number(value))
        if scenario.place:
            axes.plot(
                first.index,
                first["p50"],
                color=look(next(iter(paths))).colour,
                linewidth=0.9,
                linestyle=(0, (4, 2)),
            )
        if number % min(across, len(paths)):
            axes.tick_params(axis="y", labelleft=False)
        end = persons(table["p50"].iloc[-1])
        panel_title(
            axes,
            fitted(scenario.label, layout.letters(across)),
            say("persons; {year}: {median}", year=table.index[-1], median=end),
        )
    return figure


def _panel(axes: "Axes", scenario: Scenario, table: pd.DataFrame, required: float) -> None:
    style, last = look(scenario), int(table.index[-1])
    year_axis(axes, int(table.index[0]), last)
    axes.set_xticks([year for year in table.index if year % 10 == 5])
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.fill_between(table.index, table["p05"], table["p95"], color=style.colour, alpha=0.16, linewidth=0)
    axes.fill_between(table.index, table["p25"], table["p75"], color=style.colour, alpha=0.28, linewidth=0)
    axes.plot(table.index, table["p50"], color=style.colour, linestyle=style.line)
    axes.plot(
        last, table["p50"].iloc[-1], color=style.colour, marker=style.marker, markersize=4, clip_on=False
    )
    if known(required):
        axes.axhline(required, color=TARGET, linewidth=1.1)
        axes.annotate(
            say("target {target}", target=grouped(required)), (float(table.index[0]), required),
            xytext=(2, -3), fontsize=7, textcoords="offset points", color=TARGET, va="top", in_layout=False,
        )  # fmt: skip
