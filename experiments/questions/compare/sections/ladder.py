"""The ladder: flow, waiting time and loss at each rung, and what binds."""

from typing import Final

import pandas as pd

from experiments.pages.body import Body, NotRecorded, Point
from experiments.pages.labels import GRADE_LABELS, TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import (
    bracketed,
    chance,
    clauses,
    known,
    missing,
    percent,
    persons,
    plain,
    sentence_start,
    years,
)
from experiments.questions.compare.figures.ladder_grades import rungs
from experiments.questions.compare.findings import bottleneck_words
from experiments.questions.compare.findings.bottleneck import NEARLY_ALL, STAGES, by_year, mostly
from experiments.questions.compare.findings.ladder import Account, accounts
from experiments.questions.compare.findings.ladder_years import losses_by_year
from experiments.questions.compare.reading import Comparison, mean_after_fork
from experiments.tables.rows import records
from sim.calendar import FORK_YEAR

LOSS_OF: Final = {stage: loss for loss, stage in STAGES.items()}


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
        told = _binding(comparison, tier, rows)
        if told:
            points.append(Point(TARGET_LABELS[tier], told))
    if found:
        tables += [_tiers(comparison, found), losses_by_year(comparison, found)]
    try:
        tables.append(_grades(comparison, rungs(comparison)))
    except NotRecorded:
        if not found:
            raise
    introduction = say(
        "A place is offered and filled by a qualified candidate, who is cultivated and then "
        "certified or not. What binds is the stage that loses most places of an intake; or the number of "
        "places itself, where {share} or more of them end in certificates or fewer are offered than the "
        "target asks.",
        share=chance(NEARLY_ALL),
    )
    introduction = sentences([introduction, *bottleneck_words.meant(LOSS_OF)])
    return Body(paragraphs=(introduction,), points=tuple(points), tables=tuple(tables))


def _binding(comparison: Comparison, tier: str, rows: list[Account]) -> str:
    """What binds, scenario by scenario and then by year; nothing when no intake is evaluated by the end."""
    try:
        data = by_year(comparison, tier)
    except NotRecorded:
        return ""
    said = [_of_scenario(row, list(own["binding"])) for row, own in _each(rows, data) if len(own)]
    if not said:
        return ""
    text = say("{text}.", text=sentence_start(clauses(said, "; ")))
    return sentences([text, bottleneck_words.sentence(comparison, data)])


def _each(rows: list[Account], data: pd.DataFrame) -> list[tuple[Account, pd.DataFrame]]:
    return [(row, data[data["scenario"] == row.scenario.name]) for row in rows]


def _of_scenario(row: Account, binding: list[str]) -> str:
    """What binds most of its intakes, how many places that takes, and whether undoing it would do."""
    said = [bottleneck_words.most_said(row.scenario, binding)]
    stage, _ = mostly(binding)
    if stage in LOSS_OF:
        said.append(say("which takes {size}", size=row.size(LOSS_OF[stage])))
        said.append(row.remedy(LOSS_OF[stage]))
    elif known(row.required) and row.places < row.required:
        said.append(
            say(
                "{places} places are fewer than the {required} wanted",
                places=persons(row.places), required=persons(row.required),
            )
        )  # fmt: skip
    return clauses([part for part in said if part])


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
