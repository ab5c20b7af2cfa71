"""The page of two comparisons side by side, from the files of its folder alone."""

from pathlib import Path
from typing import Final

from experiments.answers.changed import changed_since
from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.chart import Entry
from experiments.pages.evidence import TIERS, TIERS_APART
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import say
from experiments.pages.likelihood import of_row, with_interval
from experiments.pages.page import Page, write_page
from experiments.pages.scenario import Scenario
from experiments.pages.tables import Column, Row, Table
from experiments.pages.user_set import UserSet
from experiments.pages.words import DASH, count, listed, persons
from experiments.questions.compare.beside import figure, words
from experiments.questions.compare.beside.read import Beside
from experiments.questions.compare.figures import cost as cost_figure
from experiments.questions.compare.figures import targets as targets_figure
from experiments.questions.compare.findings.unmoved import of_comparison
from experiments.questions.compare.reading import TARGETS
from experiments.questions.compare.sections import answer, cost, side_by_side
from experiments.tables.change import Change

TABLES: Final = ("assumptions", "differences", "differing", "targets")


def write_report(folder: Path) -> Path:
    """Write ``report.html``, ``figures/`` and ``report.xlsx``; returns the page."""
    page = Beside(folder)
    first, second = page.sides
    values = {"first": first, "second": second}
    runs = count(page.number_of_runs, "run")
    created = str(page.manifest["created"])
    return write_page(
        folder,
        Page(
            title=say("Workforce {year}: {first} and {second}", year=page.last_year, **values),
            headline=say("Two comparisons side by side: {first} and {second}", **values),
            facts=say(
                "{first} and {second}, put side by side on {date}. {runs} of each scenario, with the same "
                "chances and the same values of the parameters in both. All figures are simulated, not "
                "observed.",
                date=created[:10],
                runs=runs,
                **values,
            ),
            origin=say("Made from the files of {first} and {second} alone.", **values),
            sections=SECTIONS,
            figures=FIGURES,
            source=say(
                "Workforce 2035, {first} and {second}, {runs} of each scenario. Simulated, not observed.",
                runs=runs,
                **values,
            ),
            created=created,
            changed=changed_since(folder),
            tables=TABLES,
            user_set=UserSet(_user_set(page), of_comparison(page)),
        ),
        page,
    )


def _user_set(page: Beside) -> list[Change]:
    """What users of both set, the scenarios as the page calls them."""
    called = {scenario.name: scenario.label for scenario in page.scenarios}
    rows: list[Change] = page.manifest["set_by_user"]
    return [{**row, "scenarios": {name: called[name] for name in row["scenarios"]}} for row in rows]


def _answer(page: Beside) -> Body:
    """Which scenario of whom is likeliest, and every other one against it."""
    best = page.scenarios[words.chosen(page)[0].best[0].place]
    others = [scenario for scenario in page.scenarios if scenario != best]
    return Body(
        paragraphs=(*words.unequal(page), _introduction(page)),
        points=words.answer(page),
        lead_tables=(_against(page, best, others),) if others else (),
    )


def _introduction(page: Beside) -> str:
    return say(
        "The runs of {first} and {second} share past, chances and values of the parameters, run by run: what "
        "differs between two scenarios is made by their lines alone. Behind the name of a scenario stands "
        "whose it is; {both} means that it stands in both with the same lines.",
        first=page.sides[0],
        second=page.sides[1],
        both=say("both"),
    )


def _against(page: Beside, best: Scenario, others: list[Scenario]) -> Table:
    """Each scenario less the best, target by target."""
    rows = []
    for target in TARGETS:
        for place, scenario in enumerate(others):
            row = page.difference(scenario, best, target)
            cells = (
                scenario.label,
                with_interval(*of_row(page.target(scenario, target))),
                words.cell(row, "probability", words.hundredths),
                DASH if target == "all" else words.cell(row, "persons", persons),
            )
            rows.append(Row(cells, group="" if place else TARGET_LABELS[target]))
    return Table(
        caption=say("Each scenario against {best}, run by run", best=best.label),
        columns=(
            Column(say("Scenario"), "text"),
            Column(say("Probability and 95 % interval")),
            Column(say("Difference of the probability, percentage points, 95 % interval")),
            Column(say("Difference of the mean, persons, 95 % interval")),
        ),
        rows=tuple(rows),
        note=say(
            "Differences are taken run by run; runs with the same parameter values count as less than runs "
            "of their own. An interval that holds zero does not show which of the two does better."
        ),
    )


def _differs(page: Beside) -> Body:
    """What is not the same in both, and what the lines of scenarios of one name bring."""
    points = tuple(
        Point(say(str(one.record["title"])), words.apart(page, one, other)) for one, other in page.apart
    )
    tables = [_comparisons(page), *([_lines(page)] if page.apart else [])]
    return Body(points=points, tables=tuple(tables))


def _comparisons(page: Beside) -> Table:
    """The two comparisons: when and by what they were made, and what only one of them has."""
    sides = page.manifest["of"]
    own = [
        listed([one.label for one in page.scenarios if page.whose(one) == (side,)]) or DASH
        for side in page.sides
    ]
    rows = [
        (say("Made on"), *(str(side["created"])[:10] for side in sides)),
        (say("Scenarios of its own"), *own),
    ]
    for package in sorted({*sides[0]["versions"], *sides[1]["versions"]}):
        cells = [side["versions"].get(package, DASH) for side in sides]
        if cells[0] != cells[1]:
            rows.append((say("Version of {package}", package=package), *cells))
    return Table(
        caption=say("The two comparisons"),
        columns=(Column("", "text"), *(Column(side) for side in page.sides)),
        rows=tuple(Row(row) for row in rows),
        note=say(
            "The version of the program, the published figures, parameters, calibration, targets, agents and "
            "runs are the same in both."
        ),
    )


def _lines(page: Beside) -> Table:
    rows = []
    for one, other in page.apart:
        title = say(str(one.record["title"]))
        for place, cells in enumerate(words.differing(one.record, other.record)):
            rows.append(Row(cells, group="" if place else title))
    return Table(
        caption=say("Lines that differ between scenarios of one name"),
        columns=(Column(say("Line"), "text"), *(Column(side) for side in page.sides)),
        rows=tuple(rows),
        note=say(
            "A measure: intensity from 0 (as at the end of 2024) to 1 (full), start, time until reached. "
            "{dash}: no such line.",
            dash=DASH,
        ),
    )


SECTIONS: Final = (
    Section("beside", "The answer", _answer, TIERS_APART),
    Section("answer", "Target by target", answer.build, TIERS),
    Section("differs", "What differs between the two", _differs),
    Section("cost", "Cost by family of measures", cost.build),
    Section("scenarios", "The scenarios side by side", side_by_side.build),
)
FIGURES: Final = (
    Entry("chances", "beside", figure.build),
    Entry("targets", "answer", targets_figure.build),
    Entry("cost", "cost", cost_figure.build),
)
