"""Are standardised counts distributed as the standard normal? Tests with a correction for their number."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

LEAST: Final = 0.01  # smallest p-value, times the number of tests, of an accepted result


def normal_tests(z: NDArray[np.float64]) -> dict[str, float]:
    """p-values of a set of standardised counts: shape of the distribution, spread, and common shift."""
    flat = z.ravel()
    spread = float(stats.chi2.cdf((flat**2).sum(), flat.size))
    shift = float(flat.sum() / np.sqrt(flat.size))
    return {
        "ks": float(stats.kstest(flat, "norm").pvalue),
        "chi_square": 2.0 * min(spread, 1.0 - spread),
        "shift": float(2.0 * stats.norm.sf(abs(shift))),
    }


def corrected(p_values: list[float]) -> float:
    """Bonferroni: the smallest p-value times their number, at most 1."""
    return min(1.0, min(p_values) * len(p_values))
