"""What stands under one heading of a page, besides its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from experiments.report.evidence import RestsOn
from experiments.report.tables import Table

Data = TypeVar("Data")


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


@dataclass(frozen=True)
class Section(Generic[Data]):
    """One heading of a page and what writes the text below it from the data of the page.

    ``rests_on`` names what its numbers rest on, so that the page can say how well they are evidenced.
    """

    id: str
    heading: str
    build: Callable[[Data], Body]
    rests_on: RestsOn | None = None
