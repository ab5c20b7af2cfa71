"""CSV files that somebody hands in: read in the ways that spreadsheets write them, or refused in one line."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sim.errors import InputError
from sim.policy.provinces import half_width

SAVE: Final = "save it as 'CSV UTF-8'"
WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
SEPARATORS: Final = ",;\t\uff0c\uff1b"  # the last are those of Chinese keyboards
END_OF_LINE: Final = re.compile("\r\n|\r|\n")
NOT_WRITTEN: Final = "\n\r\t"  # control characters that may stand in a cell
LOST: Final = "\N{REPLACEMENT CHARACTER}\ufffe\uffff"
COMMA_IN_NUMBER: Final = re.compile("[0-9]+,[0-9]+")
TEXT_SIGN: Final = re.compile("^'(?=[=+@-])")  # keeps a spreadsheet from calculating a text
LONGEST_SHOWN: Final = 40


class Row(NamedTuple):
    """Cells by column, as text, and the place of the row for messages: file and line as an editor counts."""

    where: str
    cells: dict[str, str]


def read_rows(path: Path, required: Sequence[str]) -> list[Row]:
    """Read a CSV file as texts; names of columns in small letters, empty rows passed over.

    UTF-8, GB18030 as a Chinese Excel writes it, and UTF-16 with its mark; parted by commas, semicolons or
    tabs.

    Raises
    ------
    InputError
        Naming the file, the line and the way out, for whatever cannot be read in one way only.
    """
    expected = ",".join(required)
    lines = _lines(path, _text(path, expected), expected)
    _, head = next(lines, ("", []))
    names = _names(path, head, required) if head else []
    rows = [Row(where, _by_name(names, cells, required, where)) for where, cells in lines]
    if not rows:
        raise InputError(f"{path} has no rows; expected lines with {expected}")
    return rows


def _text(path: Path, expected: str) -> str:
    """The content of the file, whichever of the usual encodings it has."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path} is not there; name a CSV file with the columns {expected}") from error
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    if content.startswith(WORKBOOKS):
        raise InputError(f"{path} is a workbook, not a CSV file with the columns {expected}; {SAVE}")
    mark = next((mark for mark in MARKS if content.startswith(mark)), None)
    for encoding in (MARKS[mark],) if mark else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or not any(unicodedata.category(sign) in ("Co", "Cn") for sign in set(text)):
            return text
    raise InputError(f"{path} is not a CSV file in UTF-8 or GB18030 with the columns {expected}; {SAVE}")


def _lines(path: Path, text: str, expected: str) -> Iterator[tuple[str, list[str]]]:
    """Rows that hold anything, each with its place."""
    first = next((line for line in END_OF_LINE.split(text) if line.strip()), "")
    separator = next((sign for sign in SEPARATORS if sign in first), ",")
    file = io.StringIO(text, newline="")
    reader = csv.reader(file, delimiter=separator, strict=True, skipinitialspace=separator != "\t")
    while True:
        where = f"{path} line {reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = "the quotation mark is not closed" if "end of data" in str(error) else error
            raise InputError(
                f"{where} is no row of a CSV file with the columns {expected}: {reason}"
            ) from error
        if any(cell.strip() for cell in cells):
            yield where, [_checked(cell, separator, where) for cell in cells]


def _checked(cell: str, separator: str, where: str) -> str:
    """A cell without the spaces around it; refused with signs that no table can show."""
    for sign in cell:
        if sign in LOST or (unicodedata.category(sign) == "Cc" and sign not in NOT_WRITTEN):
            raise InputError(f"{where} holds the sign {sign.encode('unicode_escape').decode()}; leave it out")
    text = cell.strip()
    if separator != "," and COMMA_IN_NUMBER.fullmatch(text):
        raise InputError(f"{where}: '{text}' may be thousands or decimals; write it without the comma")
    return TEXT_SIGN.sub("", text)


def _names(path: Path, head: list[str], required: Sequence[str]) -> list[str]:
    """Names of the columns, each once; a column at the end may have none."""
    names = ["_".join(half_width(cell).strip("\ufeff").casefold().split()) for cell in head]
    for column in required:
        if column not in names:
            raise InputError(f"{path} has no column '{column}'; expected {','.join(required)}")
    for name in names:
        if name and names.count(name) > 1:
            raise InputError(f"{path} has twice the column '{name}'; leave one of them")
    while not names[-1]:
        names.pop()
    return names


def _by_name(names: list[str], cells: list[str], required: Sequence[str], where: str) -> dict[str, str]:
    """The cells of a row by the names of the columns; cells without a column must be empty."""
    last = 1 + max(names.index(column) for column in required)
    if any(cells[len(names) :]) or len(cells) < last:
        raise InputError(
            f"{where} has {len(cells)} cells and the first line {len(names)}; write numbers without commas"
        )
    whole = [*cells, *[""] * (len(names) - len(cells))]
    for name, cell, behind in zip(names, whole, [*whole[1:], ""], strict=False):
        if not name and cell:
            raise InputError(f"{where}: '{cell[:LONGEST_SHOWN]}' stands in a column without a name; name it")
        if name == required[-1] and _one_number(cell, behind):
            raise InputError(f"{where}: '{cell},{behind}' is one number in two cells; write it as one")
    return {name: cell for name, cell in zip(names, whole, strict=False) if name}


def _one_number(cell: str, behind: str) -> bool:
    """Whether two cells look like one number that a comma has cut."""
    return bool(re.fullmatch("[1-9][0-9]{0,2}", cell) and re.fullmatch("[0-9]{3}", behind))
