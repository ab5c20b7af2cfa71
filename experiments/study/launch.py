"""From missing runs to finished ones: jobs through Hydra's launchers, or submitted to Slurm."""

import errno
import os
import sys
from concurrent.futures import BrokenExecutor
from typing import Any
from uuid import uuid4

import hydra
import pandas as pd
from omegaconf import DictConfig, OmegaConf

from experiments.answers.checks import (
    bytes_needed,
    check_choice,
    check_memory,
    check_threads,
    check_whole,
    persons,
    share_cores,
)
from experiments.command import configs
from experiments.command.words import quoted
from experiments.places import CONFIGS
from experiments.runs import machine
from experiments.runs.files import file_written_aside
from experiments.runs.orphans import FOR_JOBLIB, kept_work, processes_of
from experiments.study import slurm
from experiments.study.design import world_of
from experiments.study.folder import Study
from experiments.study.packing import measured_rate, pack
from experiments.study.parts import runs_finished
from experiments.study.presence import launching
from experiments.study.scheduler import nothing_queued
from experiments.study.work import Job, LauncherGoneError
from sim.errors import InputError

LAUNCHERS = ("basic", "joblib", "slurm")


def check_launcher(chosen: dict[str, Any], agents: int) -> None:
    """Check who lives the runs, and that a population fits into the memory when that is this machine."""
    check_choice(chosen, "launcher", LAUNCHERS)
    options = slurm.check_options(chosen.get("slurm") or {})
    if chosen["launcher"] == "slurm":
        check_whole(chosen, "threads", low=1, high=1024)
        return
    if options:
        raise InputError(f"slurm.{next(iter(options))} has no meaning with launcher={chosen['launcher']}")
    check_threads(chosen["threads"])
    check_memory(agents, agents)


def launch(study: Study, chosen: dict[str, Any], wanted: pd.DataFrame) -> None:
    """Have runs lived that are not finished, by the launcher that was chosen.

    Parameters
    ----------
    study
        Where they belong; its plan is written.
    chosen
        ``launcher``, ``job_minutes``, ``threads`` and ``slurm``; ``takeover`` as of :func:`launching`.
    wanted
        Rows of the plan.
    """
    done = runs_finished(study.parts)
    missing = wanted[~wanted["run_id"].isin(list(done))]
    if missing.empty:
        return
    agents = [_agents(setting) for setting in study.design().settings]
    check_launcher(chosen, max(agents))
    in_slurm = nothing_queued(study.folder, must_answer=chosen["launcher"] == "slurm")
    with launching(study.presence, in_slurm, takeover=chosen.get("takeover", False)):
        machine.compile_once()  # before processes part, so that they need not wait for each other
        processes, threads = _shared(chosen, len(missing), max(agents))
        rate = measured_rate(list(done.values())[-1000:])
        jobs = pack(missing, agents, rate, 60.0 * chosen["job_minutes"], processes)
        name = _keep_jobs(study, jobs)
        if chosen["launcher"] == "slurm":
            _through_slurm(study, name, chosen, jobs, max(agents))
        elif chosen["launcher"] == "joblib":
            _through_hydra(_words(study, name, jobs["job"].nunique(), (processes, threads)))
        else:
            told = {"name": study.name, "launch": name, "results": str(study.results)}
            for job in sorted(set(jobs["job"])):
                work_on({**told, "threads": chosen["threads"], "job": job}, needs_launcher=True)


def _keep_jobs(study: Study, jobs: pd.DataFrame) -> str:
    """Write down which run belongs to which job; the name of the launch."""
    name = uuid4().hex[:16]
    study.launches.mkdir(parents=True, exist_ok=True)
    with file_written_aside(study.launches / f"{name}.parquet") as path:
        jobs[["run_id", "job"]].to_parquet(path, index=False)
    count = jobs["job"].nunique()
    print(f"{len(jobs)} runs in {count} job{'s' if count > 1 else ''}; "
          f"workforce status {study.name} tells how far they are.", flush=True)  # fmt: skip
    return name


def _words(study: Study, name: str, jobs: int, shared: tuple[int, int]) -> list[str]:
    """What Hydra is told for a launch side by side on this machine."""
    processes, threads = shared
    return [f"name={quoted(study.name)}", f"launch={quoted(name)}", f"results={quoted(str(study.results))}",
            f"threads={threads}", f"job=range(0,{jobs})", "hydra/launcher=joblib",
            f"hydra.sweep.dir={quoted(str(study.folder / 'hydra'))}",
            f"hydra.launcher.n_jobs={processes}", *FOR_JOBLIB]  # fmt: skip


def work_on(chosen: dict[str, Any], *, needs_launcher: bool) -> None:
    """Do one job.

    Parameters
    ----------
    chosen
        The keys of ``configs/job.yaml``.
    needs_launcher
        Whether the job ends with its launcher, as it should on one machine, not on a cluster.
    """
    study = Study(chosen["results"], chosen["name"])
    jobs = pd.read_parquet(study.launches / f"{chosen['launch']}.parquet")
    plan = study.plan()
    mine = set(jobs.loc[jobs["job"] == chosen["job"], "run_id"])
    Job(study, plan[plan["run_id"].isin(mine)], needs_launcher).work(chosen["threads"])


class Stopped(BaseException):
    """A job cannot go on, for the reason that it carries: a disk is full, or a file is damaged."""


class Task:
    """A class of its own, so that other processes can receive it."""

    __name__ = "workforce"

    def __call__(self, config: DictConfig) -> None:
        """Do one job."""
        try:
            chosen: Any = OmegaConf.to_container(config, resolve=True)
            with kept_work():
                work_on(chosen, needs_launcher=True)
        except (OSError, InputError) as reason:
            raise Stopped(reason) from reason
        except LauncherGoneError:
            os._exit(1)  # the process would wait for a launcher that will never come


def _through_hydra(words: list[str]) -> None:
    configs.register()
    os.environ["HYDRA_FULL_ERROR"] = "1"  # errors come to us, and we say them in one line
    start = hydra.main(config_path=str(CONFIGS), config_name="job", version_base="1.3")
    before, sys.argv = sys.argv, [sys.argv[0], "-m", *words]
    try:
        with processes_of(words):
            start(Task())()
    except Stopped as stopped:
        raise stopped.args[0] from None
    except BrokenExecutor:
        raise OSError(errno.ECHILD, "a process was ended from outside, perhaps for lack of memory") from None
    finally:
        sys.argv = before


def _through_slurm(study: Study, name: str, chosen: dict[str, Any], jobs: pd.DataFrame, agents: int) -> None:
    """Submit jobs, and leave them."""
    told = {"name": study.name, "launch": name, "results": str(study.results.resolve())}
    each = [{**told, "threads": slurm.threads_of(chosen), "job": job} for job in sorted(set(jobs["job"]))]
    longest = float(jobs.groupby("job")["seconds"].sum().max())
    numbers = slurm.submit(study.folder, each, chosen, slurm.Needs(agents, longest))
    print(f"Submitted to Slurm as {numbers[0]}{' and so on' if len(numbers) > 1 else ''}; "
          f"this terminal may be closed. What jobs print: {slurm.submission_folder(study.folder)}",
          flush=True)  # fmt: skip


def _agents(setting: dict[str, Any]) -> int:
    return setting["agents"] or persons(world_of(setting).inputs)


def _shared(chosen: dict[str, Any], runs: int, agents: int) -> tuple[int, int]:
    """Processes side by side, and threads of each."""
    if chosen["launcher"] == "slurm":
        return 1, slurm.threads_of(chosen)
    if chosen["launcher"] == "joblib":
        return share_cores(chosen["threads"], runs, bytes_needed(agents))
    return 1, chosen["threads"] or machine.cores()
