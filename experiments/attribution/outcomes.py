"""What is attributed: the craftsmen of each tier, in persons, and five wider outcomes."""

from typing import Final

import pandas as pd

from experiments.importance.outcomes import WIDER, at_end
from experiments.report.language import Labels
from sim.targets import COUNTED, TARGET_TIERS, Targets

NAMES: Final = (*TARGET_TIERS, *WIDER)
MEANINGS: Final = Labels(
    {"national": "national craftsmen", "provincial": "provincial craftsmen", "city": "city craftsmen"}
    | {name: meaning for name, (meaning, _) in WIDER.items()}
)


def outcomes(indicators: pd.DataFrame, targets: Targets) -> list[float]:
    """All outcomes at the end of the targets' year, in the order of ``NAMES``."""
    found = at_end(indicators, targets)
    counted = COUNTED[targets.counting]
    heads = [found[counted, f"tier={tier}"] for tier in TARGET_TIERS]
    return [*heads, *(value(found) for _, value in WIDER.values())]
