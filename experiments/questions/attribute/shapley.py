"""Fair shares of a difference: exact Shapley values over all coalitions (Shapley 1953), with intervals.

The value of a player is what it adds to a coalition, averaged over all orders in which the players may join;
the values sum to the whole difference. The interaction of two players is what they add together beyond what
each adds alone, averaged likewise (Grabisch and Roubens 1999): above zero they help each other.
"""

from itertools import combinations
from math import factorial
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.outcomes.at_end import WIDER, heads, wider
from experiments.outcomes.intervals import mean_interval
from experiments.pages.language import Labels
from experiments.questions.attribute.futures import LEVERS
from experiments.runs.records import Records
from sim.targets import TARGET_TIERS, Targets

NAMES: Final = (*TARGET_TIERS, *WIDER)
MEANINGS: Final = Labels(
    {"national": "national craftsmen", "provincial": "provincial craftsmen", "city": "city craftsmen"}
    | {name: meaning for name, (meaning, _) in WIDER.items()}
)
Array = NDArray[np.float64]


def outcomes(records: Records, targets: Targets) -> NDArray[np.float64]:
    """All outcomes at the end of the targets' year, shape (lives, ``NAMES``)."""
    return np.concatenate((heads(records, targets), wider(records, targets)), axis=1)


class Lived(NamedTuple):
    """Outcomes of all cells, each with a seed and a draw of its own.

    Attributes
    ----------
    players
        Their names.
    worth
        Of every coalition, shape (cells, 2^players, outcomes).
    proven
        Of all players together when the assumed effects of one are left out, and at last those of all,
        shape (cells, players + 1, outcomes).
    levers
        Of all players together when one of ``LEVERS`` is pulled, shape (cells, levers, outcomes).
    """

    players: tuple[str, ...]
    worth: Array
    proven: Array
    levers: Array


def shares(lived: Lived) -> pd.DataFrame:
    """Part of each player in each outcome: outcome, player, mean, low, high, assumed.

    ``assumed`` is what is lost when the player's effects of evidence C are left out while all others stay.
    """
    found = np.stack([values(worth) for worth in lived.worth])
    rests = lived.worth[:, -1:] - lived.proven[:, :-1]
    return pd.DataFrame(
        [
            {
                "outcome": outcome,
                "player": player,
                **mean_interval(found[:, row, column]),
                "assumed": float(rests[:, row, column].mean()),
            }
            for column, outcome in enumerate(NAMES)
            for row, player in enumerate(lived.players)
        ]
    )


def pairs(lived: Lived) -> pd.DataFrame:
    """Interaction of every two players in each outcome: outcome, first, second, mean, low, high."""
    found = np.stack([interactions(worth) for worth in lived.worth])
    places = [(one, other) for other in range(len(lived.players)) for one in range(other)]
    columns = ["outcome", "first", "second", "mean", "low", "high"]
    rows = [
        {
            "outcome": outcome,
            "first": lived.players[one],
            "second": lived.players[other],
            **mean_interval(found[:, one, other, column]),
        }
        for column, outcome in enumerate(NAMES)
        for one, other in places
    ]
    return pd.DataFrame(rows, columns=columns)


def levers(lived: Lived) -> pd.DataFrame:
    """What each lever adds to the whole scenario: outcome, lever, mean, low, high."""
    added = lived.levers - lived.worth[:, -1:]
    return pd.DataFrame(
        [
            {"outcome": outcome, "lever": lever, **mean_interval(added[:, row, column])}
            for column, outcome in enumerate(NAMES)
            for row, lever in enumerate(LEVERS)
        ]
    )


def totals(lived: Lived) -> pd.DataFrame:
    """Both ends of each outcome, their difference, and how much pairing narrows its interval.

    Columns: outcome, baseline, scenario, mean, low, high (of the difference), assumed (what is lost when no
    effect of evidence C acts), narrower (width without pairing over width with it).
    """
    before, after = lived.worth[:, 0], lived.worth[:, -1]
    rests = after - lived.proven[:, -1]
    rows = []
    for column, outcome in enumerate(NAMES):
        paired = float(np.std(after[:, column] - before[:, column], ddof=1))
        unpaired = float(np.hypot(np.std(after[:, column], ddof=1), np.std(before[:, column], ddof=1)))
        rows.append(
            {
                "outcome": outcome,
                "baseline": float(before[:, column].mean()),
                "scenario": float(after[:, column].mean()),
                **mean_interval(after[:, column] - before[:, column]),
                "assumed": float(rests[:, column].mean()),
                "narrower": unpaired / paired if paired else np.nan,
            }
        )
    return pd.DataFrame(rows)


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
