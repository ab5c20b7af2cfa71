"""The page of a backtest, from its tables alone."""

from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.answers.read import write_answer_page
from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.chart import Entry
from experiments.pages.language import Labels, say, sentences
from experiments.pages.page import Page
from experiments.pages.published import as_published, published_label
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import (
    DASH,
    bracketed,
    chance,
    clauses,
    count,
    grouped,
    known,
    per_cent,
    span,
    written,
)
from experiments.questions.backtest.figure import build
from experiments.questions.backtest.observed import COUNTRY_ONLY, NO_INDICATOR, NO_VALUE, PROVINCES_ONLY
from experiments.questions.backtest.words import TABLES, Answer, figure_label
from experiments.tables.rows import records

ALIKE: Final = ("common_part", "dissimilarity", "correlation", "origin_share_correlation")
MOST_NAMED: Final = 5  # of those that came without a unit
WORST: Final = 3  # indicators in a sentence
HONEST: Final = (0.80, 0.97)  # part of the figures in a 90 % range that fits what it promises
FEWEST: Final = 20  # figures, below which chance alone may put many of them out of the range
REASONS: Final = Labels({
    NO_INDICATOR: "the model has no such indicator",
    COUNTRY_ONLY: "the model has it for the whole country only",
    PROVINCES_ONLY: "the model has it for single provinces only",
    NO_VALUE: "the model has no value of this year",
})  # fmt: skip


def write_report(folder: Path) -> Path:
    """Write ``report.html`` and ``figures/`` from the tables in a folder."""
    answer = Answer(folder)
    facts, keys = answer.facts, answer.keys
    values = {
        "name": keys.name,
        "date": facts["created"][:10],
        "draws": count(keys.draws, "history", "histories"),
        "agents": grouped(keys.agents),
        "year": facts["last_year"],
    }
    page = Page(
        title=say("Workforce 2035: backtest {name}", **values),
        headline=say("How near the model comes to what was observed"),
        facts=say(
            "Backtest {name}, {date}. {draws} to {year} with {agents} agents each, every one with parameter "
            "values of its own.",
            **values,
        ),
        origin=say("Made from the tables of the backtest {name} alone.", **values),
        sections=SECTIONS,
        figures=FIGURES,
        source=say("Workforce 2035, backtest {name}, {draws}. Simulated beside observed.", **values),
        tables=TABLES,
    )
    return write_answer_page(page, answer)


def _answer(answer: Answer) -> Body:
    """How near, beside naive forecasts, and how far to trust the ranges."""
    found = answer.facts.get("overall")
    if found is None:
        return Body(paragraphs=(say("Only flows were handed in; how alike they are stands below."),))
    points = [
        Point(say("Against naive forecasts"), _naive(found)),
        Point(say("Ranges"), _ranges(answer, found)),
    ]
    if beyond := answer.facts.get("beyond_known"):
        lead = say("After {year}, which was not fitted", year=answer.known_until)
        points.append(Point(lead, sentences((_near(beyond), _naive(beyond)))))
    points.append(Point(say("Furthest off"), _worst(answer)))
    return Body(paragraphs=(_near(found),), points=tuple(points), tables=(_indicators(answer),))


def _near(score: dict[str, Any]) -> str:
    """The answer in one sentence."""
    if score["mean_error_percent"] is None:
        return say(
            "{inside} of {figures} lie in the 90 % range of the model.",
            inside=chance(score["coverage"]),
            figures=count(score["rows"], "observed figure"),
        )
    return say(
        "The model is off by {error} on average over {figures}, and {inside} of them lie in its 90 % range.",
        error=_percent(score["mean_error_percent"]),
        figures=count(score["rows"], "observed figure"),
        inside=chance(score["coverage"]),
    )


def _naive(score: dict[str, Any]) -> str:
    """Whether two forecasts that know no model do better."""
    if not score["indicators_with_naive"]:
        return say("No earlier figures are published from which a naive forecast could be made.")
    return say(
        "The model is nearer than either of them for {better} of {all}. To go on with the last value is off "
        "by {last} on average, to go on with the trend of five years by {trend}.",
        better=score["indicators_better_than_naive"],
        all=count(score["indicators_with_naive"], "indicator"),
        last=_percent(score["last_value_error_percent"]),
        trend=_percent(score["trend_error_percent"]),
    )


def _ranges(answer: Answer, score: dict[str, Any]) -> str:
    """Whether ranges promise what they keep."""
    low, high = HONEST
    inside = score["coverage"]
    if score["rows"] < FEWEST:
        said = say("The figures are too few to judge the ranges by.")
    elif inside < low:
        said = say("The ranges are too narrow: of ten figures nine should lie inside. Expect surprises.")
    elif inside > high:
        said = say("The ranges are wider than they need be: of ten figures nine should lie inside.")
    else:
        said = say("The ranges keep what they promise: of ten figures about nine should lie inside.")
    if not answer.facts["own_error"]:
        held = say("They hold chance and what is not known of the parameters, not the model's own error.")
    else:
        held = say(
            "They hold chance, what is not known of the parameters, and the model's own error, which is "
            "assumed to grow with the square root of the years after {year}.",
            year=answer.known_until,
        )
    return sentences((said, held))


def _worst(answer: Answer) -> str:
    """The indicators with the largest errors."""
    named = [
        bracketed(published_label(row["indicator"]), _percent(row["mean_error_percent"]))
        for row in records(answer.table("indicators").dropna(subset="mean_error_percent").head(WORST))
    ]
    if not named:
        return say("No figure has an error in per cent.")
    return say("{indicators}.", indicators=clauses(named, "; "))


def _indicators(answer: Answer) -> Table:
    """Every indicator beside naive forecasts."""
    cells = [
        (
            published_label(row["indicator"]),
            grouped(row["rows"]),
            _percent(row["mean_error_percent"]),
            chance(row["coverage"]),
            _percent(row["last_value_error_percent"]),
            _percent(row["trend_error_percent"]),
        )
        for row in answer.rows("indicators")
    ]
    return Table(
        caption=say("Mean absolute error of each indicator, furthest off first"),
        columns=(
            Column(say("Indicator"), "text"),
            Column(say("Number of figures")),
            Column(say("Model")),
            Column(say("In the range")),
            Column(say("Last value")),
            Column(say("Trend")),
        ),
        rows=tuple(map(Row, cells)),
        note=say("A dash: no figure above 0, or none published before that a forecast could go on from."),
    )


def _figures(answer: Answer) -> Body:
    """Every figure, and those that could not be compared."""
    units = _units(answer.table("rows"))
    return Body(
        paragraphs=(units,) if units else (),
        tables=tuple(table for table in (_rows(answer), _not_compared(answer)) if table.rows),
    )


def _units(rows: pd.DataFrame) -> str:
    """Which indicators came without a unit."""
    without = rows[rows["given_unit"].isna()]["indicator"].drop_duplicates()
    if without.empty:
        return ""
    named = [published_label(name) for name in without.head(MOST_NAMED)]
    if len(without) > MOST_NAMED:
        named.append(say("{number} more", number=len(without) - MOST_NAMED))
    return say(
        "Handed in without a unit, and taken in the published one: {indicators}.",
        indicators=clauses(named, "; "),
    )


def _rows(answer: Answer) -> Table:
    rows = []
    for row in answer.rows("rows"):
        said = as_published(row["indicator"], row["unit"])
        cells = (
            figure_label(row["indicator"], row["province"]),
            str(row["year"]),
            said(row["observed"]),
            said(row["mean"]),
            span(row["p05"], row["p95"], said),
            _percent(row["error_percent"]),
            say("yes") if row["inside"] else say("no"),
        )
        rows.append(Row(cells))
    return Table(
        caption=say("Observed figures beside the model"),
        columns=(
            Column(say("Indicator"), "text"),
            Column(say("Year")),
            Column(say("Observed")),
            Column(say("Model, mean")),
            Column(say("90 % range")),
            Column(say("Error")),
            Column(say("In the range"), "text"),
        ),
        rows=tuple(rows),
    )


def _not_compared(answer: Answer) -> Table:
    """What the model has no value for, and why."""
    table = answer.table("not_compared")
    groups = table.groupby(["indicator", "reason"], sort=False)
    cells = [
        (
            published_label(str(name)),
            clauses([str(year) for year in sorted(set(rows["year"]))]),
            REASONS[str(reason)],
            clauses([published_label(one) for one in rows["nearest"].dropna().unique()]) or DASH,
        )
        for (name, reason), rows in groups
    ]
    return Table(
        caption=say("Not compared, and part of no mean"),
        columns=(
            Column(say("Indicator"), "text"),
            Column(say("Years"), "text"),
            Column(say("Reason"), "text"),
            Column(say("Nearest name"), "text"),
        ),
        rows=tuple(map(Row, cells)),
    )


def _flows(answer: Answer) -> Body:
    """How alike observed flows and the simulated homes of workers are."""
    rows = answer.rows("flows")
    if not rows:
        return Body(paragraphs=(say("No flows were handed in."),))
    introduction = say(
        "Who lives where, by home province, beside the workers of the model. A common part of 1 would be "
        "the same map, of 0 another one; dissimilarity is the share of people who would have to live "
        "elsewhere."
    )
    cells = [
        (f"{row['year']:.0f}", f"{row['simulated_year']:.0f}", *(_hundredths(row[name]) for name in ALIKE))
        for row in rows
    ]
    table = Table(
        caption=say("Observed flows beside simulated homes"),
        columns=(
            Column(say("Year"), "text"),
            Column(say("Model at the end of")),
            Column(say("Common part")),
            Column(say("Dissimilarity")),
            Column(say("Correlation")),
            Column(say("Correlation of origin shares")),
        ),
        rows=tuple(map(Row, cells)),
    )
    return Body(paragraphs=(introduction,), tables=(table,))


def _hundredths(value: float) -> str:
    return written(value, ".2f") if known(value) else DASH


def _percent(value: float | None) -> str:
    """A figure in per cent; a dash when there is none."""
    return per_cent(grouped(value, 1)) if value is not None and known(value) else DASH


SECTIONS: Final = (
    Section("answer", "The answer", _answer),
    Section("figures", "Figure by figure", _figures),
    Section("flows", "Who lives where", _flows),
)
FIGURES: Final = (Entry("figures", "answer", build),)
