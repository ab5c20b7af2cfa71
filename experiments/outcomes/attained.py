"""The outcomes whose causes are asked for: three attainments and five wider ones."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.at_end import WIDER, attainments, wider
from experiments.pages.language import Labels
from experiments.runs.records import Records
from sim.targets import TARGET_TIERS, Targets

NAMES: Final = (*(f"{tier}_attainment" for tier in TARGET_TIERS), *WIDER)
MEANINGS: Final = Labels(
    {
        "national_attainment": "national craftsmen over the target",
        "provincial_attainment": "provincial craftsmen over the target",
        "city_attainment": "city craftsmen over the target",
    }
    | {name: meaning for name, (meaning, _) in WIDER.items()}
)


def outcomes(records: Records, targets: Targets) -> NDArray[np.float64]:
    """All outcomes at the end of the targets' year, shape (lives, ``NAMES``)."""
    return np.concatenate((attainments(records, targets), wider(records, targets)), axis=1)
