"""A few lives, side by side under each scenario."""

from experiments.pages.body import Body, Point
from experiments.pages.labels import GRADE_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import DASH, points, yuan
from experiments.questions.compare.findings.lives import (
    GROUP_LABELS,
    Person,
    end_of,
    people,
    persons_of,
    province,
    story,
    who,
    why,
)
from experiments.questions.compare.reading import Comparison
from sim.calendar import FORK_YEAR


def build(comparison: Comparison) -> Body:
    """Who they are and why they were chosen; a table of each."""
    found = people(comparison)
    return Body(
        paragraphs=_introduction(found),
        points=tuple(
            Point(GROUP_LABELS[person.group], sentences([who(person), why(person, comparison)]))
            for person in found
        ),
        tables=tuple(_table(comparison, person) for person in found),
    )


def _introduction(found: list[Person]) -> tuple[str, ...]:
    start = found[0].start
    first = say(
        "Single lives show what averages hide, and prove nothing. Each person lives once under each "
        "scenario, with the same luck, in the run of seed {seed} and draw {draw}. A rule chooses them out of"
        " a sample, the same for every comparison; all but the last are extreme. A small change may turn a "
        "later choice, so that one life differs far more than the average does.",
        seed=start["seed"],
        draw=start["draw"],
    )
    second = say(
        "Paths differ at the end of a year when grade, province, urban rights, certificate or presence in "
        "the industry do; ties fall to the larger difference of wages. An agent stands for several persons "
        "(here {persons}). Who is selected for cultivation leaves it as an agent of one person or of a few; "
        "followed are those who stay, and all who are in cultivation at the end of {year}. The state is "
        "known at the end of each year; wages are nominal.",
        year=FORK_YEAR,
        persons=persons_of(found),
    )
    return first, second


def _table(comparison: Comparison, person: Person) -> Table:
    rows = []
    for scenario, life in person.lives.items():
        end = end_of(life)
        ends = (
            (
                GRADE_LABELS[end["grade"]],
                province(end["province"]),
                yuan(end["wage"]),
                points(end["satisfaction"]),
            )
            if end
            else (say("left"), DASH, DASH, DASH)
        )
        rows.append(Row((scenario.label, story(life), *ends)))
    years = {"first": FORK_YEAR + 1, "last": comparison.last_year}
    return Table(
        caption=say("{group}, {first} to {last}", group=GROUP_LABELS[person.group], **years),
        columns=(
            Column(say("Scenario"), "text"),
            Column(say("What happens"), "text"),
            Column(say("Grade at the end"), "text"),
            Column(say("Lives in"), "text"),
            Column(say("Wage a month")),
            Column(say("Satisfaction")),
        ),
        rows=tuple(rows),
    )
