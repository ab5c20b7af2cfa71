"""A province that nobody may come to."""

import numpy as np
import pytest

from sim.calendar import FORK
from sim.institutions.labour_market import CHANGES
from sim.institutions.surroundings import entrant_homes
from sim.workforce.columns import VACANT
from tests.country import GUANGDONG, lived, past, take_over


def test_nobody_comes_from_elsewhere_to_a_province_without_openness(monkeypatch: pytest.MonkeyPatch) -> None:
    model = take_over(past().state)
    openness = model.rates.openness.copy()
    openness[GUANGDONG] = 0.0
    closed = model.rates._replace(openness=openness)
    monkeypatch.setattr(model.planner.modifiers, "rates", lambda _month: closed)
    country, state = model.country, model.state
    country.rates = closed
    country.regather()
    homes = entrant_homes(country.around.destinations, state.homes)
    assert not homes[GUANGDONG].any()
    assert np.allclose(np.delete(homes, GUANGDONG, axis=0)[:, -1], 1.0)
    lived(model, 6)
    workers = model.state.population.workers
    came = (workers.status != VACANT) & (workers.home != workers.province) & (workers.arrival > FORK)
    assert came.any()
    assert not (came & (workers.province == GUANGDONG)).any()


def test_markets_in_which_nobody_is_asked_for_lose_jobs_at_the_bound() -> None:
    market = past().state.market.copy()
    market.tightness = np.zeros_like(market.tightness)
    assert np.all(market.lose_factor() == CHANGES[1])
    assert not market.find_factor().any()
