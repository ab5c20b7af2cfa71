"""What stands under one heading of the page, besides its figures."""

from dataclasses import dataclass

from experiments.report.tables import Table


@dataclass(frozen=True)
class Point:
    """A sentence of a list, with the words that lead it."""

    lead: str
    text: str


@dataclass(frozen=True)
class Body:
    """Paragraphs, points and leading tables stand before the figures of a section, other tables after."""

    paragraphs: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    lead_tables: tuple[Table, ...] = ()
    tables: tuple[Table, ...] = ()
