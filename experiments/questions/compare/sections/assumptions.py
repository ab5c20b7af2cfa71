"""Every assumption with its value, range, evidence and source."""

from collections import Counter
from typing import Any, Final

from experiments.pages.body import Body, NotRecorded
from experiments.pages.language import say
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import DASH, bracketed, clauses, count, exact, grouped, listed
from experiments.questions.compare.reading import Comparison
from sim.parameters import BY_USER

EVIDENCE: Final = {  # grade: its name and meaning
    BY_USER: ("Set by the user", "no source stands for it; the shipped value and range are in brackets"),
    "published": ("Published", "read in a release"),
    "A": ("A", "measured in China"),
    "derived": ("Derived", "arithmetic on published figures"),
    "B": ("B", "sign or size from elsewhere, or derived"),
    "unverified": ("Unverified", "general knowledge, to be checked"),
    "C": ("C", "assumed"),
}
UNGRADED: Final = "not graded"
MOST_NUMBERS: Final = 10
KINDS: Final = {
    "rate": ("rate", "rates"),
    "law": ("parameter of the law of motion", "parameters of the law of motion"),
    "link": ("link to what is published", "links to what is published"),
    "constant": ("constant of the model", "constants of the model"),
    "effect": ("effect of a measure", "effects of measures"),
    "cost": ("unit cost", "unit costs"),
}


def build(comparison: Comparison) -> Body:
    """A sentence that counts them and one generated table, by grade of evidence."""
    rows = comparison.assumptions
    if not rows:
        raise NotRecorded("assumptions.json")
    grades = Counter(str(row.get("evidence") or UNGRADED) for row in rows)
    order = [grade for grade in EVIDENCE if grade in grades] + sorted(
        grade for grade in grades if grade not in EVIDENCE
    )
    table = Table(
        caption=say("All {number} assumptions by grade of evidence", number=grouped(len(rows))),
        columns=(
            Column(say("Name"), "text"),
            Column(say("Meaning"), "text"),
            Column(say("Value")),
            Column(say("Range")),
            Column(say("Unit"), "text"),
            Column(say("Source"), "text"),
        ),
        rows=tuple(row for grade in order for row in _of_grade(rows, grade)),
        note=say(
            "An effect is a log coefficient at full intensity: 0.10 raises the rate by about 10 %. "
            "In each parameter draw every number is sampled from its range, but for constants of the model; "
            "calibration narrows those that published history informs."
        ),
        widths=(17, 23, 9, 11, 11, 29),
    )
    return Body(paragraphs=(_counted(rows, grades, order),), tables=(table,))


def _counted(rows: list[dict[str, Any]], grades: Counter[str], order: list[str]) -> str:
    kinds = Counter(str(row.get("kind") or "other") for row in rows)
    by_kind = [count(number, *KINDS.get(kind, (kind, kind))) for kind, number in kinds.items()]
    by_grade = [
        say("{number} {grade}", number=grouped(grades[grade]), grade=say(EVIDENCE.get(grade, (grade,))[0]))
        for grade in order
    ]
    return say(
        "The comparison rests on {kinds}. By evidence: {grades}. The fewer rest on measurement in China, "
        "the more a result is a statement about the assumptions.",
        kinds=listed(by_kind),
        grades=listed(by_grade),
    )


def _of_grade(rows: list[dict[str, Any]], grade: str) -> list[Row]:
    chosen = [row for row in rows if str(row.get("evidence") or UNGRADED) == grade]
    heading = bracketed(_in_words(grade), str(len(chosen)))
    return [Row(_cells(row), group="" if number else heading) for number, row in enumerate(chosen)]


def _in_words(grade: str) -> str:
    """A grade of evidence and what it means."""
    if grade not in EVIDENCE:
        return say(grade)
    name, meaning = EVIDENCE[grade]
    return say("{grade}: {meaning}", grade=say(name), meaning=say(meaning))


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    if row.get("unit") == "year":  # no thousands in it
        row = {**row, **{key: str(row[key]) for key in ("value", "low", "high") if row.get(key) is not None}}
    value, ranged = _value(row.get("value")), span(row.get("low"), row.get("high"))
    source = str(row.get("source") or say("none given"))
    if row.get("evidence") == BY_USER:
        value = bracketed(value, _value(row.get("shipped_value")))
        ranged = bracketed(ranged, span(row.get("shipped_low"), row.get("shipped_high")))
        source = say("set by the user; as shipped: {source}", source=row.get("shipped_source"))
    return (
        str(row.get("name") or ""),
        say(str(row.get("meaning") or "")),
        value,
        ranged,
        say(str(row.get("unit") or "")),
        source,
    )


def span(low: object, high: object) -> str:
    """The ends of a range; a dash for a number that is not varied."""
    if low == high:
        return DASH
    if not isinstance(low, list | tuple) or not isinstance(high, list | tuple):
        return say("{low} to {high}", low=_value(low), high=_value(high))
    if len(low) > MOST_NUMBERS:
        return say("{low} to {high} over all", low=_value(min(low)), high=_value(max(high)))
    return say("lowest {low}; highest {high}", low=_value(low), high=_value(high))


def _value(value: object) -> str:
    """A number, or the numbers of a list."""
    if isinstance(value, list | tuple):
        numbers = [_value(item) for item in value]
        return clauses(numbers) if len(numbers) <= MOST_NUMBERS else count(len(numbers), "number")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return DASH if value is None else str(value)
    return exact(float(value))
