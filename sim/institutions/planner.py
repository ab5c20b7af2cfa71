"""The planner: carries the scenario's measures, watches the targets, and adapts."""

from collections.abc import Mapping

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.calendar import month_index, year_of
from sim.categories import TIERS
from sim.institutions.actor import Actor
from sim.institutions.nomination import CULTIVATION_MONTHS
from sim.institutions.recognition import FIRST_INTAKE
from sim.parameters import Drawn
from sim.policy.cost import spending, spending_on_places
from sim.policy.modifiers import Modifiers
from sim.policy.monitoring import PUBLISHED
from sim.targets import Targets


class Planner(Actor):
    """One agent: the scenario in force, the money spent, and what monitoring showed."""

    def __init__(self, model: mesa.Model, modifiers: Modifiers, place_costs: Mapping[str, Drawn]) -> None:
        """``place_costs``: yuan for a craftsman's place, by name (``PLACE_COSTS``)."""
        super().__init__(model)
        self.modifiers = modifiers
        self._place_costs = {name: float(yuan) for name, yuan in place_costs.items()}
        self.spent: dict[str, float] = {}  # million yuan in the last year, by measure
        self.projected: dict[str, float] = {}  # craftsmen expected by the end of the targets' year, by tier

    def quotas(self, month: int) -> dict[str, int]:
        """Persons to be selected in the year of a month, by tier."""
        return {tier: self.modifiers.quota(tier, month) for tier in TIERS[1:]}

    def spend(self, year: int, quantities: Mapping[str, NDArray[np.float64]]) -> None:
        """Book the cost of a year in million yuan; ``quantities`` by cost basis, shape (31,)."""
        months = range(month_index(year), month_index(year) + 12)
        self.spent = spending(self.modifiers, months, quantities)

    def spent_on_places(self, year: int) -> float:
        """Cost of a year's places beyond those announced, million yuan; nothing before the programme."""
        if year < FIRST_INTAKE:
            return 0.0
        return spending_on_places(self.quotas(month_index(year)), self._place_costs)

    @property
    def targets(self) -> Targets:
        """What is watched: the targets of the scenario's rule, without one the published."""
        rule = self.modifiers.scenario.monitoring
        return PUBLISHED if rule is None else rule.targets

    def project(self, year: int, counted: NDArray[np.int64], success: NDArray[np.float64]) -> None:
        """Expected craftsmen at the end of the targets' year if places to come bring what places brought.

        ``counted``: craftsmen so far by tier, as the targets count them, shape (4,); ``success``: those
        for each place of the intakes evaluated so far, by tier, shape (4,).
        """
        last_intake = year_of(month_index(self.targets.year, 12) - CULTIVATION_MONTHS + 1)
        under_way = range(year, last_intake + 1)  # intakes not yet evaluated at the end of the year
        for tier, name in enumerate(TIERS[1:], start=1):
            coming = sum(self.modifiers.quota(name, month_index(intake)) for intake in under_way)
            self.projected[name] = float(counted[tier] + coming * success[tier])

    def behind(self, year: int) -> tuple[str, ...]:
        """Watched tiers that are out of reach at the end of a year; none when no review is due."""
        rule = self.modifiers.scenario.monitoring
        if rule is None or not rule.is_due(year):
            return ()
        required = rule.targets.required
        return tuple(tier for tier in rule.tiers if self.projected[tier] < rule.threshold * required(tier))

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
