"""The answer: how likely each target is, how far each scenario ends from it."""

import pandas as pd

from experiments.pages.body import Body, NotRecorded, Point
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.likelihood import FEWEST_RUNS, in_words, of_row, with_interval
from experiments.pages.scenario import Scenario
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import (
    DASH,
    bracketed,
    chance,
    clauses,
    count,
    known,
    listed,
    persons,
    signed,
    span,
)
from experiments.questions.compare.reading import TARGETS, Comparison
from experiments.questions.compare.sections import brief
from experiments.questions.compare.sections.side_by_side import watched_targets

MOST_WITH_DETAILS = 3  # scenarios in a sentence; with more, only their probabilities are said
NOTHING = DASH
MEANING = (
    "A probability is the share of runs that reach the target; the range beside it is its 95 % interval, "
    "which only says how far the share may be off because the runs are few; runs with the same parameter "
    "values count there as less than runs of their own."
)


def build(comparison: Comparison) -> Body:
    """A sentence for each target, what follows from it, and one table."""
    if comparison.targets.empty:
        raise NotRecorded("targets.csv")
    return Body(
        paragraphs=(_introduction(comparison),),
        points=(
            *(Point(*_sentence(comparison, target)) for target in TARGETS if _rows(comparison, target)),
            *brief.points(comparison),
        ),
        lead_tables=(_table(comparison),),
    )


def _introduction(comparison: Comparison) -> str:
    runs = comparison.number_of_runs
    what = (
        "What counts is certificates given by the end of {year}."
        if comparison.counted == "recognised"
        else "What counts is craftsmen still in the trade by the end of {year}."
    )
    said = [
        say(
            "The page compares {scenarios} over {runs} each.",
            scenarios=count(len(comparison.scenarios), "scenario"),
            runs=count(runs, "run"),
        ),
        say(what, year=comparison.last_year),
        say(MEANING),
    ]
    if runs < FEWEST_RUNS:
        said.append(say("These are too few runs to put a probability into words."))
    if len(comparison.scenarios) > 1:
        said.append(
            say(
                "Differences are measured against {baseline}, the first scenario.",
                baseline=comparison.baseline.label,
            )
        )
    return sentences([*said, *(_watched(comparison, scenario) for scenario in comparison.scenarios)])


def _watched(comparison: Comparison, scenario: Scenario) -> str:
    """What a monitoring rule watches that are not the targets of this page; nothing where they are."""
    targets = comparison.manifest.get("targets") or {}
    if not scenario.watched or not targets or scenario.watched == targets:
        return ""
    return say(
        "The monitoring rule of {scenario} watched other targets than those of this page: {watched}.",
        scenario=scenario.label,
        watched=watched_targets(scenario),
    )


def _rows(comparison: Comparison, target: str) -> dict[Scenario, pd.Series]:
    """The rows of one target by scenario; empty when it is not recorded."""
    found = {}
    for scenario in comparison.scenarios:
        try:
            found[scenario] = comparison.target(scenario, target)
        except NotRecorded:
            continue
    return found


def _sentence(comparison: Comparison, target: str) -> tuple[str, str]:
    rows = _rows(comparison, target)
    required = float(next(iter(rows.values()))["required"])
    lead = TARGET_LABELS[target]
    if known(required):
        lead = say("{target} ({persons})", target=lead, persons=persons(required))
    if len(rows) > MOST_WITH_DETAILS:
        chances = listed([_under(row, scenario) for scenario, row in rows.items()])
    else:
        chances = listed([_chance(row, scenario) for scenario, row in rows.items()])
    return lead, say("reached with a probability of {chances}.", chances=chances)


def _chance(row: pd.Series, scenario: Scenario) -> str:
    probability, low, high = of_row(row)
    words = []
    if int(row["runs"]) >= FEWEST_RUNS:
        words.append(in_words(probability, low, high, int(row["runs"])))
    gap = float(row["gap"])
    if known(gap):
        text = "on average {persons} above" if gap >= 0 else "on average {persons} short"
        words.append(say(text, persons=persons(abs(gap))))
    said = _under(row, scenario)
    return bracketed(said, clauses(words)) if words else said


def _under(row: pd.Series, scenario: Scenario) -> str:
    """The probability alone."""
    probability = chance(float(row["probability"]))
    return say("{probability} under {scenario}", probability=probability, scenario=scenario.label)


def _table(comparison: Comparison) -> Table:
    rows = [
        _line(row, scenario, TARGET_LABELS[target] if first else "")
        for target in TARGETS
        for first, (scenario, row) in zip(
            (True, *[False] * len(comparison.scenarios)), _rows(comparison, target).items(), strict=False
        )
    ]
    return Table(
        caption=say("Each scenario against the targets at the end of {year}", year=comparison.last_year),
        columns=(
            Column(say("Scenario"), "text"),
            Column(say("Required, persons")),
            Column(say("Median and 90 % of runs, persons")),
            Column(say("Mean gap, persons")),
            Column(say("Probability and 95 % interval")),
            Column(say("In words"), "text"),
            Column(say("Median year reached")),
            Column(say("Still in the trade, persons")),
        ),
        rows=tuple(rows),
        note=say(
            "Gap: mean less required; below zero is short. In words: the likelihood scale of the "
            "Intergovernmental Panel on Climate Change for all that the interval holds; when all runs agree, "
            "only for its nearer end. Still in the trade: people whose highest tier this is."
        ),
    )


def _line(row: pd.Series, scenario: Scenario, group: str) -> Row:
    numbers = {name: float(row[name]) for name in row.index if name not in ("scenario", "target")}
    probability = of_row(row)
    ends = NOTHING
    if known(numbers["p50"]):
        ends = persons(numbers["p50"])
        if numbers["p05"] < numbers["p95"]:
            ends = bracketed(ends, span(numbers["p05"], numbers["p95"], persons))
    year = numbers["year_reached_p50"]
    return Row(
        cells=(
            scenario.label,
            persons(numbers["required"]) if known(numbers["required"]) else NOTHING,
            ends,
            signed(numbers["gap"], persons) if known(numbers["gap"]) else NOTHING,
            with_interval(*probability),
            in_words(*probability, int(numbers["runs"])),
            f"{year:.0f}" if known(year) else NOTHING,
            persons(numbers["active_mean"]) if known(numbers["active_mean"]) else NOTHING,
        ),
        group=group,
    )
