"""Which figures drive a life: the published ones, or those to a year, and what somebody adds to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sim.data.series import series

# What the model takes of years after the last published one, instead of going on as assumed.
DRIVING: Final = (
    "employment_secondary",
    "employment_total",
    "migrant_monthly_income",
    "migrant_share_construction",
    "migrant_share_manufacturing",
)


@dataclass(frozen=True)
class Figures:
    """National figures as one life knows them; no other life sees what was added to it.

    Attributes
    ----------
    until
        The last year whose published figures drive it; None for all.
    added
        Figures by indicator and year, in the unit of ``national_series.csv``.
    """

    until: int | None = None
    added: Mapping[str, Mapping[int, float]] = field(default_factory=dict)

    def of(self, indicator: str) -> dict[int, float]:
        """Yearly figures of one indicator; InputError for one that does not exist."""
        known = series(indicator)
        if self.until is not None:
            known = {year: value for year, value in known.items() if year <= self.until}
        return {**known, **self.added.get(indicator, {})}


ALL: Final = Figures()


def figures_with(rows: Iterable[tuple[str, int, float]], until: int | None = None) -> Figures:
    """Figures to a year, and added rows of indicator, year and value."""
    found: dict[str, dict[int, float]] = {}
    for indicator, year, value in rows:
        found.setdefault(indicator, {})[year] = value
    return Figures(until, found)
