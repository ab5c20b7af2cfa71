"""How far a study is, from its files alone."""

from collections.abc import Container
from dataclasses import dataclass

from experiments.runs.files import read_json
from experiments.study.folder import Study
from experiments.study.parts import parts, runs_finished, runs_in
from experiments.study.presence import Worker, workers
from experiments.study.scheduler import queue


@dataclass(frozen=True)
class State:
    """Runs of a study, and who works on them.

    Attributes
    ----------
    runs, done, failed, running, waiting
        Numbers of runs; running are those of jobs that live now and are not kept yet.
    seconds_left
        None before anything is finished.
    working
        Processes that live now.
    launcher
        Who was chosen to start jobs.
    slurm
        Jobs in Slurm's queue by state; None when there is no Slurm, or it does not answer.
    faults
        What is wrong with parts, each in words with the verb that mends it.
    """

    name: str
    runs: int
    done: int
    failed: int
    running: int
    waiting: int
    seconds_left: float | None
    working: tuple[Worker, ...]
    launcher: str
    slurm: dict[str, int] | None
    faults: tuple[str, ...]


def state_of(study: Study) -> State:
    """Look at everything that was written."""
    plan, found = study.plan(), list(parts(study.parts))
    finished = runs_in(found)
    done = sum(run_id in finished for run_id in plan["run_id"])
    failed = len(_failed(study, finished, set(plan["run_id"])))
    now = queue(study.folder)
    working = tuple(worker for worker in workers(study.presence, now.ids if now else None) if worker.alive)
    jobs = [worker for worker in working if worker.kind == "job"]
    missing = len(plan) - done - failed
    running = min(len(jobs), missing)
    return State(
        name=study.name,
        runs=len(plan),
        done=done,
        failed=failed,
        running=running,
        waiting=missing - running,
        seconds_left=_seconds_left(list(finished.values()), missing, max(1, len(jobs))),
        working=working,
        launcher=str(study.facts()["chosen"]["launcher"]),
        slurm=now.states if now else None,
        faults=tuple(study.damaged_part(part.folder, part.fault) for part in found if part.fault),
    )


def failed_runs(study: Study) -> dict[str, dict[str, object]]:
    """What stopped single runs that have not been finished since, by number of the run."""
    return _failed(study, runs_finished(study.parts), set(study.plan()["run_id"]))


def _failed(study: Study, finished: Container[str], planned: Container[str]) -> dict[str, dict[str, object]]:
    found = {}
    for path in sorted(study.failed.glob("[!.]*.json")):
        if path.stem in finished or path.stem not in planned:
            continue
        try:
            found[path.stem] = dict(read_json(path))
        except (OSError, ValueError, TypeError):
            found[path.stem] = {"fault": f"{path} cannot be read"}
    return found


def _seconds_left(finished: list[dict[str, float]], missing: int, processes: int) -> float | None:
    if not finished:
        return None
    mean = sum(run["seconds"] for run in finished) / len(finished)
    return missing * mean / processes
