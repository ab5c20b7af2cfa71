"""All that was chosen for `workforce attribute`, checked."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from experiments.questions.attribute.keys import AttributeKeys

if TYPE_CHECKING:
    from experiments.runs.life import World
    from experiments.runs.plan import Cell
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.policy.scenario import Scenario
    from sim.targets import Targets


@dataclass(frozen=True)
class Question:
    """All that was chosen, checked."""

    keys: AttributeKeys
    targets: "Targets"
    players: tuple[str, ...]
    ends: "tuple[Scenario, Scenario]"  # the baseline, and the scenario whose difference is explained
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    @cached_property
    def plan(self) -> "list[Cell]":
        """All lives, those of a draw together."""
        from experiments.questions.attribute.lives import cells, futures

        return cells(self.world, self.ends, futures(self.players), self.keys.draws, self.targets.year)
