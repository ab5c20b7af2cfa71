"""How likely each target is under the scenarios of both comparisons."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from experiments.pages.drawing.canvas import INK, Layout, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import look
from experiments.pages.drawing.plot_parts import panel_title, percent_tick, scenario_rows
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.likelihood import of_row, with_interval
from experiments.pages.words import chance, listed, of_runs
from experiments.questions.compare.beside.read import Beside
from experiments.questions.compare.reading import TARGETS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def build(page: Beside) -> Chart:
    """One panel per target, one row per scenario."""
    rows = [
        {"scenario": scenario.name, "target": target, **_probability(page.target(scenario, target))}
        for target in TARGETS
        for scenario in page.scenarios
    ]
    data = pd.DataFrame(rows)
    return Chart(
        title=_title(page, data),
        alternative=_alternative(page),
        data=data,
        draw=partial(_draw, page=page, data=data),
        note=say(
            "Mark: share of the runs that reach the target. Line: its 95 % interval, as the runs are few."
        ),
    )


def _probability(row: pd.Series) -> dict[str, float]:
    return dict(zip(("probability", "low", "high"), of_row(row), strict=True))


def _title(page: Beside, data: pd.DataFrame) -> str:
    together = data[data["target"] == "all"].set_index("scenario")["probability"]
    most = float(together.max())
    if most == 0:
        return say("No run of either comparison reaches all three targets")
    best = [scenario.label for scenario in page.scenarios if together[scenario.name] == most]
    return say(
        "All three targets together are reached in most runs under {scenarios}: in {runs}",
        scenarios=listed(best),
        runs=of_runs(most, page.number_of_runs),
    )


def _alternative(page: Beside) -> str:
    parts = [say("Dot plots with intervals, one panel per target, probability that it is reached.")]
    for target in TARGETS:
        found = [
            say(
                "{scenario} {chance}",
                scenario=scenario.label,
                chance=with_interval(*of_row(page.target(scenario, target))),
            )
            for scenario in page.scenarios
        ]
        parts.append(say("{target}: {chances}.", target=TARGET_LABELS[target], chances=listed(found)))
    return sentences(parts)


def _draw(layout: Layout, page: Beside, data: pd.DataFrame) -> "Figure":
    height = 0.62 + 0.26 * len(page.scenarios)
    figure, panels = sheet(layout, len(TARGETS), height, columns=1)
    for axes, target in zip(panels, TARGETS, strict=True):
        _panel(axes, page, data[data["target"] == target])
        panel_title(axes, TARGET_LABELS[target], say("probability"))
    return figure


def _panel(axes: "Axes", page: Beside, rows: pd.DataFrame) -> None:
    scenario_rows(axes, page.scenarios)
    for scenario, (_, row) in zip(page.scenarios, rows.iterrows(), strict=True):
        style, place = look(scenario), scenario.place
        axes.plot([row["low"], row["high"]], [place, place], color=style.colour, linewidth=1.4)
        axes.plot(row["probability"], place, style.marker, color=style.colour, markersize=6, clip_on=False)
        axes.text(
            1.07, place, chance(row["probability"]), transform=axes.get_yaxis_transform(), va="center",
            fontsize=8, color=INK, fontweight="bold",
        )  # fmt: skip
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda value, _: percent_tick(value))
    axes.grid(axis="x")
