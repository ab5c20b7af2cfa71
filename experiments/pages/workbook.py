"""All numbers of a page as one workbook: contents, then a sheet for each table; the same bytes each time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from experiments.pages.language import say
from experiments.pages.words import grouped

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_LETTERS: Final = 31  # of the name of a sheet
MOST_ROWS: Final = 2**20 - 1
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date that such a file can say
NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_NAMES: Final = re.compile(r"[\\*?:/\[\]]")  # of sheets
WRITTEN: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True)
class Sheet:
    """A table and what it holds, in words."""

    name: str
    title: str
    data: pd.DataFrame


def workbook(heading: str, sheets: Sequence[Sheet]) -> bytes:
    """The content of a file ``.xlsx``; texts are texts, also those that begin like a formula.

    Parameters
    ----------
    heading
        Stands over the contents.
    sheets
        In order; a table of more rows than a sheet takes ends there, and the contents say so.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = say("contents")
    rows: list[list[Any]] = [[heading], [], [say("sheet"), say("what it holds"), say("rows")]]
    for sheet in sheets:
        page = book.create_sheet(_shown(NOT_IN_NAMES.sub("_", sheet.name))[:MOST_LETTERS])
        shown = sheet.data.head(MOST_ROWS)
        _fill(page, [list(shown.columns), *shown.astype(object).to_numpy().tolist()])
        page.freeze_panes = "A2"
        total = len(sheet.data)
        title = sheet.title
        if total > MOST_ROWS:
            text = "{title} (the first {first} of {total} rows)"
            title = say(text, title=title, first=grouped(MOST_ROWS), total=grouped(total))
        rows.append([page.title, title, total])  # a name that stands twice gets a number
    _fill(first, rows)
    for page in book:
        for cell in page[3 if page is first else 1]:
            cell.font = Font(bold=True)
    return _without_dates(book)


def _fill(page: Any, rows: Sequence[Sequence[Any]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - nan is a number not known
                continue
            cell = page.cell(number, column, _written(value))
            if isinstance(value, str):
                cell.data_type = "s"


def _written(value: Any) -> Any:
    """A value as a cell takes it: texts as they can be shown, zero without a sign."""
    if isinstance(value, str):
        return _shown(value)
    return value + 0.0 if isinstance(value, float) else value


def _shown(text: str) -> str:
    """A text in which signs that no workbook may hold are written out, as Python writes them."""
    return NOT_IN_XML.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def _without_dates(book: "Workbook") -> bytes:
    """The file without the moment of its writing."""
    written, same = BytesIO(), BytesIO()
    book.save(written)
    with ZipFile(written) as before, ZipFile(same, "w", ZIP_DEFLATED) as after:
        for item in before.infolist():
            content = WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", before.read(item))
            after.writestr(ZipInfo(item.filename, LONG_AGO), content, ZIP_DEFLATED)
    return same.getvalue()
