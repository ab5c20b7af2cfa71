"""The lives that a comparison is made of: one history per seed and draw, one future per scenario."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.answers.checks import POPULATION, disk_needed, persons
from experiments.questions.compare.keys import CompareKeys
from experiments.questions.compare.moved import MOST_TWICE, Twice
from experiments.runs.life import Life, World
from experiments.runs.plan import RECORD, Cell
from experiments.runs.store import LifeStore
from experiments.study.launch import Needs, Work

if TYPE_CHECKING:
    from experiments.outcomes.commitments import Commitment
    from sim.policy.scenario import Scenario
    from sim.targets import Targets

REPEATED = 4  # by default every fourth run repeats a draw,
REPEATING = 24  # as far as this run: enough to part chance from knowledge, and further ones tell more of both
DIARY = "diary"  # of ``OBSERVERS``


@dataclass(frozen=True)
class Comparison:
    """All that was chosen for a comparison, checked."""

    keys: CompareKeys
    world: World
    scenarios: tuple["Scenario", ...]
    targets: "Targets"
    commitments: tuple["Commitment", ...] = ()  # no life depends on them

    @cached_property
    def store(self) -> LifeStore:
        """Where its lives are kept."""
        return LifeStore(Path(self.keys.results))

    @cached_property
    def work(self) -> Work:
        """Processes that live a seed each, and threads of each; InputError for what cannot be done."""
        needs = Needs(
            self.agents,
            persons(self.world.inputs),
            POPULATION,
            jobs=max(1, len(self.missing())),
            histories=self.store.results / "histories" if self.keys.history == "keep" else None,
            checkpoints=self.keys.checkpoint == "yearly",
        )
        return Work.read("compare", self.keys, needs)

    @property
    def agents(self) -> int:
        """Agents of each life."""
        return self.world.agents or persons(self.world.inputs)

    @cached_property
    def cells(self) -> list[Cell]:
        """Lives by seed; within a seed by scenario, the baseline first."""
        return [self._cell(run) for run in range(1, self.keys.seeds + 1)]

    def _cell(self, run: int) -> Cell:
        seed, draw = self.keys.first_seed + run - 1, self.draw(run)
        lives = tuple(Life(self.world, scenario, seed, draw) for scenario in self.scenarios)
        several = len(lives) > 1  # and one seed is enough for biographies
        return Cell(lives, (DIARY,) if several and run == 1 else (), lives[0] if several else None)

    @cached_property
    def without_data(self) -> list[Cell]:
        """The first runs once more, without the figures that the user added; none where nothing was added."""
        world, first = replace(self.world, data=()), self.cells[:MOST_TWICE] if self.world.data else []
        return [Cell(tuple(replace(life, world=world) for life in cell.lives)) for cell in first]

    @property
    def plan(self) -> list[Cell]:
        """All that is lived."""
        return [*self.cells, *self.without_data]

    @property
    def twice(self) -> list[Twice]:
        """Lives without and with the figures that the user added, by scenario."""
        pairs = [
            tuple(zip(apart.lives, cell.lives, strict=True))
            for apart, cell in zip(self.without_data, self.cells, strict=False)
        ]
        return [Twice(one[0][1].scenario.name, one) for one in zip(*pairs, strict=True)]

    @property
    def lives(self) -> list[Life]:
        """All lives that the figures of the page are of, cell by cell."""
        return [life for cell in self.cells for life in cell.lives]

    def kept(self) -> int:
        """Number of runs that are finished and kept."""
        return sum(RECORD in held for held in self.store.held(self.lives))

    def missing(self) -> list[Cell]:
        """Histories of which something has still to be lived."""
        return self.store.lacking(self.plan)

    def disk_needed(self) -> int:
        """Disk for histories, baselines and checkpoints (old, new, and that of the baseline), about."""
        missing = self.missing()
        if not missing:
            return 0
        means = self.work.means
        comparisons = means.processes if len(self.scenarios) > 1 else 0
        histories = comparisons
        if means.histories:
            kept = [cell for cell in missing if (means.histories / cell.lives[0].history_id).exists()]
            histories = len(missing) - len(kept)
        checkpoints = 3 * means.processes if means.checkpoints else 0
        return disk_needed(self.agents, histories + checkpoints, comparisons)

    def draw(self, run: int) -> int:
        """Number of the parameter draw of a run: none at all, one of those shared, or by default a new one.

        Of the first runs every fourth repeats the draw before it, which tells chance from knowledge (decision
        0009).
        """
        draws, first = self.keys.draws, self.keys.first_draw
        if draws is None:
            return first + run - 1 - min(run, REPEATING) // REPEATED
        return 0 if draws == 0 else first + (run - 1) % int(draws)
