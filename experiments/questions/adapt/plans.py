"""The plans that a planner who knows the future may choose from, and the lives in which they are lived.

Each is the fixed plan, scaled along two axes. All of them and the monitored plan are lived after the same
past, with the same chance and knowledge.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.at_end import heads, spending
from experiments.runs.life import Life, World
from experiments.runs.observers import Arrays
from experiments.runs.plan import Cell
from experiments.runs.records import NATION, Records
from sim.calendar import END, FORK_YEAR, month_index, year_of
from sim.categories import PLACES
from sim.policy.intakes import QUOTA_TIERS, Quota
from sim.policy.monitoring import MonitoringRule
from sim.policy.path import MeasurePath
from sim.policy.programme import selected_in
from sim.policy.scenario import Scenario
from sim.targets import TARGET_TIERS, Targets

Array = NDArray[np.float64]
COST: Final = "cost"  # billion yuan, from the fork to the year of the targets
DEAREST: Final = "dearest"  # billion yuan for measures in the year in which they cost most
YEARS: Final = range(FORK_YEAR + 1, year_of(END))  # of reviews that can be answered before the end
FLAGS: Final = tuple(f"{year}_{tier}" for year in YEARS for tier in TARGET_TIERS)  # 1: the tier was behind
OUTPUTS: Final = (*TARGET_TIERS, COST, DEAREST, *FLAGS)
REVIEWS: Final = "reviews"  # of ``OBSERVERS``


class Plan(NamedTuple):
    """A plan that is laid down at the fork and kept.

    Attributes
    ----------
    level
        Intended intensity of every measure over that of the fixed plan; none rises above 1.
    places
        Share of the places that the rule could add at most; given evenly over all intakes after the fork.
    """

    level: float
    places: float


FIXED: Final = Plan(1.0, 0.0)


def plans(levels: Sequence[float], places: Sequence[float]) -> tuple[Plan, ...]:
    """Every level with every share of places, each once, the fixed plan first."""
    return tuple(dict.fromkeys([FIXED, *(Plan(*values) for values in product(levels, places))]))


def scaled(scenario: Scenario, plan: Plan, year: int) -> Scenario:
    """A scenario without its monitoring rule, scaled as a plan says; ``year`` is that of the targets."""
    factor = 1.0 + plan.places * (most_places(scenario, year) - 1.0)
    return replace(
        scenario,
        name=f"{scenario.name} x {plan.level:g}, places {plan.places:g}",
        paths=tuple(_scaled(path, plan.level) for path in scenario.paths),
        quota_per_year=_times(scenario.quota_per_year, factor),
        quota_in_year=tuple((year, _times(quota, factor)) for year, quota in scenario.quota_in_year),
        monitoring=None,
    )


def most_places(scenario: Scenario, year: int) -> float:
    """Places of the rounds named by the end of a year if every review responds, over those planned."""
    planned = [
        (selected_in(tier, intake), scenario.quota(tier, intake))
        for tier in QUOTA_TIERS
        for intake in scenario.programme.named_by(tier, year)
        if intake > FORK_YEAR
    ]
    together = sum(places for _, places in planned)
    rule = scenario.monitoring
    if rule is None or not together:
        return 1.0
    return sum(places * rule.quota_factor ** _responses(rule, month) for month, places in planned) / together


def reviews(rule: MonitoringRule, year: int) -> tuple[int, ...]:
    """Years of the reviews whose responses are in force before the end of a year."""
    due = filter(rule.is_due, range(rule.first_review, year))
    return tuple(review for review in due if rule.in_force(review) <= month_index(year, 12))


def _responses(rule: MonitoringRule, month: int) -> int:
    """Responses that are in force in a month of selection if every review responds."""
    due = filter(rule.is_due, range(rule.first_review, year_of(month)))
    return sum(rule.in_force(review) <= month for review in due)


def _scaled(path: MeasurePath, level: float) -> MeasurePath:
    own = path.level_by_province
    return replace(
        path,
        level=min(1.0, level * path.level),
        level_by_province=own and tuple((province, min(1.0, level * one)) for province, one in own),
    )


def _times(quota: Quota, factor: float) -> Quota:
    city, provincial, national = (round(places * factor) for places in quota)
    return city, provincial, national


def cells(world: World, monitored: "Scenario", plans: Sequence[Plan], draws: int, until: int) -> list[Cell]:
    """Every plan and at last the one with the rule, under each of some draws, whose number is their seed."""
    policies = [*(scaled(monitored, plan, until) for plan in plans), monitored]
    return [
        Cell(tuple(Life(world, policy, draw, draw, until) for policy in policies), (REVIEWS,))
        for draw in range(1, draws + 1)
    ]


def outcomes(records: Records, targets: Targets) -> Array:
    """What the lives bring, shape (lives, ``OUTPUTS`` before the flags)."""
    spent = spending(records, (NATION, PLACES))
    measures = spent[:, 0] - spent[:, 1]  # what the budget of the rule is for
    cost = np.stack((spent[:, 0].sum(axis=1), measures.max(axis=1)), axis=1)
    return np.concatenate((heads(records, targets), cost), axis=1)


def flags(reviews: Sequence[Arrays]) -> Array:
    """Who was behind at each review, shape (lives, ``FLAGS``)."""
    behind = np.zeros((len(reviews), len(YEARS), len(TARGET_TIERS)))
    for own, noted in zip(behind, reviews, strict=True):
        within = np.isin(noted["year"], YEARS)
        own[noted["year"][within] - YEARS[0]] = noted["behind"][within]
    return behind.reshape(len(reviews), -1)
