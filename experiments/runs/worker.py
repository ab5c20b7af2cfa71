"""A worker lives the lives of a job one after the other, and keeps what is finished."""

import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments.runs import failures, presence
from experiments.runs.files import MACHINE_FAULTS, passing_folder
from experiments.runs.life import HISTORY_YEARS, Life, Lived, World
from experiments.runs.machine import BYTES_BESIDES, BYTES_PER_AGENT, peak_memory_bytes, versions
from experiments.runs.observers import Arrays
from experiments.runs.plan import MOST_TOGETHER, RECORD, Cell, paired_with
from experiments.runs.progress import Watcher
from experiments.runs.records import Records
from experiments.runs.simulate import Living
from experiments.runs.sources import check_unchanged
from experiments.runs.store import Finished, LifeStore

if TYPE_CHECKING:
    import pandas as pd

    from sim.policy.programme import Programme
    from sim.records import Table

HELD_BYTES: Final = 400_000_000  # of histories that a process keeps in memory, for whoever comes back to them
MOST_HELD: Final = 16
NOTHING: Final[Mapping[str, Arrays]] = {}
MOST_AGENTS_TWICE: Final = 1_000_000  # of which a copy for each future fits into memory beside them
PART_SECONDS: Final = 20.0  # what is finished is kept at least so often
CHECK_SECONDS: Final = 1.0  # between looks at the files that decide a life, which take as long as to keep it
READ_ANEW: Final = ("code_hash", "data_hash", "parameters_hash")  # by every process; the rest it is told


@dataclass(frozen=True)
class Means:
    """How lives are lived; results do not depend on it.

    Attributes
    ----------
    processes
        How many work side by side; a single one is this process.
    threads
        Of each process; None takes one for each core.
    histories
        Folder in which histories are kept; None keeps them while they are needed.
    checkpoints
        Whether the end of every year is kept until the life is finished.
    """

    processes: int = 1
    threads: int | None = 1
    histories: Path | None = None
    checkpoints: bool = False


@dataclass
class Worker:
    """Lives cells, and keeps what is finished.

    Attributes
    ----------
    store
        Where it is kept.
    watcher
        Is told of every year.
    means
        How it works.
    study
        Folder in which it says that it works, and notes what stops a life; without one, the first fault ends
        the work.
    """

    store: LifeStore
    watcher: Watcher
    means: Means
    study: Path | None = None
    _pasts: "OrderedDict[str, Lived]" = field(default_factory=OrderedDict)
    _finished: list[Finished] = field(default_factory=list)
    _written: float = 0.0
    _checked: float = -CHECK_SECONDS
    _world: World | None = None  # whose inputs were read after the files were looked at

    def work(self, cells: Sequence[Cell]) -> None:
        """Live cells; what was finished is kept also when a later one fails or is stopped."""
        self._written = time.monotonic()
        with self._watched() as watcher:
            try:
                for cell in cells:
                    self._live(cell, watcher)
            finally:
                self._write()

    @contextmanager
    def _watched(self) -> Iterator[Watcher]:
        """The watcher; whoever asks how far a study is can tell that this process works on it."""
        if self.study is None:
            yield self.watcher
            return
        with presence.present(self.study / presence.FOLDER, "job") as present:
            yield presence.Beating(self.watcher, present)

    def _write(self) -> None:
        finished, self._finished = self._finished, []
        if finished:
            self.store.write(finished)
        self._written = time.monotonic()

    def _live(self, cell: Cell, watcher: Watcher) -> None:
        """Live each history and its futures, the baseline first where others are compared with it."""
        first = cell.lives[0]
        if first.world is not self._world or time.monotonic() - self._checked > CHECK_SECONDS:
            check_unchanged({name: first.world.hashes[name] for name in READ_ANEW})
            self._checked, self._world = time.monotonic(), first.world
        base = cell.baseline if cell.compared else None
        with passing_folder(self.store.results / first.history_id) as folder:
            for together in by_history(cell, base):
                living = Living(
                    watcher,
                    self.store.results / "checkpoints",
                    self.means.histories or (None if _fits_twice(first) else folder),
                    self.means.checkpoints,
                    cell.extras,
                )
                try:
                    past = self._past(living, together[0]) if _fits_twice(first) else None
                    if base in together:
                        lived = living.future(together[0], past)
                        write_lives(folder / "lives", lived)
                        self._keep(cell, together[0], lived, past)
                except Exception as fault:  # noqa: BLE001 - whatever it is, other lives need not suffer from it
                    if base in together:
                        self._stopped(cell.lives, fault)
                        return
                    self._stopped(together, fault)
                    continue
                for life in together:
                    if life == base:
                        continue
                    try:
                        lived = living.future(life, past)
                        paired = {paired_with(base): compared(folder / "lives", lived)} if base else NOTHING
                        self._keep(cell, life, lived, past, paired)
                    except Exception as fault:  # noqa: BLE001
                        self._stopped((life,), fault)
                for life in together:
                    living.forget(life)

    def _stopped(self, lives: Sequence[Life], fault: Exception) -> None:
        """Note what stopped some lives; a fault of the machine, such as a full disk, stops all of them."""
        if self.study is None or getattr(fault, "errno", None) in MACHINE_FAULTS:
            raise fault
        for life in lives:
            failures.note(self.study / failures.FOLDER, life, fault)

    def _past(self, living: Living, life: Life) -> Lived:
        """The history of a life, perhaps from memory."""
        name = f"{life.history_id} {living.observers}"
        if name in self._pasts:
            self._pasts.move_to_end(name)
            self.watcher.skip(HISTORY_YEARS)
            return self._pasts[name]
        past = living.history(life)
        most = held_at_most(life.world.agents or 1, self.means.histories)
        while len(self._pasts) >= most:
            self._pasts.popitem(last=False)[1].let_go()
        self._pasts[name] = past
        return past

    def _keep(
        self,
        cell: Cell,
        life: Life,
        lived: Lived,
        past: Lived | None,
        paired: Mapping[str, Arrays] = NOTHING,
    ) -> None:
        """Keep what is wanted of a life; its population is let go, unless it is the past of others."""
        model = lived.model
        names, years, figures = model.columns()
        wanted = cell.wanted(life)
        if cell.extras or cell.baseline:  # else all of it is wanted, or it would not be lived
            wanted -= self.store.held([life])[0]
        facts = {
            "run_id": life.run_id,
            "scenario": life.scenario.name,
            "draw": life.draw,
            "seed": life.seed,
            "state_digest": model.state_digest(),
            "persons_per_agent": model.persons_per_agent,
            "worker_months": model.worker_months,
            "seconds": lived.seconds,
            "peak_memory_bytes": peak_memory_bytes(),
            "versions": versions(),
        }
        noted = {name: observer.arrays() for name, observer in lived.observers.items()} | {**paired}
        records = Records(names, tuple(years.tolist()), figures[None]) if RECORD in wanted else None
        if wanted:
            extras = {name: arrays for name, arrays in noted.items() if name in wanted}
            self._finished.append(Finished(life, facts, records, extras))
        if lived is not past:
            lived.let_go()
        if time.monotonic() - self._written > PART_SECONDS or len(self._finished) >= MOST_TOGETHER:
            self._write()


def by_history(cell: Cell, base: Life | None) -> list[list[Life]]:
    """The lives of a cell that share a history together; the baseline is the first of all."""
    found: dict[Programme, list[Life]] = {}
    for life in (*([base] if base else []), *(life for life in cell.lives if life != base)):
        found.setdefault(life.scenario.programme, []).append(life)
    return list(found.values())


def write_lives(path: Path, lived: Lived) -> None:
    """Write what a comparison needs of the lives of a model."""
    from sim.outcomes.paired import lives

    with path.open("wb") as file:
        for part in lives(lived.model):
            part.tofile(file)


def compared(path: Path, lived: Lived) -> Arrays:
    """What another policy changes in the lives that :func:`write_lives` wrote, as columns of a table."""
    from sim.outcomes.paired import LIFE, PART, compare_lives, lives

    def base() -> "Iterator[Table]":
        with path.open("rb") as file:
            while (part := np.fromfile(file, LIFE, PART)).size > 0:
                yield part

    table = compare_lives(base(), lives(lived.model))
    return {str(name): _as_array(column) for name, column in table.items()}


def _as_array(column: "pd.Series[Any]") -> NDArray[Any]:
    """A column as an array of numbers, or of texts of a fixed length."""
    values = column.to_numpy()
    return values.astype(str) if values.dtype == object or not isinstance(values, np.ndarray) else values


def _fits_twice(life: Life) -> bool:
    """Whether a copy of the population for each future fits into memory beside it."""
    return (life.world.agents or MOST_AGENTS_TWICE + 1) <= MOST_AGENTS_TWICE


def held_at_most(agents: int, histories: Path | None) -> int:
    """Histories that a worker keeps in memory; those that are kept in a folder are read again."""
    return 1 if histories else min(MOST_HELD, max(1, HELD_BYTES // (BYTES_PER_AGENT * agents)))


def worker_bytes(agents: int, histories: Path | None = None) -> int:
    """Memory of a worker, about: what it holds, and the population that lives."""
    held = held_at_most(agents, histories) if agents <= MOST_AGENTS_TWICE else 0
    return BYTES_BESIDES + BYTES_PER_AGENT * agents * (held + 1)
