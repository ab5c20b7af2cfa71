"""The outcomes whose causes are asked for: three attainments and five wider ones."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from sim.targets import COUNTED, TARGET_TIERS, Targets

Values = Mapping[tuple[str, str], float]  # of one year, by indicator and group
WIDER: Final[dict[str, tuple[str, Callable[[Values], float]]]] = {
    "high_skilled_share": (
        "share of the highly skilled in the workforce",
        lambda found: found["high_skilled", "all"] / found["workers", "all"],
    ),
    "skill_premium": ("wage of the highly skilled over those without a grade",
                      lambda found: found["skill_premium", "all"]),
    "satisfaction": ("mean satisfaction, points of 100", lambda found: found["satisfaction", "all"]),
    "settled_share": ("settled among inter-provincial migrants", lambda found: found["settled_share", "all"]),
    "young_entries": ("school leavers who enter in a year", lambda found: found["young_entries", "all"]),
}  # fmt: skip
NAMES: Final = (*(f"{tier}_attainment" for tier in TARGET_TIERS), *WIDER)
MEANINGS: Final = {f"{tier}_attainment": f"{tier} craftsmen over the target" for tier in TARGET_TIERS} | {
    name: meaning for name, (meaning, _) in WIDER.items()
}


def at_end(indicators: pd.DataFrame, targets: Targets) -> Values:
    """National figures of the targets' year."""
    year = indicators[(indicators["year"] == targets.year) & (indicators["province"] == "all")]
    keys: Any = zip(year["indicator"], year["group"], strict=True)
    return dict(zip(keys, year["value"], strict=True))


def outcomes(indicators: pd.DataFrame, targets: Targets) -> list[float]:
    """All outcomes at the end of the targets' year, in the order of ``NAMES``."""
    found = at_end(indicators, targets)
    counted = COUNTED[targets.counting]
    attained = [found[counted, f"tier={tier}"] / targets.required(tier) for tier in TARGET_TIERS]
    return [*attained, *(value(found) for _, value in WIDER.values())]
