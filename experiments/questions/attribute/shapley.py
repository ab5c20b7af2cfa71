"""Fair shares of a difference: Shapley values (Shapley 1953) from orders drawn by lot, with intervals.

The value of a player is what it adds to those before it, averaged over all orders in which the players may
join; the values sum to the whole difference. Each cell has an order of its own and its reverse (Mitchell and
others 2022): where players interact by twos at most, the mean of the two is the value itself. All orders of
all cells would take ten times the lives, and what is not known of the parameters widens an interval more than
the lot of the orders does.
"""

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
    """Outcomes of all cells, each with a seed, a draw and an order of the players of its own.

    Attributes
    ----------
    players
        Their names.
    orders
        Places of the players in ``players``, as they join, shape (cells, players).
    there
        When nobody has joined, the first, the first two and so on to all, shape
        (cells, players + 1, outcomes).
    back
        Likewise in the reverse order, shape (cells, players + 1, outcomes).
    proven
        Of all players together when the assumed effects of one are left out, and at last those of all,
        shape (cells, players + 1, outcomes).
    levers
        Of all players together when one of ``LEVERS`` is pulled, shape (cells, levers, outcomes).
    """

    players: tuple[str, ...]
    orders: NDArray[np.int64]
    there: Array
    back: Array
    proven: Array
    levers: Array


def added(lived: Lived) -> tuple[Array, Array]:
    """What each player adds in the order of its cell and in the reverse: (cells, players, outcomes) each."""
    places = np.argsort(lived.orders, axis=1)[:, :, None]
    there, back = np.diff(lived.there, axis=1), np.diff(lived.back, axis=1)[:, ::-1]
    return np.take_along_axis(there, places, axis=1), np.take_along_axis(back, places, axis=1)


def shares(lived: Lived) -> pd.DataFrame:
    """Part of each player in each outcome: outcome, player, mean, low, high, assumed.

    ``assumed`` is what is lost when the player's effects of evidence C are left out while all others stay.
    """
    found = np.mean(added(lived), axis=0)
    rests = lived.there[:, -1:] - lived.proven[:, :-1]
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


def levers(lived: Lived) -> pd.DataFrame:
    """What each lever adds to the whole scenario: outcome, lever, mean, low, high."""
    added = lived.levers - lived.there[:, -1:]
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
    before, after = lived.there[:, 0], lived.there[:, -1]
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
