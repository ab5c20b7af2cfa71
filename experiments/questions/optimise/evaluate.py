"""Candidates are lived in cells: pairs of a seed and a draw that all of them share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from experiments.questions.optimise.levers import Candidate, Space
from experiments.questions.optimise.lives import outcomes
from experiments.questions.optimise.scores import Score
from experiments.runs.life import Life, World
from experiments.runs.plan import Cell, years_of_a_cell

if TYPE_CHECKING:
    from experiments.runs.execute import Executor
    from sim.targets import Targets


@dataclass(frozen=True)
class Cells:
    """Cells ``first`` to ``first + number - 1``, each with the seed and the draw of its number."""

    first: int
    number: int
    agents: int

    def numbers(self) -> range:
        """Seed and draw of each cell."""
        return range(self.first, self.first + self.number)

    def years(self, candidates: int, until: int) -> int:
        """Simulated years of so many candidates."""
        return self.number * years_of_a_cell(candidates, until) if candidates else 0


@dataclass(frozen=True)
class Evaluation:
    """How candidates become scores.

    Attributes
    ----------
    space
        The levers.
    world
        What all lives share, but for the number of agents.
    targets
        What is to be reached, and the last year.
    live
        Lives what is not kept from before.
    """

    space: Space
    world: World
    targets: "Targets"
    live: "Executor"

    def __call__(self, candidates: Sequence[Candidate], cells: Cells) -> list[Score]:
        """Live candidates in cells, as far as that is not kept from before."""
        from sim.policy.scenario import read_scenario

        if not candidates:
            return []
        world = replace(self.world, agents=cells.agents)
        catalogue = world.inputs.catalogue
        policies = [
            read_scenario(self.space.scenario(one), catalogue).watching(self.targets) for one in candidates
        ]
        plan = [
            Cell(tuple(Life(world, policy, number, number, self.targets.year) for policy in policies))
            for number in cells.numbers()
        ]
        lived = self.live.outcomes(plan, lambda records: outcomes(records, self.targets))
        by_cell = lived.reshape(cells.number, len(candidates), -1)
        return [Score(one, by_cell[:, place]) for place, one in enumerate(candidates)]
