"""Draws weighted by the first national round of craftsmen, for calibrations that know its year."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.first_round import PUBLISHED_SHARE, TRIALS, weights
from sim.policy.programme import FIRST_ROUND

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


class FirstRound:
    """Keeps each draw with the chance that the round gives it, so that those kept count alike.

    Parameters
    ----------
    until
        The last year whose figures are used; before the first round nothing is known, and all are kept.
    seed
        Of the calibration.
    """

    def __init__(self, until: int, seed: int) -> None:
        self.known = until >= FIRST_ROUND
        self._chance = np.random.default_rng((seed, FIRST_ROUND))
        self._matching, self._kept = np.empty(0), np.empty(0)

    def keep(self, matching: Mask, named: Array) -> Mask:
        """Those to be kept of the draws that match; ``named``: share that each named, shape (draws,)."""
        if not self.known:
            return matching
        kept = matching & (self._chance.random(named.size) < weights(named))
        self._matching = np.append(self._matching, named[matching])
        self._kept = np.append(self._kept, named[kept])
        return np.asarray(kept)

    def facts(self) -> dict[str, Any]:
        """What it told; empty when it was not known."""
        if not self.known:
            return {}
        return {
            "published": PUBLISHED_SHARE,
            "trials": TRIALS,
            "matching": self._matching.size,
            "mean_of_matching": float(self._matching.mean()) if self._matching.size else None,
            "kept": self._kept.size,
            "mean_of_kept": float(self._kept.mean()) if self._kept.size else None,
        }
