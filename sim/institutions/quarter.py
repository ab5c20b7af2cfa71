"""What happens between workers at the end of a quarter."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.calendar import year_of
from sim.categories import PROVINCES, SECTORS
from sim.chance import make_key
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
from sim.workforce.origins import origins

if TYPE_CHECKING:
    from sim.model import WorkforceModel

LOT_PURPOSE, ENTRY_PURPOSE, ROUNDING_PURPOSE = 201, 210, 220


def close_quarter(model: "WorkforceModel", *, first: bool = False) -> None:
    """Climate, labour markets, training places and newcomers; at the start only the markets."""
    state = model.state
    if not first:
        state.enterprises.update_climate(state.gather_counts())
        hand_out_places(model)
    force = take_labour_force(state.population.workers, *model.world())
    state.homes = force.homes
    mean = np.divide(force.wage, force.employed, out=np.zeros(force.wage.shape), where=force.employed > 0)
    if first:
        state.market.supply = force.supply.astype(np.float64)
        factor = np.where(mean > 0.0, mean / state.market.wage_level, 1.0)
        state.market.anchor_wages(model.law.first_wage_yuan_month, factor)
    else:
        state.market.close_quarter(state.month, force.supply, mean)
        let_in(model)
    model.regather()


def hand_out_places(model: "WorkforceModel") -> None:
    """Give the quarter's subsidised training places to applicants."""
    state = model.state
    workforce = state.market.supply.sum(axis=1)
    available = places(year_of(state.month), workforce, model.rates, model.law)
    state.training_places = available
    state.places_in_year += available
    months = int(model.law.course_months[SUBSIDISED_COURSE])
    key = make_key(model.seed, state.month, LOT_PURPOSE)
    started = allot(state.population.workers, available, state.month, months, key)
    state.flows[flows.SUBSIDISED_COURSES] += started


def let_in(model: "WorkforceModel") -> None:
    """Let newcomers take the vacant slots and jobs."""
    state, law = model.state, model.law
    gap = state.market.gap(state.month)
    persons = entrant_persons(state.month, gap, model.rates)
    weight = state.population.persons_per_agent
    lot, stem = make_key(model.seed, state.month, ROUNDING_PURPOSE), origins(law)
    homes = entrant_homes(model.gravity, state.market.provincial_wage(), state.homes, model.rates)
    agents = to_agents(persons, weight, lot)
    entrants = Entrants(
        first=np.concatenate(([0], np.cumsum(agents))),
        rural=stem.rural,
        outside=np.where(homes[:, -1] > 0.0, stem.outside, 0.0),
        education=np.cumsum(
            (law.school_entrant_education, law.rural_entrant_education, law.urban_entrant_education), axis=1
        ),
        homes=homes,
        now=state.month,
        quarter=state.month // 3,
        key=make_key(model.seed, 0, ENTRY_PURPOSE),
        weight=weight,
    )
    by_market = agents.reshape(-1, len(SOURCES)).sum(axis=1)
    slots = state.population.take_slots_near(by_market)
    place(slots, state.population.workers, entrants, *model.world()[1:3])
    state.entries += entered(agents, weight)


def entered(agents: NDArray[np.int64], weight: int) -> NDArray[np.int64]:
    """Persons entered by province, sector and source, shape (31, 4, 3)."""
    by_source = agents.reshape(PROVINCES, len(SECTORS), SOURCE_CELLS // PROVINCES // len(SECTORS))
    persons: NDArray[np.int64] = by_source * weight
    return persons
