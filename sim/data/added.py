"""Figures that somebody adds to the published ones; they go with a life, and no other life sees them."""

from collections.abc import Iterable, Mapping
from typing import Final

from sim.data.series import series

Added = Mapping[str, Mapping[int, float]]  # by indicator and year, in the unit of national_series.csv
NONE: Final[Added] = {}
# What the model takes of years after the last published one, instead of letting it grow as assumed.
DRIVING: Final = ("employment_secondary", "employment_total", "migrant_monthly_income")


def added(rows: Iterable[tuple[str, int, float]]) -> Added:
    """Rows of indicator, year and value by indicator and year."""
    found: dict[str, dict[int, float]] = {}
    for indicator, year, value in rows:
        found.setdefault(indicator, {})[year] = value
    return found


def extended(indicator: str, more: Added) -> dict[int, float]:
    """The published figures of an indicator, and those that were added."""
    return {**series(indicator), **more.get(indicator, {})}
