"""A response surface (kriging): what mixes that were not lived would bring, by those that were.

The covariance is that of a quadratic of the levers plus that of a smooth rest, so that few lives show the
lie of the land and more of them its details. Length and noise are those with the least error when each point
is left out in turn (Dubrule 1983).
"""

from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LENGTHS: Final = (0.5, 1.0, 2.0)  # in shares of the way through all levers
NOISES: Final = (1e-4, 1e-3, 1e-2)
QUADRATIC: Final = 10.0  # variance of the quadratic part; that of the rest is 1


class Surface:
    """Fitted to values of shape (points, outputs) at points of shape (points, levers), all from 0 to 1."""

    def __init__(self, points: Array, values: Array) -> None:
        self.points, self.centre = points, values.mean(axis=0)
        spread = values.std(axis=0)
        self.spread = np.where(spread > 0.0, spread, 1.0)
        scaled = (values - self.centre) / self.spread
        fits = [self._fit(scaled, length, noise) for length, noise in product(LENGTHS, NOISES)]
        best = np.argmin([errors for errors, _ in fits], axis=0)  # for each output its own
        choices = list(product(LENGTHS, NOISES))
        self.lengths = [choices[which][0] for which in best]
        self.weights = [fits[which][1][:, output] for output, which in enumerate(best)]

    def _fit(self, scaled: Array, length: float, noise: float) -> tuple[Array, Array]:
        """Mean squared error by output when each point is left out, and weights of the points."""
        inverse = np.linalg.inv(covariance(self.points, self.points, length) + noise * np.eye(len(scaled)))
        weights = inverse @ scaled
        left_out = weights / np.diag(inverse)[:, np.newaxis]
        return (left_out**2).mean(axis=0), weights

    def __call__(self, points: Array) -> Array:
        """Values at points of shape (points, levers), shape (points, outputs)."""
        by_length = {length: covariance(points, self.points, length) for length in set(self.lengths)}
        scaled = [
            by_length[length] @ weights for length, weights in zip(self.lengths, self.weights, strict=True)
        ]
        return np.asarray(self.centre + self.spread * np.stack(scaled, axis=1))


def covariance(one: Array, other: Array, length: float) -> Array:
    """Covariance of all pairs of points, shape (one, other)."""
    levers = one.shape[1]
    quadratic = QUADRATIC * (1.0 + (one - 0.5) @ (other - 0.5).T / levers) ** 2
    apart = ((one[:, np.newaxis, :] - other[np.newaxis, :, :]) ** 2).sum(axis=2)
    return np.asarray(quadratic + np.exp(-0.5 * apart / (length**2 * levers)))
