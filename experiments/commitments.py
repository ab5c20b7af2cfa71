"""What provinces have promised: a file read line by line, and refused in one line that says the way out."""

import csv
import math
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from sim.errors import InputError
from sim.outcomes.targets import TARGET_TIERS
from sim.policy.checks import way_out

FILE: Final = "commitments.csv"  # in the folder of a comparison
COLUMNS: Final = ("province", "tier", "commitment")
EXPECTED: Final = ",".join(COLUMNS)
MOST_PERSONS: Final = 100_000_000
WAYS: Final = ("name_en", "short", "name_zh", "abbr", "code")  # columns of the table of provinces


class Commitment(NamedTuple):
    """Craftsmen of one tier that a province promises by the end of the targets' year.

    ``province`` is the code of GB/T 2260, ``commitment`` in persons, ``source`` empty when not given.
    """

    province: str
    tier: str
    commitment: int
    source: str = ""


def read_commitments(path: Path) -> tuple[Commitment, ...]:
    """Read a CSV file with the columns province, tier and commitment, and a source if wanted.

    Raises
    ------
    InputError
        Naming the file, the line and the way out, for the first thing that is wrong.
    """
    found: dict[tuple[str, str], Commitment] = {}
    for where, row in _rows(path):
        promise = Commitment(
            province=_province(row["province"], where),
            tier=_tier(row["tier"], where),
            commitment=_persons(row["commitment"], where),
            source=" ".join(row.get("source", "").split()),
        )
        key = (promise.province, promise.tier)
        if key in found:
            raise InputError(
                f"{where}: the {promise.tier} tier of {row['province']} stands there twice; leave one row"
            )
        found[key] = promise
    if not found:
        raise InputError(f"{path} has no rows; expected lines with {EXPECTED}")
    return tuple(found.values())


def write_commitments(folder: Path, commitments: Sequence[Commitment]) -> None:
    """Keep commitments in a folder; read again by :func:`read_commitments`."""
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([Commitment._fields, *commitments])


def _rows(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Where each row stands, and its cells by column; empty lines are passed over."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_cells(path, csv.reader(file, strict=True, skipinitialspace=True)))
    except FileNotFoundError as error:
        raise InputError(f"{path} is not there; name a CSV file with the columns {EXPECTED}") from error
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} is not a CSV file in UTF-8 with the columns {EXPECTED}") from error


def _cells(path: Path, lines: Iterator[list[str]]) -> Iterator[tuple[str, dict[str, str]]]:
    head = [cell.strip() for cell in next(lines, [])]
    for column in COLUMNS if head else ():
        if head.count(column) != 1:
            lack = "has no column" if column not in head else "has twice the column"
            raise InputError(f"{path} {lack} '{column}'; expected {EXPECTED}")
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{path} line {number}"
        if len(cells) != len(head):
            raise InputError(
                f"{where} has {len(cells)} cells and the first line {len(head)}; write numbers without commas"
            )
        yield where, dict(zip(head, (cell.strip() for cell in cells), strict=True))


@cache
def _codes() -> dict[str, dict[str, str]]:
    """Codes of the provinces by name, for each way to write them."""
    from sim.data import load

    table = load("provinces").astype(str)
    return {way: dict(zip(table[way], table["code"], strict=True)) for way in WAYS}


def _province(text: str, where: str) -> str:
    """Code of a province, written in any way and case."""
    codes = _codes()
    known = {name.casefold(): code for names in codes.values() for name, code in names.items()}
    if text.casefold() not in known:
        written = "code" if text.isdigit() else "name_en" if text.isascii() else "short"
        raise InputError(f"{where}: unknown province '{text}': {way_out(text, codes[written])}")
    return known[text.casefold()]


def _tier(text: str, where: str) -> str:
    if text not in TARGET_TIERS:
        raise InputError(f"{where}: unknown tier '{text}': {way_out(text, TARGET_TIERS)}")
    return text


def _persons(text: str, where: str) -> int:
    """A whole number of persons."""
    try:
        persons = float(text)
    except ValueError:
        persons = float("nan")
    if not math.isfinite(persons):
        raise InputError(f"{where}: commitment '{text}' is not a number; write persons, for example 1000")
    if not 0 <= persons <= MOST_PERSONS or not persons.is_integer():
        raise InputError(f"{where}: commitment '{text}' must be a whole number from 0 to {MOST_PERSONS:,}")
    return int(persons)
