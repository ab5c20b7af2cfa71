"""A table of the page: a caption, named columns, a header for each row."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Align = Literal["text", "number"]
MOST_LETTERS: Final = 125  # side by side on an upright sheet of A4
PIECE: Final = re.compile(r"[^ \u2e80-\uffff]+|[\u2e80-\uffff]")  # what no line end parts


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

    @property
    def broad(self) -> bool:
        """Whether an upright sheet is too narrow, however the lines are broken."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        pieces = ([len(piece) for cell in column for piece in PIECE.findall(cell)] for column in columns)
        return sum(max(column, default=0) for column in pieces) > MOST_LETTERS
