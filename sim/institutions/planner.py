"""The planner: carries the scenario's measures, watches the targets, and adapts."""

from collections.abc import Mapping

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.calendar import month_index, year_of
from sim.categories import TIERS
from sim.institutions.actor import Actor
from sim.parameters import Drawn
from sim.policy.cost import ANNOUNCED, spending, spending_on_places
from sim.policy.modifiers import Modifiers
from sim.policy.monitoring import PUBLISHED
from sim.policy.programme import Programme, Round, selected_in
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

    @property
    def programme(self) -> Programme:
        """How the scenario reads the craftsman programme."""
        return self.modifiers.scenario.programme

    def rounds(self, month: int) -> dict[str, Round]:
        """The rounds of a month by tier, from the lowest; in most months there is none."""
        return {
            tier: Round(self.places(tier, year_of(month)), self.programme.months_of(tier))
            for tier in TIERS[1:]
            if self.programme.opens(tier, month)
        }

    def places(self, tier: str, year: int) -> int:
        """Persons to be selected for a tier in a year, after all responses in force by then."""
        return self.modifiers.quota(tier, selected_in(tier, year))

    def spend(self, year: int, quantities: Mapping[str, NDArray[np.float64]]) -> None:
        """Book the cost of a year in million yuan; ``quantities`` by cost basis, shape (31,)."""
        months = range(month_index(year), month_index(year) + 12)
        self.spent = spending(self.modifiers, months, quantities)

    def spent_on_places(self, year: int) -> float:
        """Cost of a year's places beyond those announced, million yuan; nothing before the programme."""
        places = {tier: self.places(tier, year) for tier in ANNOUNCED}
        announced = {
            tier: self.programme.selected(tier, year, persons) for tier, persons in ANNOUNCED.items()
        }
        return spending_on_places(places, announced, self._place_costs)

    @property
    def targets(self) -> Targets:
        """What is watched: the targets of the scenario's rule, without one the published."""
        rule = self.modifiers.scenario.monitoring
        return PUBLISHED if rule is None else rule.targets

    def project(self, year: int, counted: NDArray[np.int64], success: NDArray[np.float64]) -> None:
        """Expected craftsmen at the end of the targets' year if places to come bring what places brought.

        ``counted``: craftsmen so far by tier, as the targets count them, shape (4,); ``success``: those
        for each place of the rounds named so far, by tier, shape (4,).
        """
        for tier, name in enumerate(TIERS[1:], start=1):
            named = self.programme.named_by(name, year)
            in_time = self.programme.named_by(name, self.targets.year)
            coming = sum(self.places(name, intake) for intake in in_time if intake not in named)
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
