"""Every number that a result rests on, as files beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.runs.files import write_json
from experiments.tables.handed_out import write_csv
from experiments.tables.rows import in_a_cell

FILE: Final = "assumptions.json"


def write_assumptions(folder: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what ``Inputs.assumptions`` gives as JSON, and as CSV with the numbers of a list in one cell."""
    write_json(folder / FILE, rows)
    flat = [{key: in_a_cell(value) for key, value in row.items()} for row in rows]
    write_csv(pd.DataFrame(flat), folder / "assumptions.csv")
