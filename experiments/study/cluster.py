"""Jobs of a study on Slurm, asked for as Hydra's launcher for Slurm would ask.

That launcher reads the pickled results of its jobs. Here results are lives in the store, so that jobs may be
left alone. Submitit pickles what a job is told into a folder of the user, outside of all results.
"""

import math
import os
import re
import time
from collections.abc import Sequence
from contextlib import redirect_stderr
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, Final

from experiments.answers.checks import persons
from experiments.answers.common_keys import LaunchKeys
from experiments.places import CONFIGS
from experiments.runs.plan import Cell
from experiments.runs.progress import Watcher
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, worker_bytes
from experiments.study.folder import Study
from experiments.study.remote import Job, work_remotely
from experiments.study.scheduler import name_of_jobs, queue
from sim.checks import as_mapping, check_keys, read_yaml
from sim.errors import InputError

WORDS = ("partition", "account", "qos", "constraint", "exclude")
NUMBERS = ("cpus_per_task", "mem_gb", "timeout_min", "array_parallelism")
# A line break would end up as a line of a shell script.
PLAIN = re.compile(r"[A-Za-z0-9_.,:&|\[\]=@-]{1,200}")
MOST_JOBS_AT_ONCE = 1000  # of an array; Slurm's default limit is 1001
MOST_NUMBER = 1_000_000
LAST_PART_OF_TIME = 4  # a job that has little time is told late, or it would be told before it begins
KNOWN: Final = (*WORDS, *NUMBERS, "signal_delay_s")
FIRST_RATE: Final = 8e6  # worker-months a second and core, before anything was measured
MOST_MEASURED: Final = 1000  # lives that the rate is measured of
FEWEST_AGENTS_COUNTED: Final = 20_000
FEWEST_FUTURES: Final = 10  # for which a history is lived once more in another job
SECONDS_BETWEEN_LOOKS: Final = 2.0
MEMORY_BESIDES_GB = 1  # the scheduler ends a job that takes a byte too much


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


class Cluster:
    """Has jobs done on a cluster.

    Parameters
    ----------
    study
        Whose jobs they are.
    keys
        What jobs ask for, their wanted length, and the threads of each; None takes the configured number.
    means
        How a machine would live the lives; a job is one process.
    waits
        Whether jobs are waited for.
    """

    def __init__(self, study: Study, keys: LaunchKeys, means: Means, *, waits: bool) -> None:
        self.study, self.waits = study, waits
        options = check_options(keys.slurm)
        self.options = {**_configured(), **options}
        threads = options.get("cpus_per_task") or keys.threads
        self.threads = int(threads or self.options["cpus_per_task"])
        self.job_seconds = 60.0 * keys.job_minutes
        histories = means.histories and means.histories.resolve()  # jobs may start elsewhere
        self.means = replace(means, processes=1, threads=self.threads, histories=histories)
        self.rate = FIRST_RATE

    def pack(self, plan: list[Cell]) -> list[list[Cell]]:
        """Cells packed into jobs of the wanted length."""
        self.rate = measured_rate(self.study.store)
        return packed(plan, self.rate, self.job_seconds)

    def work(self, jobs: Sequence[Sequence[Cell]], progress: Watcher) -> None:
        """Submit jobs, and wait for them if that is wanted."""
        if not jobs:
            return
        numbers = self._submit(jobs)
        lives = sum(len(cell.lives) for job in jobs for cell in job)
        print(f"{lives} lives in {len(jobs)} job{'s' if len(jobs) > 1 else ''}; workforce status "
              f"{self.study.full_name} tells how far they are.")  # fmt: skip
        many = " and so on" if len(numbers) > 1 else ""
        print(f"Submitted to Slurm as {numbers[0]}{many}; this terminal may be closed. What jobs print: "
              f"{submission_folder(self.study.folder)}", flush=True)  # fmt: skip
        if self.waits:
            self._wait(progress, [cell for job in jobs for cell in job])

    def wait_for_earlier(self, progress: Watcher) -> None:
        """Wait for jobs that an earlier command left: what they live is then kept."""
        if self.waits and (now := queue(self.study.folder)) and now.states:
            print(f"{sum(now.states.values())} jobs of an earlier command are waited for.", flush=True)
            self._wait(progress, [])

    def close(self) -> None:
        """Jobs go on without their launcher."""

    def _wait(self, progress: Watcher, cells: Sequence[Cell]) -> None:
        """Tell of what is finished until none of the study's jobs waits or runs."""
        told = 0
        while True:
            now = queue(self.study.folder)  # before the look at the store: a job that ends has written
            lacking = sum(cell.years() for cell in self.study.store.lacking(cells))
            done = sum(cell.years() for cell in cells) - lacking
            for year in range(told, done):
                progress.year(year)
            told = max(told, done)
            if now is not None and not now.states:
                return
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _submit(self, jobs: Sequence[Sequence[Cell]]) -> list[str]:
        """Submit jobs and return their numbers in Slurm."""
        from submitit import SlurmExecutor
        from submitit.core.utils import FailedJobError, FailedSubmissionError

        folder = self.study.folder
        try:
            executor = SlurmExecutor(folder=submission_folder(folder) / "%j", max_num_timeout=0)
        except RuntimeError:
            raise InputError(
                "Slurm is not here: srun is not found; launcher=joblib uses this machine"
            ) from None
        executor.update_parameters(job_name=name_of_jobs(folder), **self.resources(jobs))
        results = self.study.results.resolve()
        told = [Job(results, folder.resolve(), self.means, tuple(cells)) for cells in jobs]
        numbers: list[str] = []
        try:
            with redirect_stderr(StringIO()):  # what Slurm says is in the fault
                for first in range(0, len(told), MOST_JOBS_AT_ONCE):
                    together = told[first : first + MOST_JOBS_AT_ONCE]
                    numbers += [job.job_id for job in executor.map_array(work_remotely, together)]
        except (FailedJobError, FailedSubmissionError, OSError) as fault:
            said = " ".join(str(fault).split())[-300:]
            taken = f"only {len(numbers)} of {len(jobs)} jobs" if numbers else "no job"
            raise InputError(f"Slurm takes {taken} of this study: {said}") from None
        return numbers

    def resources(self, jobs: Sequence[Sequence[Cell]]) -> dict[str, Any]:
        """What each of some jobs asks Slurm for, in the words of sbatch: as much as the largest needs."""
        agents = max(agents_of(cell) for job in jobs for cell in job)
        longest = max(sum(seconds_of(cell, self.rate) for cell in job) for job in jobs)
        options = {**self.options, "cpus_per_task": self.threads}
        needed = worker_bytes(agents, self.means.histories)
        memory = options.pop("mem_gb") or math.ceil(needed / 1e9) + MEMORY_BESIDES_GB
        options["mem"] = f"{memory}GB"
        options["time"] = options.pop("timeout_min") or math.ceil(2 * longest / 60) + 10
        options["signal_delay_s"] = min(options["signal_delay_s"], 60 * options["time"] // LAST_PART_OF_TIME)
        options["srun_args"] = [f"--cpus-per-task={self.threads}"]  # srun takes over no other number
        return {key: value for key, value in options.items() if value is not None}


def packed(plan: Sequence[Cell], rate: float, job_seconds: float) -> list[list[Cell]]:
    """Cells packed into jobs of a wanted length: thousands of tiny jobs would hurt a scheduler."""
    jobs: list[list[Cell]] = []
    filled = 0.0
    for cell in plan:
        each = seconds_of(cell, rate) / len(cell.lives)
        for part in cell.cut(max(FEWEST_FUTURES, int(job_seconds / each))):
            seconds = seconds_of(part, rate)
            if not jobs or filled + seconds > job_seconds:
                jobs.append([])
                filled = 0.0
            jobs[-1].append(part)
            filled += seconds
    return jobs


def measured_rate(store: LifeStore) -> float:
    """Worker-months a second of what is kept, by a process with its threads; a careful guess before."""
    kept = [facts for part in store.parts() for facts in part.lives][-MOST_MEASURED:]
    seconds = sum(facts["seconds"] for facts in kept)
    return sum(facts["worker_months"] for facts in kept) / seconds if seconds else FIRST_RATE


def agents_of(cell: Cell) -> int:
    """Agents of the lives of a cell."""
    world = cell.lives[0].world
    return world.agents or persons(world.inputs)


def seconds_of(cell: Cell, rate: float) -> float:
    """Time that a cell takes, about; below so many agents it costs what does not depend on them."""
    return 12.0 * cell.years() * max(agents_of(cell), FEWEST_AGENTS_COUNTED) / rate


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
    """What a job asks for unless something else is chosen."""
    lines = read_yaml(CONFIGS / "hydra/launcher/slurm.yaml")
    return {key: lines[key] for key in KNOWN}
