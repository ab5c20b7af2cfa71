"""From missing runs to finished ones: jobs through Hydra's launchers."""

import errno
import os
import sys
from concurrent.futures import BrokenExecutor
from typing import Any
from uuid import uuid4

import hydra
import pandas as pd
from omegaconf import DictConfig, OmegaConf

from experiments import engine, settings
from experiments.choices import CONFIGS
from experiments.store import file_written_aside
from experiments.study.design import world_of
from experiments.study.folder import Study
from experiments.study.packing import measured_rate, pack
from experiments.study.parts import runs_finished
from experiments.study.presence import launching
from experiments.study.work import Job, LauncherGoneError
from experiments.validate import bytes_needed, persons, share_cores

LOCAL = ("basic", "joblib")


def launch(study: Study, chosen: dict[str, Any], wanted: pd.DataFrame) -> None:
    """Have runs lived that are not finished, by the launcher that was chosen.

    Parameters
    ----------
    study
        Where they belong; its plan is written.
    chosen
        ``launcher``, ``jobs``, ``job_minutes`` and ``threads``.
    wanted
        Rows of the plan.
    """
    done = runs_finished(study.parts)
    missing = wanted[~wanted["run_id"].isin(list(done))]
    if missing.empty:
        return
    agents = [_agents(setting) for setting in study.design().settings]
    with launching(study.presence):
        engine.compile_once()  # before processes part: side by side they would spoil each other's cache
        rate = measured_rate(list(done.values())[-1000:])
        processes, threads = _shared(chosen, len(missing), max(agents))
        jobs = pack(missing, agents, rate, 60.0 * chosen["job_minutes"], processes)
        name = uuid4().hex[:16]
        study.launches.mkdir(parents=True, exist_ok=True)
        with file_written_aside(study.launches / f"{name}.parquet") as path:
            jobs.to_parquet(path, index=False)
        words = [f"name={study.name}", f"launch={name}", f"results='{study.results}'", f"threads={threads}",
                 f"job=range(0,{jobs['job'].max() + 1})", f"hydra/launcher={chosen['launcher']}",
                 f"hydra.sweep.dir='{study.folder / 'hydra'}'"]  # fmt: skip
        if chosen["launcher"] == "joblib":
            words.append(f"hydra.launcher.n_jobs={processes}")
        count = jobs["job"].nunique()
        print(f"{len(missing)} runs in {count} job{'s' if count > 1 else ''}; "
              f"workforce status {study.name} tells how far they are.", flush=True)  # fmt: skip
        _through_hydra(words)


def work_on(config: DictConfig) -> None:
    """What Hydra calls for one job."""
    chosen: Any = OmegaConf.to_container(config, resolve=True)
    study = Study(chosen["results"], chosen["name"])
    jobs = pd.read_parquet(study.launches / f"{chosen['launch']}.parquet")
    plan = study.plan()
    mine = set(jobs.loc[jobs["job"] == chosen["job"], "run_id"])
    on_cluster = "SLURM_JOB_ID" in os.environ
    Job(study, plan[plan["run_id"].isin(mine)], not on_cluster).work(chosen["threads"])


class Task:
    """A class of its own, so that other processes can receive it."""

    __name__ = "workforce"

    def __call__(self, config: DictConfig) -> None:
        """Do one job."""
        engine.set_cache_folder()
        try:
            work_on(config)
        except LauncherGoneError:
            os._exit(1)  # the process would wait for a launcher that will never come


def _through_hydra(words: list[str]) -> None:
    settings.register()
    os.environ["HYDRA_FULL_ERROR"] = "1"  # errors come to us, and we say them in one line
    start = hydra.main(config_path=str(CONFIGS), config_name="job", version_base="1.3")
    before, sys.argv = sys.argv, [sys.argv[0], "-m", *words]
    try:
        start(Task())()
    except BrokenExecutor:
        raise OSError(errno.ECHILD, "a process was ended from outside, perhaps for lack of memory") from None
    finally:
        sys.argv = before


def _agents(setting: dict[str, Any]) -> int:
    return setting["agents"] or persons(world_of(setting).inputs)


def _shared(chosen: dict[str, Any], runs: int, agents: int) -> tuple[int, int | str]:
    """Processes side by side, and threads of each."""
    if chosen["launcher"] == "joblib":
        return share_cores(chosen["threads"], runs, bytes_needed(agents))
    return 1, chosen["threads"] or "null"
