"""What provinces have promised: a file read line by line, and refused in one line that says the way out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from experiments.tables.handed_in import read_rows
from experiments.tables.handed_out import write_csv
from experiments.tables.quantities import PERSONS, number_of, powers_between
from sim.checks import way_out
from sim.errors import InputError
from sim.policy.provinces import half_width, province_code
from sim.targets import TARGET_TIERS

FILE: Final = "commitments.csv"  # in the folder of a comparison
COLUMNS: Final = ("province", "tier", "commitment")
MOST_PERSONS: Final = 100_000_000


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
    for where, row in read_rows(path, COLUMNS):
        promise = Commitment(
            province=province_code(row["province"], where),
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
    return tuple(found.values())


def write_commitments(folder: Path, commitments: Sequence[Commitment]) -> None:
    """Keep commitments in a folder; read again by :func:`read_commitments`."""
    write_csv(pd.DataFrame(commitments, columns=list(Commitment._fields)), folder / FILE)


def _tier(text: str, where: str) -> str:
    tier = half_width(text).casefold()
    if tier not in TARGET_TIERS:
        raise InputError(f"{where}: unknown tier '{text}': {way_out(text, TARGET_TIERS)}")
    return tier


def _persons(text: str, where: str) -> int:
    """A whole number of persons."""
    found = number_of(text)
    powers = found and powers_between(found[1] or PERSONS, PERSONS)
    if found is None or powers is None:
        raise InputError(f"{where}: commitment '{text}' is not a number; write persons, for example 1000")
    persons = found[0].scaleb(powers)
    if not 0 <= persons <= MOST_PERSONS or persons != int(persons):
        raise InputError(f"{where}: commitment '{text}' must be a whole number from 0 to {MOST_PERSONS:,}")
    return int(persons)
