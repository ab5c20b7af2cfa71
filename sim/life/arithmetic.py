"""Small arithmetic of the passes over many workers."""

import numpy as np
from numpy.typing import NDArray

from sim.compiled import inlined


@inlined
def bounded(share: float) -> float:
    """The share, kept between 0 and 1."""
    return min(1.0, max(0.0, share))


@inlined
def largest(values: NDArray[np.float64]) -> float:
    """The largest of some numbers."""
    found = -np.inf
    for value in values.flat:
        found = max(found, value)
    return found


@inlined
def either(condition: np.bool_, yes: float, no: float) -> float:
    """One of two finite numbers, exactly, without a jump.

    Which worker comes next cannot be guessed, and a wrong guess of the processor costs as much as a
    dozen multiplications.
    """
    chosen = float(int(condition))
    return chosen * yes + (1.0 - chosen) * no
