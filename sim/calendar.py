"""Months as plain integers, so that age, tenure and training time need no writing as they pass."""

from typing import Final

from sim.constants import constant

EPOCH_YEAR: Final = 1930
MONTHS_PER_YEAR: Final = 12
MONTHS_PER_QUARTER: Final = 3


def month_index(year: int, month: int = 1) -> int:
    """Months from January 1930 (0) to the given calendar month (1 to 12)."""
    return (year - EPOCH_YEAR) * MONTHS_PER_YEAR + month - 1


def year_of(month: int) -> int:
    """Calendar year of a month index."""
    return EPOCH_YEAR + month // MONTHS_PER_YEAR


def calendar_month(month: int) -> int:
    """Calendar month, 1 to 12, of a month index."""
    return month % MONTHS_PER_YEAR + 1


START: Final = month_index(2014, 12)  # the first population stands at the end of this month
FORK_YEAR: Final = int(constant("fork_year"))
FORK: Final = month_index(FORK_YEAR, 12)  # scenarios share every life up to the end of this month
END: Final = month_index(2035, 12)
