"""The tiers year by year: who is lost for which reason, and how long the way to the certificate was."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import say
from experiments.pages.scenario import Scenario
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import Formatter, missing, persons, plain
from experiments.questions.compare.findings.ladder import Account
from experiments.questions.compare.reading import Comparison, after_fork

# column: indicator, and what follows the tier in its group
FLOWS: Final = {
    "failed_in_year": ("failed", ""),
    "retired_in_year": ("lost", ";reason=retired"),
    "left_in_year": ("lost", ";reason=left"),
    "years_to_certificate": ("recognition_wait", ""),
}


def flows(comparison: Comparison, tier: str) -> pd.DataFrame:
    """Means of the runs by scenario and year after the fork: persons, and years; nan where not recorded."""
    parts = []
    for scenario in comparison.scenarios:
        columns = {name: _mean(comparison, scenario, tier, *flow) for name, flow in FLOWS.items()}
        table = pd.DataFrame(columns, columns=list(FLOWS)).rename_axis("year").reset_index()
        parts.append(table.assign(scenario=scenario.name, tier=tier))
    table = pd.concat(parts, ignore_index=True)
    return table[["scenario", "tier", "year", *FLOWS]]


def _mean(
    comparison: Comparison, scenario: Scenario, tier: str, indicator: str, reason: str
) -> "pd.Series[float]":
    try:
        return after_fork(comparison.of(scenario, comparison.runs(indicator, f"tier={tier}{reason}"))).mean()
    except NotRecorded:
        return pd.Series(dtype=float)


def losses_by_year(comparison: Comparison, found: Sequence[Account]) -> Table:
    """The first year after the fork and the last, a row per tier and scenario that has an account."""
    rows, years = [], set()
    for tier in dict.fromkeys(account.tier for account in found):
        table = flows(comparison, tier)
        years |= set(table["year"])
        for scenario in comparison.scenarios:
            own = table[table["scenario"] == scenario.name].sort_values("year")
            cells = [_ends(own[name], plain if name == "years_to_certificate" else persons) for name in FLOWS]
            group = TARGET_LABELS[tier] if scenario == comparison.baseline else ""
            rows.append(Row(cells=(scenario.label, *cells), group=group))
    first, last = min(years, default=""), max(years, default="")
    return Table(
        caption=say("Losses by reason and waiting time, in {first} and in {last}", first=first, last=last),
        columns=(
            Column(say("Scenario"), "text"),
            Column(say("Failed the evaluation, persons a year")),
            Column(say("Retired or died in cultivation, persons a year")),
            Column(say("Left for other work or home, persons a year")),
            Column(say("Years from entry to certificate")),
        ),
        rows=tuple(rows),
        note=say("Mean of the runs. Every year: the data of the figure of what binds."),
    )


def _ends(values: "pd.Series[float]", words: Formatter) -> str:
    ends = [float(value) for value in values.dropna()]
    return f"{words(ends[0])} → {words(ends[-1])}" if ends else missing()
