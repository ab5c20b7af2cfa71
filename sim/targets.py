"""The numbers of craftsmen to be reached, and how they are counted."""

from dataclasses import dataclass
from typing import Final

from sim.checks import MOST
from sim.errors import InputError

TARGET_TIERS: Final = ("national", "provincial", "city")  # most demanding first, as the reform names them
COUNTED: Final = {"certificates": "recognised", "active": "recognised_active"}  # counting -> indicator


@dataclass(frozen=True)
class Targets:
    """What is to be reached.

    Attributes
    ----------
    year
        The end of this year is the date that counts.
    national, provincial, city
        Persons required in each tier.
    counting
        ``certificates``: all certificates ever given in the tier, so that one person may count in several
        tiers. ``active``: holders of a certificate of the tier who are still in the trade.
    """

    year: int
    national: int
    provincial: int
    city: int
    counting: str = "certificates"

    def __post_init__(self) -> None:
        if self.counting not in COUNTED:
            raise InputError(f"targets.counting={self.counting} is unknown; choose {' or '.join(COUNTED)}")
        for tier in TARGET_TIERS:
            if self.required(tier) < 1:
                raise InputError(f"targets.{tier}={self.required(tier)} must be at least 1 person")
            if self.required(tier) > MOST:
                raise InputError(f"targets.{tier}={self.required(tier)} must be at most {MOST:,} persons")

    def required(self, tier: str) -> int:
        """Persons required in a tier."""
        return int(getattr(self, tier))
