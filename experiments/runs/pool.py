"""Processes of this machine that work side by side, and stay from one plan to the next."""

import gc
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from typing import Any, Final

from experiments.runs.forking import process_context
from experiments.runs.interruption import starting_processes
from experiments.runs.machine import use_threads
from experiments.runs.orphans import end_with_parent, kept_work
from experiments.runs.plan import Cell
from experiments.runs.progress import Watcher
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, Worker
from sim.errors import InputError

SECONDS_BETWEEN_LOOKS: Final = 0.2


class Pool:
    """Processes that wait for jobs, and what they say to each other; they start with the first job."""

    def __init__(self, store: LifeStore, means: Means, study: Path | None = None) -> None:
        context = process_context()
        self.told = Told(context.Value("q", 0), context.Value("q", 0), context.SimpleQueue(), context.Event())
        self._pool = ProcessPoolExecutor(
            means.processes,
            context,
            initializer=_begin,
            initargs=(Worker(store, self.told, means, study), self.told),
        )

    def work(self, packed: Sequence[Sequence[Cell]], progress: Watcher) -> None:
        """Have jobs done, and tell the progress until they are."""
        waiting: set[Future[None]] = set()
        try:
            waiting = self._submitted(packed)
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
            # All stop at the end of the year that they are living, and keep the rest; what has not begun ends
            # at once. No job is cancelled: when processes are ended too, as by scancel, Python 3.11 trips
            # over those that are, and tells of no other.
            self.told.stop.set()
            wait(waiting)
            raise

    def _submitted(self, packed: Sequence[Sequence[Cell]]) -> set[Future[None]]:
        """Hand in jobs; the first start processes."""
        try:
            with starting_processes():  # one that begins needs what its parent made
                return {self._pool.submit(_work, job) for job in packed}
        except (EOFError, ConnectionError) as fault:  # the one that forks them was ended meanwhile
            raise BrokenProcessPool from fault

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
        self.check()

    def check(self) -> None:
        """End here when asked to stop, or left alone."""
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


_begun: tuple[Worker, Told] | None = None  # of this process


def _begin(worker: Worker, told: Told) -> None:
    """Make a process ready."""
    global _begun  # noqa: PLW0603 - an initializer can hand nothing else to the jobs that follow
    end_with_parent()
    use_threads(worker.means.threads)
    gc.freeze()  # packages stay; only what a life leaves has to be looked at
    _begun = worker, told


def _work(job: Sequence[Cell]) -> None:
    """Do one job; what is finished is kept also without the parent."""
    assert _begun is not None
    worker, told = _begun
    with kept_work():
        told.check()
        worker.work(job)
