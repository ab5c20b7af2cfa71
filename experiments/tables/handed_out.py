"""The CSV files that the product writes: one form, which spreadsheets and programs read alike.

Whole numbers stand whole, whatever their size. A file that holds more than ASCII begins with the mark by
which Excel knows UTF-8. A text that a spreadsheet would calculate has an apostrophe before it.
"""

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from experiments.tables.handed_in import TEXT_SIGN

OF_FORMULAS: Final = ("=", "+", "-", "@")
ALL_WHOLE: Final = 2.0**53  # below it every whole number has a float of its own


def write_csv(table: pd.DataFrame, path: Path, digits: int | None = None) -> None:
    """Write a table; see :func:`csv_bytes`."""
    path.write_bytes(csv_bytes(table, digits))


def csv_bytes(table: pd.DataFrame, digits: int | None = None) -> bytes:
    """The content of a CSV file.

    Parameters
    ----------
    table
        The index is left out.
    digits
        Significant digits of numbers that are not whole, of which the whole part is never rounded away;
        None for all that they have.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([_cell(name, digits) for name in table.columns])
    columns = (table.iloc[:, place].astype(object) for place in range(table.shape[1]))
    writer.writerows(zip(*([_cell(value, digits) for value in column] for column in columns), strict=True))
    text = file.getvalue()
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def read_csv(path: Path, texts: Sequence[str] = ("scenario",)) -> pd.DataFrame:
    """Read a table that :func:`write_csv` wrote.

    ``texts`` are columns that hold texts also where these look like numbers: 2030 may name a scenario.
    """
    table = pd.read_csv(path, dtype=dict.fromkeys(texts, str), keep_default_na=False, na_values=[""])
    return table.map(lambda cell: TEXT_SIGN.sub("", cell) if isinstance(cell, str) else cell)


def _cell(value: Any, digits: int | None) -> Any:
    """A value as the file shows it; empty when it is not known."""
    if isinstance(value, float | np.floating):
        return _number(float(value), digits)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(OF_FORMULAS) else value
    return None if value is pd.NA or value is pd.NaT else value


def _number(value: float, digits: int | None) -> str:
    if math.isnan(value):
        return ""
    if value.is_integer() and abs(value) < ALL_WHOLE:
        return str(int(value))
    text = repr(value) if digits is None else f"{value:.{digits}g}"
    return f"{value:.0f}" if "e+" in text and abs(value) < ALL_WHOLE else text
