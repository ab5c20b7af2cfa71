"""The published figures as files, checked against their SHA-256 before any number is used."""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

FOLDER: Final = Path(__file__).parent
SUMS: Final = FOLDER / "SHA256SUMS"
WAY_OUT: Final = "restore it from the repository (git checkout sim/data)"


@cache
def expected_sums() -> dict[str, str]:
    """SHA-256 in hexadecimal of every data file, by file name."""
    if not SUMS.is_file():
        raise InputError(f"data file sim/data/{SUMS.name} is missing: {WAY_OUT}")
    pairs = (line.split() for line in SUMS.read_text(encoding="ascii").splitlines())
    return {name: digest for digest, name in pairs}


def checked_path(file_name: str) -> Path:
    """Path of a data file whose content is the one the repository holds.

    Raises
    ------
    InputError
        If the file is not listed, is missing or was changed.
    """
    expected = expected_sums().get(file_name)
    if expected is None:
        raise InputError(f"there is no data file {file_name}: choose one of {', '.join(expected_sums())}")
    path = FOLDER / file_name
    if not path.is_file():
        raise InputError(f"data file sim/data/{file_name} is missing: {WAY_OUT}")
    if expected not in _sums(path.read_bytes()):
        raise InputError(f"data file sim/data/{file_name} has changed: {WAY_OUT}, or renew SHA256SUMS")
    return path


def _sums(content: bytes) -> set[str]:
    """SHA-256 of a content with whatever ends its lines: Git and archives may change that, and no figure."""
    unix = content.replace(b"\r\n", b"\n")
    return {hashlib.sha256(one).hexdigest() for one in (content, unix, unix.replace(b"\n", b"\r\n"))}


@cache
def _table(name: str) -> "pd.DataFrame":
    import pandas as pd  # only now: it takes longer to import than all tables to read

    return pd.read_csv(checked_path(f"{name}.csv"), encoding="utf-8")


def load(name: str) -> "pd.DataFrame":
    """One data file as a table of its own, which the caller may change; ``name`` has no suffix."""
    return _table(name).copy()


def verify_all() -> None:
    """Check every data file; raises :class:`InputError` for the first that is missing or changed."""
    for file_name in expected_sums():
        checked_path(file_name)


def data_hash() -> str:
    """SHA-256 in hexadecimal over the names and contents of all data files, for run ids."""
    verify_all()
    lines = (f"{digest}  {name}\n" for name, digest in sorted(expected_sums().items()))
    return hashlib.sha256("".join(lines).encode("ascii")).hexdigest()
