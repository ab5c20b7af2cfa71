"""From recorded lives to what questions ask of the targets' year: one definition of each outcome."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.runs.records import NATION, Records
from sim.calendar import FORK_YEAR
from sim.targets import COUNTED, TARGET_TIERS, Targets

Array = NDArray[np.float64]


@dataclass(frozen=True)
class AtEnd:
    """National figures of one year, shape (lives,) each, by indicator and group."""

    records: Records
    year: int

    def __getitem__(self, name: tuple[str, str]) -> Array:
        """A figure; KeyError for one that is not recorded."""
        return self.records.at(self.year, *name)


WIDER: Final[dict[str, tuple[str, Callable[[AtEnd], Array]]]] = {
    "high_skilled_share": (
        "share of the highly skilled in the workforce",
        lambda found: found["high_skilled", NATION] / found["workers", NATION],
    ),
    "skill_premium": ("wage of the highly skilled over those without a grade",
                      lambda found: found["skill_premium", NATION]),
    "satisfaction": ("mean satisfaction, points of 100", lambda found: found["satisfaction", NATION]),
    "settled_share": ("settled among inter-provincial migrants",
                      lambda found: found["settled_share", NATION]),
    "young_entries": ("school leavers who enter in a year", lambda found: found["young_entries", NATION]),
}  # fmt: skip


def heads(records: Records, targets: Targets) -> Array:
    """Craftsmen by tier as the targets count them, shape (lives, 3), in the order of ``TARGET_TIERS``."""
    counted, found = COUNTED[targets.counting], AtEnd(records, targets.year)
    return np.stack([found[counted, f"tier={tier}"] for tier in TARGET_TIERS], axis=1)


def required(targets: Targets) -> Array:
    """Craftsmen that the targets ask for, shape (3,)."""
    return np.array([float(targets.required(tier)) for tier in TARGET_TIERS])


def attainments(records: Records, targets: Targets) -> Array:
    """Craftsmen over the targets, shape (lives, 3)."""
    return heads(records, targets) / required(targets)


def wider(records: Records, targets: Targets) -> Array:
    """The outcomes of ``WIDER``, shape (lives, 5)."""
    found = AtEnd(records, targets.year)
    return np.stack([value(found) for _, value in WIDER.values()], axis=1)


def spending(records: Records, groups: Sequence[str]) -> Array:
    """Billion yuan in each year after the fork, shape (lives, groups, years); group ``all`` is everything."""
    named = [group if group == NATION else f"family={group}" for group in groups]
    paths = [records.since(FORK_YEAR, "spending", group) for group in named]
    return np.stack(paths, axis=1) / 1e3
