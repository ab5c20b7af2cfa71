"""Origins and destinations: observed and simulated matrices, and how alike they are."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.categories import PROVINCE_CODES, PROVINCES

Array = NDArray[np.float64]
CODES: Final = [str(code) for code in PROVINCE_CODES]


def matrix(flows: pd.DataFrame) -> Array:
    """Flows of one year by origin and destination, shape (31, 31); nan where there is none."""
    table = flows.pivot_table(index="origin", columns="dest", values="value", aggfunc="sum")
    found: Array = table.reindex(index=CODES, columns=CODES).to_numpy(np.float64)
    return found


def likeness(observed: Array, simulated: Array) -> dict[str, float]:
    """How alike two matrices are, off the diagonal, where both have figures; scaled to the same total.

    Returns
    -------
    dict
        ``correlation`` of all cells; ``origin_share_correlation`` of the shares of origins within each
        destination; ``dissimilarity``, the share that would have to go elsewhere; ``common_part``, the
        common part of commuters (Lenormand and others 2012); both of the last between 0 and 1. A correlation
        of figures that are all the same, or of one, is nan.
    """
    known = np.isfinite(observed) & ~np.eye(PROVINCES, dtype=bool)
    one, two = np.where(known, observed, 0.0), np.where(known, simulated, 0.0)
    one, two = (part / max(part.sum(), np.finfo(float).tiny) for part in (one, two))
    shares = [np.divide(part, part.sum(axis=0), out=np.zeros_like(part), where=part.sum(axis=0) > 0)
              for part in (one, two)]  # fmt: skip
    return {
        "correlation": _correlation(one[known], two[known]),
        "origin_share_correlation": _correlation(shares[0][known], shares[1][known]),
        "dissimilarity": float(0.5 * np.abs(one - two).sum()),
        "common_part": float(2.0 * np.minimum(one, two).sum() / (one.sum() + two.sum())),
    }


def _correlation(one: Array, two: Array) -> float:
    varied = min(np.ptp(one), np.ptp(two)) > 0.0
    return float(np.corrcoef(one, two)[0, 1]) if varied else float("nan")
