"""The extreme worlds and what is expected of each, written before they were lived."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from experiments.validation.country import frozen, going_on, inputs
from experiments.validation.outcomes import Outcome
from sim.calendar import FORK, FORK_YEAR
from sim.categories import PROVINCE_CODES, PROVINCES, TIERS
from sim.model import WorkforceModel
from sim.policy.intakes import Quota
from sim.policy.scenario import MeasurePath, Scenario
from sim.state import State

GUANGDONG: Final = PROVINCE_CODES.index(440000)
EMPTIED = FORK_YEAR + 2  # the first whole year without demand


@dataclass(frozen=True)
class Expectation:
    """What is expected; ``number`` is shown, ``holds`` judges it. Both see the world and the frozen one."""

    text: str
    number: Callable[[Outcome, Outcome], float]
    holds: Callable[[float], bool]


@dataclass(frozen=True)
class World:
    """One extreme: how it is made, how it goes on from the fork, and what is expected."""

    title: str
    made: str
    future: Callable[[State], WorkforceModel]
    expected: tuple[Expectation, ...]


def with_all_measures(level: float) -> Scenario:
    """Every measure at once from the fork on."""
    paths = tuple(MeasurePath(name, FORK + 1, 0, level) for name in inputs().catalogue.names)
    return replace(frozen(), paths=paths)


def with_quota(times: int) -> Scenario:
    """The announced intakes so many times."""
    city, provincial, national = (times * seats for seats in frozen().quota_per_year)
    quota: Quota = (city, provincial, national)
    return replace(frozen(), quota_per_year=quota)


def with_demand_doubled(state: State) -> WorkforceModel:
    """Twice as many persons asked for in every market from the fork on."""
    model = going_on(state, frozen())
    model.state.market.demand_factor = 2.0
    return model


def with_guangdong_open(times: float, state: State) -> WorkforceModel:
    """So many times the openness in one province; it stays as it is in the others."""
    known = inputs()
    rate = known.rates["openness"]
    level = np.broadcast_to(known.rates.values(0)["openness"], PROVINCES).copy()
    level[GUANGDONG] *= times
    by_province = tuple(level.tolist())
    closed = replace(rate, value=by_province, low=by_province, high=by_province, distribution="fixed")
    rates = replace(known.rates, parameters={**known.rates.parameters, "openness": closed})
    return WorkforceModel(frozen(), inputs=replace(known, rates=rates), seed=1, state=state.copy())


def over_frozen(indicator: str, group: str = "all") -> Callable[[Outcome, Outcome], float]:
    """Ratio of the last year to the frozen world."""
    return lambda world, base: world.at_end(indicator, group) / base.at_end(indicator, group)


def over_fork(indicator: str, group: str = "all") -> Callable[[Outcome, Outcome], float]:
    """Ratio of the last year to the fork."""
    return lambda world, _: world.at_end(indicator, group) / world.at_fork(indicator, group)


def different_states(world: Outcome, base: Outcome) -> float:
    """0 when both ended in the same state, to the bit."""
    return float(world.model.state_digest() != base.model.state_digest())


def selected_beyond(limit: str) -> Callable[[Outcome, Outcome], float]:
    """Persons selected beyond the places, or beyond the qualified, in any year and tier."""
    return lambda world, _: sum(
        max(0.0, world.values[year, "selected", group] - world.values[year, limit, group])
        for year in world.years
        for group in (f"tier={tier}" for tier in TIERS[1:])
    )


def selected(world: Outcome, _: Outcome) -> float:
    """Persons selected since the fork, all tiers."""
    return sum(world.total("selected", f"tier={tier}") for tier in TIERS[1:])


def certified_later(world: Outcome, _: Outcome) -> float:
    """Certificates after those of the intakes of history, the last evaluated a year after the fork."""
    before = sum(world.values[FORK_YEAR + 1, "recognised", f"tier={tier}"] for tier in TIERS[1:])
    return world.certificates() - before


def none(number: float) -> bool:
    """Exactly zero."""
    return number == 0.0


def no_less(number: float) -> bool:
    """At least 1."""
    return number >= 1.0


def no_more(number: float) -> bool:
    """At most 1."""
    return number <= 1.0


WORLDS: Final[dict[str, World]] = {
    "no_measures": World(
        "No measure at all",
        "every measure with a path at level 0",
        lambda state: going_on(state, with_all_measures(0.0)),
        (Expectation("the same country as without any path, to the bit", different_states, none),),
    ),
    "all_measures": World(
        "All measures at full",
        f"every measure at level 1 from January {FORK_YEAR + 1} on, without a ramp",
        lambda state: going_on(state, with_all_measures(1.0)),
        (
            Expectation("at least as many highly skilled as frozen", over_frozen("high_skilled"), no_less),
            Expectation("at least as many courses", over_frozen("training_started"), no_less),
            Expectation("satisfaction no lower", over_frozen("satisfaction"), no_less),
            Expectation("turnover no higher", over_frozen("turnover"), no_more),
            Expectation("no fewer migrants settled", over_frozen("settled_share"), no_less),
            Expectation(
                "at least as many certificates",
                lambda world, base: world.certificates() / base.certificates(),
                no_less,
            ),
        ),
    ),
    "no_demand": World(
        "Nobody asks for workers",
        f"growth of labour demand of -100 % in {FORK_YEAR + 1}, by code: "
        "a scenario's file takes no less than -30 %",
        lambda state: going_on(state, replace(frozen(), labour_demand_growth_per_year=-1.0)),
        (
            Expectation("at most a tenth of the employed is left", over_fork("employed"), lambda n: n <= 0.1),
            Expectation("wages below those of the frozen world", over_frozen("wage_mean"), lambda n: n < 1.0),
            Expectation(
                "no adult enters once demand is zero",
                lambda world, _: world.total("entries", "source=adult", EMPTIED),
                none,
            ),
            Expectation(
                "nobody else enters either",
                lambda world, _: world.total("young_entries", since=EMPTIED),
                none,
            ),
        ),
    ),
    "double_demand": World(
        "Twice the demand for labour",
        "model.state.market.demand_factor = 2: no scenario can ask for a step",
        with_demand_doubled,
        (
            Expectation(
                "employment 1.5 to 2.1 times that of the frozen world",
                over_frozen("employed"),
                lambda n: 1.5 <= n <= 2.1,
            ),
            Expectation("wages above the frozen world", over_frozen("wage_mean"), lambda n: n > 1.0),
            Expectation(
                "tightness back below 1.1", lambda world, _: world.at_end("tightness"), lambda n: n < 1.1
            ),
        ),
    ),
    "closed_province": World(
        "Guangdong closed to other provinces",
        "openness 0 there, by code: a parameter takes one number for all provinces",
        lambda state: with_guangdong_open(0.0, state),
        (
            Expectation(
                "nobody with another home comes to Guangdong",
                lambda world, _: world.arrived(GUANGDONG),
                none,
            ),
            Expectation(
                "moves elsewhere go on: more than half of the frozen world's",
                over_frozen("moves"),
                lambda n: n > 0.5,
            ),
        ),
    ),
    "half_open": World(
        "Guangdong half as open as it was",
        "openness halved there, in the same way",
        lambda state: with_guangdong_open(0.5, state),
        (
            Expectation(
                "at most three quarters as many come to Guangdong as in the frozen world",
                lambda world, base: world.arrived(GUANGDONG) / base.arrived(GUANGDONG),
                lambda n: n <= 0.75,
            ),
        ),
    ),
    "no_births": World(
        "No births since 2006",
        "school_entry_share 0, which is the same for industry: births are published figures, not a parameter",
        lambda state: going_on(state, frozen(), {"school_entry_share": 0.0}),
        (
            Expectation("no school leavers enter", lambda world, _: world.total("young_entries"), none),
            Expectation("fewer young workers", over_frozen("young_share"), lambda n: n < 1.0),
            Expectation("fewer skilled workers", over_frozen("skilled"), lambda n: n < 1.0),
            Expectation(
                "adults fill the jobs: employment within 2 % of the frozen world",
                over_frozen("employed"),
                lambda n: abs(n - 1.0) <= 0.02,
            ),
        ),
    ),
    "no_entry": World(
        "Nobody enters",
        "school_entry_share and adult_entry_share 0",
        lambda state: going_on(state, frozen(), {"school_entry_share": 0.0, "adult_entry_share": 0.0}),
        (
            Expectation("no entries", lambda world, _: world.total("entries"), none),
            Expectation(
                f"heads at the end are those of {FORK_YEAR} less all exits",
                lambda world, _: world.at_end("workers") - world.at_fork("workers") + world.total("exits"),
                none,
            ),
            Expectation(
                "mean age rises, by less than a year each year",
                lambda world, _: (world.at_end("mean_age") - world.at_fork("mean_age")) / len(world.years),
                lambda n: 0.0 < n < 1.0,
            ),
            Expectation("wages above the frozen world", over_frozen("wage_mean"), lambda n: n > 1.0),
        ),
    ),
    "no_quota": World(
        "No craftsmen are selected",
        "quota_per_year 0 in every tier",
        lambda state: going_on(state, with_quota(0)),
        (
            Expectation("nobody selected", selected, none),
            Expectation(f"no certificates but those of the intakes to {FORK_YEAR}", certified_later, none),
        ),
    ),
    "tenfold_quota": World(
        "Ten times the craftsmen",
        "quota_per_year times 10",
        lambda state: going_on(state, with_quota(10)),
        (
            Expectation("never more selected than places", selected_beyond("quota"), none),
            Expectation("never more selected than qualified", selected_beyond("qualified"), none),
            Expectation(
                "more certificates than with the announced intakes, at most ten times as many",
                lambda world, base: world.certificates() / base.certificates(),
                lambda n: 1.0 < n <= 10.0,
            ),
        ),
    ),
}
