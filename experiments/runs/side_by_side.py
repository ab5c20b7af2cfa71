"""Several seeds at a time, each in a process of its own, because the lives of different seeds never meet."""

import signal
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from experiments.runs import machine
from experiments.runs.interruption import Interruption, exit_code, signals_held, starting_processes
from experiments.runs.progress import Progress
from sim.errors import InputError

if TYPE_CHECKING:
    from experiments.comparison import Cell, Comparison

SECONDS_BETWEEN_LOOKS = 0.2


def live_all(
    comparison: "Comparison", cells: "Sequence[Cell]", cores: "tuple[int, int]", progress: Progress
) -> None:
    """Live seeds, several at a time.

    Parameters
    ----------
    comparison
        What was chosen.
    cells
        The seeds that still need a simulation.
    cores
        Number of processes, and threads of each.
    progress
        Is told of every simulated year.
    """
    processes, threads = cores
    if processes == 1:
        machine.use_threads(threads)
        for cell in cells:
            comparison.live(cell, progress)
        return
    crew = Crew(comparison, [cells[first::processes] for first in range(processes)], threads)
    try:
        crew.watch(progress)
    finally:
        crew.dismiss()


class Crew:
    """Processes that live their shares of the seeds, and what they say to each other."""

    def __init__(self, comparison: "Comparison", shares: "list[Sequence[Cell]]", threads: int) -> None:
        context = get_context("spawn")  # a fork would copy locks that threads of the parent hold
        self.years: Any = context.Value("q", 0)  # lived
        self.skipped: Any = context.Value("q", 0)
        self.stop = context.Event()
        self.lost = context.SimpleQueue()  # states that cannot be written
        self.faults = context.SimpleQueue()
        told = Told(self.years, self.skipped, self.lost, self.stop)
        work = (comparison, threads, told, self.faults)
        self.processes = [context.Process(target=_work, args=(share, *work), daemon=True) for share in shares]

    def watch(self, progress: Progress) -> None:
        """Start all, and tell the progress until they are done; raise what stopped one of them."""
        with signals_held() as came, starting_processes():  # one that begins needs what its parent made
            for process in self.processes:
                process.start()
        if came:
            raise Interruption(number=came[0])
        told, skipped, busy = 0, 0, True
        while busy:
            wait([process.sentinel for process in self.processes], timeout=SECONDS_BETWEEN_LOOKS)
            busy = any(process.is_alive() for process in self.processes)
            new = self.skipped.value - skipped
            progress.skip(new)
            skipped += new
            while not self.lost.empty():
                progress.unkept(*self.lost.get())
            for year in range(told, self.years.value):
                progress.year(year)
                told += 1
            for process in self.processes:
                if process.exitcode:
                    raise self._fault(process.exitcode)

    def dismiss(self) -> None:
        """Have all stop at the end of the year that they are living, and wait for them."""
        self.stop.set()
        for process in self.processes:
            if process.pid:
                process.join()

    def _fault(self, exitcode: int) -> BaseException:
        """What stopped a process."""
        if not self.faults.empty():
            fault: BaseException = self.faults.get()
            return fault
        if exitcode == -signal.SIGKILL:
            return InputError("the system ended a process, probably for lack of memory; threads=1 takes less")
        return RuntimeError(f"a process ended with code {exitcode}")


@dataclass
class Told:
    """What a process tells of its years, and is told."""

    years: Any
    skipped: Any
    lost: Any
    stop: Any

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


def _work(share: "Sequence[Cell]", comparison: "Comparison", threads: int, told: Told, faults: Any) -> None:
    """Live a share of the seeds in a process of its own, until done, asked to stop, or left alone."""
    try:
        machine.use_threads(threads)
        for cell in share:
            if told.stop.is_set():  # perhaps while this process began
                return
            comparison.live(cell, told)
    except KeyboardInterrupt as interruption:
        if not told.stop.is_set():
            raise SystemExit(exit_code(interruption)) from None
    except BaseException as fault:
        faults.put(fault)
        raise SystemExit(1) from fault
