"""The page of a calibration, from its tables alone."""

from pathlib import Path
from typing import Final

from experiments.answers.read import write_answer_page
from experiments.outcomes.published import published_units
from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.chart import Entry
from experiments.pages.language import say, sentences
from experiments.pages.page import Page
from experiments.pages.published import as_published, published_label
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import bracketed, chance, clauses, count, exact, grouped, listed, rough, span
from experiments.questions.calibrate.figure import (
    WEIGHTS,
    build_fit,
    build_parameters,
    parameter_label,
    percent,
)
from experiments.questions.calibrate.fit import TOLERATED, UNIDENTIFIED
from experiments.questions.calibrate.words import TABLES, Answer
from experiments.tables.rows import records

WORST: Final = 3  # indicators in a sentence
BEST: Final = 3  # parameters in a sentence
COUNTRY: Final = "all"


def write_report(folder: Path) -> Path:
    """Write ``report.html`` and ``figures/`` from the tables in a folder."""
    answer = Answer(folder)
    facts, keys = answer.facts, answer.keys
    values = {
        "name": keys.name,
        "date": facts["created"][:10],
        "year": keys.until,
        "members": grouped(keys.members),
        "rounds": count(keys.rounds, "round"),
        "agents": grouped(keys.agents),
        "draws": grouped(facts["draws"]),
    }
    page = Page(
        title=say("Workforce 2035: calibration {name}", **values),
        headline=say(
            "How well the model reproduces history to {year}, and what history leaves open", **values
        ),
        facts=say(
            "Calibration {name}, {date}. {members} sets of parameter values, {rounds}, {agents} agents; the "
            "figures of the years 2015 to {year}.",
            **values,
        ),
        origin=say("Made from the tables of the calibration {name} alone.", **values),
        sections=SECTIONS,
        figures=FIGURES,
        source=say(
            "Workforce 2035, calibration {name}, {draws} draws. Simulated beside published.", **values
        ),
        tables=TABLES,
    )
    return write_answer_page(page, answer)


def _answer(answer: Answer) -> Body:
    """How near, and how many draws match."""
    points = (
        Point(say("What matches"), _draws(answer)),
        Point(say("What history leaves open"), _open(answer)),
        Point(say("Furthest off"), _worst(answer)),
    )
    return Body(paragraphs=(_near(answer),), points=points)


def _near(answer: Answer) -> str:
    """The answer in one sentence: the errors by weight, beside what is wanted."""
    errors = answer.facts["error_percent_of_mean"]
    parts = [
        say(
            "figures of {weight} by {error} (wanted: at most {most})",
            weight=WEIGHTS[weight],
            error=percent(errors[weight]),
            most=chance(most),
        )
        for weight, most in TOLERATED.items()
        if weight in errors
    ]
    if all(errors[weight] <= 100.0 * most for weight, most in TOLERATED.items() if weight in errors):
        return say(
            "The model reproduces history as well as is wanted: it misses {parts}.", parts=listed(parts)
        )
    return say(
        "The model does not reproduce history as well as is wanted: it misses {parts}.", parts=listed(parts)
    )


def _draws(answer: Answer) -> str:
    """How many sets of values match, and whether as many as were wanted."""
    found, wanted = answer.facts["draws"], answer.keys.draws
    said = say(
        "{draws} have histories within what is tolerated. They stand for what is known, and every answer "
        "that names this calibration draws from them.",
        draws=count(found, "set of parameter values", "sets of parameter values"),
    )
    few = say("{wanted} were wanted; more members or rounds would give more.", wanted=grouped(wanted))
    return sentences((said, _weighted(answer), few if found < wanted else ""))


def _weighted(answer: Answer) -> str:
    """What the first round of craftsmen left of the draws; empty where it was not known."""
    told = answer.facts.get("first_round")
    if not told:
        return ""
    return say(
        "Of {matching} that match history, {kept} are left by the first national round of craftsmen, which "
        "named {published} of those selected and counts as {trials} trials.",
        matching=grouped(told["matching"]),
        kept=grouped(told["kept"]),
        published=rough(told["published"]),
        trials=exact(told["trials"]),
    )


def _open(answer: Answer) -> str:
    """How many parameters history says something about."""
    all_, informed = len(answer.parameters), records(answer.informed)
    said = say(
        "History says something about {informed} of {all}; the others keep their whole ranges, and "
        "forecasts hold what that leaves open.",
        informed=len(informed),
        all=count(all_, "uncertain parameter"),
    )
    if not informed:
        return said
    named = [
        bracketed(say("“{number}”", number=parameter_label(row)), rough(row["spread_left"]))
        for row in informed[:BEST]
    ]
    return sentences((said, say("Least is left of {parameters}.", parameters=listed(named))))


def _worst(answer: Answer) -> str:
    """The indicators with the largest errors."""
    rows = records(answer.by_indicator.head(WORST))
    named = [bracketed(published_label(row["indicator"]), percent(row["mean"])) for row in rows]
    return say("{indicators}.", indicators=clauses(named, "; "))


def _history(answer: Answer) -> Body:
    """Every indicator, and every figure of the country."""
    introduction = say(
        "How near a history must come is assumed, by the weight of a figure: both stand in "
        "configs/calibration/targets.yaml. Errors are those of the mean of all draws."
    )
    return Body(paragraphs=(introduction,), tables=(_indicators(answer), _figures(answer)))


def _indicators(answer: Answer) -> Table:
    return Table(
        caption=say("How near each indicator comes, furthest off first"),
        columns=(
            Column(say("Indicator"), "text"),
            Column(say("Weight"), "text"),
            Column(say("Number of figures")),
            Column(say("Mean error")),
            Column(say("Largest")),
        ),
        rows=tuple(
            Row(
                (
                    published_label(row["indicator"]),
                    WEIGHTS[row["weight"]],
                    grouped(row["figures"]),
                    percent(row["mean"]),
                    percent(row["most"]),
                )
            )
            for row in records(answer.by_indicator)
        ),
    )


def _figures(answer: Answer) -> Table:
    """Published figures beside the draws; those of single provinces stand in fit.csv."""
    fit, units = answer.fit, published_units()
    national = fit[fit["province"] == COUNTRY]
    rows = []
    for row in records(national):
        said = as_published(row["indicator"], units.get(row["indicator"], ""))
        rows.append(
            Row(
                (
                    published_label(row["indicator"]),
                    str(row["year"]),
                    said(row["observed"]),
                    said(row["mean"]),
                    span(row["p05"], row["p95"], said),
                    percent(row["error_percent"]),
                )
            )
        )
    left = len(fit) - len(national)
    return Table(
        caption=say("Published figures beside the model"),
        columns=(
            Column(say("Indicator"), "text"),
            Column(say("Year")),
            Column(say("As published")),
            Column(say("Model, mean")),
            Column(say("90 % range")),
            Column(say("Error")),
        ),
        rows=tuple(rows),
        note=say("{figures} of single provinces stand in fit.csv.", figures=count(left, "figure"))
        if left
        else "",
    )


def _parameters(answer: Answer) -> Body:
    """All parameters, with what is left of their ranges."""
    introduction = say(
        "A parameter of whose range more than {most} is left is drawn from its whole range: history says "
        "next to nothing about it.",
        most=chance(UNIDENTIFIED),
    )
    table = Table(
        caption=say("What history leaves of the range of each parameter"),
        columns=(
            Column(say("Parameter"), "text"),
            Column(say("Name"), "text"),
            Column(say("Evidence"), "text"),
            Column(say("Left")),
        ),
        rows=tuple(
            Row((parameter_label(row), row["parameter"], row["evidence"], rough(row["spread_left"])))
            for row in records(answer.parameters)
        ),
        widths=(50, 27, 11, 12),
    )
    return Body(paragraphs=(introduction,), tables=(table,))


SECTIONS: Final = (
    Section("answer", "The answer", _answer),
    Section("parameters", "What history says of the parameters", _parameters),
    Section("history", "Figure by figure", _history),
)
FIGURES: Final = (Entry("fit", "answer", build_fit), Entry("parameters", "parameters", build_parameters))
