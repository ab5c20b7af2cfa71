"""The debugging switch: bounds dominate every worker's hazards, and a false bound is found out."""

from collections.abc import Callable

import numpy as np
import pytest

from sim import country as country_module
from sim.calendar import START
from sim.categories import PROVINCES
from sim.country import Options
from sim.life.attitudes import fill_terms
from sim.life.bounds import hazard_bounds, screening_bounds
from sim.life.checking import NAMES, largest_hazards
from sim.life.surroundings import DECISIONS, OLD_EXIT, REVIEW, TERMS
from sim.model import WorkforceModel
from sim.policy.scenario import Scenario
from sim.records import rate_records
from tests.country import AT_ONCE, FROZEN, INPUTS, REFORM, lived, past, take_over

CHECKING = Options(checking=True)


def test_bounds_dominate_through_a_year_of_history() -> None:
    model = WorkforceModel(FROZEN, inputs=INPUTS, agents=5_000, seed=4, options=CHECKING)
    assert lived(model, 12).month == START + 12


@pytest.mark.parametrize("draw", [0, 3])
def test_bounds_dominate_through_a_year_of_the_reform(draw: int) -> None:
    state = past().state.copy()
    model = WorkforceModel(REFORM, inputs=AT_ONCE, seed=1, draw=draw, state=state, options=CHECKING)
    lived(model, 12)


@pytest.mark.parametrize("scenario", [FROZEN, REFORM], ids=["frozen", "reform"])
def test_bounds_of_a_month_are_those_of_what_is_in_force_then(scenario: Scenario) -> None:
    """Also where rates and surroundings are those of the month before, and only enterprises decided anew."""
    model = past().fork(scenario)
    for _ in range(27):
        _, law, around, month = model.world()
        rates, terms = rate_records(model.rates), np.zeros(PROVINCES, TERMS)
        fill_terms(rates, law, terms)
        fresh = screening_bounds(hazard_bounds(rates, law, around))
        assert month.bounds.tolist() == fresh.tolist()
        assert month.terms.tobytes() == terms.tobytes()
        model.step()


def test_a_fork_is_checked_too() -> None:
    model = take_over(past().state, options=CHECKING)
    assert model.fork(REFORM).country.options == CHECKING


def test_checking_changes_nothing() -> None:
    plain, checked = take_over(past().state), take_over(past().state, options=CHECKING)
    assert lived(plain, 4).state_digest() == lived(checked, 4).state_digest()


def test_every_decision_is_met() -> None:
    """A hazard that is never noted would pass unseen."""
    largest = largest_hazards(past().state.population.workers, *past().world())
    assert set(NAMES) == {*range(DECISIONS), OLD_EXIT} - {REVIEW}
    assert all(largest.per_year[decision] > 0.0 for decision in NAMES)


def lowered(decision: int) -> Callable[..., np.ndarray]:
    """Bounds of which one lies just below the largest hazard of the past."""
    largest = largest_hazards(past().state.population.workers, *past().world()).per_year[decision]

    def bounds(*arguments: object) -> np.ndarray:
        most = hazard_bounds(*arguments)
        most[decision] = 0.99 * largest
        return most

    return bounds


@pytest.mark.parametrize("decision", list(NAMES), ids=NAMES.__getitem__)
def test_a_false_bound_is_found_out(decision: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(country_module, "hazard_bounds", lowered(decision))
    with pytest.raises(AssertionError, match=rf"{NAMES[decision]}: the worker in slot \d+ has a hazard"):
        past().country.check_bounds()
