"""The lives that a comparison is made of: one history per seed and draw, one future per scenario."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.parquet import is_whole
from experiments.runs.files import Store, passing_folder
from experiments.runs.life import (
    FUTURE_YEARS,
    HISTORY_YEARS,
    Life,
    Lived,
    World,
    save_diary,
    save_life,
    save_pairs,
)
from experiments.runs.progress import Watcher
from experiments.runs.simulate import Living
from experiments.runs.sources import check_unchanged
from experiments.validate import bytes_needed, disk_needed, persons, share_cores

if TYPE_CHECKING:
    from experiments.commitments import Commitment
    from sim.policy.scenario import Scenario
    from sim.records import Table
    from sim.targets import Targets

READ_ANEW = ("code_hash", "data_hash")  # by every process that lives a seed; the rest it is told
REPEATED = 4  # by default every fourth seed repeats a draw

Cell = tuple[Life, ...]  # lives that share seed and draw, the baseline first


@dataclass(frozen=True)
class Comparison:
    """All that was chosen for a comparison, checked."""

    settings: dict[str, Any]
    store: Store
    world: World
    scenarios: tuple["Scenario", ...]
    targets: "Targets"
    commitments: tuple["Commitment", ...] = ()  # no life depends on them

    @cached_property
    def cells(self) -> list[Cell]:
        """Lives by seed; within a seed by scenario."""
        return [
            tuple(Life(self.world, scenario, seed, self.draw(seed)) for scenario in self.scenarios)
            for seed in range(1, self.settings["seeds"] + 1)
        ]

    def runs(self) -> int:
        """Number of runs in all."""
        return len(self.cells) * len(self.scenarios)

    def kept(self) -> int:
        """Number of runs that are finished and kept."""
        return sum(self.store.finished(life.run_id) for cell in self.cells for life in cell)

    def bytes_needed(self) -> int:
        """Memory of a process that lives one seed, about."""
        agents = self.world.agents or persons(self.world.inputs)
        return bytes_needed(agents)

    def missing(self) -> list[Cell]:
        """Seeds of which something has still to be lived."""
        return [cell for cell in self.cells if years_to_live(self.store, cell)]

    def share_cores(self) -> tuple[int, int]:
        """Number of processes that live a seed each, and threads of each."""
        return share_cores(self.settings["threads"], len(self.missing()), self.bytes_needed())

    def disk_needed(self) -> int:
        """Disk for histories, baselines and checkpoints (old, new, and that of the baseline), about."""
        missing = self.missing()
        if not missing:
            return 0
        processes = self.share_cores()[0]
        comparisons = processes if len(self.scenarios) > 1 else 0
        keep = self.settings["history"] == "keep"
        kept = [cell for cell in missing if (self.store.histories() / cell[0].history_id).exists()]
        histories = len(missing) - len(kept) if keep else comparisons
        checkpoints = 3 * processes if self.settings["checkpoint"] == "yearly" else 0
        agents = self.world.agents or persons(self.world.inputs)
        return disk_needed(agents, histories + checkpoints, comparisons)

    def draw(self, seed: int) -> int:
        """Number of the parameter draw of a seed: none at all, one of those shared, or by default a new one.

        Every fourth seed repeats the draw before it, which tells chance from knowledge (decision 0009).
        """
        draws = self.settings["draws"]
        if draws is None:
            return seed - seed // REPEATED
        return 0 if draws == 0 else 1 + (seed - 1) % int(draws)

    def live(self, cell: Cell, watcher: Watcher) -> None:
        """Live what is missing of one seed, one population at a time; each future is kept when it ends."""
        from sim.outcomes.paired import compare_lives, lives

        check_unchanged({name: self.world.hashes[name] for name in READ_ANEW})
        base, *others = cell
        to_live = [life for life in others if _missing(self.store, life, base)]
        if not to_live and self.store.finished(base.run_id):
            return
        with passing_folder(self.store.folder / base.run_id) as folder:
            passing = folder / "histories" if to_live else None
            histories = self.store.histories() if self.settings["history"] == "keep" else passing
            checkpoints = self.settings["checkpoint"] == "yearly"
            diaries = (
                len(cell) > 1 and base.run_id == self.cells[0][0].run_id
            )  # one seed is enough for biographies
            living = Living(self.store, watcher, histories, checkpoints, diaries)
            base_lives = folder / "lives"
            lived = self._live_future(living, base)
            if to_live:
                write_lives(base_lives, lived)
            for life in to_live:
                lived.let_go()
                lived = self._live_future(living, life)
                pairs = compare_lives(read_lives(base_lives), lives(lived.model))
                save_pairs(self.store, base, life, pairs)
            for life in cell:
                living.forget(life)

    def _live_future(self, living: Living, life: Life) -> Lived:
        """Live one future and keep it, unless it is kept already."""
        lived = living.future(life)
        if not self.store.finished(life.run_id):
            save_life(self.store, life, lived)
        else:
            save_diary(self.store, life, lived)
        return lived


def write_lives(path: Path, lived: Lived) -> None:
    """Write what a comparison needs of the lives of a model."""
    from sim.outcomes.paired import lives

    with path.open("wb") as file:
        for part in lives(lived.model):
            part.tofile(file)


def read_lives(path: Path) -> Iterator["Table"]:
    """Read part by part what :func:`write_lives` wrote."""
    from sim.outcomes.paired import LIFE, PART

    with path.open("rb") as file:
        while (part := np.fromfile(file, LIFE, PART)).size > 0:
            yield part


def years_to_live(store: Store, cell: Cell) -> int:
    """Simulated years that a seed still needs."""
    base, *others = cell
    futures = sum(_missing(store, life, base) for life in others)
    if futures == 0 and store.finished(base.run_id):
        return 0
    return HISTORY_YEARS + FUTURE_YEARS * (1 + futures)


def _missing(store: Store, life: Life, base: Life) -> bool:
    """Whether a life, or its comparison with the baseline, still has to be made."""
    return not (store.finished(life.run_id) and is_whole(store.paired_file(life.run_id, base.run_id)))
