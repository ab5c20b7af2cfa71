"""What would be published of recorded lives, to be laid beside what was published."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.runs.life import Life
from experiments.runs.records import Records

if TYPE_CHECKING:
    from sim.outcomes.published import Key


@cache
def published_units() -> Mapping[str, str]:
    """Units of all indicators that the model knows, as published."""
    from sim.outcomes.published import PROVINCIAL, PUBLISHED

    return {name: one.unit for name, one in PUBLISHED.items()} | {
        name: one[0] for name, one in PROVINCIAL.items()
    }


def published(records: Records, lives: Sequence[Life], keys: "Sequence[Key]") -> NDArray[np.float64]:
    """Published figures of lives, shape (keys, lives); nan where its years do not give one.

    Parameters
    ----------
    records
        Of the lives, in their order.
    lives
        Whose links lead from the model to what is published.
    keys
        Indicator, province and year of each figure.
    """
    from sim.outcomes.published import published_values

    years = sorted({year for _, _, year in keys} & set(records.years))
    found = np.full((len(keys), len(lives)), np.nan)
    for place, life in enumerate(lives):
        inputs = life.inputs
        values = published_values(records.of_life(place), years, inputs.links(life.draw), inputs.figures)
        found[:, place] = [values.get(key, np.nan) for key in keys]
    return found
