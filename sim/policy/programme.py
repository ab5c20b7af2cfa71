"""The craftsman programme as it is read: what its numbers count, when rounds come, and how long they take.

The announced text and what was published since leave readings open. A scenario takes one of them; they are
never averaged. A reading is one of the world, so it holds from the first round on, history included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sim.calendar import MONTHS_PER_QUARTER, calendar_month, month_index, year_of
from sim.checks import check_keys, lines_of, one_of, whole
from sim.constants import constant, constants
from sim.policy.intakes import QUOTA_TIERS, Quota

SELECTED, NAMED = ABOUT = ("selected", "named")
EVERY_YEAR, AFTER_NAMING = ROUNDS = ("every_year", "after_naming")
LINES: Final = ("about", "rounds", "months")
LONGEST: Final = 60  # months of cultivation that a scenario may ask for


def _by_tier(numbers: tuple[float, ...]) -> dict[str, int]:
    return {tier: int(one) for tier, one in zip(QUOTA_TIERS, numbers, strict=True)}


FIRST_ROUND: Final = int(constant("first_round"))
FIRST_SELECTED: Final = _by_tier(constants("first_round_selected"))
FIRST_NAMED: Final = int(constant("first_round_named"))  # of the national tier
SELECTED_PER_NAMED: Final = FIRST_SELECTED["national"] / FIRST_NAMED
SELECTION_MONTH: Final = _by_tier(constants("selection_month"))
MONTHS: Final[Quota] = tuple(_by_tier(constants("cultivation_months")).values())  # type: ignore[assignment]


class Round(NamedTuple):
    """Persons to be selected, and months until they are evaluated."""

    places: int
    months: int


@dataclass(frozen=True)
class Programme:
    """One reading of the programme.

    Attributes
    ----------
    about
        What the announced numbers are: persons ``selected`` in each round, or ``named`` at its end, so that
        more are selected, in the proportion of the national round of 2024.
    rounds
        A round ``every_year``, or the next ``after_naming`` of the last.
    months
        Of cultivation, in the order of ``QUOTA_TIERS``.
    """

    about: str = SELECTED
    rounds: str = EVERY_YEAR
    months: Quota = MONTHS

    def months_of(self, tier: str) -> int:
        """Months of cultivation of a tier."""
        return self.months[QUOTA_TIERS.index(tier)]

    def named_in(self, tier: str, year: int) -> int:
        """Month at whose end the round of a year is named: the last of the quarter in which it is over."""
        over = selected_in(tier, year) + self.months_of(tier) - 1
        return over - over % MONTHS_PER_QUARTER + MONTHS_PER_QUARTER - 1

    def year_named(self, tier: str, year: int) -> int:
        """Year in which the round of a year is named."""
        return year_of(self.named_in(tier, year))

    def takes_place(self, tier: str, year: int) -> bool:
        """Whether a tier has a round in a year."""
        between = 1 if self.rounds == EVERY_YEAR else self._years_between(tier)
        return year >= FIRST_ROUND and (year - FIRST_ROUND) % between == 0

    def opens(self, tier: str, month: int) -> bool:
        """Whether a tier selects in a month."""
        return calendar_month(month) == SELECTION_MONTH[tier] and self.takes_place(tier, year_of(month))

    def named_by(self, tier: str, year: int) -> tuple[int, ...]:
        """Years of all rounds that are named by the end of a year."""
        years = range(FIRST_ROUND, year + 1)
        return tuple(
            one for one in years if self.takes_place(tier, one) and self.year_named(tier, one) <= year
        )

    def selected(self, tier: str, year: int, announced: int) -> int:
        """Persons selected in a year of an announced number; of the first round as published."""
        if year == FIRST_ROUND:
            return FIRST_SELECTED[tier]
        if not self.takes_place(tier, year):
            return 0
        return announced if self.about == SELECTED else round(announced * SELECTED_PER_NAMED)

    def as_dict(self) -> dict[str, Any]:
        """The reading as its lines."""
        return {
            "about": self.about,
            "rounds": self.rounds,
            "months": dict(zip(QUOTA_TIERS, self.months, strict=True)),
        }

    def _years_between(self, tier: str) -> int:
        """Years from a round to the first month of selection after it is named."""
        named = self.named_in(tier, FIRST_ROUND)
        year = year_of(named)
        return year - FIRST_ROUND + (selected_in(tier, year) <= named)


AS_SHIPPED: Final = Programme()


def selected_in(tier: str, year: int) -> int:
    """Month in which a tier selects in a year."""
    return month_index(year, SELECTION_MONTH[tier])


def read_programme(content: object, where: str) -> Programme:
    """Read the block ``programme`` of a scenario; a line that is not there is as shipped.

    Raises
    ------
    InputError
        In one line, for an unknown line, tier or reading, and for months out of bounds.
    """
    row = lines_of(content, where)
    check_keys(row, LINES, (), where)
    return Programme(
        about=one_of(row.get("about", SELECTED), ABOUT, f"{where}.about"),
        rounds=one_of(row.get("rounds", EVERY_YEAR), ROUNDS, f"{where}.rounds"),
        months=_months(lines_of(row.get("months"), f"{where}.months"), f"{where}.months"),
    )


def _months(row: Mapping[str, Any], where: str) -> Quota:
    check_keys(row, QUOTA_TIERS, (), where)
    city, provincial, national = (
        whole(row.get(tier, usual), f"{where}.{tier}", 1, LONGEST)
        for tier, usual in zip(QUOTA_TIERS, MONTHS, strict=True)
    )
    return city, provincial, national
