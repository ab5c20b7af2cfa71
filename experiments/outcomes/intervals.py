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


def mean_interval(found: Array, independent: float | None = None) -> dict[str, float]:
    """Mean over the cells with its 95 % interval (Student's t): mean, low, high.

    ``independent`` is what the cells are worth when not all of them are independent.
    """
    size = independent or len(found)
    half = t.ppf(0.5 + LEVEL / 2, size - 1) * np.std(found, ddof=1) / np.sqrt(size)
    mean = float(found.mean())
    return {"mean": mean, "low": mean - float(half), "high": mean + float(half)}


def share_difference(
    one: NDArray[np.bool_], other: NDArray[np.bool_], independent: float | None = None
) -> Difference:
    """Share of successes of one less that of the other in the same cells (Bonett and Price 2012, paired).

    ``independent`` is what the cells are worth when not all of them are independent.
    """
    cells = len(one)
    only_one = int((one & ~other).sum())
    only_other = int((other & ~one).sum())
    size = independent or cells
    part = size / cells
    first, second = (part * only_one + 1) / (size + 2), (part * only_other + 1) / (size + 2)
    half = Z_95 * float(np.sqrt((first + second - (first - second) ** 2) / (size + 2)))
    middle = first - second
    return Difference(
        (only_one - only_other) / cells, max(-1.0, middle - half), min(1.0, middle + half)
    )  # fmt: skip
