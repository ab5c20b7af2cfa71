"""What the futures of mixes of measures bring: attainments, wider outcomes, and costs."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.at_end import spending
from experiments.outcomes.attained import NAMES
from experiments.outcomes.attained import outcomes as attained
from experiments.runs.records import NATION, Records
from sim.categories import FAMILIES, PLACES
from sim.targets import Targets

Array = NDArray[np.float64]
COST: Final = "cost"  # billion yuan, from 2025 to the year of the targets
SPENT_ON: Final = (*FAMILIES, PLACES)
OUTPUTS: Final = (*NAMES, COST, *(f"{COST}_{name}" for name in SPENT_ON))


def outcomes(records: Records, targets: Targets) -> Array:
    """What the lives bring, shape (lives, ``OUTPUTS``)."""
    spent = spending(records, (NATION, *SPENT_ON)).sum(axis=2)
    return np.concatenate((attained(records, targets), spent), axis=1)
