"""What opens and closes a year."""

from typing import TYPE_CHECKING

from sim.calendar import year_of
from sim.categories import PROVINCES

if TYPE_CHECKING:
    from tests.reference.twin import Twin

FIRST_INTAKE = 2024


def open_year(world: "Twin") -> None:
    """Forget last year's counts and take in craftsmen, by the rates and the supply of December."""
    world.places_in_year = [0.0] * PROVINCES
    for enterprise in world.firms.all:
        enterprise.reviews = enterprise.poached = 0
    if year_of(world.now) >= FIRST_INTAKE:
        world.recognition.take_in(world, world.planner.quotas(world.now))


def close_year(world: "Twin") -> None:
    """Evaluate craftsmen; let enterprises decide, then the planner."""
    year = year_of(world.now)
    world.recognition.evaluate(world)
    world.firms.decide(world.seed, year, world.rates, world.law)
    world.planner.close_year(world, year)
