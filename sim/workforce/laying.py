"""How agents are laid over the cells of the first population: more densely where high grades are rare.

Craftsmen are chosen province by province from the highest grades. A small population has no agent of such a
grade in a small province, or one, and places would stay empty. So the agents of these grades stand for fewer
persons each, where there would be too few of them. With one agent per person all are laid alike.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.categories import HIGHLY_SKILLED
from sim.compiled import compiled
from sim.constants import constant
from sim.workforce.margins import AXES, GRADE, PROVINCE

PARTS: Final = 1 << 34  # shares become integers, so that every machine places the same workers
LARGEST_WEIGHT: Final = 65_535
AGENTS_WANTED: Final = constant("agents_of_high_grade_wanted")
NOBODY: Final = 1e-9  # agents
COMMON: Final = 1 << 20  # units that an agent stands for where agents are laid alike


class Laying(NamedTuple):
    """Which agents are in which cell, and how many persons they stand for.

    Attributes
    ----------
    start : ndarray of int64
        First agent of each cell, and the number of agents at the end.
    units, units_before : ndarray of int64
        By cell: units that each of its agents stands for, and all agents of the cells before.
    persons_per_unit : float
        Persons are units times this, rounded when cumulated, so that they sum exactly.
    """

    start: NDArray[np.int64]
    units: NDArray[np.int64]
    units_before: NDArray[np.int64]
    persons_per_unit: float


def density(share: NDArray[np.float64], agents: int, persons: int) -> NDArray[np.int64]:
    """How many times as densely as others the agents of a province and grade are laid, 1 for most.

    The result has the axes of ``share``. All agents beyond the fewest possible may be spent on it, so that
    no weight becomes too large.
    """
    others = tuple(axis for axis in range(len(AXES)) if axis not in (PROVINCE, GRADE))
    expected = agents * share.sum(axis=others, keepdims=True)
    rare = expected[:, :, HIGHLY_SKILLED:].size
    spare = agents - (persons // LARGEST_WEIGHT + 1)
    wanted = min(AGENTS_WANTED, spare / rare)
    times = np.ceil(np.clip(wanted / np.maximum(expected, NOBODY), 1.0, max(1, persons // agents // 2)))
    times[:, :, :HIGHLY_SKILLED] = 1.0
    return np.asarray(times, dtype=np.int64)


@compiled
def cumulate(
    share: NDArray[np.float64], times: NDArray[np.int64], agents: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """First agent of each cell, units of each of its agents, units before it; both ends, so one more of each.

    ``share`` and ``times`` hold a number for each cell, shape (cells,).
    """
    up_to, units, before = (
        np.zeros(share.size + 1, np.int64),
        COMMON // times,
        np.zeros(share.size + 1, np.int64),
    )
    for cell in range(share.size):
        up_to[cell + 1] = up_to[cell] + int(np.rint(share[cell] * PARTS)) * times[cell]
    total = up_to[-1]
    start = up_to
    for cell in range(up_to.size):
        start[cell] = (up_to[cell] * agents + total // 2) // total
    for cell in range(share.size):
        before[cell + 1] = before[cell] + (start[cell + 1] - start[cell]) * units[cell]
    return start, units, before


def lay(share: NDArray[np.float64], agents: int, persons: int) -> Laying:
    """Round the cumulated shares, so that any run of neighbouring cells is right to one agent."""
    times = np.broadcast_to(density(share, agents, persons), share.shape).ravel()
    start, units, before = cumulate(share.ravel(), times, agents)
    return Laying(start, units, before, persons / int(before[-1]))
