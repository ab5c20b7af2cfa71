"""What stands under one heading of a page, besides its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from experiments.pages.evidence import RestsOn
from experiments.pages.language import say
from experiments.pages.tables import Table

Data = TypeVar("Data")


class NotRecorded(LookupError):  # noqa: N818 - a state of the store, not a fault
    """The store holds no such figures; a section says so and the page goes on.

    Parameters
    ----------
    text
        What is missing: a literal with ``{name}`` where a value stands, said when it is read.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text, self.values = text, values

    def __str__(self) -> str:
        return say(self.text, **self.values)


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
