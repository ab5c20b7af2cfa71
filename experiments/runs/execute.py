"""The executor: has the lives of a plan lived that the store lacks, wherever its crew works."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from experiments.runs.interruption import saying
from experiments.runs.machine import use_threads
from experiments.runs.observers import Arrays
from experiments.runs.plan import Cell, jobs
from experiments.runs.pool import Pool
from experiments.runs.progress import Progress, Watcher
from experiments.runs.records import Records
from experiments.runs.snapshots import say
from experiments.runs.store import DamagedPartError, LifeStore
from experiments.runs.worker import Worker

Result = TypeVar("Result")


class Crew(Protocol):
    """Whoever does jobs.

    Attributes
    ----------
    waits
        Whether jobs are done when :meth:`work` returns.
    """

    waits: bool

    def pack(self, plan: list[Cell]) -> list[list[Cell]]:
        """Cells packed into jobs."""

    def work(self, packed: Sequence[Sequence[Cell]], progress: Watcher) -> None:
        """Do jobs, and tell the progress until they are done."""

    def close(self) -> None:
        """End, with no job left."""


class Book(Protocol):
    """Whoever keeps what was planned, and what failed."""

    def plan(self, cells: Sequence[Cell]) -> None:
        """Keep what shall be lived."""

    def without_failed(self, cells: Sequence[Cell]) -> list[Cell]:
        """The cells, less the lives that failed before."""

    def check_whole(self, lacking: Sequence[Cell]) -> None:
        """Raise when something lacks that was to be lived."""


class Here:
    """The process itself and, if several are wanted, others of the machine."""

    waits = True

    def __init__(self, worker: Worker) -> None:
        self.worker, self.means = worker, worker.means
        self._pool: Pool | None = None

    def pack(self, plan: list[Cell]) -> list[list[Cell]]:
        """Cells packed into jobs, some for each process."""
        return jobs(plan, self.means.processes)

    def work(self, packed: Sequence[Sequence[Cell]], progress: Watcher) -> None:
        """Do jobs."""
        if self.means.processes == 1:
            use_threads(self.means.threads)
            for job in packed:
                self.worker.work(job)
        elif packed:
            self._pool = self._pool or Pool(self.worker.store, self.means, self.worker.study)
            self._pool.work(packed, progress)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()


class Executor:
    """Lives plans by a crew that stays from one plan to the next.

    Parameters
    ----------
    store
        Where lives are kept.
    crew
        Who lives them.
    progress
        Is told of every simulated year.
    book
        Where plans and failures are noted; without one the first fault ends the work.
    """

    def __init__(self, store: LifeStore, crew: Crew, progress: Progress, book: Book | None = None) -> None:
        self.store, self.crew, self.progress, self.book = store, crew, progress, book
        self.lived = 0  # lives so far that were not kept before

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.crew.close()

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
        if self.book:
            self.book.plan(plan)
        missing = self.store.lacking(plan)
        wanted = self.book.without_failed(missing) if self.book else missing
        packed = self.crew.pack(wanted)
        self.progress.skip((years_of(plan) if expected is None else expected) - sum(map(years_of, packed)))
        self.lived += sum(len(cell.lives) for cell in wanted)
        self.crew.work(packed, self.progress)
        if self.book and missing and self.crew.waits:
            self.book.check_whole(self.store.lacking(plan))


def read_whole(store: LifeStore, read: Callable[[], Result], live_again: Callable[[], None]) -> Result:
    """Read lives; a part that turns out to be damaged is put aside, and its lives are lived again."""
    while True:
        try:
            return read()
        except DamagedPartError as fault:
            if fault.folder.exists():  # else it was merged with others meanwhile
                say(f"{fault}; put aside to {store.put_aside(fault.folder)}, its lives are lived again")
                live_again()


def years_of(cells: Sequence[Cell]) -> int:
    """Simulated years of some cells."""
    return sum(cell.years() for cell in cells)
