"""The page of an attribution."""

from functools import partial
from pathlib import Path
from typing import Final

from experiments.answers.read import write_answer_page
from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.chart import Entry
from experiments.pages.evidence import TIERS_APART, RestsOn
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import say
from experiments.pages.page import Page
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import grouped, listed, sentence_start
from experiments.questions.attribute import figure
from experiments.questions.attribute.futures import LEVERS
from experiments.questions.attribute.shapley import MEANINGS, NAMES
from experiments.questions.attribute.words import (
    FORMATS,
    TABLES,
    Answer,
    amount,
    jam,
    lower,
    player_label,
    sentence,
    with_interval,
)
from sim.calendar import FORK_YEAR
from sim.errors import InputError
from sim.targets import TARGET_TIERS

STRONGEST: Final = 6  # interactions that are shown
WIDER: Final = tuple(name for name in NAMES if name not in TARGET_TIERS)


def write_report(folder: Path) -> Path:
    """Write ``report.html`` and ``figures/`` from the tables in a folder."""
    answer = Answer(folder)
    facts = answer.facts
    keys = answer.keys
    if "orders" not in facts:  # else the page would tell of a method that others used
        raise InputError(
            f"attribution '{keys.name}' was made by an older method; the same command, given again, makes "
            "it anew"
        )
    values = {
        "name": keys.name,
        "date": facts["created"][:10],
        "draws": keys.draws,
        "agents": grouped(keys.agents),
        "scenario": answer.scenario,
        "baseline": answer.baseline,
    }
    page = Page(
        title=say("Workforce 2035: attribution {name}", **values),
        headline=say("Which family of measures brings how much: {scenario} against {baseline}", **values),
        facts=say(
            "Attribution {name}, {date}. {draws} sets of parameter values with a chance each, {agents} "
            "agents. All figures are simulated, not observed.",
            **values,
        ),
        origin=say("Made from the tables of the attribution {name} alone.", **values),
        sections=SECTIONS,
        figures=FIGURES,
        source=say("Workforce 2035, attribution {name}, {draws} draws. Simulated, not observed.", **values),
        tables=TABLES,
    )
    return write_answer_page(page, answer)


def _answer(answer: Answer) -> Body:
    """A sentence for each tier."""
    introduction = say(
        "The same people with the same luck and the same values of the uncertain parameters lived with one "
        "family after the other joining, in an order drawn by lot and in its reverse; each set of values has "
        "another order. What a family adds in the mean is its share (its Shapley value). Shares sum to the "
        "difference."
    )
    points = tuple(Point(TARGET_LABELS[tier], sentence(answer, tier)) for tier in TARGET_TIERS)
    return Body(paragraphs=(introduction,), points=points)


def _jams(answer: Answer) -> Body:
    """What one per cent more at each place of the ladder would bring."""
    points = tuple(Point(TARGET_LABELS[tier], jam(answer, tier)) for tier in TARGET_TIERS)
    rows = [
        Row((LEVERS[row["lever"]], with_interval(tier, row)), group="" if place else TARGET_LABELS[tier])
        for tier in TARGET_TIERS
        for place, row in enumerate(answer.levers(tier))
    ]
    table = Table(
        caption=say("What one per cent more would add to {scenario}, persons", scenario=answer.scenario),
        columns=(Column(say("Lever"), "text"), Column(say("Added, 95 % interval"))),
        rows=tuple(rows),
        note=say("Each from January {first} on, all else as it is, in the same lives.", first=FORK_YEAR + 1),
    )
    introduction = say(
        "A place is filled by somebody who is nominated and qualified, stays in the trade and passes the "
        "evaluation. What brings most when there is one per cent more of it is what binds."
    )
    return Body(paragraphs=(introduction,), points=points, tables=(table,))


def _wider(answer: Answer) -> Body:
    """A sentence and a table for the wider outcomes."""
    points = tuple(Point(sentence_start(MEANINGS[name]), sentence(answer, name)) for name in WIDER)
    caption = say("Share of each family in the wider outcomes")
    return Body(points=points, tables=(_table(answer, WIDER, caption),))


def _numbers(answer: Answer) -> Body:
    """All shares of the three tiers, and the strongest interactions."""
    shares = _table(answer, TARGET_TIERS, say("Share of each family in the three tiers, persons"))
    found = tuple(_pairs(answer, tier) for tier in TARGET_TIERS if answer.pairs(tier))
    alone = found or len(answer.shares(TARGET_TIERS[0])) == 1
    few = say(
        "Which families help each other cannot be told from so few sets of values; more draws would tell."
    )
    return Body(paragraphs=() if alone else (few,), tables=(shares, *found))


def _table(answer: Answer, outcomes: tuple[str, ...], caption: str) -> Table:
    rows = []
    for outcome in outcomes:
        label = TARGET_LABELS.get(outcome, sentence_start(MEANINGS[outcome]))
        parts = [(player_label(row["player"]), row) for row in answer.shares(outcome)]
        for place, (name, row) in enumerate([*parts, (say("All together"), answer.total(outcome))]):
            cells = (name, with_interval(outcome, row), amount(outcome, row["assumed"]))
            rows.append(Row(cells, group="" if place else label, total=place == len(parts)))
    return Table(
        caption=caption,
        columns=(
            Column(say("Family"), "text"),
            Column(say("Share, 95 % interval")),
            Column(say("Lost without assumed effects")),
        ),
        rows=tuple(rows),
        note=say("The last column leaves the effects of evidence C out of the family while all others stay."),
    )


def _pairs(answer: Answer, tier: str) -> Table:
    pairs = answer.pairs(tier)[:STRONGEST]
    return Table(
        caption=say("{target}: strongest interactions, persons", target=TARGET_LABELS[tier]),
        columns=(Column(say("Families"), "text"), Column(say("Together beyond each alone, 95 % interval"))),
        rows=tuple(
            Row((listed([player_label(one["first"]), lower(one["second"])]), with_interval(tier, one)))
            for one in pairs
        ),
    )


SECTIONS: Final = (
    Section("answer", "The answer", _answer, TIERS_APART),
    Section("jams", "Where the ladder jams", _jams, TIERS_APART),
    Section("wider", "The wider aims", _wider, RestsOn(WIDER, "difference")),
    Section("numbers", "All numbers", _numbers, TIERS_APART),
)
FIGURES: Final = tuple(
    Entry(f"waterfall_{tier}", "answer", partial(figure.build, outcome=tier)) for tier in TARGET_TIERS
)
assert set(FORMATS) == set(NAMES)
