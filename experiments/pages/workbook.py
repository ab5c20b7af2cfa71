"""All numbers of a page as one workbook: contents, then a sheet for each table; the same bytes each time."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape
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
DIMENSION: Final = re.compile(r'(<dimension ref="A1:[A-Z]+)1(")')
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
        _fill(page, [list(sheet.data.columns)])
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
    return _whole(book, [sheet.data.head(MOST_ROWS) for sheet in sheets])


def _fill(page: Any, rows: Sequence[Sequence[Any]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if _known(value):
                cell = page.cell(number, column, _written(value))
                if isinstance(value, str):
                    cell.data_type = "s"


def _known(value: Any) -> bool:
    return not (value is None or value is pd.NA or value != value)  # noqa: PLR0124 - nan is no number


def _written(value: Any) -> Any:
    """A value as a cell takes it: texts as they can be shown, zero without a sign."""
    if isinstance(value, str):
        return _shown(value)
    return value + 0.0 if isinstance(value, float) else value


def _shown(text: str) -> str:
    """A text in which signs that no workbook may hold are written out, as Python writes them."""
    return NOT_IN_XML.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def _whole(book: "Workbook", tables: Sequence[pd.DataFrame]) -> bytes:
    """The file without the moment of its writing; below the names of its columns, each table has its rows.

    openpyxl writes them ten times more slowly, cell by cell.
    """
    written, whole = BytesIO(), BytesIO()
    book.save(written)
    rows = {f"xl/worksheets/sheet{place}.xml": table for place, table in enumerate(tables, start=2)}
    with ZipFile(written) as before, ZipFile(whole, "w", ZIP_DEFLATED) as after:
        for item in before.infolist():
            content = WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", before.read(item))
            if item.filename in rows:
                content = _with_rows(content.decode(), rows[item.filename]).encode()
            after.writestr(ZipInfo(item.filename, LONG_AGO), content, ZIP_DEFLATED)
    return whole.getvalue()


def _with_rows(sheet: str, table: pd.DataFrame) -> str:
    """A sheet, which names the columns, with the rows of the table."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(column) for column in range(1, table.shape[1] + 1)]
    last, rows = 1, []
    for number, row in enumerate(table.astype(object).to_numpy().tolist(), start=2):
        known = [(letter, value) for letter, value in zip(letters, row, strict=True) if _known(value)]
        if known:
            cells = "".join(_cell(f"{letter}{number}", _written(value)) for letter, value in known)
            rows.append(f'<row r="{number}">{cells}</row>')
            last = number
    sheet = DIMENSION.sub(rf"\g<1>{last}\g<2>", sheet, count=1)
    return sheet.replace("</sheetData>", f"{''.join(rows)}</sheetData>", 1)


def _cell(place: str, value: Any) -> str:
    """A cell in the words of the format."""
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value != value.strip() else ""
        text = f"><is><t{space}>{escape(value)}</t></is></c>" if value else " />"
        return f'<c r="{place}" t="inlineStr"{text}'
    kind, number = "b" if isinstance(value, bool) else "n", f"{value:.16g}" if math.isfinite(value) else ""
    return f'<c r="{place}" t="{kind}"><v>{number}</v></c>'
