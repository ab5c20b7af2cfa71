"""All that was chosen for `workforce adapt`, checked."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from experiments.questions.adapt.keys import AdaptKeys

if TYPE_CHECKING:
    from experiments.questions.adapt.plans import Plan
    from experiments.runs.life import World
    from experiments.runs.plan import Cell
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.policy.monitoring import MonitoringRule
    from sim.policy.scenario import Scenario
    from sim.targets import Targets


@dataclass(frozen=True)
class Question:
    """All that was chosen, checked."""

    keys: AdaptKeys
    plans: "tuple[Plan, ...]"
    monitored: "Scenario"
    rule: "MonitoringRule"
    most: float
    targets: "Targets"
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    @cached_property
    def plan(self) -> "list[Cell]":
        """All lives, those of a future together."""
        from experiments.questions.adapt.lives import cells

        return cells(self.world, self.monitored, self.plans, self.keys.draws, self.targets.year)
