"""What lies in a store of lives."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.runs.plan import RECORD
from experiments.runs.store import LifeStore


def lives_kept(results: Path) -> list[dict[str, Any]]:
    """Facts of the lives whose record is kept below a results folder."""
    parts = LifeStore(results).parts()
    return [facts for part in parts for facts in part.lives if RECORD in facts["holds"]]


def kept_figures(results: Path) -> Iterator[tuple[dict[str, Any], NDArray[np.float64]]]:
    """Facts and figures of those lives, the years that they share with others among them."""
    for part in LifeStore(results).parts():
        for facts in part.lives:
            if RECORD in facts["holds"]:
                arrays = part.read({facts["history"], facts["run_id"]})
                yield facts, np.concatenate(list(arrays.values()))
