"""What was lived, and what a planner would choose who knows each future beforehand."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from experiments.questions.adapt.plans import COST, DEAREST, FLAGS, OUTPUTS, YEARS, Plan, reviews
from sim.policy.monitoring import MonitoringRule
from sim.targets import TARGET_TIERS, Targets

Kind = TypeVar("Kind", bound=np.generic)
Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
TARGETS: Final = (*TARGET_TIERS, "all")
FIXED, MONITORED, FORESIGHT = WHO = ("fixed", "monitored", "foresight")


@dataclass(frozen=True)
class Lived:
    """All futures under all plans.

    Attributes
    ----------
    plans
        What may be chosen; the first is the fixed plan.
    rule
        That of the monitored plan.
    most
        Places if every review responds, over those planned.
    targets
        What is to be reached.
    found
        Shape (futures, plans + 1, ``OUTPUTS``); the last row of a future is the monitored plan.
    """

    plans: tuple[Plan, ...]
    rule: MonitoringRule
    most: float
    targets: Targets
    found: Array

    @cached_property
    def heads(self) -> Array:
        """Craftsmen by tier, shape (futures, plans + 1, 3)."""
        return self.found[..., : len(TARGET_TIERS)]

    @cached_property
    def required(self) -> Array:
        """Craftsmen that the targets ask for, shape (3,)."""
        return np.array([float(self.targets.required(tier)) for tier in TARGET_TIERS])

    @cached_property
    def margin(self) -> Array:
        """Attainment of the tier that is worst, shape (futures, plans + 1); 1 reaches all targets."""
        worst: Array = (self.heads / self.required).min(axis=2)
        return worst

    @cached_property
    def reached(self) -> Flags:
        """Whether each of ``TARGETS`` is reached, shape (futures, plans + 1, 4)."""
        tiers = self.heads >= self.required
        return np.concatenate((tiers, tiers.all(axis=2, keepdims=True)), axis=2)

    @cached_property
    def cost(self) -> Array:
        """Billion yuan, shape (futures, plans + 1)."""
        return self.found[..., OUTPUTS.index(COST)]

    @cached_property
    def affordable(self) -> Flags:
        """Which may be chosen, shape (futures, plans + 1): those that keep to the rule's budget every year.

        The fixed and the monitored plan always may, as they are what the others are compared with.
        """
        budget = self.rule.budget_million_yuan_per_year
        dearest = self.found[..., OUTPUTS.index(DEAREST)]
        within: Flags = dearest <= (np.inf if budget is None else budget / 1e3)
        within[:, [0, -1]] = True
        return within

    @cached_property
    def behind(self) -> Flags:
        """Which tiers were behind at each review of the monitored plan, shape (futures, reviews, 3)."""
        flags = self.found[:, -1, -len(FLAGS) :].reshape(len(self.found), len(YEARS), len(TARGET_TIERS))
        return flags[:, [YEARS.index(year) for year in self.reviews]] > 0.0

    @cached_property
    def responded(self) -> Flags:
        """Which reviews of the monitored plan responded, shape (futures, reviews)."""
        return np.asarray(self.behind.any(axis=2))

    @property
    def reviews(self) -> tuple[int, ...]:
        """Years of the reviews whose responses are in force before the targets' year ends."""
        return reviews(self.rule, self.targets.year)

    @cached_property
    def chosen(self) -> NDArray[np.intp]:
        """What perfect foresight chooses, shape (futures,)."""
        return foreseen(self.margin, self.cost, self.affordable)

    def of(self, who: str, values: NDArray[Kind]) -> NDArray[Kind]:
        """Values of one of ``WHO``: from shape (futures, plans + 1, ...) to shape (futures, ...)."""
        if who == FORESIGHT:
            return values[np.arange(len(values)), self.chosen]
        return values[:, 0 if who == FIXED else -1]


def foreseen(margin: Array, cost: Array, may: Flags) -> NDArray[np.intp]:
    """The cheapest that reaches all targets, or, when none does, the one with the smallest largest shortfall.

    Parameters
    ----------
    margin
        Attainment of the worst tier, shape (futures, plans).
    cost
        Billion yuan, the same shape.
    may
        What may be chosen, the same shape; at least one in each future.

    Returns
    -------
    numpy.ndarray
        A plan for each future, shape (futures,); of equal ones the cheaper, then the first.
    """
    possible = np.where(may, margin, -np.inf)
    nearest = np.minimum(possible.max(axis=1, keepdims=True), 1.0)  # all that reach the targets are equal
    cheapest: NDArray[np.intp] = np.where(possible >= nearest, cost, np.inf).argmin(axis=1)
    return cheapest
