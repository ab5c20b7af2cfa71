"""What is attributed: the craftsmen of each tier, in persons, and five wider outcomes."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.at_end import WIDER, heads, wider
from experiments.pages.language import Labels
from experiments.runs.records import Records
from sim.targets import TARGET_TIERS, Targets

NAMES: Final = (*TARGET_TIERS, *WIDER)
MEANINGS: Final = Labels(
    {"national": "national craftsmen", "provincial": "provincial craftsmen", "city": "city craftsmen"}
    | {name: meaning for name, (meaning, _) in WIDER.items()}
)


def outcomes(records: Records, targets: Targets) -> NDArray[np.float64]:
    """All outcomes at the end of the targets' year, shape (lives, ``NAMES``)."""
    return np.concatenate((heads(records, targets), wider(records, targets)), axis=1)
