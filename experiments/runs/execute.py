"""The executor: has the lives of a plan lived that the store lacks, one after the other or side by side."""

import gc
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from experiments.runs.files import Store, passing_folder
from experiments.runs.interruption import saying, starting_processes
from experiments.runs.life import HISTORY_YEARS, Life, Lived
from experiments.runs.machine import BYTES_PER_AGENT, peak_memory_bytes, use_threads, versions
from experiments.runs.observers import Arrays
from experiments.runs.orphans import end_with_parent, kept_work
from experiments.runs.plan import Cell, jobs
from experiments.runs.progress import Watcher
from experiments.runs.records import Records, as_matrix
from experiments.runs.simulate import Living
from experiments.runs.snapshots import say
from experiments.runs.sources import check_unchanged
from experiments.runs.store import DamagedPartError, Finished, LifeStore
from sim.errors import InputError

HELD_BYTES: Final = 400_000_000  # of histories that a process keeps in memory, for whoever comes back to them
MOST_HELD: Final = 16
MOST_BYTES_TWICE: Final = 60_000_000  # of a population of which a copy for each future fits beside it
SECONDS_BETWEEN_LOOKS: Final = 0.2
Result = TypeVar("Result")
READ_ANEW: Final = ("code_hash", "data_hash", "parameters_hash")  # by every process; the rest it is told


@dataclass
class Worker:
    """Lives cells, and keeps what is finished.

    Attributes
    ----------
    store
        Where it is kept.
    watcher
        Is told of every year.
    """

    store: LifeStore
    watcher: Watcher
    _pasts: "OrderedDict[str, Lived]" = field(default_factory=OrderedDict)

    def work(self, cells: Sequence[Cell]) -> None:
        """Live cells; what was finished is kept also when a later one fails or is stopped."""
        finished: list[Finished] = []
        try:
            for cell in cells:
                self._live(cell, finished)
        finally:
            if finished:
                self.store.write(finished)

    def _live(self, cell: Cell, finished: list[Finished]) -> None:
        """Live one history and its futures, and add them to what is finished."""
        first = cell.lives[0]
        check_unchanged({name: first.world.hashes[name] for name in READ_ANEW})
        if _bytes(first) <= MOST_BYTES_TWICE:
            living = self._living(Store(self.store.folder), None, cell)
            past = self._past(living, first)
            finished += (self._finished(cell, life, living.future(life, past), past) for life in cell.lives)
            return
        with passing_folder(self.store.folder.parent / "passing" / first.history_id) as folder:
            living = self._living(Store(folder), folder, cell)
            finished += (self._finished(cell, life, living.future(life)) for life in cell.lives)

    def _living(self, store: Store, histories: Path | None, cell: Cell) -> Living:
        return Living(store, self.watcher, histories, checkpoints=False, observers=cell.extras)

    def _past(self, living: Living, life: Life) -> Lived:
        """The history of a life, perhaps from memory."""
        name = f"{life.history_id} {living.observers}"
        if name in self._pasts:
            self._pasts.move_to_end(name)
            self.watcher.skip(HISTORY_YEARS)
            return self._pasts[name]
        past = living.history(life)
        while self._pasts and len(self._pasts) >= min(MOST_HELD, max(1, HELD_BYTES // _bytes(life))):
            self._pasts.popitem(last=False)[1].let_go()
        self._pasts[name] = past
        return past

    def _finished(self, cell: Cell, life: Life, lived: Lived, past: Lived | None = None) -> Finished:
        """What is kept of a life; its population is let go, unless it is the past of others."""
        model = lived.model
        columns = model.columns()
        years, values = as_matrix(columns)
        kept = bool(cell.extras) and self.store.holds_record(life)  # else it would not be lived
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
        extras = {name: observer.arrays() for name, observer in lived.observers.items()}
        records = None if kept else Records(tuple(columns.names), years, values[None])
        if lived is not past:
            lived.let_go()
        return Finished(life, facts, records, extras)


def _bytes(life: Life) -> int:
    """Memory of a population, about; that of all persons is not asked for."""
    return BYTES_PER_AGENT * (life.world.agents or MOST_BYTES_TWICE)


class Executor:
    """Lives plans side by side, in processes that stay from one plan to the next.

    Parameters
    ----------
    store
        Where lives are kept.
    processes
        How many work side by side, on one thread each; a single one is this process.
    progress
        Is told of every simulated year.
    """

    def __init__(self, store: LifeStore, processes: int, progress: Watcher) -> None:
        self.store, self.processes, self.progress = store, processes, progress
        self.lived = 0  # lives so far that were not kept before
        self._alone = Worker(store, progress)
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

    def extras(self, plan: Sequence[Cell], name: str) -> list[Arrays]:
        """What an observer noted of the lives of a plan, cell by cell; what the store lacks is lived."""
        lives = [life for cell in plan for life in cell.lives]
        return self._reading(plan, lambda: self.store.extras(lives, name))

    def _reading(self, plan: Sequence[Cell], read: Callable[[], Result]) -> Result:
        """Live and read; a part that turns out to be damaged is put aside, and its lives are lived again."""
        self._live(plan)
        while True:
            try:
                return read()
            except DamagedPartError as fault:
                say(f"{fault}; put aside to {self.store.put_aside(fault.folder)}, its lives are lived again")
                self.progress.skip(-years_of(self.store.lacking(plan)))
                self._live(plan, expected=years_of(self.store.lacking(plan)))

    def _live(self, plan: Sequence[Cell], expected: int | None = None) -> None:
        """Live what the store lacks of a plan, of which so many years are expected."""
        missing = self.store.lacking(plan)
        packed = jobs(missing, self.processes)
        self.progress.skip((years_of(plan) if expected is None else expected) - sum(map(years_of, packed)))
        self.lived += sum(len(cell.lives) for cell in missing)
        if self.processes == 1:
            use_threads(1)
            for job in packed:
                self._alone.work(job)
        elif packed:
            self._pool = self._pool or Pool(self.store, self.processes)
            self._pool.work(packed, self.progress)


def years_of(cells: Sequence[Cell]) -> int:
    """Simulated years of some cells."""
    return sum(cell.years() for cell in cells)


class Pool:
    """Processes that wait for jobs, and what they say to each other."""

    def __init__(self, store: LifeStore, processes: int) -> None:
        context = get_context("spawn")  # a fork would copy locks that threads of the parent hold
        self.told = Told(context.Value("q", 0), context.Value("q", 0), context.SimpleQueue(), context.Event())
        self._pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(store, self.told))

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
        except BaseException as fault:
            self.told.stop.set()  # all stop at the end of the year that they are living, and keep the rest
            for job in waiting:
                job.cancel()
            wait(waiting)
            if isinstance(fault, KeyboardInterrupt):
                raise saying(fault, str(fault) or "what was simulated is kept") from None
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
        """Count a year; end there when asked to stop."""
        with self.years.get_lock():
            self.years.value += 1
        if self.stop.is_set():
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


def _begin(store: LifeStore, told: Told) -> None:
    """Make a process ready."""
    global _worker  # noqa: PLW0603 - an initializer can hand nothing else to the jobs that follow
    end_with_parent()
    use_threads(1)
    import_module("sim.model")
    gc.freeze()  # packages stay; only what a life leaves has to be looked at
    _worker = Worker(store, told)


def _work(job: Sequence[Cell]) -> None:
    """Do one job; what is finished is kept also without the parent."""
    assert _worker is not None
    with kept_work():
        _worker.work(job)
