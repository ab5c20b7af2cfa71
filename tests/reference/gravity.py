"""Gravity: where migrants go, and where newcomers from other provinces come from."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.categories import PROVINCES
from sim.data import adjacency, distances_km, provincial
from sim.law import Law

Array = NDArray[np.float64]
EVERY: Final = np.arange(PROVINCES)
DIGITS: Final = 12  # what is left of numbers that come from powers


class Gravity:
    """The law of gravity between provinces; arrays are indexed home, origin, destination."""

    def __init__(self, law: Law) -> None:
        self.law = law
        population = provincial("population_census", 2020) ** law.gravity_population
        distance = distances_km().copy()
        np.fill_diagonal(distance, 1.0)  # no power of zero; nobody moves to where they are
        closeness = distance**-law.gravity_distance * np.exp(law.gravity_border * adjacency())
        self.place = population[None, :] * closeness
        np.fill_diagonal(self.place, 0.0)

    def push(self, wage: Array) -> Array:
        """Factor on leaving each province, by its wage relative to the mean."""
        return np.round((wage / wage.mean()) ** self.law.push_wage, DIGITS)

    def destinations(self, wage: Array, stock: Array, openness: Array) -> Array:
        """Cumulative chances of destinations, shape (31, 31, 31).

        ``stock``: persons by home and residence, shape (31, 31); ``wage`` and ``openness`` by province.
        """
        pull = self.place * (wage / wage.mean()) ** self.law.gravity_wage * openness
        of_home = stock.sum(axis=1, keepdims=True)
        network = ((stock + 1) / (of_home + PROVINCES)) ** self.law.gravity_network
        weight = pull[None, :, :] * network[:, None, :]
        weight[:, EVERY, EVERY] = 0.0
        return np.round(np.cumsum(weight / weight.sum(axis=2, keepdims=True), axis=2), DIGITS)


def homes_of_entrants(destinations: Array, stock: Array) -> list[list[float]]:
    """Cumulative chances of the homes of those who enter from outside, by province of work.

    People of each home would set out from there: as many as come from it, spread by gravity. All are zero
    for a province that is closed to others.
    """
    chance = np.diff(destinations, axis=2, prepend=0.0)[EVERY, EVERY]  # of destinations, seen from home
    persons = chance * stock.sum(axis=1)[:, None]
    np.fill_diagonal(persons, 0.0)
    share = persons / np.maximum(persons.sum(axis=0), np.finfo(float).tiny)
    return np.round(np.cumsum(share.T, axis=1), DIGITS).tolist()
