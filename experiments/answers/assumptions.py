"""Every number that a result rests on, as files beside it."""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from experiments.runs.files import write_json
from experiments.tables.handed_out import write_csv
from experiments.tables.rows import in_a_cell

if TYPE_CHECKING:
    from sim.inputs import Inputs


def write_assumptions(folder: Path, inputs: "Inputs") -> None:
    """Write ``assumptions.json``, and ``assumptions.csv`` with the numbers of a list in one cell."""
    rows = inputs.assumptions()
    write_json(folder / "assumptions.json", rows)
    flat = [{key: in_a_cell(value) for key, value in row.items()} for row in rows]
    write_csv(pd.DataFrame(flat), folder / "assumptions.csv")
