"""The ladder: flow, waiting time and loss at each rung, and what binds."""

import pandas as pd

from experiments.report.body import Body, Point
from experiments.report.figures.ladder_grades import rungs
from experiments.report.labels import GRADE_LABELS, TARGET_LABELS, TIERS_TOP_DOWN
from experiments.report.ladder import LOSS_WORDS, Account, accounts
from experiments.report.reading import FORK_YEAR, Comparison, NotRecorded, Scenario, mean_after_fork, records
from experiments.report.tables import Column, Row, Table
from experiments.report.words import known, listed, missing, percent, persons, plain, sentence_start, years


def build(comparison: Comparison) -> Body:
    """What binds in each tier, and two tables: tiers and grades."""
    points, tables = [], []
    found: list[Account] = []
    for tier in TIERS_TOP_DOWN:
        try:
            rows = accounts(comparison, tier)
        except NotRecorded:
            continue
        found += rows
        points.append(Point(TARGET_LABELS[tier], _binding(rows)))
    if found:
        tables.append(_tiers(comparison, found))
    try:
        tables.append(_grades(comparison, rungs(comparison)))
    except NotRecorded:
        if not found:
            raise
    introduction = (
        "A place is offered and filled by a qualified candidate, who is cultivated for two years and then "
        "certified or not. What binds is the largest loss on this way, or the number of places itself."
    )
    return Body(paragraphs=(introduction,), points=tuple(points), tables=tuple(tables))


def _binding(rows: list[Account]) -> str:
    """The binding constraint of each scenario; what all share is said once."""
    words = list(dict.fromkeys(row.binding() for row in rows))
    if len(words) == 1:
        return f"{words[0]}." if len(rows) == 1 else f"in every scenario {words[0]}."
    losses = {row.largest_loss for row in rows}
    if len(losses) == 1 and not any(row.quota_binds for row in rows):
        sizes = [f"{row.share_lost()} under {row.scenario.label}{row.remedy()}" for row in rows]
        return f"in every scenario the largest loss is {LOSS_WORDS[losses.pop()]}: {listed(sizes)}."
    return sentence_start("; ".join(f"under {row.scenario.label} {row.binding()}" for row in rows)) + "."


def _tiers(comparison: Comparison, found: list[Account]) -> Table:
    rows = []
    for row in found:
        opens = TARGET_LABELS[row.tier] if row.scenario == comparison.baseline else ""
        losses = [
            _of_places(value, row.places)
            for value in (row.unfilled, row.failed, row.lost, row.in_cultivation)
        ]
        chosen = row.places - row.unfilled
        rows.append(
            Row(
                cells=(
                    row.scenario.label,
                    persons(row.places),
                    plain(row.nominated / chosen) if known(row.nominated) and chosen > 0 else missing(),
                    persons(row.completed),
                    *losses,
                    _wait(comparison, row.scenario, row.tier),
                ),
                group=opens,
            )
        )
    return Table(
        caption=f"The three tiers: places up to {comparison.last_year} and what becomes of them, persons",
        columns=(
            Column("Scenario", "text"),
            Column("Places"),
            Column("Nominated for each person selected"),
            Column("Certified"),
            Column("Not filled"),
            Column("Failed the evaluation"),
            Column("Retired or left on the way"),
            Column("Still in cultivation"),
            Column("Years from entry to certificate"),
        ),
        rows=tuple(rows),
        note="Mean of the runs. In brackets: share of places.",
    )


def _of_places(value: float, places: float) -> str:
    return f"{persons(value)} ({percent(value / places)})" if places else persons(value)


def _wait(comparison: Comparison, scenario: Scenario, tier: str) -> str:
    if not comparison.has("recognition_wait", f"tier={tier}"):
        return missing()
    matrix = comparison.of(scenario, comparison.runs("recognition_wait", f"tier={tier}"))
    return years(mean_after_fork(matrix))


def _grades(comparison: Comparison, data: pd.DataFrame) -> Table:
    rows = []
    for scenario in comparison.scenarios:
        own = data[data["scenario"] == scenario.name]
        for number, row in enumerate(records(own)):
            rows.append(
                Row(
                    cells=(
                        f"{GRADE_LABELS[row['from_grade']]} to {GRADE_LABELS[row['to_grade']].lower()}",
                        persons(row["flow"]),
                        years(row["wait"]),
                        percent(row["loss"]),
                    ),
                    group="" if number else scenario.label,
                )
            )
    return Table(
        caption=f"The ladder of grades: yearly means after {FORK_YEAR}",
        columns=(
            Column("Rung", "text"),
            Column("Promotions, persons a year"),
            Column("Wait in the grade below"),
            Column("Leaving the industry a year, share of the grade below"),
        ),
        rows=tuple(rows),
        note="Mean of the runs.",
    )
