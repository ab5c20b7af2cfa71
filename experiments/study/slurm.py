"""Jobs of a study on Slurm: submitted with what Hydra's launcher for Slurm would ask for, and left alone.

That launcher waits for its jobs and reads their pickled results. Here nobody waits, and results are parts of
the study. Submitit pickles what a job is told into a folder of the user, outside of all results.
"""

import math
import os
import re
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from experiments.answers.checks import bytes_needed
from experiments.study.remote import work_remotely
from experiments.study.scheduler import name_of_jobs
from sim.checks import as_mapping, check_keys
from sim.errors import InputError

WORDS = ("partition", "account", "qos", "constraint", "exclude")
NUMBERS = ("cpus_per_task", "mem_gb", "timeout_min", "array_parallelism")
# A line break would end up as a line of a shell script.
PLAIN = re.compile(r"[A-Za-z0-9_.,:&|\[\]=@-]{1,200}")
MOST_JOBS_AT_ONCE = 1000  # of an array; Slurm's default limit is 1001
MOST_NUMBER = 1_000_000
LAST_PART_OF_TIME = 4  # a job that has little time is told late, or it would be told before it begins
MEMORY_BESIDES_GB = 1  # the scheduler ends a job that takes a byte too much


class Needs(NamedTuple):
    """What the largest job of a launch needs."""

    agents: int
    seconds: float


def check_options(options: Any) -> dict[str, Any]:
    """Check ``slurm.KEY=VALUE``; nothing that a shell could execute passes."""
    chosen = as_mapping(options, "slurm")
    check_keys(chosen, (*WORDS, *NUMBERS), (), "slurm")
    for key, value in chosen.items():
        if value is None and key != "timeout_min":
            continue
        if key in NUMBERS and not (type(value) is int and 1 <= value <= MOST_NUMBER):
            raise InputError(f"slurm.{key}={value} must be a whole number from 1 to {MOST_NUMBER:,}")
        if key in WORDS and not (isinstance(value, str | int) and PLAIN.fullmatch(str(value))):
            raise InputError(f"slurm.{key}={value!r} must be plain: letters, digits and _.,:&|[]=@- only")
    return chosen


def threads_of(chosen: dict[str, Any]) -> int:
    """Threads of a job."""
    options = check_options(chosen.get("slurm") or {})
    return int(options.get("cpus_per_task") or chosen["threads"] or _configured()["cpus_per_task"])


def submit(folder: Path, jobs: list[dict[str, Any]], chosen: dict[str, Any], needs: Needs) -> list[str]:
    """Submit jobs and return their numbers in Slurm, without waiting.

    Parameters
    ----------
    folder
        Of the study.
    jobs
        For each, the keys of ``configs/job.yaml``.
    chosen
        ``threads`` and ``slurm``.
    needs
        Of the largest job.
    """
    from submitit import SlurmExecutor
    from submitit.core.utils import FailedJobError, FailedSubmissionError

    try:
        executor = SlurmExecutor(folder=submission_folder(folder) / "%j", max_num_timeout=0)
    except RuntimeError:
        raise InputError("Slurm is not here: srun is not found; launcher=joblib uses this machine") from None
    executor.update_parameters(job_name=name_of_jobs(folder), **resources(chosen, needs))
    numbers: list[str] = []
    try:
        with redirect_stderr(StringIO()):  # what Slurm says is in the fault
            for first in range(0, len(jobs), MOST_JOBS_AT_ONCE):
                together = jobs[first : first + MOST_JOBS_AT_ONCE]
                numbers += [job.job_id for job in executor.map_array(work_remotely, together)]
    except (FailedJobError, FailedSubmissionError, OSError) as fault:
        said = " ".join(str(fault).split())[-300:]
        taken = f"only {len(numbers)} of {len(jobs)} jobs" if numbers else "no job"
        raise InputError(f"Slurm takes {taken} of this study: {said}") from None
    return numbers


def resources(chosen: dict[str, Any], needs: Needs) -> dict[str, Any]:
    """What each job asks Slurm for, in the words of sbatch."""
    options = {**_configured(), **check_options(chosen.get("slurm") or {})}
    options["cpus_per_task"] = threads_of(chosen)
    memory = options.pop("mem_gb") or math.ceil(bytes_needed(needs.agents) / 1e9) + MEMORY_BESIDES_GB
    options["mem"] = f"{memory}GB"
    options["time"] = options.pop("timeout_min") or math.ceil(2 * needs.seconds / 60) + 10
    options["signal_delay_s"] = min(options["signal_delay_s"], 60 * options["time"] // LAST_PART_OF_TIME)
    options["srun_args"] = [f"--cpus-per-task={options['cpus_per_task']}"]  # srun takes over no other number
    return {key: value for key, value in options.items() if value is not None}


def submission_folder(folder: Path) -> Path:
    """Where submitit keeps what it pickles, and what the jobs print: of the user, never below results."""
    state = Path(os.environ.get("XDG_STATE_HOME", ""))
    if not state.is_absolute():  # a relative one counts as not given, as elsewhere
        try:
            state = Path.home() / ".local/state"
        except RuntimeError:
            raise InputError(
                "nobody knows the home folder of this user; set XDG_STATE_HOME to a folder that the nodes see"
            ) from None
    return state / "workforce2035/slurm" / name_of_jobs(folder)


def _configured() -> dict[str, Any]:
    """``configs/hydra/launcher/slurm.yaml``, completed by Hydra's launcher for Slurm."""
    from hydra import compose
    from omegaconf import OmegaConf

    from experiments.command.choices import hydra_started

    told = ["name=none", "launch=none", "job=0", "results=none", "hydra/launcher=slurm"]
    with hydra_started():
        config = compose("job", overrides=told, return_hydra_config=True).hydra.launcher
    return {key: OmegaConf.select(config, key) for key in (*WORDS, *NUMBERS, "signal_delay_s")}
