"""Where migrants go: a gravity law of population, wages, distance, borders, networks and openness."""

import numpy as np
from numpy.typing import NDArray

from sim.categories import PROVINCES
from sim.compiled import compiled, inlined
from sim.data import adjacency, distances_km, provincial
from sim.law import Law
from sim.rates import Rates

DIGITS = 12  # tables are rounded, because powers differ between processors in the last bit
STEPS = 10.0**DIGITS


@inlined
def rounded(chance: float) -> float:
    """The chance to so many digits, as numpy rounds."""
    return np.rint(chance * STEPS) / STEPS


@compiled
def cumulative(pull: NDArray[np.float64], network: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cumulative chances in proportion to pull x network, shape (31 home, 31 origin, 31 destination).

    ``pull``: by origin and destination; ``network``: by home and destination. Each loop is short enough for
    vectors but the one that adds up.
    """
    chances = np.empty((PROVINCES, PROVINCES, PROVINCES))
    for home in range(PROVINCES):
        for origin in range(PROVINCES):
            row, total, running = chances[home, origin], 0.0, 0.0
            for destination in range(PROVINCES):
                row[destination] = pull[origin, destination] * network[home, destination]
                total += row[destination]
            for destination in range(PROVINCES):
                row[destination] /= total
            for destination in range(PROVINCES):
                running += row[destination]
                row[destination] = running
            for destination in range(PROVINCES):
                row[destination] = rounded(row[destination])
    return chances


class Gravity:
    """Chances of destinations by home and present province."""

    def __init__(self, law: Law) -> None:
        self._law = law
        population = provincial("population_census", 2020)
        distance = np.where(np.eye(PROVINCES, dtype=bool), 1.0, distances_km())
        attraction = population**law.gravity_population
        closeness = distance**-law.gravity_distance * np.exp(law.gravity_border * adjacency())
        self._fixed = attraction[None, :] * closeness
        np.fill_diagonal(self._fixed, 0.0)

    def destinations(
        self, wage: NDArray[np.float64], stock: NDArray[np.int64], rates: Rates
    ) -> NDArray[np.float64]:
        """Cumulative chances, shape (31 home, 31 origin, 31 destination).

        Parameters
        ----------
        wage : shape (31,)
            Mean wage by province in yuan a month.
        stock : shape (31, 31)
            Persons by home and province of residence.
        rates : Rates
            For the openness of each destination.
        """
        pull = self._fixed * (wage[None, :] / wage.mean()) ** self._law.gravity_wage
        pull = pull * rates.openness[None, :]
        share = (stock + 1.0) / (stock.sum(axis=1, keepdims=True) + PROVINCES)
        return cumulative(pull, share**self._law.gravity_network)

    def push(self, wage: NDArray[np.float64]) -> NDArray[np.float64]:
        """Factor on leaving each province, shape (31,): falls with its wage relative to the mean."""
        return np.asarray(np.round((wage / wage.mean()) ** self._law.push_wage, DIGITS))
