"""What happens between workers at the end of a quarter."""

import numpy as np
from numpy.typing import NDArray

from sim.calendar import year_of
from sim.categories import PROVINCES, SECTORS
from sim.chance import Purpose, make_key
from sim.country import Country
from sim.institutions.labour_force import take_labour_force
from sim.institutions.surroundings import entrant_homes
from sim.institutions.training_places import allot, places
from sim.life import flows
from sim.workforce.columns import SUBSIDISED_COURSE
from sim.workforce.newcomers import (
    SOURCE_CELLS,
    SOURCES,
    Entrants,
    entrant_persons,
    place,
    to_agents,
)


def open_markets(country: Country) -> None:
    """Begin: set the wages of the labour markets for the workers that there are."""
    market = country.state.market
    supply, wage_mean = take_stock(country)
    market.supply = supply.astype(np.float64)
    factor = np.where(wage_mean > 0.0, wage_mean / market.wage_level, 1.0)
    market.anchor_wages(country.law.first_wage_yuan_month, factor)
    country.regather()


def close_quarter(country: Country) -> None:
    """Climate, training places and labour markets, which workers then meet anew; newcomers."""
    state = country.state
    state.enterprises.update_climate(state.gather_counts())
    hand_out_places(country)
    state.market.close_quarter(state.month, *take_stock(country))
    country.regather()
    let_in(country)


def take_stock(country: Country) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Persons at work or looking for it, and their mean wage in yuan a month, shapes (31, 4); notes homes."""
    force = take_labour_force(country.state.population.workers, *country.world())
    country.state.homes = force.homes
    mean = np.divide(force.wage, force.employed, out=np.zeros(force.wage.shape), where=force.employed > 0)
    return force.supply, mean


def hand_out_places(country: Country) -> None:
    """Give the quarter's subsidised training places to applicants."""
    state = country.state
    workforce = state.market.supply.sum(axis=1)
    available = places(year_of(state.month), workforce, country.rates, country.law)
    state.training_places = available
    state.places_in_year += available
    months = int(country.law.course_months[SUBSIDISED_COURSE])
    key = make_key(country.seed, state.month, Purpose.COURSE_LOT)
    started = allot(state.population.workers, available, state.month, months, key)
    state.flows[flows.SUBSIDISED_COURSES] += started


def let_in(country: Country) -> None:
    """Let newcomers take the vacant slots and jobs."""
    state, rates = country.state, country.rates
    gap = state.market.gap(state.month)
    persons = entrant_persons(state.month, gap, state.market.supply, rates)
    weight = state.population.persons_per_agent
    lot, stem = make_key(country.seed, state.month, Purpose.NEWCOMER_ROUNDING), country.origins
    homes = entrant_homes(country.around.destinations, state.homes)
    agents = to_agents(persons, weight, lot)
    entrants = Entrants(
        first=np.concatenate(([0], np.cumsum(agents))),
        rural=stem.rural,
        outside=np.minimum(1.0, stem.outside * rates.openness),
        education=stem.education,
        homes=homes,
        enterprises=state.enterprises.table,
        cell_start=state.enterprises.cell_start,
        now=state.month,
        quarter=state.month // 3,
        key=make_key(country.seed, 0, Purpose.NEWCOMER),
        weight=weight,
    )
    by_market = agents.reshape(-1, len(SOURCES)).sum(axis=1)
    slots = state.population.take_slots_near(by_market)
    place(slots, state.population.workers, entrants, country.law_record)
    state.entries += entered(agents, weight)


def entered(agents: NDArray[np.int64], weight: int) -> NDArray[np.int64]:
    """Persons entered by province, sector and source, shape (31, 4, 3)."""
    by_source = agents.reshape(PROVINCES, len(SECTORS), SOURCE_CELLS // PROVINCES // len(SECTORS))
    persons: NDArray[np.int64] = by_source * weight
    return persons
