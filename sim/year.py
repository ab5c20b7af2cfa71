"""What opens and closes a year: enterprises, planner, record; and the rounds of the craftsman programme."""

import numpy as np
from numpy.typing import NDArray

from sim.calendar import FORK, year_of
from sim.categories import PROVINCES
from sim.country import Country
from sim.institutions.planner import Planner
from sim.law import Law
from sim.outcomes import census as tables
from sim.outcomes.census import Census, take_census
from sim.outcomes.yearly import write_record
from sim.policy.scenario import Scenario
from sim.state import State


def open_year(country: Country, planner: Planner) -> None:
    """Start new counts."""
    state, law = country.state, country.law
    state.open_year()
    if state.month == FORK + 1:
        state.market.set_outlook(*outlooks(law, planner.modifiers.scenario))


def open_rounds(country: Country, planner: Planner) -> None:
    """Select craftsmen for cultivation, by the rates of the month before, in a month that has rounds."""
    state = country.state
    if rounds := planner.rounds(state.month):
        state.recognition.take_in(state.population, country.rates, rounds, state.market.supply, state.month)


def close_rounds(country: Country) -> None:
    """Evaluate, at the end of a quarter, those whose cultivation is over by then."""
    state = country.state
    state.recognition.evaluate(state.population.workers, country.rates, state.enterprises.effort, state.month)


def outlooks(law: Law, scenario: Scenario) -> tuple[tuple[float, float], tuple[float, float]]:
    """Growth of (labour demand, wages) a year before the fork and after it, where nothing is published."""
    drawn = (law.labour_demand_growth_per_year, law.wage_growth_per_year)
    asked = (scenario.labour_demand_growth_per_year, scenario.wage_growth_per_year)
    demand, wages = (own if one is None else one for own, one in zip(drawn, asked, strict=True))
    return drawn, (demand, wages)


def close_year(country: Country, planner: Planner) -> None:
    """Decide and record."""
    state, rates, year = country.state, country.rates, year_of(country.state.month)
    workers, firms = state.population.workers, state.enterprises
    census = take_census(workers, *country.world())
    firms.decide(year, rates, state.tally)
    planner.spend(year, cost_bases(state, census))
    counted = certificates_or_active(state, census, planner.targets.counting)
    planner.project(year, counted, state.recognition.success(planner.programme, year, counted))
    planner.adapt(year)
    write_record(state, year, census, planner)


def certificates_or_active(state: State, census: Census, counting: str) -> NDArray[np.int64]:
    """Craftsmen by tier, shape (4,), as targets of that ``counting`` count them."""
    if counting == "active":
        active: NDArray[np.int64] = census.tiers[:, 0].sum(axis=0)
        return active
    return state.recognition.recognised.sum(axis=1)


def cost_bases(state: State, census: Census) -> dict[str, NDArray[np.float64]]:
    """Quantities that unit costs multiply, by province, shape (31,)."""
    marks = dict(zip(tables.MARKS, census.marks.T.astype(np.float64), strict=True))
    scale = state.population.persons_per_agent
    firms = np.bincount(state.enterprises.province, minlength=PROVINCES) * float(scale)
    return {
        "workers": census.provinces[:, 0].astype(np.float64),
        "migrants": marks["inter_provincial"],
        "young_workers": marks["young"],
        "apprentices_and_learners": marks["learning"],
        "subsidised_places": state.places_in_year.astype(np.float64),
        "enterprises": firms,
        "recognised": census.tiers[:, 0, 1:].sum(axis=1).astype(np.float64),
        "provinces": np.ones(PROVINCES),
    }
