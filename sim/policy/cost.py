"""What the measures, and the places for craftsmen, cost in a year."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTHS_PER_YEAR
from sim.categories import TIERS
from sim.constants import whole
from sim.policy.modifiers import Modifiers

YUAN_PER_MILLION: Final = 1e6
ANNOUNCED: Final = dict(zip(TIERS[1:], whole("announced_places"), strict=True))
PLACE_COSTS: Final = tuple(f"{tier}_place_yuan" for tier in TIERS[1:])  # rows of places.yaml


def spending(
    modifiers: Modifiers, months: range, quantities: Mapping[str, NDArray[np.float64]]
) -> dict[str, float]:
    """Spending by measure in million yuan over the given months.

    Parameters
    ----------
    modifiers
        They give the intended intensities: money is spent as planned, whatever is delivered.
    months
        Month indices, usually the twelve of a year.
    quantities
        Number in each province by name of the basis (``measures.BASES``), shape (31,): persons,
        places a year, enterprises, or 1 for each province.
    """
    intended = modifiers.intended(np.array(months)[:, None]).mean(axis=1)
    years = len(months) / MONTHS_PER_YEAR
    return {
        measure.name: float(np.sum(row * quantities[measure.cost.basis]))
        * years
        * modifiers.unit_costs[measure.name]
        / YUAN_PER_MILLION
        for measure, row in zip(modifiers.catalogue, intended, strict=True)
    }


def spending_on_places(
    places: Mapping[str, int], announced: Mapping[str, int], unit_costs: Mapping[str, float]
) -> float:
    """Spending on the places of a year beyond those announced in 2024, in million yuan.

    As with measures, the money is spent as planned: a place counts whether or not somebody fills it. Below
    zero where fewer places are offered than were announced.

    Parameters
    ----------
    places, announced
        Persons to be selected in the year, and those that the same reading of the programme takes of the
        announced numbers, by tier.
    unit_costs
        Yuan for a place, by name (``PLACE_COSTS``).
    """
    yuan = (unit_costs[f"{tier}_place_yuan"] * (places[tier] - announced[tier]) for tier in places)
    return sum(yuan) / YUAN_PER_MILLION
