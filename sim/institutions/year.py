"""What opens and closes a year: intake and evaluation of craftsmen, enterprises, planner, record."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.calendar import FORK, month_index, year_of
from sim.categories import FAMILIES, PLACES, PROVINCES
from sim.institutions.recognition import FIRST_INTAKE
from sim.outcomes import census as tables
from sim.outcomes.census import Census, take_census
from sim.outcomes.record import (
    record_attitudes,
    record_flows,
    record_marks,
    record_migrants,
    record_recognition,
    record_stocks,
    record_wages,
)
from sim.policy.cost import spending_on_places
from sim.workforce.newcomers import SCHOOL, SOURCES, VOCATIONAL

if TYPE_CHECKING:
    from sim.model import WorkforceModel


def open_year(model: "WorkforceModel") -> None:
    """Start new counts and select the intake of craftsmen by last year's nominations."""
    state = model.state
    state.open_year()
    if state.month == FORK + 1:
        scenario = model.policy
        state.market.set_outlook(
            (model.law.labour_demand_growth_per_year, model.law.wage_growth_per_year),
            (scenario.labour_demand_growth_per_year, scenario.wage_growth_per_year),
        )
    if year_of(state.month) >= FIRST_INTAKE:
        quotas = model.planner.quotas(state.month)
        state.recognition.take_in(state.population, model.rates, quotas, state.market.supply, state.month)


def close_year(model: "WorkforceModel") -> None:
    """Evaluate, decide, record."""
    state, year = model.state, year_of(model.state.month)
    workers, firms = state.population.workers, state.enterprises
    state.recognition.evaluate(workers, model.rates, firms.effort, state.month)
    census = take_census(workers, *model.world())
    firms.decide(year, model.rates, state.tally)
    planner = model.planner
    planner.spend(year, cost_bases(model, census))
    counted = certificates_or_active(model, census)
    planner.project(year, counted, state.recognition.success(year, counted))
    planner.adapt(year)
    write_record(model, year, census)


def certificates_or_active(model: "WorkforceModel", census: Census) -> NDArray[np.int64]:
    """Craftsmen by tier, shape (4,), as the targets that are watched count them."""
    if model.planner.targets.counting == "active":
        active: NDArray[np.int64] = census.tiers[:, 0].sum(axis=0)
        return active
    return model.state.recognition.recognised.sum(axis=1)


def cost_bases(model: "WorkforceModel", census: Census) -> dict[str, NDArray[np.float64]]:
    """Quantities that unit costs multiply, by province, shape (31,)."""
    state = model.state
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


def write_record(model: "WorkforceModel", year: int, census: Census) -> None:
    """Note all indicators of the year."""
    state, record = model.state, model.state.record
    record_stocks(record, year, census)
    record_marks(record, year, census)
    record_migrants(record, year, census)
    record_wages(record, year, census)
    record_attitudes(record, year, census)
    record_flows(record, year, state.flows, float(census.groups[0, 1]))
    counts = {**state.recognition.counts, "recognised": state.recognition.recognised}
    record_recognition(record, year, counts, census, state.flows)
    record.add_provinces(year, "entries", state.entries.sum(axis=(1, 2)))
    for source, name in enumerate(SOURCES):
        record.add(year, "entries", state.entries[:, :, source].sum(), f"source={name}")
    record.add(year, "young_entries", state.entries[:, :, [SCHOOL, VOCATIONAL]].sum())
    market = state.market
    wanted = (market.tightness * market.supply).sum(axis=1)
    record.add_shares(year, "tightness", wanted, market.supply.sum(axis=1))
    firms = state.enterprises
    record.add(year, "training_effort", float((firms.effort * firms.size).sum() / firms.size.sum()))
    for family in FAMILIES:
        level = model.planner.modifiers.intensity(state.month)[family]
        record.add(year, "intensity", level, f"family={family}")
    record_spending(model, year)


def record_spending(model: "WorkforceModel", year: int) -> None:
    """Cost of the year by measure and family; places for craftsmen stand beside the families."""
    spent, catalogue = model.planner.spent, model.inputs.catalogue
    record, places = model.state.record, _spent_on_places(model, year)
    record.add(year, "spending", sum(spent.values()) + places)
    record.add(year, "spending", places, f"family={PLACES}")
    for name, million in spent.items():
        record.add(year, "spending", million, f"measure={name}")
    for family in FAMILIES:
        total = sum(million for name, million in spent.items() if catalogue[name].family == family)
        record.add(year, "spending", total, f"family={family}")


def _spent_on_places(model: "WorkforceModel", year: int) -> float:
    """Cost of the places of the year beyond those announced, million yuan; nothing before the programme."""
    if year < FIRST_INTAKE:
        return 0.0
    unit_costs = model.inputs.places.values(model.planner.modifiers.draw)
    quotas = model.planner.quotas(month_index(year))
    return spending_on_places(quotas, {name: float(cost) for name, cost in unit_costs.items()})
