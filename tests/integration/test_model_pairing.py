"""Paired lives: what does not concern a worker does not change its life, to the bit."""

import numpy as np
import pytest

from sim.calendar import FORK, month_index
from sim.life.month import live_month
from sim.model import WorkforceModel
from sim.policy.modifiers import Modifiers
from sim.rates import Rates
from sim.workforce.columns import COLUMNS, VACANT, Workers
from tests.country import (
    AT_ONCE,
    FROZEN,
    GUANGDONG,
    INPUTS,
    differing,
    filled,
    lived,
    past,
    take_over,
    with_measures,
)


def live_without_institutions(model: WorkforceModel, months: int = 1) -> Workers:
    """Months of the workers' lives only: nobody is hired from outside, selected or taught by the state."""
    for _ in range(months):
        model.state.month += 1
        live_month(model.state.population.workers, *model.world(), model.state.counts)
    return model.state.population.workers


@pytest.mark.parametrize("month", [FORK + 1, month_index(2030, 7), month_index(2035, 12)])
def test_frozen_rates_are_the_base_rates_exactly(month: int) -> None:
    base = INPUTS.rates.values(0)
    rates = Modifiers(FROZEN, INPUTS.catalogue, INPUTS.rates).rates(month)
    for name in Rates._fields:
        assert np.array_equal(getattr(rates, name), np.broadcast_to(base[name], 31)), name


@pytest.mark.parametrize("measures", [("subsidised_training",), ("pay_by_skill",), INPUTS.catalogue.names])
def test_a_measure_of_one_province_touches_nobody_elsewhere_in_the_first_month(
    measures: tuple[str, ...],
) -> None:
    base = take_over(past().state, inputs=AT_ONCE)
    other = take_over(past().state, with_measures(measures, provinces=(GUANGDONG,)), AT_ONCE)
    workers = base.state.population.workers
    before, vacant = workers.province.copy(), workers.status == VACANT
    one, two = (lived(model, 1).state.population.workers for model in (base, other))
    assert base.month == other.month == FORK + 1
    in_province = (one.province == GUANGDONG) | (two.province == GUANGDONG)
    in_province[: before.size] |= before == GUANGDONG
    new = np.concatenate((vacant, np.ones(one.status.size - vacant.size, bool)))
    moved = (one.arrival == base.month) | (two.arrival == base.month)
    in_province |= new & moved  # perhaps split there, and moved in the same month
    assert 0.02 < in_province.mean() < 0.3
    assert differing(one, two, ~in_province) == {}


@pytest.mark.parametrize("measure", ["subsidised_training", "pay_by_skill"])
def test_a_measure_of_one_province_changes_somebody_there(measure: str) -> None:
    base = lived(take_over(past().state, inputs=AT_ONCE), 13)
    there = with_measures((measure,), provinces=(GUANGDONG,))
    other = lived(take_over(past().state, there, AT_ONCE), 13)
    one, two = (filled(model.state.population.workers) for model in (base, other))
    common, first, second = np.intersect1d(one.identity, two.identity, return_indices=True)
    assert common.size > 15_000
    there_in_both = (one.province[first] == GUANGDONG) & (two.province[second] == GUANGDONG)
    one, two = (Workers(*(column[who] for column in w)) for w, who in ((one, first), (two, second)))
    assert differing(one, two, there_in_both)


def test_one_more_worker_changes_no_other_life() -> None:
    alone, company = take_over(past().state), take_over(past().state)
    workers = company.state.population.workers
    slot = company.state.population.take_slots(1)[0]
    model_for_it = np.flatnonzero(workers.status)[7]
    for name in COLUMNS:
        getattr(workers, name)[slot] = getattr(workers, name)[model_for_it]
    workers.identity[slot] = 123_456_789
    others = np.ones(workers.status.size, dtype=bool)
    others[slot] = False
    one, two = live_without_institutions(alone, 4), live_without_institutions(company, 4)
    assert differing(one, two, others) == {}
    assert two.status[slot] != VACANT


def test_two_workers_of_one_identity_and_state_live_one_life() -> None:
    """All that decides is the identity and the state: neither position nor neighbours."""
    model = take_over(past().state)
    population = model.state.population
    people = np.flatnonzero(population.workers.status)[:500]
    twins = population.take_slots(people.size)
    workers = population.workers
    for name in COLUMNS:
        getattr(workers, name)[twins] = getattr(workers, name)[people]
    workers = live_without_institutions(model, 12)
    for name in COLUMNS:
        assert np.array_equal(getattr(workers, name)[people], getattr(workers, name)[twins]), name


def test_the_slot_of_a_worker_decides_nothing_about_its_life() -> None:
    """Thirteen months with all institutions, newcomers and two intakes, the workers shuffled beforehand."""
    ordered, shuffled = take_over(past().state), take_over(past().state)
    population = shuffled.state.population
    order = np.random.default_rng(5).permutation(population.slots)
    population.workers = Workers(*(column[order].copy() for column in population.workers))
    lived(ordered, 13)
    lived(shuffled, 13)
    one, two = (filled(model.state.population.workers) for model in (ordered, shuffled))
    assert one.identity.size == two.identity.size
    assert differing(one, two) == {}
    for name in ("table", "climate", "democratic", "pay_by_skill"):
        one, two = (getattr(model.state.enterprises, name) for model in (ordered, shuffled))
        assert np.array_equal(one, two), name


def test_no_two_workers_share_an_identity() -> None:
    workers = filled(past().state.population.workers)
    assert np.unique(workers.identity).size == workers.identity.size
