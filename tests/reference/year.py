"""What opens and closes a year, and the rounds of the craftsman programme."""

from typing import TYPE_CHECKING

from sim.calendar import year_of
from sim.categories import PROVINCES

if TYPE_CHECKING:
    from tests.reference.twin import Twin


def open_year(world: "Twin") -> None:
    """Forget last year's counts."""
    world.places_in_year = [0.0] * PROVINCES
    for enterprise in world.firms.all:
        enterprise.reviews = enterprise.poached = 0


def open_rounds(world: "Twin") -> None:
    """Take in craftsmen of the tiers that select this month, by the rates of the month before."""
    world.recognition.take_in(world, world.planner.rounds(world.now))


def close_year(world: "Twin") -> None:
    """Let enterprises decide, then the planner."""
    year = year_of(world.now)
    world.firms.decide(world.seed, year, world.rates, world.law)
    world.planner.close_year(world, year)
