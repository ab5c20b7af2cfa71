"""What Slurm says of the jobs of a study; they are found by their name, whoever submitted them."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from experiments.runs.files import content_hash
from experiments.study.folder import Study
from sim.errors import InputError

SECONDS_TO_ANSWER = 20.0


@dataclass(frozen=True)
class Queue:
    """Jobs that wait or run.

    Attributes
    ----------
    states
        Number of jobs by Slurm's word for their state.
    ids
        Numbers of the jobs; those of an array that wait share one.
    """

    states: dict[str, int]
    ids: frozenset[str]


def name_of_jobs(folder: Path) -> str:
    """Name that the jobs of the study in a folder have in Slurm."""
    return f"study-{folder.name}-{content_hash(str(folder.resolve()))[:8]}"


def queue(folder: Path) -> Queue | None:
    """The jobs of a study that wait or run; None without Slurm, or when it does not answer."""
    program = shutil.which("squeue")
    if program is None:
        return None
    words = [program, "--noheader", "--array", "--format=%A %T", f"--name={name_of_jobs(folder)}"]
    try:
        answer = subprocess.run(words, capture_output=True, text=True, check=True, timeout=SECONDS_TO_ANSWER)  # noqa: S603 - no word is taken from a file
    except (OSError, subprocess.SubprocessError):
        return None
    jobs = [line.split() for line in answer.stdout.splitlines() if len(line.split()) == 2]
    states = [state.lower() for _, state in jobs]
    return Queue(
        {state: states.count(state) for state in dict.fromkeys(states)}, frozenset(name for name, _ in jobs)
    )


def nothing_queued(study: Study, *, must_answer: bool = False) -> frozenset[str] | None:
    """Numbers of the study's jobs in Slurm, which are none; None when Slurm cannot be asked.

    Parameters
    ----------
    study
        Whose.
    must_answer
        Whether a Slurm that is there and silent is a fault: it may keep jobs that nobody sees.

    Raises
    ------
    InputError
        While there are some, or for a silence that is a fault.
    """
    folder = study.folder
    now = queue(folder)
    if now is None and must_answer and shutil.which("squeue"):
        raise InputError("Slurm does not answer, and may still have jobs of this study; try again later")
    if now and now.states:
        raise InputError(
            f"{sum(now.states.values())} jobs of this study wait or run in Slurm; workforce status "
            f"{study.full_name} tells how far they are, scancel --name={name_of_jobs(folder)} ends them"
        )
    return now.ids if now else None
