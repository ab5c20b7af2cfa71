"""What happens between workers at the end of a quarter."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.categories import GRADES, PROVINCES, SECTORS
from tests.reference import newcomers, training_places
from tests.reference.gravity import homes_of_entrants
from tests.reference.wages import wage_yuan_month

if TYPE_CHECKING:
    from tests.reference.twin import Twin

PAY_BY_SKILL_STRETCH = 1.25  # of differences in log wages between grades, where pay goes by skill


class Place(NamedTuple):
    """What a worker meets in a province."""

    push: float  # factor on moving out
    sector_chances: list[float]  # cumulative
    grade_wage: list[list[float]]  # factor by pay by skill (no, yes) and grade


class LabourForce(NamedTuple):
    """The short count of a quarter."""

    supply: NDArray[np.float64]  # persons by province and sector
    mean_wage: NDArray[np.float64]  # of the employed by province and sector, 0 where nobody is
    stock: NDArray[np.float64]  # persons by home and residence


def close(world: "Twin") -> None:
    """Climate, training places, count of the labour force, markets, newcomers, what workers meet."""
    for enterprise in world.firms.all:
        enterprise.close_quarter()
    training_places.hand_out(world)
    force = count(world)
    world.stock = force.stock
    world.labour.close_quarter(world.now, force.supply, force.mean_wage)
    newcomers.let_in(world, homes_of_entrants(destinations(world), world.stock))
    gather(world)


def count(world: "Twin") -> LabourForce:
    """Count everybody; wages in whole yuan."""
    supply, employed, wages = (np.zeros((PROVINCES, len(SECTORS))) for _ in range(3))
    stock = np.zeros((PROVINCES, PROVINCES))
    for worker in world.workers:
        market = worker.province, worker.sector
        supply[market] += worker.weight
        stock[worker.home, worker.province] += worker.weight
        if worker.enterprise is not None:
            employed[market] += worker.weight
            wages[market] += worker.weight * int(wage_yuan_month(worker, world))
    return LabourForce(supply, wages / np.maximum(employed, 1), stock)


def gather(world: "Twin") -> None:
    """Renew what workers meet until the next quarter ends."""
    push = world.gravity.push(world.labour.provincial_wage()).tolist()
    chances, factors = world.labour.sector_chances(), grade_wages(world)
    world.places = [Place(*place) for place in zip(push, chances, factors, strict=True)]
    world.markets = world.labour.as_met()
    world.destinations = destinations(world).tolist()


def destinations(world: "Twin") -> NDArray[np.float64]:
    """Cumulative chances of destinations by home and origin, at this month's openness."""
    openness = np.array([rates.openness for rates in world.rates])
    return world.gravity.destinations(world.labour.provincial_wage(), world.stock, openness)


def grade_wages(world: "Twin") -> list[list[list[float]]]:
    """Wage factors by province, pay by skill (no, yes) and grade; none pays less than the grade below."""
    factors = np.empty((PROVINCES, 2, len(GRADES)))
    for province, rates in enumerate(world.rates):
        for by_skill, stretch in enumerate((1.0, PAY_BY_SKILL_STRETCH)):
            factor = np.array(world.law.grade_wage) ** (rates.grade_premium * stretch)
            factor[:2] *= rates.low_grade_wage
            factors[province, by_skill] = np.maximum.accumulate(factor)
    return np.round(factors, 12).tolist()
