"""Every assumption with its value, range, evidence and source."""

from collections import Counter
from typing import Any, Final

from experiments.report.body import Body
from experiments.report.reading import Comparison, NotRecorded
from experiments.report.tables import Column, Row, Table
from experiments.report.words import DASH, count, exact, grouped, listed

EVIDENCE: Final = {
    "published": "Published: read in a release",
    "A": "A: measured in China",
    "derived": "Derived: arithmetic on published figures",
    "B": "B: sign or size from elsewhere, or derived",
    "unverified": "Unverified: general knowledge, to be checked",
    "C": "C: assumed",
}
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
    grades = Counter(str(row.get("evidence") or "not graded") for row in rows)
    order = [grade for grade in EVIDENCE if grade in grades] + sorted(
        grade for grade in grades if grade not in EVIDENCE
    )
    table = Table(
        caption=f"All {grouped(len(rows))} assumptions by grade of evidence",
        columns=(
            Column("Name", "text"),
            Column("Meaning", "text"),
            Column("Value"),
            Column("Range"),
            Column("Unit", "text"),
            Column("Source", "text"),
        ),
        rows=tuple(row for grade in order for row in _of_grade(rows, grade)),
        note="An effect is a log coefficient at full intensity: 0.10 raises the rate by about 10 %. "
        "In each parameter draw every number is sampled from its range, but for constants of the model; "
        "calibration narrows those that published history informs.",
        widths=(17, 23, 9, 11, 11, 29),
    )
    return Body(paragraphs=(_counted(rows, grades, order),), tables=(table,))


def _counted(rows: list[dict[str, Any]], grades: Counter[str], order: list[str]) -> str:
    kinds = Counter(str(row.get("kind") or "other") for row in rows)
    by_kind = [count(number, *KINDS.get(kind, (kind, kind))) for kind, number in kinds.items()]
    by_grade = [f"{grouped(grades[grade])} {EVIDENCE.get(grade, grade).partition(':')[0]}" for grade in order]
    return (
        f"The comparison rests on {listed(by_kind)}. By evidence: {listed(by_grade)}. "
        "The fewer rest on measurement in China, the more a result is a statement about the assumptions."
    )


def _of_grade(rows: list[dict[str, Any]], grade: str) -> list[Row]:
    chosen = [row for row in rows if str(row.get("evidence") or "not graded") == grade]
    return [
        Row(_cells(row), group="" if number else f"{EVIDENCE.get(grade, grade)} ({len(chosen)})")
        for number, row in enumerate(chosen)
    ]


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        str(row.get("name") or ""),
        str(row.get("meaning") or ""),
        _value(row.get("value")),
        span(row.get("low"), row.get("high")),
        str(row.get("unit") or ""),
        str(row.get("source") or "none given"),
    )


def span(low: object, high: object) -> str:
    """The ends of a range; a dash for a number that is not varied."""
    if low == high:
        return DASH
    if not isinstance(low, list | tuple) or not isinstance(high, list | tuple):
        return f"{_value(low)} to {_value(high)}"
    if len(low) > MOST_NUMBERS:
        return f"{_value(min(low))} to {_value(max(high))} over all"
    return f"lowest {_value(low)}; highest {_value(high)}"


def _value(value: object) -> str:
    """A number, or the numbers of a list."""
    if isinstance(value, list | tuple):
        numbers = [_value(item) for item in value]
        return ", ".join(numbers) if len(numbers) <= MOST_NUMBERS else f"{len(numbers)} numbers"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return DASH if value is None else str(value)
    return exact(float(value))
