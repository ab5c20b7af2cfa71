"""The planner: carries the scenario's measures, watches the targets, and adapts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import END, month_index, year_of
from sim.categories import TIERS
from sim.constants import constants
from sim.institutions.actor import Actor
from sim.institutions.nomination import CULTIVATION_MONTHS
from sim.policy.cost import spending
from sim.policy.modifiers import Modifiers

if TYPE_CHECKING:
    from sim.model import WorkforceModel

REQUIRED: Final = dict(zip(TIERS[1:], constants("watched_craftsmen"), strict=True))


class Planner(Actor):
    """One agent: the scenario in force, the money spent, and what monitoring showed."""

    def __init__(self, model: "WorkforceModel", modifiers: Modifiers) -> None:
        super().__init__(model)
        self.modifiers = modifiers
        self.spent: dict[str, float] = {}  # million yuan in the last year, by measure
        self.projected: dict[str, float] = {}  # recognised expected by the end of 2035, by tier

    def quotas(self, month: int) -> dict[str, int]:
        """Persons to be selected in the year of a month, by tier."""
        return {tier: self.modifiers.quota(tier, month) for tier in TIERS[1:]}

    def spend(self, year: int, quantities: Mapping[str, NDArray[np.float64]]) -> None:
        """Book the cost of a year in million yuan; ``quantities`` by cost basis, shape (31,)."""
        months = range(month_index(year), month_index(year) + 12)
        self.spent = spending(self.modifiers, months, quantities)

    def project(self, year: int, recognised: NDArray[np.int64], success: NDArray[np.float64]) -> None:
        """Expected certificates by the end of 2035 if the years to come are like those evaluated so far.

        ``recognised``: certificates so far by tier, shape (4,); ``success``: certificates for each
        place of the intakes evaluated so far, by tier, shape (4,).
        """
        last_intake = year_of(END - CULTIVATION_MONTHS + 1)
        under_way = range(year, last_intake + 1)  # intakes not yet evaluated at the end of the year
        for tier, name in enumerate(TIERS[1:], start=1):
            coming = sum(self.modifiers.quota(name, month_index(intake)) for intake in under_way)
            self.projected[name] = float(recognised[tier] + coming * success[tier])

    def behind(self, year: int) -> tuple[str, ...]:
        """Watched tiers that are out of reach at the end of a year; none when no review is due."""
        rule = self.modifiers.scenario.monitoring
        if rule is None or not rule.is_due(year):
            return ()
        return tuple(tier for tier in rule.tiers if self.projected[tier] < rule.threshold * REQUIRED[tier])

    def adapt(self, year: int) -> None:
        """Answer by the scenario's monitoring rule when a target is out of reach at the end of a year."""
        rule = self.modifiers.scenario.monitoring
        if rule is None or not self.behind(year):
            return
        budget = rule.budget_million_yuan_per_year
        affordable = budget is None or sum(self.spent.values()) <= budget
        self.modifiers.respond(
            rule.families, rule.intensity_step if affordable else 0.0, rule.quota_factor, rule.in_force(year)
        )
