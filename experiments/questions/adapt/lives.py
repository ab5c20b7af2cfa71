"""One future under every plan and under the monitoring rule: the same past, chance and knowledge."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.at_end import heads, spending
from experiments.questions.adapt.plans import Plan, scaled
from experiments.runs.life import Life, World
from experiments.runs.observers import Arrays
from experiments.runs.plan import Cell
from experiments.runs.records import NATION, Records
from sim.categories import PLACES
from sim.targets import TARGET_TIERS, Targets

if TYPE_CHECKING:
    from sim.policy.scenario import Scenario

Array = NDArray[np.float64]
COST: Final = "cost"  # billion yuan, from 2025 to the year of the targets
DEAREST: Final = "dearest"  # billion yuan for measures in the year in which they cost most
YEARS: Final = range(2025, 2035)  # of reviews that can be answered before 2035 ends
FLAGS: Final = tuple(f"{year}_{tier}" for year in YEARS for tier in TARGET_TIERS)  # 1: the tier was behind
OUTPUTS: Final = (*TARGET_TIERS, COST, DEAREST, *FLAGS)
REVIEWS: Final = "reviews"  # of ``OBSERVERS``


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
