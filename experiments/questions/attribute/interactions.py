"""What two players add together beyond what each adds alone, by least squares over all cells.

On the way there a player meets those before it in the order of its cell, on the way back those after it. As
far as players interact by twos, what it adds there less what it adds back is the sum of its interactions with
the former less that with the latter. Every cell gives one such equation for each player. Leaving out one cell
at a time gives the intervals (jackknife).
"""

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t

from experiments.outcomes.intervals import LEVEL
from experiments.questions.attribute.shapley import NAMES, Array, Lived, added


def pairs(lived: Lived) -> pd.DataFrame:
    """Interaction of every two players in each outcome: outcome, first, second, mean, low, high.

    Above zero the two help each other. No rows when the cells are too few to tell the interactions apart.
    """
    names = list(combinations(lived.players, 2))
    there, back = added(lived)
    found = interactions(lived.orders, there - back)
    rows = [
        {"outcome": outcome, "first": first, "second": second, "mean": mean, "low": low, "high": high}
        for column, outcome in enumerate(NAMES)
        for (first, second), (mean, low, high) in zip(names, found[:, :, column].T, strict=False)
    ]
    return pd.DataFrame(rows, columns=["outcome", "first", "second", "mean", "low", "high"])


def interactions(orders: NDArray[np.int64], gained: Array) -> Array:
    """Interaction of every two players, as :func:`itertools.combinations` names them, with 95 % intervals.

    Parameters
    ----------
    orders
        Places of the players as they join, shape (cells, players).
    gained
        What each player adds there less what it adds back, shape (cells, players, outcomes).

    Returns
    -------
    numpy.ndarray
        Mean, low and high, shape (3, pairs, outcomes); without pairs when they cannot be told apart.
    """
    met = equations(orders)
    left, right = met.swapaxes(1, 2) @ met, met.swapaxes(1, 2) @ gained
    others = left.sum(axis=0) - left  # of all cells but one
    cells, pairs = len(met), met.shape[2]
    if np.linalg.matrix_rank(others, hermitian=True).min() < pairs:
        return np.empty((3, 0, gained.shape[2]))
    mean = np.linalg.solve(left.sum(axis=0), right.sum(axis=0))
    without = np.linalg.solve(others, right.sum(axis=0) - right)
    spread = np.sqrt((cells - 1) / cells * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    half = t.ppf(0.5 + LEVEL / 2, cells - 1) * spread
    return np.stack((mean, mean - half, mean + half))


def equations(orders: NDArray[np.int64]) -> Array:
    """How often each pair counts in what a player gains, shape (cells, players, pairs): 1, 0 or -1."""
    cells, players = orders.shape
    place = np.argsort(orders, axis=1)
    met = np.zeros((cells, players, players * (players - 1) // 2))
    for pair, (one, other) in enumerate(combinations(range(players), 2)):
        met[:, one, pair] = np.sign(place[:, one] - place[:, other])
        met[:, other, pair] = -met[:, one, pair]
    return met
