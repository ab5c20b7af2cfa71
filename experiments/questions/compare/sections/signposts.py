"""What to watch on the way, and the values below which a target is more likely missed than not."""

from experiments.pages.body import Body, NotRecorded, Point
from experiments.pages.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import say
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import DASH, chance, clauses, listed
from experiments.questions.compare.findings.signposts import (
    FEWEST_OF_A_KIND,
    FEWEST_RUNS,
    YEARS,
    Signpost,
    signposts,
    watched,
)
from experiments.questions.compare.reading import Comparison

INTRODUCTION = (
    "All runs of all scenarios are taken together, and each thing that can be measured on the way is asked "
    "which value parts best the runs that reach the target from those that miss it. Below that line the "
    "target is more likely missed than not. A line is as good as the share of runs in which it is right."
)


def build(comparison: Comparison) -> Body:
    """The best signpost of each tier in words, and all in a table."""
    years = watched(comparison)
    if not years:
        text = "Signposts stand at the end of {first} and later; the targets count at the end of {year}."
        return Body(paragraphs=(say(text, first=YEARS[0], year=comparison.last_year),))
    found, without = {}, []
    for tier in TIERS_TOP_DOWN:
        try:
            found[tier] = signposts(comparison, tier)
        except NotRecorded:
            if not comparison.has(comparison.counted, f"tier={tier}"):
                raise
            without.append(TARGET_LABELS[tier].lower())
    said = [say(INTRODUCTION)] if found else []
    if without:
        said.append(
            say(
                "No signpost for {targets}: it takes {runs} runs, of which {few} reach the target and {few} "
                "miss it. A study of many draws shows more.",
                targets=listed(without),
                runs=FEWEST_RUNS,
                few=FEWEST_OF_A_KIND,
            )
        )
    points = tuple(Point(TARGET_LABELS[tier], _said(rows)) for tier, rows in found.items())
    return Body(tuple(said), points, tables=(_table(found, years),) if found else ())


def _said(rows: list[Signpost]) -> str:
    signs = best_signs(rows)
    return say("{text}.", text=signs) if signs else say("nothing that is watched tells more than guessing.")


def best_signs(rows: list[Signpost]) -> str:
    """The line that tells most, year by year, as a clause; empty when none tells more than guessing."""
    words = []
    for year in YEARS:
        lines = [row for row in rows if row.year == year and row.threshold is not None]
        if lines:
            best = max(lines, key=lambda row: row.right)
            label = say(best.monitored.label)
            words.append(
                say(
                    "in {year}, {watched} below {line} (right in {share} of the runs)",
                    year=year,
                    watched=label[0].lower() + label[1:],
                    line=_value(best),
                    share=chance(best.right),
                )
            )
    return clauses(words, "; ")


def _value(row: Signpost) -> str:
    return DASH if row.threshold is None else row.monitored.formatter(row.threshold)


def _table(found: dict[str, list[Signpost]], years: list[int]) -> Table:
    rows = []
    for tier, lines in found.items():
        labels = list(dict.fromkeys(row.monitored.label for row in lines))
        for place, label in enumerate(labels):
            own = {row.year: row for row in lines if row.monitored.label == label}
            cells = [cell for year in years for cell in _cells(own.get(year))]
            rows.append(Row((say(label), *cells), group="" if place else TARGET_LABELS[tier]))
    columns = [
        Column(text)
        for year in years
        for text in (say("Line, end of {year}", year=year), say("Right, share of runs"))
    ]
    return Table(
        caption=say("Signposts: below the line the target is more likely missed than not"),
        columns=(Column(say("Watched"), "text"), *columns),
        rows=tuple(rows),
        note=say("{dash}: no line tells more than guessing the same for all.", dash=DASH),
    )


def _cells(row: Signpost | None) -> tuple[str, str]:
    return (DASH, DASH) if row is None else (_value(row), chance(row.right))
