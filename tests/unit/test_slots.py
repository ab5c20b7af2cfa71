"""Finding slots by a column, and slots for newcomers near their market."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.workforce.columns import BLOCK, EMPLOYED, empty_columns
from sim.workforce.population import Population
from sim.workforce.slots import count_between, slots_between

MARKETS = 124


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 3 * BLOCK), st.integers(0, 4), st.integers(0, 4), st.integers(0, 2**32))
def test_slots_are_those_of_a_plain_search(size: int, low: int, high: int, seed: int) -> None:
    column = np.random.default_rng(seed).integers(0, 5, size).astype(np.uint8)
    plain = np.flatnonzero((column >= low) & (column <= high))
    assert np.array_equal(slots_between(column, low, high), plain)
    assert count_between(column, low, high) == plain.size


def population(filled: float, seed: int = 1) -> Population:
    """Two blocks with equal regions and a tail, partly filled."""
    workers = empty_columns(2 * BLOCK)
    workers.status[:] = np.where(np.random.default_rng(seed).random(2 * BLOCK) < filled, EMPLOYED, 0)
    return Population(workers, 1, np.arange(MARKETS + 1) * 60)


def test_newcomers_stand_in_the_region_of_their_market_while_it_has_room() -> None:
    people = population(0.5)
    wanted = np.full(MARKETS, 10)
    slots = people.take_slots_near(wanted)
    assert not people.workers.status[slots].any()
    assert np.unique(slots).size == wanted.sum()
    assert np.array_equal(slots // 60, np.repeat(np.arange(MARKETS), 10))


def test_whom_a_region_cannot_hold_stands_elsewhere() -> None:
    people = population(0.5)
    wanted = np.zeros(MARKETS, np.int64)
    wanted[3], wanted[7] = 500, 5
    slots = people.take_slots_near(wanted)
    assert np.unique(slots).size == 505
    assert not people.workers.status[slots].any()
    assert (slots[:500] // 60 == 3).sum() == (people.workers.status[180:240] == 0).sum()
    assert set(slots[500:] // 60) == {7}


@pytest.mark.parametrize("filled", [0.99, 1.0])
def test_the_population_grows_when_there_is_no_room(filled: float) -> None:
    people = population(filled)
    before = people.workers.status.copy()
    slots = people.take_slots_near(np.full(MARKETS, 20))
    assert np.unique(slots).size == 20 * MARKETS
    assert people.slots % BLOCK == 0
    assert np.array_equal(people.workers.status[: before.size], before)
    assert not people.workers.status[slots].any()
