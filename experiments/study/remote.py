"""A job of a study on another machine, which must find its compiled code before it imports the simulation."""

import signal
from types import FrameType
from typing import Any

from experiments import engine
from experiments.interruption import Interruption

TIME_IS_OVER = signal.SIGUSR2  # sent by Slurm before the end, because submitit asks for it


def work_remotely(chosen: dict[str, Any]) -> None:
    """Do one job; Slurm's signals end it where what is finished can be kept.

    Parameters
    ----------
    chosen
        The keys of ``configs/job.yaml``.
    """
    engine.set_cache_folder()
    engine.compile_once()
    from experiments.study.launch import work_on

    for number in (TIME_IS_OVER, signal.SIGTERM):
        signal.signal(number, _end)
    work_on(chosen, needs_launcher=False)


def _end(number: int, _: FrameType | None) -> None:
    raise Interruption(number=number)
