"""95 % intervals of what several cells share: means, and differences of shares."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from sim.outcomes.attainment import Z_95

Array = NDArray[np.float64]
LEVEL: Final = 0.95


class Difference(NamedTuple):
    """A difference over the same cells, with its 95 % interval."""

    value: float
    low: float
    high: float


def mean_interval(found: Array) -> dict[str, float]:
    """Mean over the cells with its 95 % interval (Student's t): mean, low, high."""
    half = t.ppf(0.5 + LEVEL / 2, len(found) - 1) * np.std(found, ddof=1) / np.sqrt(len(found))
    mean = float(found.mean())
    return {"mean": mean, "low": mean - float(half), "high": mean + float(half)}


def share_difference(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> Difference:
    """Share of successes of one less that of the other in the same cells (Bonett and Price 2012, paired)."""
    cells = len(one)
    only_one = int((one & ~other).sum())
    only_other = int((other & ~one).sum())
    first, second = (only_one + 1) / (cells + 2), (only_other + 1) / (cells + 2)
    half = Z_95 * float(np.sqrt((first + second - (first - second) ** 2) / (cells + 2)))
    middle = first - second
    return Difference(
        (only_one - only_other) / cells, max(-1.0, middle - half), min(1.0, middle + half)
    )  # fmt: skip
