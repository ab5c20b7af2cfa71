"""The ladder: flow, waiting time and loss at each rung, and what binds."""

import pandas as pd

from experiments.report import bottleneck_words
from experiments.report.body import Body, Point
from experiments.report.bottleneck import by_year
from experiments.report.figures.ladder_grades import rungs
from experiments.report.labels import GRADE_LABELS, TARGET_LABELS, TIERS_TOP_DOWN
from experiments.report.ladder import LOSS_WORDS, Account, accounts
from experiments.report.ladder_years import losses_by_year
from experiments.report.language import say, sentences
from experiments.report.reading import FORK_YEAR, Comparison, NotRecorded, Scenario, mean_after_fork, records
from experiments.report.tables import Column, Row, Table
from experiments.report.words import (
    bracketed,
    clauses,
    known,
    listed,
    missing,
    percent,
    persons,
    plain,
    sentence_start,
    years,
)


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
        points.append(Point(TARGET_LABELS[tier], sentences([_binding(rows), _by_year(comparison, tier)])))
    if found:
        tables += [_tiers(comparison, found), losses_by_year(comparison, found)]
    try:
        tables.append(_grades(comparison, rungs(comparison)))
    except NotRecorded:
        if not found:
            raise
    introduction = say(
        "A place is offered and filled by a qualified candidate, who is cultivated for two years and then "
        "certified or not. What binds is the largest loss on this way, or the number of places itself."
    )
    return Body(paragraphs=(introduction,), points=tuple(points), tables=tuple(tables))


def _by_year(comparison: Comparison, tier: str) -> str:
    """What binds from year to year; nothing when no intake after the fork is evaluated."""
    try:
        return bottleneck_words.sentence(comparison, by_year(comparison, tier))
    except NotRecorded:
        return ""


def _binding(rows: list[Account]) -> str:
    """The binding constraint of each scenario; what all share is said once."""
    words = list(dict.fromkeys(row.binding() for row in rows))
    if len(words) == 1:
        return say("{text}." if len(rows) == 1 else "in every scenario {text}.", text=words[0])
    losses = {row.largest_loss for row in rows}
    if len(losses) == 1 and not any(row.quota_binds for row in rows):
        return say(
            "in every scenario the largest loss is {loss}: {sizes}.",
            loss=say(LOSS_WORDS[losses.pop()]),
            sizes=listed([_size(row) for row in rows]),
        )
    said = [
        say("under {scenario} {binding}", scenario=row.scenario.label, binding=row.binding()) for row in rows
    ]
    return say("{text}.", text=sentence_start(clauses(said, "; ")))


def _size(row: Account) -> str:
    """The largest loss of a scenario, and whether undoing it would do."""
    size = say("{size} under {scenario}", size=row.share_lost(), scenario=row.scenario.label)
    return clauses([size, row.remedy()]) if row.remedy() else size


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
        caption=say(
            "The three tiers: places up to {year} and what becomes of them, persons",
            year=comparison.last_year,
        ),
        columns=(
            Column(say("Scenario"), "text"),
            Column(say("Places")),
            Column(say("Nominated for each person selected")),
            Column(say("Certified")),
            Column(say("Not filled")),
            Column(say("Failed the evaluation")),
            Column(say("Retired or left on the way")),
            Column(say("Still in cultivation")),
            Column(say("Years from entry to certificate")),
        ),
        rows=tuple(rows),
        note=say("Mean of the runs. In brackets: share of places."),
    )


def _of_places(value: float, places: float) -> str:
    return bracketed(persons(value), percent(value / places)) if places else persons(value)


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
                        say(
                            "{below} to {above}",
                            below=GRADE_LABELS[row["from_grade"]],
                            above=GRADE_LABELS[row["to_grade"]].lower(),
                        ),
                        persons(row["flow"]),
                        years(row["wait"]),
                        percent(row["loss"]),
                    ),
                    group="" if number else scenario.label,
                )
            )
    return Table(
        caption=say("The ladder of grades: yearly means after {year}", year=FORK_YEAR),
        columns=(
            Column(say("Rung"), "text"),
            Column(say("Promotions, persons a year")),
            Column(say("Wait in the grade below")),
            Column(say("Leaving the industry a year, share of the grade below")),
        ),
        rows=tuple(rows),
        note=say("Mean of the runs."),
    )
