"""What the measures cost in a year."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTHS_PER_YEAR
from sim.policy.modifiers import Modifiers

YUAN_PER_MILLION = 1e6


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
    intended = np.mean([modifiers.intended(month) for month in months], axis=0)
    years = len(months) / MONTHS_PER_YEAR
    unit_costs = modifiers.catalogue.unit_costs(modifiers.draw)
    return {
        measure.name: float(np.sum(row * quantities[measure.cost.basis]))
        * years
        * unit_costs[measure.name]
        / YUAN_PER_MILLION
        for measure, row in zip(modifiers.catalogue, intended, strict=True)
    }
