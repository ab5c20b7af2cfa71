"""The 31 provinces: where craftsmen are recognised, and where places stay empty."""

from typing import Any

import pandas as pd

from experiments.pages.body import Body, NotRecorded
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.provinces import PROVINCE_LABELS, PROVINCES, with_abbreviation
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import DASH, bracketed, count, grouped, known, listed, percent, persons, span
from experiments.questions.compare.figures import map_recognised, map_unfilled
from experiments.questions.compare.findings.cascade import shown
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.supply import by_province
from experiments.tables.rows import records
from sim.policy.programme import FIRST_ROUND

MOST_NAMES = 6


def build(comparison: Comparison) -> Body:
    """Which provinces fall short, and a table of all."""
    rates = map_recognised.per_100_000(comparison)
    labels = [scenario.label for scenario in rates]
    rows = [
        Row(
            (
                with_abbreviation(province),
                *(_one_decimal(float(values[province.code])) for values in rates.values()),
            )
        )
        for province in PROVINCES
    ]
    table = Table(
        caption=say(
            "City-level craftsmen per 100,000 workers in {year}", year=map_recognised.last_year(comparison)
        ),
        columns=(Column(say("Province"), "text"), *(Column(label) for label in labels)),
        rows=tuple(rows),
        note=say(
            "Certificates given since the first intake, over workers in the last year; mean of the runs."
        ),
    )
    return Body(paragraphs=_short(comparison), tables=(table, *_supply(comparison)))


def _supply(comparison: Comparison) -> tuple[Table, ...]:
    """Places, candidates and craftsmen of each tier in the year of the targets, under one scenario."""
    scenario, year = shown(comparison)[-1], comparison.last_year
    try:
        found = by_province(comparison)
    except NotRecorded:
        return ()
    found = found[(found["scenario"] == scenario.name) & (found["year"] == year)]
    return tuple(
        _of_tier(
            rows,
            say(
                "{target} in {year} under {scenario}, persons",
                target=TARGET_LABELS[str(tier)],
                year=year,
                scenario=scenario.label,
            ),
        )
        for tier, rows in found.groupby("tier", sort=False)
    )


def _of_tier(rows: pd.DataFrame, caption: str) -> Table:
    """One row per province; commitments only where there are any."""
    promised = bool(rows["commitment"].notna().any())
    ends = (Column(say("Promised")), Column(say("Short of the promise"))) if promised else ()
    return Table(
        caption=caption,
        columns=(
            Column(say("Province"), "text"),
            Column(say("Places")),
            Column(say("Qualified")),
            Column(say("Not filled")),
            Column(say("Not filled since {year}", year=FIRST_ROUND)),
            Column(say("Expected craftsmen, with 90 % of runs")),
            *ends,
        ),
        rows=tuple(Row(_cells(row, promised=promised)) for row in records(rows)),
        note=say(
            "Mean of the runs. Places, qualified and not filled: of the year. National places are filled "
            "from one list of the country: there, not filled is what a province lacks to its part of the "
            "workforce. All years and scenarios: provinces.csv."
        ),
    )


def _cells(row: dict[str, Any], *, promised: bool) -> tuple[str, ...]:
    expected = persons(row["expected_mean"])
    if row["expected_p05"] < row["expected_p95"]:
        expected = bracketed(expected, span(row["expected_p05"], row["expected_p95"], persons))
    flows = (persons(row[name]) for name in ("quota", "qualified", "unfilled", "unfilled_so_far"))
    ends = (
        persons(row[name]) if known(row[name]) else DASH for name in ("commitment", "short_of_commitment")
    )
    return (PROVINCE_LABELS[row["province"]], *flows, expected, *(ends if promised else ()))


def _one_decimal(value: float) -> str:
    return grouped(value, 1) if known(value) else say("no workers recorded")


def _short(comparison: Comparison) -> tuple[str, ...]:
    """A sentence on the provinces that cannot fill their places."""
    try:
        shortfall = map_unfilled.unfilled(comparison)
    except NotRecorded:
        return ()
    found: dict[tuple[str, ...], list[str]] = {}
    for scenario, values in shortfall.items():
        names = map_unfilled.short_of_people(values)
        if names:
            found.setdefault(tuple(names), []).append(scenario.label)
    limit = percent(map_unfilled.NOTABLE).replace(".0", "")
    said = []
    for short, labels in found.items():
        text = (
            "In every scenario, more than {limit} of city places stay empty in {provinces}."
            if len(labels) == len(shortfall) > 1
            else "Under {scenarios}, more than {limit} of city places stay empty in {provinces}."
        )
        said.append(say(text, scenarios=listed(labels), limit=limit, provinces=_some(short)))
    if not said:
        text = "In no scenario does a province leave more than {limit} of its city places empty."
        said.append(say(text, limit=limit))
    return (sentences(said),)


def _some(names: tuple[str, ...]) -> str:
    """The first names, and how many more there are."""
    if len(names) <= MOST_NAMES:
        return listed(names)
    return listed([*names[:MOST_NAMES], count(len(names) - MOST_NAMES, "other")])
