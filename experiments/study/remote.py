"""A job of a study on another machine, which must find its compiled code before it imports the simulation."""

import signal
import sys
from types import FrameType
from typing import Any

from experiments.runs import machine
from experiments.runs.interruption import Interruption, exit_code

TIME_IS_OVER = signal.SIGUSR2  # sent by Slurm before the end, because submitit asks for it
ENDS = (TIME_IS_OVER, signal.SIGTERM)


def work_remotely(chosen: dict[str, Any]) -> None:
    """Do one job; Slurm's signals end it where what is finished can be kept.

    Parameters
    ----------
    chosen
        The keys of ``configs/job.yaml``.
    """
    for number in ENDS:
        signal.signal(number, _end)
    try:
        machine.compile_once()
        from experiments.study.launch import work_on

        work_on(chosen, needs_launcher=False)
    except Interruption as interruption:
        why = "its time is over" if interruption.number == TIME_IS_OVER else "it was told to end"
        print(f"The job ends: {why}. Finished runs are kept; the command of the study goes on.", flush=True)
        sys.exit(exit_code(interruption))


def _end(number: int, _: FrameType | None) -> None:
    for one in ENDS:
        signal.signal(one, signal.SIG_IGN)  # a second one would disturb the writing of what is finished
    raise Interruption(number=number)
