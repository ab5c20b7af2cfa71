"""Gather what workers meet this quarter out of labour markets, gravity and enterprises."""

import numpy as np
from numpy.typing import NDArray

from sim.categories import PROVINCES
from sim.compiled import compiled
from sim.constants import constant
from sim.institutions.enterprises import Enterprises
from sim.institutions.gravity import DIGITS, Gravity, rounded
from sim.institutions.labour_market import LabourMarket
from sim.law import Law
from sim.life.surroundings import MARKET, PLACE, Surroundings
from sim.rates import Rates

PAY_BY_SKILL_STRETCH = constant("pay_by_skill_stretch")


def grade_wages(law: Law, rates: Rates) -> NDArray[np.float64]:
    """Wage factor by province, pay by skill and grade, shape (31, 2, 8)."""
    stretch = rates.grade_premium[:, None] * np.array([1.0, PAY_BY_SKILL_STRETCH])[None, :]
    factor = law.grade_wage[None, None, :] ** stretch[:, :, None]
    factor[:, :, :2] *= rates.low_grade_wage[:, None, None]
    rising = np.maximum.accumulate(factor, axis=2)  # no grade pays less than the one below
    return np.asarray(np.round(rising, DIGITS))


def gather(
    law: Law,
    rates: Rates,
    market: LabourMarket,
    gravity: Gravity,
    enterprises: Enterprises,
    stock: NDArray[np.int64],
) -> Surroundings:
    """Tables for the decisions; ``stock``: persons by home and residence, shape (31, 31)."""
    wage = market.provincial_wage()
    places = np.zeros(PROVINCES, PLACE)
    places["push"] = gravity.push(wage)
    places["sector_chances"] = market.sector_chances()
    markets = np.zeros(market.supply.shape, MARKET)
    by_grade = market.wage_level[:, :, None, None] * grade_wages(law, rates)[:, None]
    markets["wage"] = by_grade[..., None] * law.education_wage
    markets["wage_mean"] = market.wage_mean
    markets["find_factor"], markets["lose_factor"] = market.find_factor(), market.lose_factor()
    destinations = gravity.destinations(wage, stock, rates)
    return Surroundings(places, destinations, markets, *enterprises.met())


@compiled
def entrant_homes(destinations: NDArray[np.float64], stock: NDArray[np.int64]) -> NDArray[np.float64]:
    """Cumulative chances of homes for entrants from outside, by residence, shape (31, 31).

    All are zero for a province that is closed to others.

    Parameters
    ----------
    destinations : shape (31, 31, 31)
        Cumulative chances by home, origin and destination, as :meth:`Gravity.destinations` gives them.
    stock : shape (31, 31)
        Persons by home and residence.
    """
    chances = np.zeros((PROVINCES, PROVINCES))
    for home in range(PROVINCES):
        persons, before = float(stock[home].sum()), 0.0
        for residence in range(PROVINCES):
            reached = destinations[home, home, residence]
            if residence != home:
                chances[residence, home] = (reached - before) * persons
            before = reached
    for residence in range(PROVINCES):
        row, total, running = chances[residence], 0.0, 0.0
        for home in range(PROVINCES):
            total += row[home]
        for home in range(PROVINCES):
            if total > 0.0:
                running += row[home] / total
            row[home] = rounded(running)
    return chances
