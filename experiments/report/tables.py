"""A table of the page: a caption, named columns, a header for each row."""

from dataclasses import dataclass
from typing import Literal

Align = Literal["text", "number"]


@dataclass(frozen=True)
class Column:
    """Heading of a column and how its cells are set."""

    heading: str
    align: Align = "number"


@dataclass(frozen=True)
class Row:
    """One row; the first cell is its header.

    ``group`` opens a new group of rows. ``total`` says that the row sums up others, and stays below them.
    """

    cells: tuple[str, ...]
    group: str = ""
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table that a screen reader can follow: caption, column headers, row headers.

    ``widths`` of the columns, per cent, only for tables of long texts.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    widths: tuple[int, ...] = ()
