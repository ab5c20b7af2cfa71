"""A job of a study on another machine, which must find its compiled code before it imports the simulation."""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from experiments.runs import machine
from experiments.runs.interruption import Interruption, exit_code
from experiments.runs.plan import Cell
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, Worker

TIME_IS_OVER = signal.SIGUSR2  # sent by Slurm before the end, because submitit asks for it
ENDS = (TIME_IS_OVER, signal.SIGTERM)


@dataclass(frozen=True)
class Job:
    """Cells to be lived.

    Attributes
    ----------
    results, study
        Folders of the results and of the study, as the machine sees them.
    means
        How they are lived.
    cells
        Those of which something lacked when the job was submitted.
    """

    results: Path
    study: Path
    means: Means
    cells: tuple[Cell, ...]


class Unwatched:
    """Nobody counts the years of a job."""

    def year(self, year: int, /) -> None:
        """Go on."""

    def skip(self, years: int, /) -> None:
        """Go on."""

    def unkept(self, what: str, why: str, /) -> None:
        """A history that cannot be read again is lived again."""


def work_remotely(job: Job) -> None:
    """Do one job; Slurm's signals end it where what is finished can be kept."""
    for number in ENDS:
        signal.signal(number, _end)
    try:
        machine.compile_once()
        machine.use_threads(job.means.threads)
        store = LifeStore(job.results)
        cells = store.lacking(job.cells)  # a job that Slurm starts again has done some
        Worker(store, Unwatched(), job.means, job.study).work(cells)
    except Interruption as interruption:
        why = "its time is over" if interruption.number == TIME_IS_OVER else "it was told to end"
        print(f"The job ends: {why}. Finished lives are kept; the command of the study goes on.", flush=True)
        sys.exit(exit_code(interruption))


def _end(number: int, _: FrameType | None) -> None:
    for one in ENDS:
        signal.signal(one, signal.SIG_IGN)  # a second one would disturb the writing of what is finished
    raise Interruption(number=number)
