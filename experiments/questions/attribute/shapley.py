"""Fair shares of a difference: exact Shapley values over all coalitions (Shapley 1953).

The value of a player is what it adds to a coalition, averaged over all orders in which the players may join;
the values sum to the whole difference. The interaction of two players is what they add together beyond what
each adds alone, averaged likewise (Grabisch and Roubens 1999): above zero they help each other.
"""

from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def values(worth: Array) -> Array:
    """Shapley value of each player.

    Parameters
    ----------
    worth
        Of each coalition, shape (2^players, ...); the bits of its number say who is in it.

    Returns
    -------
    numpy.ndarray
        Shape (players, ...); the sum over the players is ``worth[-1] - worth[0]``.
    """
    number = _players(worth)
    coalitions = np.arange(len(worth))
    found = []
    for player in range(number):
        without = coalitions[coalitions >> player & 1 == 0]
        added = worth[without | 1 << player] - worth[without]
        found.append(np.tensordot(_weights(without, number), added, 1))
    return np.stack(found) if found else np.empty((0, *worth.shape[1:]))


def interactions(worth: Array) -> Array:
    """Interaction of every two players, shape (players, players, ...), symmetric with a diagonal of zeros."""
    number = _players(worth)
    coalitions = np.arange(len(worth))
    found = np.zeros((number, number, *worth.shape[1:]))
    for one, other in combinations(range(number), 2):
        first, second = 1 << one, 1 << other
        without = coalitions[coalitions & (first | second) == 0]
        together = worth[without | first | second] - worth[without | first] - worth[without | second]
        found[one, other] = np.tensordot(_weights(without, number - 1), together + worth[without], 1)
        found[other, one] = found[one, other]
    return found


def _players(worth: Array) -> int:
    number = len(worth).bit_length() - 1
    if len(worth) != 1 << number:
        raise ValueError(f"{len(worth)} coalitions are not those of a number of players")
    return number


def _weights(coalitions: NDArray[np.int64], players: int) -> Array:
    """Share of the orders in which exactly these coalitions stand before a player."""
    by_size = [
        factorial(size) * factorial(players - size - 1) / factorial(players) for size in range(players)
    ]
    return np.array(by_size)[np.bitwise_count(coalitions)]
