"""Gravity, labour markets, training places and who enters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.calendar import FORK, month_index
from sim.chance import make_key
from sim.data import births, distances_km, secondary_employment
from sim.institutions.gravity import Gravity
from sim.institutions.labour_market import CHANGES, LabourMarket
from sim.institutions.training_places import allot, national_places, places
from sim.model import WorkforceModel
from sim.workforce.columns import EMPLOYED, SUBSIDISED_COURSE, WAITING, empty_columns
from sim.workforce.newcomers import GAP_MOST, entrant_persons, school_leavers, to_agents
from tests.country import FROZEN, GUANGDONG, INPUTS, future, past, take_over

WAGE = np.full(31, 6_000.0)
NO_STOCK = np.zeros((31, 31), dtype=np.int64)


def chances(gravity: Gravity, wage: np.ndarray = WAGE, stock: np.ndarray = NO_STOCK) -> np.ndarray:
    """Chance of each destination by home and origin."""
    return np.diff(gravity.destinations(wage, stock, past().rates), axis=2, prepend=0.0)


def test_destinations_are_cumulative_chances_without_the_origin() -> None:
    table = past().country.gravity.destinations(WAGE, past().state.homes, past().rates)
    assert table.shape == (31, 31, 31)
    assert np.allclose(table[:, :, -1], 1.0)
    chance = np.diff(table, axis=2, prepend=0.0)
    assert chance.min() >= 0.0
    assert chance[:, np.arange(31), np.arange(31)].max() == 0.0


def test_nearer_provinces_get_more_when_all_else_is_equal() -> None:
    law = past().law._replace(gravity_population=0.0, gravity_border=0.0, gravity_network=0.0)
    distance, chance = distances_km(), chances(Gravity(law))
    for origin in range(31):
        others = np.delete(np.arange(31), origin)
        by_distance = others[np.argsort(distance[origin, others])]
        assert np.all(np.diff(chance[0, origin, by_distance]) <= 1e-12)


def test_richer_more_open_and_better_known_provinces_get_more() -> None:
    base = chances(past().country.gravity)
    wage = WAGE.copy()
    wage[GUANGDONG] *= 1.2
    stock = NO_STOCK.copy()
    stock[4, GUANGDONG] = 1_000_000
    others = np.delete(np.arange(31), GUANGDONG)
    assert np.all(chances(past().country.gravity, wage)[:, others, GUANGDONG] > base[:, others, GUANGDONG])
    known = chances(past().country.gravity, stock=stock)
    assert np.all(known[4, others, GUANGDONG] > base[4, others, GUANGDONG])
    assert np.array_equal(known[5], base[5])
    openness = past().rates.openness.copy()
    openness[GUANGDONG] *= 1.5
    open_rates = past().rates._replace(openness=openness)
    table = past().country.gravity.destinations(WAGE, NO_STOCK, open_rates)
    assert np.all(np.diff(table, axis=2, prepend=0.0)[:, others, GUANGDONG] > base[:, others, GUANGDONG])


def test_people_leave_poorer_provinces_more_readily() -> None:
    wage = np.linspace(4_000.0, 8_000.0, 31)
    assert np.all(np.diff(past().country.gravity.push(wage)) < 0)


def market() -> LabourMarket:
    return LabourMarket(past().law, 2035)


def test_demand_meets_the_published_employment_at_each_year_end() -> None:
    for year, persons in secondary_employment().items():
        if year >= 2014:
            assert market().demand(month_index(year, 12)).sum() == pytest.approx(persons)


def test_the_outlook_of_a_scenario_begins_after_the_fork() -> None:
    one, two = market(), market()
    two.set_outlook((past().law.labour_demand_growth_per_year, past().law.wage_growth_per_year), (0.1, 0.1))
    for month in (month_index(2020, 6), FORK):
        assert np.array_equal(one.demand(month), two.demand(month))
    assert np.all(two.demand(FORK + 1) > one.demand(FORK + 1))


def test_tight_markets_find_faster_lose_slower_and_pay_more() -> None:
    tight, slack = market(), market()
    month = FORK + 3
    wanted = tight.demand(month) / (1.0 - past().law.unemployment_frictional)
    tight.close_quarter(month, np.rint(wanted * 0.8).astype(np.int64), tight.wage_mean)
    slack.close_quarter(month, np.rint(wanted * 1.25).astype(np.int64), slack.wage_mean)
    assert np.all(tight.tightness > 1.0)
    assert np.all(slack.tightness < 1.0)
    assert np.all(tight.find_factor() > slack.find_factor())
    assert np.all(tight.lose_factor() < slack.lose_factor())
    assert np.all(tight.wage_level > slack.wage_level)
    assert np.allclose(tight.gap(month), wanted - tight.supply)
    for factor in (tight.find_factor(), slack.lose_factor()):
        assert CHANGES[0] <= factor.min() <= factor.max() <= CHANGES[1]


def test_sectors_are_drawn_with_chances_that_sum_to_one() -> None:
    table = future().state.market.sector_chances()
    assert np.allclose(table[:, -1], 1.0)
    assert np.all(np.diff(table, axis=1, prepend=0.0) >= 0.0)


def test_the_first_wages_have_the_published_mean() -> None:
    model = WorkforceModel(FROZEN, inputs=INPUTS, agents=5_000, seed=1)
    mean = (model.state.market.wage_mean * model.state.market.supply).sum() / model.state.market.supply.sum()
    assert mean == pytest.approx(model.law.first_wage_yuan_month, rel=1e-9)


def test_markets_of_a_copy_are_its_own() -> None:
    one = market()
    two = one.copy()
    two.close_quarter(FORK + 3, np.ones((31, 4), np.int64), two.wage_mean)
    two.set_outlook((0.0, 0.0), (0.2, 0.2))
    fresh = market()
    assert np.array_equal(one.wage_level, fresh.wage_level)
    assert np.array_equal(one.demand(month_index(2030, 1)), fresh.demand(month_index(2030, 1)))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 300), min_size=31, max_size=31), st.integers(0, 2**32), st.integers(1, 9))
def test_places_are_never_exceeded_and_never_left_while_somebody_fits(
    available: list[int], seed: int, weight: int
) -> None:
    workers = empty_columns(2_000)
    luck = np.random.default_rng(seed)
    workers.status[:] = EMPLOYED
    workers.identity[:] = luck.integers(1, 2**62, 2_000)
    workers.province[:] = luck.integers(0, 31, 2_000)
    workers.weight[:] = weight
    workers.training[:] = np.where(luck.random(2_000) < 0.4, WAITING, 0)
    asked = np.bincount(workers.province[workers.training == WAITING], minlength=31) * weight
    started = allot(workers, np.array(available), 1_000, 2, make_key(seed, 0, 0)).sum(axis=1)
    assert np.all(started <= available)
    assert np.array_equal(started, np.minimum(asked, np.array(available) // weight * weight))
    learning = workers.training == SUBSIDISED_COURSE
    assert np.array_equal(np.bincount(workers.province[learning], minlength=31) * weight, started)
    assert np.all(workers.course_end[learning] == 1_002)


def test_places_go_by_lot_and_not_by_position() -> None:
    workers = empty_columns(500)
    workers.status[:], workers.training[:], workers.weight[:] = EMPLOYED, WAITING, 1
    workers.identity[:] = np.arange(500) + 10
    turned = type(workers)(*(column[::-1].copy() for column in workers))
    available, key = np.full(31, 50), make_key(1, 2, 3)
    for queue in (workers, turned):
        allot(queue, available, 1_000, 2, key)
    lucky = [set(queue.identity[queue.training == SUBSIDISED_COURSE]) for queue in (workers, turned)]
    assert lucky[0] == lucky[1]
    assert len(lucky[0]) == 50


def test_places_are_shared_out_by_workforce_and_scaled_by_the_rate() -> None:
    law, rates = past().law, past().rates
    workforce = past().state.market.supply.sum(axis=1)
    quarter = places(2024, workforce, rates, law)
    expected = national_places(2024) * law.industrial_share_of_skilled / 4
    assert quarter.sum() == pytest.approx(expected * rates.subsidised_places_factor.mean(), rel=0.01)
    double = rates._replace(subsidised_places_factor=rates.subsidised_places_factor * 2)
    assert np.all(np.abs(places(2024, workforce, double, law) - 2 * quarter) <= 1)


def test_school_leavers_of_a_year_are_a_birth_cohort() -> None:
    year = sum(school_leavers(month_index(2030, month)).sum() for month in (3, 6, 9, 12))
    assert year == pytest.approx(births()[2030 - 19])


def test_adults_close_the_share_of_the_gap_that_the_rate_says() -> None:
    rates, gap, supply = past().rates, np.full((31, 4), 1e6), np.full((31, 4), 1e8)
    persons = entrant_persons(FORK + 3, gap, supply, rates)
    assert persons.min() >= 0.0
    young = persons[:, :, :2].sum(axis=2)
    leavers = school_leavers(FORK + 3) * rates.school_entry_share
    assert np.allclose(young.sum(axis=1), leavers)
    assert np.allclose(persons[:, :, 1] / young, rates.vocational_entry_share[:, None])
    assert np.allclose(persons[:, :, 2], (gap - young).clip(0) * rates.adult_entry_share[:, None])


def test_fewer_enter_where_fewer_are_asked_for_and_nobody_where_nobody_is() -> None:
    rates, supply, month = past().rates, np.full((31, 4), 1e6), FORK + 3
    leavers = school_leavers(month) * rates.school_entry_share
    slack, empty = (entrant_persons(month, -glut * supply, supply, rates) for glut in (0.4, 1.0))
    assert not slack[:, :, 2].any()
    assert np.allclose(slack[:, :, :2].sum(axis=(1, 2)), 0.6 * leavers)
    assert not empty.any()


def test_adults_answer_no_larger_gap_in_a_quarter_than_so_many_can_come() -> None:
    rates, supply = past().rates, np.full((31, 4), 1e6)
    persons = entrant_persons(FORK + 3, supply, supply, rates)
    assert np.allclose(persons[:, :, 2], GAP_MOST * supply * rates.adult_entry_share[:, None])


def test_rounding_to_agents_keeps_the_mean() -> None:
    persons = np.full((31, 4, 3), 3_700.0)
    draws = [to_agents(persons, 10_000, make_key(seed, 1, 2)) for seed in range(100)]
    assert set(np.unique(draws)) == {0, 1}
    assert np.mean(draws) == pytest.approx(0.37, abs=4 * np.sqrt(0.37 * 0.63 / np.size(draws)))
    whole = to_agents(np.full((31, 4, 3), 30_000.0), 10_000, make_key(1, 1, 2))
    assert np.array_equal(whole, np.full(31 * 4 * 3, 3))


def test_a_model_taken_over_meets_the_same_surroundings() -> None:
    one, two = past().country.around, take_over(past().state).country.around
    for table, same in zip(one, two, strict=True):
        assert np.array_equal(table, same)
