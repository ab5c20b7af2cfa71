"""The page of a study of sensitivity, from its tables alone."""

from functools import partial
from pathlib import Path
from typing import Final

from experiments.answers.read import write_answer_page
from experiments.outcomes.attained import NAMES
from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.chart import Entry
from experiments.pages.labels import TARGET_LABELS, TIER_LABELS
from experiments.pages.language import say
from experiments.pages.page import Page
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import DASH, grouped, rough
from experiments.questions.sensitivity import words
from experiments.questions.sensitivity.figure import build
from experiments.questions.sensitivity.indices import KINDS, LEVEL
from experiments.questions.sensitivity.words import TABLES, TIERS, WIDER, Answer, meaning, outcome_label
from experiments.tables.rows import records
from sim.targets import TARGET_TIERS

SHOWN: Final = 20  # numbers of the screening that are shown


def write_report(folder: Path) -> Path:
    """Write ``report.html`` and ``figures/`` from the tables in a folder."""
    answer = Answer(folder)
    facts, keys = answer.facts, answer.keys
    values = {
        "name": keys.name,
        "date": facts["created"][:10],
        "pairs": grouped(facts["pairs_of_lives"]),
        "agents": grouped(keys.agents),
        "scenario": answer.ends[1],
        "baseline": answer.ends[0],
    }
    page = Page(
        title=say("Workforce 2035: sensitivity {name}", **values),
        headline=say("Which number that is not well known moves the outcomes most: {scenario}", **values),
        facts=say(
            "Sensitivity {name}, {date}. {pairs} pairs of lives, {scenario} and {baseline}, with {agents} "
            "agents each. All figures are simulated, not observed.",
            **values,
        ),
        origin=say("Made from the tables of the study of sensitivity {name} alone.", **values),
        sections=SECTIONS,
        figures=FIGURES,
        source=say(
            "Workforce 2035, sensitivity {name}, {pairs} pairs of lives. Simulated, not observed.", **values
        ),
        tables=TABLES,
    )
    return write_answer_page(page, answer)


def _answer(answer: Answer) -> Body:
    """What to measure first, and what moves each tier."""
    reading = say(
        "Every uncertain number was varied over all that is known of it, in pairs of lives of the same "
        "people with the same luck. A share says how much of the spread of an outcome the number has a hand "
        "in, alone or together with others; shares may therefore sum to more than 100 %."
    )
    points = tuple(
        Point(TARGET_LABELS[tier], words.sentence(answer, outcome))
        for tier, outcome in zip(TARGET_TIERS, TIERS, strict=True)
    )
    return Body(paragraphs=(words.answer_in_one(answer), reading), points=points)


def _trust(answer: Answer) -> Body:
    """How well the shares themselves are known."""
    points = (
        Point(say("Convergence"), words.convergence(answer)),
        Point(say("What was left out"), words.left_out(answer)),
        Point(say("Alone and together"), words.together(answer)),
        Point(say("Evidence"), words.grades(answer)),
    )
    return Body(points=points)


def _wider(answer: Answer) -> Body:
    """What moves the wider aims."""
    return Body(points=tuple(Point(outcome_label(name), words.sentence(answer, name)) for name in WIDER))


def _numbers(answer: Answer) -> Body:
    """All shares, and the screening."""
    return Body(tables=(*(_shares(answer, kind) for kind in KINDS), _screening(answer)))


def _shares(answer: Answer, kind: str) -> Table:
    """The shares of all outcomes, of their levels or their differences."""
    baseline, scenario = answer.ends
    rows = [
        Row(
            (
                meaning(row),
                row["evidence"],
                words.share_with_interval(row),
                words.share_with_interval(row, "first"),
                say("yes") if answer.converged(name, kind) else say("no"),
            ),
            group="" if place else outcome_label(name),
        )
        for name in NAMES
        for place, row in enumerate(answer.shares(name, kind))
    ]
    caption = (
        say("What moves the outcomes under {scenario}", scenario=scenario)
        if kind == LEVEL
        else say("What moves their differences from {baseline}", baseline=baseline)
    )
    return Table(
        caption=caption,
        columns=(
            Column(say("Number"), "text"),
            Column(say("Evidence"), "text"),
            Column(say("Part of the spread, 95 % interval")),
            Column(say("Alone")),
            Column(say("Converged"), "text"),
        ),
        rows=tuple(rows),
        widths=(44, 10, 20, 16, 10),
    )


def _screening(answer: Answer) -> Table:
    """The numbers with the largest effects on the tiers, whether they were kept or not."""
    table, kept = answer.screening, set(answer.indices["factor"])
    levels = table[table["outcome"].isin(TIERS) & (table["kind"] == LEVEL)]
    sums = levels.groupby("outcome")["mu_star"].transform("sum")
    levels = levels.assign(part=(levels["mu_star"] / sums.where(sums > 0)).fillna(0.0))
    parts = levels.pivot_table("part", "factor", "outcome", sort=False)[list(TIERS)]
    largest = parts.max(axis=1).sort_values(ascending=False, kind="stable").index[:SHOWN]
    named = {row["factor"]: row for row in records(levels.drop_duplicates("factor"))}
    return Table(
        caption=say("Screening: part of each number in all effects on the craftsmen of a tier"),
        columns=(
            Column(say("Number"), "text"),
            Column(say("Evidence"), "text"),
            *(Column(TIER_LABELS[tier]) for tier in TARGET_TIERS),
            Column(say("Kept"), "text"),
        ),
        rows=tuple(
            Row(
                (
                    meaning(named[name]),
                    named[name]["evidence"],
                    *(rough(float(part)) if part else DASH for part in parts.loc[name]),
                    say("yes") if name in kept else say("no"),
                )
            )
            for name in largest
        ),
        note=say(
            "The {shown} largest of {all}; morris.csv holds them all.", shown=len(largest), all=len(named)
        ),
        widths=(46, 11, 11, 11, 11, 10),
    )


SECTIONS: Final = (
    Section("answer", "The answer", _answer),
    Section("trust", "How far to trust it", _trust),
    Section("wider", "The wider aims", _wider),
    Section("numbers", "All numbers", _numbers),
)
FIGURES: Final = tuple(
    Entry(
        f"moves_{name.removesuffix('_attainment')}",
        "answer" if name in TIERS else "wider",
        partial(build, outcome=name),
    )
    for name in NAMES
)
