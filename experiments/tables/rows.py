"""Rows of a table as plain values, and plain values as a cell takes them."""

from typing import Any

import pandas as pd


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, one mapping each."""
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def in_a_cell(value: Any) -> Any:
    """A value as a cell takes it: a list as its parts with commas."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
