"""From the outcomes of all futures to shares with intervals."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.outcomes.intervals import mean_interval
from experiments.questions.attribute import shapley
from experiments.questions.attribute.levers import LEVERS
from experiments.questions.attribute.outcomes import NAMES

Array = NDArray[np.float64]


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
    found = np.stack([shapley.values(worth) for worth in lived.worth])
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
    found = np.stack([shapley.interactions(worth) for worth in lived.worth])
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
