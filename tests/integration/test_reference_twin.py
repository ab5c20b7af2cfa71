"""The engine against its plain twin in tests/reference: one Mesa agent per worker, equal to the bit."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sim.calendar import END, FORK_YEAR, calendar_month, year_of
from sim.categories import TIERS
from sim.chance import bits, make_key, mix, probability
from sim.data import series
from sim.inputs import Inputs
from sim.institutions.labour_market import LabourMarket
from sim.law import compile_law
from sim.model import WorkforceModel
from sim.policy.monitoring import MonitoringRule
from sim.policy.programme import Programme
from sim.policy.scenario import Scenario
from sim.rates import Rates
from sim.state import State
from sim.targets import Targets
from sim.workforce.columns import VACANT
from tests.country import CONFIGS, FROZEN, INPUTS, with_measures
from tests.reference import chance
from tests.reference.twin import Twin

AGENTS = 4_000
THE_FORK = (FORK_YEAR, 12)
# Measures are delivered at once and in full, and appointments are not as rare as they are.
EVENTFUL = Inputs.read(
    CONFIGS, {"delivery_lag_months": 0.0, "delivery_fidelity": 1.0, "appointment_per_year": 0.4}
)
WORD = (1 << 64) - 1


@cache
def history() -> dict[tuple[int, int], State]:
    """States of a small country by year and month; only to be looked at."""
    model = WorkforceModel(FROZEN, inputs=EVENTFUL, agents=AGENTS, seed=1)
    states = {(2014, 12): model.state.copy()}
    for date in ((2021, 9), THE_FORK):
        model.run_to(*date)
        states[date] = model.state.copy()
    return states


def everything(budget: float | None = None) -> Scenario:
    """All measures of all seven families in force at once, and a planner that answers every year."""
    rule = MonitoringRule(
        tiers=TIERS[1:], first_review=FORK_YEAR + 1, every_years=1, threshold=1.2, quota_factor=1.1,
        intensity_step=0.2, families=("skills", "delivery"), delay_months=0,
        budget_million_yuan_per_year=budget,
    )  # fmt: skip
    return replace(with_measures(INPUTS.catalogue.names, level=0.7), monitoring=rule)


def engine_from(state: State, scenario: Scenario, inputs: Inputs = EVENTFUL) -> WorkforceModel:
    return WorkforceModel(scenario, inputs=inputs, seed=1, state=state.copy())


def twin_from(state: State, scenario: Scenario, inputs: Inputs = EVENTFUL) -> Twin:
    return Twin(scenario, inputs=inputs, state=state, seed=1)


def assert_equal_lives(engine: WorkforceModel, twin: Twin, months: int) -> None:
    """Equal now, and at the end of each of some months."""
    assert twin.differences(engine.state) == {}
    for _ in range(months):
        engine.step()
        twin.step()
        assert twin.differences(engine.state) == {}, f"in month {twin.now}"


def both(state: State, scenario: Scenario) -> tuple[WorkforceModel, Twin]:
    return engine_from(state, scenario), twin_from(state, scenario)


@pytest.mark.slow
def test_three_years_of_the_full_reform_are_equal_to_the_bit() -> None:
    engine, twin = both(history()[THE_FORK], everything())
    assert_equal_lives(engine, twin, 36)
    assert len(twin.planner.modifiers.responses) > 0
    assert twin.planner.projected == engine.planner.projected
    assert twin.planner.spent == engine.planner.spent
    assert any(worker.grade == 7 for worker in twin.workers)
    assert (twin.recognition.recognised.sum(axis=1)[1:] > 0).all()


def test_the_first_population_lives_equally() -> None:
    """A year and a quarter: newcomers, and the decisions of enterprises."""
    assert_equal_lives(*both(history()[2014, 12], FROZEN), 15)


def test_the_years_around_2022_are_equal() -> None:
    """Appointments begin in January 2022; published figures end in 2021."""
    assert_equal_lives(*both(history()[2021, 9], FROZEN), 15)


def test_figures_that_a_user_adds_are_met_equally() -> None:
    """Made-up ones of the first year after the published, in which demand and wages would grow otherwise."""
    year = max(series("employment_secondary")) + 1
    more = [("employment_secondary", year, 25_000.0), ("migrant_monthly_income", year, 7_000.0)]
    inputs, past = EVENTFUL.driven_by(more), engine_from(history()[2021, 9], FROZEN)
    past.run_to(year - 1)
    state = past.state.copy()
    state.market = LabourMarket(compile_law(inputs.law.values(0)), year_of(END), inputs.figures)
    for name in ("wage_level", "wage_mean", "asked", "supply", "tightness"):
        setattr(state.market, name, getattr(past.state.market, name).copy())
    engine = engine_from(state, FROZEN, inputs)
    assert_equal_lives(engine, twin_from(state, FROZEN, inputs), 9)
    past.run_to(year_of(engine.month), calendar_month(engine.month))
    assert not np.array_equal(past.state.market.tightness, engine.state.market.tightness)


@pytest.mark.slow
def test_a_planner_without_money_answers_equally() -> None:
    """It watches who is still in the trade, for another year than published, under another reading."""
    watched = Targets(FORK_YEAR + 4, national=2_000, provincial=10_000, city=50_000, counting="active")
    reading = Programme("named", "after_naming", (24, 9, 24))
    scenario = replace(everything(budget=1.0), programme=reading).watching(watched)
    engine, twin = both(history()[THE_FORK], scenario)
    assert_equal_lives(engine, twin, 13)
    assert [response.step for response in twin.planner.modifiers.responses] == [0.0]
    assert twin.planner.projected == engine.planner.projected


@pytest.mark.slow
def test_agents_of_few_persons_are_split_equally_to_the_last() -> None:
    """Agents of one to three persons who are all put forward: some give every person they stand for."""
    state = history()[THE_FORK].copy()
    workers = state.population.workers
    plain = np.flatnonzero((workers.status != VACANT) & (workers.candidate == 0))
    workers.weight[plain] = 1 + plain % 3
    keen = Inputs.read(CONFIGS, {**EVENTFUL.overrides, "nomination_per_year": 1.0})
    generous = replace(everything(), quota_per_year=(50_000, 10_000, 2_000))
    engine, twin = engine_from(state, generous, keen), twin_from(state, generous, keen)
    assert_equal_lives(engine, twin, 1)
    several = set(workers.identity[plain[workers.weight[plain] > 1]].tolist())
    whole = [worker for worker in twin.workers if worker.candidate and worker.identity in several]
    assert len(whole) > 20
    assert_equal_lives(engine, twin, 3)


@cache
def lived_from(year: int, month: int, months: int, scenario: Scenario) -> tuple[State, ...]:
    """A state of the history, and the engine's states at the ends of some months after it."""
    engine, states = engine_from(history()[year, month], scenario), [history()[year, month]]
    for _ in range(months):
        engine.step()
        states.append(engine.state.copy())
    return tuple(states)


def first_difference(
    name: str, factor: float, lived: tuple[State, ...], scenario: Scenario
) -> dict[str, int]:
    """What differs first when one rate or number of the law is multiplied by ``factor`` in the twin alone."""
    register = INPUTS.rates if name in INPUTS.rates else INPUTS.law
    value = register[name].value
    lower = [factor * entry for entry in value] if isinstance(value, tuple) else factor * value
    twin = twin_from(lived[0], scenario, Inputs.read(CONFIGS, {**EVENTFUL.overrides, name: lower}))
    for state in lived[1:]:
        twin.step()
        differing = twin.differences(state)
        if differing:
            return differing
    return {}


@pytest.mark.parametrize(
    "name",
    [
        "leave_industry_per_year", "quit_per_year", "employer_course_per_year", "learning_per_year",
        "return_home_per_year", "participation", "grade_wage", "fade_per_year", "settle_per_year",
        "adult_entry_share", "tightness_wage_elasticity", "effort_speed_per_year",
    ],
)  # fmt: skip
def test_a_number_that_is_a_tenth_lower_in_the_twin_alone_shows(name: str) -> None:
    assert first_difference(name, 0.9, lived_from(2021, 9, 6, FROZEN), FROZEN)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in Rates._fields if name != "delivery_lag_months"])
def test_every_rate_that_is_halved_in_the_twin_alone_shows(name: str) -> None:
    """The lag of delivery is 0 here."""
    reform = everything()
    assert first_difference(name, 0.5, lived_from(*THE_FORK, 24, reform), reform)


def plain_mix(word: int) -> int:
    """Scramble 64 bits, as docs/model.md says."""
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9 & WORD
    word = (word ^ word >> 27) * 0x94D049BB133111EB & WORD
    return word ^ word >> 31


def plain_key(seed: int, month: int, purpose: int) -> int:
    key = plain_mix(seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03 & WORD)
    key = plain_mix(key ^ month * 0xA24BAED4963EE407 & WORD)
    return plain_mix(key ^ purpose * 0x9FB21C651E98DF25 & WORD)


@pytest.mark.parametrize("purpose", [0, 1, 17, 220, 403])
def test_the_random_numbers_can_be_computed_with_plain_whole_numbers(purpose: int) -> None:
    key = plain_key(3, 1140, purpose)
    assert key == make_key(3, 1140, purpose)
    for identity in (0, 1, 2**56 + 7, WORD):
        word = plain_mix(plain_mix(identity ^ key) + key & WORD)
        assert mix(identity) == plain_mix(identity)
        assert bits(key, identity) == word
        heads = chance.Draws(3, 1140).heads(identity)
        assert all(0 <= head < 1 for head in heads)


def test_the_series_of_the_engine_is_the_exponential() -> None:
    for hazard in np.linspace(0.0, 20.0, 501):
        assert probability(float(hazard)) == pytest.approx(chance.probability(float(hazard)), abs=1e-13)
