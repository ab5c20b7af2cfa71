"""The executor: has the lives of a plan lived that the store lacks, one after the other or side by side."""

import gc
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from experiments.runs.files import passing_folder
from experiments.runs.interruption import saying, starting_processes
from experiments.runs.life import HISTORY_YEARS, Life, Lived
from experiments.runs.machine import BYTES_BESIDES, BYTES_PER_AGENT, peak_memory_bytes, use_threads, versions
from experiments.runs.observers import Arrays
from experiments.runs.orphans import end_with_parent, kept_work
from experiments.runs.plan import MOST_TOGETHER, RECORD, Cell, jobs, paired_with
from experiments.runs.progress import Watcher
from experiments.runs.records import Records, as_matrix
from experiments.runs.simulate import Living
from experiments.runs.snapshots import say
from experiments.runs.sources import check_unchanged
from experiments.runs.store import DamagedPartError, Finished, LifeStore
from sim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from sim.records import Table

HELD_BYTES: Final = 400_000_000  # of histories that a process keeps in memory, for whoever comes back to them
MOST_HELD: Final = 16
NOTHING: Final[Mapping[str, Arrays]] = {}
MOST_AGENTS_TWICE: Final = 1_000_000  # of which a copy for each future fits into memory beside them
SECONDS_BETWEEN_LOOKS: Final = 0.2
PART_SECONDS: Final = 20.0  # what is finished is kept at least so often
Result = TypeVar("Result")
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
    """

    store: LifeStore
    watcher: Watcher
    means: Means
    _pasts: "OrderedDict[str, Lived]" = field(default_factory=OrderedDict)
    _finished: list[Finished] = field(default_factory=list)
    _written: float = 0.0

    def work(self, cells: Sequence[Cell]) -> None:
        """Live cells; what was finished is kept also when a later one fails or is stopped."""
        self._written = time.monotonic()
        try:
            for cell in cells:
                self._live(cell)
        finally:
            self._write()

    def _write(self) -> None:
        finished, self._finished = self._finished, []
        if finished:
            self.store.write(finished)
        self._written = time.monotonic()

    def _live(self, cell: Cell) -> None:
        """Live one history and its futures, the baseline first where they are compared with it."""
        first = cell.lives[0]
        check_unchanged({name: first.world.hashes[name] for name in READ_ANEW})
        with passing_folder(self.store.results / first.history_id) as folder:
            living = Living(
                self.watcher,
                self.store.results / "checkpoints",
                self.means.histories or (None if _fits_twice(first) else folder),
                self.means.checkpoints,
                cell.extras,
            )
            past = self._past(living, first) if _fits_twice(first) else None
            base = cell.baseline if cell.compared else None
            if base is not None:
                lived = living.future(base, past)
                write_lives(folder / "lives", lived)
                self._keep(cell, base, lived, past)
            for life in cell.lives:
                if life == base:
                    continue
                lived = living.future(life, past)
                paired = {paired_with(base): compared(folder / "lives", lived)} if base else NOTHING
                self._keep(cell, life, lived, past, paired)
            for life in (*([base] if base else []), *cell.lives):
                living.forget(life)

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
        columns = model.columns()
        years, values = as_matrix(columns)
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
        records = Records(tuple(columns.names), years, values[None]) if RECORD in wanted else None
        if wanted:
            extras = {name: arrays for name, arrays in noted.items() if name in wanted}
            self._finished.append(Finished(life, facts, records, extras))
        if lived is not past:
            lived.let_go()
        if time.monotonic() - self._written > PART_SECONDS or len(self._finished) >= MOST_TOGETHER:
            self._write()


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


class Executor:
    """Lives plans side by side, in processes that stay from one plan to the next.

    Parameters
    ----------
    store
        Where lives are kept.
    means
        How they are lived.
    progress
        Is told of every simulated year.
    """

    def __init__(self, store: LifeStore, means: Means, progress: Watcher) -> None:
        self.store, self.means, self.progress = store, means, progress
        self.lived = 0  # lives so far that were not kept before
        self._alone = Worker(store, progress, means)
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.close()

    def records(self, plan: Sequence[Cell]) -> Records:
        """Records of the lives of a plan, cell by cell; what the store lacks is lived."""
        lives = [life for cell in plan for life in cell.lives]
        return self._reading(plan, lambda: self.store.records(lives))

    def outcomes(self, plan: Sequence[Cell], of: Callable[[Records], NDArray[Any]]) -> NDArray[Any]:
        """Outcomes of the lives of a plan, cell by cell, with the records of some at a time in memory.

        ``of`` gives those of some records, the first axis by life; what the store lacks is lived.
        """
        lives = [life for cell in plan for life in cell.lives]
        return self._reading(plan, lambda: np.concatenate([of(one) for _, one in self.store.batches(lives)]))

    def extras(self, plan: Sequence[Cell], name: str) -> list[Arrays]:
        """What an observer noted of the lives of a plan, cell by cell; what the store lacks is lived."""
        lives = [life for cell in plan for life in cell.lives]
        return self._reading(plan, lambda: self.store.extras(lives, name))

    def all(self, plan: Sequence[Cell]) -> None:
        """Live what the store lacks of a plan."""
        self._live(plan)

    def _reading(self, plan: Sequence[Cell], read: Callable[[], Result]) -> Result:
        """Live what the store lacks of a plan, and read."""
        try:
            self._live(plan)
        except KeyboardInterrupt as stop:
            raise saying(stop, str(stop) or "what was simulated is kept") from None
        return read_whole(self.store, read, lambda: self._live(plan, expected=0))

    def _live(self, plan: Sequence[Cell], expected: int | None = None) -> None:
        """Live what the store lacks of a plan, of which so many years are expected; all by default."""
        missing = self.store.lacking(plan)
        packed = jobs(missing, self.means.processes)
        self.progress.skip((years_of(plan) if expected is None else expected) - sum(map(years_of, packed)))
        self.lived += sum(len(cell.lives) for cell in missing)
        if self.means.processes == 1:
            use_threads(self.means.threads)
            for job in packed:
                self._alone.work(job)
        elif packed:
            self._pool = self._pool or Pool(self.store, self.means)
            self._pool.work(packed, self.progress)


def read_whole(store: LifeStore, read: Callable[[], Result], live_again: Callable[[], None]) -> Result:
    """Read lives; a part that turns out to be damaged is put aside, and its lives are lived again."""
    while True:
        try:
            return read()
        except DamagedPartError as fault:
            say(f"{fault}; put aside to {store.put_aside(fault.folder)}, its lives are lived again")
            live_again()


def years_of(cells: Sequence[Cell]) -> int:
    """Simulated years of some cells."""
    return sum(cell.years() for cell in cells)


class Pool:
    """Processes that wait for jobs, and what they say to each other."""

    def __init__(self, store: LifeStore, means: Means) -> None:
        context = get_context("spawn")  # a fork would copy locks that threads of the parent hold
        self.told = Told(context.Value("q", 0), context.Value("q", 0), context.SimpleQueue(), context.Event())
        self._pool = ProcessPoolExecutor(
            means.processes, context, initializer=_begin, initargs=(store, self.told, means)
        )

    def work(self, packed: Sequence[Sequence[Cell]], progress: Watcher) -> None:
        """Have jobs done, and tell the progress until they are."""
        with starting_processes():  # one that begins needs what its parent made
            waiting: set[Future[None]] = {self._pool.submit(_work, job) for job in packed}
        try:
            while waiting:
                done, waiting = wait(waiting, SECONDS_BETWEEN_LOOKS, FIRST_COMPLETED)
                self.told.pass_on(progress)
                for job in done:
                    job.result()
        except BrokenProcessPool:
            raise InputError(
                "the system ended a process, probably for lack of memory; what was lived before is kept, "
                "and threads=1 takes less"
            ) from None
        except BaseException:
            self.told.stop.set()  # all stop at the end of the year that they are living, and keep the rest
            for job in waiting:
                job.cancel()
            wait(waiting)
            raise

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@dataclass
class Told:
    """What processes tell of their years, and are told."""

    years: Any
    skipped: Any
    lost: Any  # states that cannot be written
    stop: Any
    passed: int = 0
    forgone: int = 0

    def year(self, _: int, /) -> None:
        """Count a year; end there when asked to stop, or left alone."""
        with self.years.get_lock():
            self.years.value += 1
        parent = parent_process()
        if self.stop.is_set() or (parent is not None and not parent.is_alive()):
            raise KeyboardInterrupt

    def skip(self, years: int, /) -> None:
        """Count years that need no simulation."""
        with self.skipped.get_lock():
            self.skipped.value += years

    def unkept(self, what: str, why: str, /) -> None:
        """Tell of a state that cannot be written."""
        self.lost.put((what, why))

    def pass_on(self, progress: Watcher) -> None:
        """Tell somebody else what is new."""
        skipped, years = self.skipped.value, self.years.value
        progress.skip(skipped - self.forgone)
        for year in range(self.passed, years):
            progress.year(year)
        self.passed, self.forgone = years, skipped
        while not self.lost.empty():
            progress.unkept(*self.lost.get())


_worker: Worker | None = None  # of this process


def _begin(store: LifeStore, told: Told, means: Means) -> None:
    """Make a process ready."""
    global _worker  # noqa: PLW0603 - an initializer can hand nothing else to the jobs that follow
    end_with_parent()
    use_threads(means.threads)
    import_module("sim.model")
    gc.freeze()  # packages stay; only what a life leaves has to be looked at
    _worker = Worker(store, told, means)


def _work(job: Sequence[Cell]) -> None:
    """Do one job; what is finished is kept also without the parent."""
    assert _worker is not None
    with kept_work():
        _worker.work(job)
