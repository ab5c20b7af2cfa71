"""All that was chosen for `workforce sensitivity`, checked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.questions.sensitivity.keys import SensitivityKeys

if TYPE_CHECKING:
    from experiments.questions.sensitivity.factors import Factor
    from experiments.runs.life import World
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.policy.scenario import Scenario
    from sim.targets import Targets


@dataclass(frozen=True)
class Study:
    """All that was chosen, checked."""

    keys: SensitivityKeys
    targets: "Targets"
    ends: "tuple[Scenario, Scenario]"  # scenario and baseline
    factors: "list[Factor]"
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    def pairs_needed(self) -> int:
        """Pairs of lives of the whole study."""
        keys = self.keys
        screening = keys.trajectories * (len(self.factors) + 1)
        return int((screening + keys.samples * (keys.keep + 2)) * keys.seeds)

    def years(self) -> int:
        """Simulated years of the whole study."""
        from experiments.runs.plan import years_of_a_cell

        return self.pairs_needed() * years_of_a_cell(2, self.targets.year)
