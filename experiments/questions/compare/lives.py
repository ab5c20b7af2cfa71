"""The lives that a comparison is made of: one history per seed and draw, one future per scenario."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from experiments.answers.checks import disk_needed, persons, share_cores
from experiments.questions.compare.keys import CompareKeys
from experiments.runs.life import Life, World
from experiments.runs.plan import RECORD, Cell
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, worker_bytes

if TYPE_CHECKING:
    from experiments.outcomes.commitments import Commitment
    from experiments.study.launch import Work
    from sim.policy.scenario import Scenario
    from sim.targets import Targets

REPEATED = 4  # by default every fourth seed repeats a draw
DIARY = "diary"  # of ``OBSERVERS``


@dataclass(frozen=True)
class Comparison:
    """All that was chosen for a comparison, checked."""

    keys: CompareKeys
    work: "Work"
    world: World
    scenarios: tuple["Scenario", ...]
    targets: "Targets"
    commitments: tuple["Commitment", ...] = ()  # no life depends on them

    @property
    def store(self) -> LifeStore:
        """Where its lives are kept."""
        return self.work.study.store

    @cached_property
    def cells(self) -> list[Cell]:
        """Lives by seed; within a seed by scenario, the baseline first."""
        return [self._cell(seed) for seed in range(1, self.keys.seeds + 1)]

    def _cell(self, seed: int) -> Cell:
        draw = self.draw(seed)
        lives = tuple(Life(self.world, scenario, seed, draw) for scenario in self.scenarios)
        several = len(lives) > 1  # and one seed is enough for biographies
        return Cell(lives, (DIARY,) if several and seed == 1 else (), lives[0] if several else None)

    @property
    def lives(self) -> list[Life]:
        """All lives, cell by cell."""
        return [life for cell in self.cells for life in cell.lives]

    def kept(self) -> int:
        """Number of runs that are finished and kept."""
        return sum(RECORD in held for held in self.store.held(self.lives))

    def missing(self) -> list[Cell]:
        """Seeds of which something has still to be lived."""
        return self.store.lacking(self.cells)

    def means(self) -> Means:
        """Processes that live a seed each, and threads of each."""
        histories = self.store.results / "histories" if self.keys.history == "keep" else None
        each = worker_bytes(self.world.agents or persons(self.world.inputs), histories)
        jobs = max(1, len(self.missing()))
        means = Means(
            *share_cores(self.keys.threads, jobs, each), histories, self.keys.checkpoint == "yearly"
        )
        return self.work.with_means(means).means

    def disk_needed(self) -> int:
        """Disk for histories, baselines and checkpoints (old, new, and that of the baseline), about."""
        missing = self.missing()
        if not missing:
            return 0
        means = self.means()
        comparisons = means.processes if len(self.scenarios) > 1 else 0
        histories = comparisons
        if means.histories:
            kept = [cell for cell in missing if (means.histories / cell.lives[0].history_id).exists()]
            histories = len(missing) - len(kept)
        checkpoints = 3 * means.processes if means.checkpoints else 0
        agents = self.world.agents or persons(self.world.inputs)
        return disk_needed(agents, histories + checkpoints, comparisons)

    def draw(self, seed: int) -> int:
        """Number of the parameter draw of a seed: none at all, one of those shared, or by default a new one.

        Every fourth seed repeats the draw before it, which tells chance from knowledge (decision 0009).
        """
        draws = self.keys.draws
        if draws is None:
            return seed - seed // REPEATED
        return 0 if draws == 0 else 1 + (seed - 1) % int(draws)
