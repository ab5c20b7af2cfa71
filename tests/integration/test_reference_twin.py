"""The engine against its plain twin in tests/reference: one Mesa agent per worker, equal to the bit."""

from dataclasses import replace
from functools import cache

from sim.categories import TIERS
from sim.inputs import Inputs
from sim.model import WorkforceModel
from sim.policy.monitoring import MonitoringRule
from sim.policy.scenario import Scenario
from sim.state import State
from tests.country import AT_ONCE, FROZEN, INPUTS, with_measures
from tests.reference.twin import Twin

AGENTS = 4_000
WORD = (1 << 64) - 1


@cache
def history() -> dict[tuple[int, int], State]:
    """States of a small country by year and month; only to be looked at."""
    model = WorkforceModel(FROZEN, inputs=AT_ONCE, agents=AGENTS, seed=1)
    states = {(2014, 12): model.state.copy()}
    for date in ((2021, 9), (2024, 12)):
        model.run_to(*date)
        states[date] = model.state.copy()
    return states


def everything(budget: float | None = None) -> Scenario:
    """All measures of all seven families in force at once, and a planner that answers every year."""
    rule = MonitoringRule(
        tiers=TIERS[1:], first_review=2025, every_years=1, threshold=1.0, quota_factor=1.1,
        intensity_step=0.2, families=("skills", "delivery"), delay_months=0,
        budget_million_yuan_per_year=budget,
    )  # fmt: skip
    return replace(with_measures(INPUTS.catalogue.names, level=0.7), monitoring=rule)


def engine_from(state: State, scenario: Scenario) -> WorkforceModel:
    return WorkforceModel(scenario, inputs=AT_ONCE, seed=1, state=state.copy())


def twin_from(state: State, scenario: Scenario, inputs: Inputs = AT_ONCE) -> Twin:
    return Twin(scenario, inputs=inputs, state=state, seed=1)


def assert_equal_lives(state: State, scenario: Scenario, months: int) -> tuple[WorkforceModel, Twin]:
    """Both, some months later and equal at the end of each."""
    engine, twin = engine_from(state, scenario), twin_from(state, scenario)
    assert twin.differences(engine.state) == {}
    for _ in range(months):
        engine.step()
        twin.step()
        assert twin.differences(engine.state) == {}, f"in month {twin.now}"
    return engine, twin


def test_three_years_of_the_full_reform_are_equal_to_the_bit() -> None:
    engine, twin = assert_equal_lives(history()[2024, 12], everything(), 36)
    assert len(twin.planner.modifiers.responses) > 0
    assert twin.planner.projected == engine.planner.projected
    assert twin.planner.spent == engine.planner.spent


def test_the_first_population_lives_equally() -> None:
    """A year and a quarter: newcomers, and the decisions of enterprises."""
    assert_equal_lives(history()[2014, 12], FROZEN, 15)


def test_the_years_around_2022_are_equal() -> None:
    """Appointments begin in January 2022; published figures end in 2021."""
    assert_equal_lives(history()[2021, 9], FROZEN, 15)
