"""Ensemble smoother with multiple data assimilation (Emerick and Reynolds 2013).

An ensemble of parameter sets is drawn, simulated and pulled towards the data along its own covariances, a
few times, each time with a part of the information. It needs no gradients and some thousand runs however
many parameters there are. Covariances that a sample of this size shows by chance are left out (localisation
by correlation, Luo and Bhakta 2020), so that parameters without information keep their spread.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SIGNIFICANT: Final = 3.0  # correlations below so many standard errors, 1 / sqrt(members), count as none


def assimilate(
    parameters: Array,
    simulated: Array,
    observed: Array,
    sd: Array,
    inflation: float,
    chance: np.random.Generator,
) -> Array:
    """Pull an ensemble towards the data once.

    Parameters
    ----------
    parameters
        Shape (parameters, members), about standard normal beforehand.
    simulated
        Shape (rows, members): what each member makes of the observed rows.
    observed, sd
        Shape (rows,): figures, and their tolerance as a standard deviation.
    inflation
        By how much the variance of the tolerance is raised; the inverses of all rounds sum to 1.
    chance
        Of the noise added to the data, independent of the ensemble and of other rounds.

    Returns
    -------
    ndarray
        The new ensemble, shape (parameters, members).
    """
    rows, members = simulated.shape
    noise = chance.standard_normal((rows, members))
    noise -= noise.mean(axis=1, keepdims=True)
    misfit = (observed[:, None] - simulated) / sd[:, None] + np.sqrt(inflation) * noise
    spread = (simulated - simulated.mean(axis=1, keepdims=True)) / sd[:, None]
    deviation = parameters - parameters.mean(axis=1, keepdims=True)
    together = deviation @ spread.T / (members - 1)
    within = spread @ spread.T / (members - 1) + inflation * np.eye(rows)
    return np.asarray(
        parameters + _significant(together, deviation, spread) @ np.linalg.solve(within, misfit)
    )


def _significant(together: Array, deviation: Array, spread: Array) -> Array:
    """Covariances whose correlation is beyond what chance gives a sample of this size; others are zero."""
    members = deviation.shape[1]
    scale = np.outer(deviation.std(axis=1, ddof=1), spread.std(axis=1, ddof=1))
    correlation = np.divide(together, scale, out=np.zeros_like(together), where=scale > 0.0)
    return np.where(np.abs(correlation) > SIGNIFICANT / np.sqrt(members), together, 0.0)
