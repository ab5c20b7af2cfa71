"""The first national round, of which both ends are published: how many of those selected were named.

What was named may have been planned, and it is one round. So it is no figure to be fitted: draws are
weighted by how likely it is under each, as if a part of the persons selected had been tried
(``first_round_discount``).
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.constants import constant
from sim.policy.programme import AS_SHIPPED, FIRST_NAMED, FIRST_ROUND, FIRST_SELECTED

Array = NDArray[np.float64]
TIER: Final = "national"
PUBLISHED_SHARE: Final = FIRST_NAMED / FIRST_SELECTED[TIER]
TRIALS: Final = constant("first_round_discount") * FIRST_SELECTED[TIER]  # that it is worth
NAMED_IN: Final = AS_SHIPPED.year_named(TIER, FIRST_ROUND)


def named_over_selected(values: Mapping[tuple[int, str, str, str], float]) -> float:
    """Share of the first national round that was named in a life; nan if nobody was selected.

    ``values``: figures of the life by year, province, group and indicator, to the year ``NAMED_IN``. Until
    then no other national round is named, so that all who were belong to it.
    """
    group = f"tier={TIER}"
    selected = values[FIRST_ROUND, "all", group, "selected"]
    return values[NAMED_IN, "all", group, "completed"] / selected if selected > 0 else float("nan")


def weights(share: Array) -> Array:
    """Likelihood of what was published over the greatest possible, from 0 to 1; shapes (lives,).

    ``share`` is what each life named of those it selected. A binomial of ``TRIALS`` trials; 0 where the share
    is unknown, or makes what was published impossible.
    """
    named = PUBLISHED_SHARE
    with np.errstate(divide="ignore", invalid="ignore"):
        log = named * np.log(share / named) + (1.0 - named) * np.log((1.0 - share) / (1.0 - named))
        likelihood = np.exp(TRIALS * log)
    return np.nan_to_num(likelihood, nan=0.0)
