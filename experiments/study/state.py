"""How far a study is, from its files alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.runs import failures
from experiments.runs.plan import RECORD
from experiments.runs.presence import Worker, workers
from experiments.runs.store import DamagedPartError, Part
from experiments.study.folder import Study
from experiments.study.scheduler import queue


@dataclass(frozen=True)
class State:
    """Lives of a study, and who works on them.

    Attributes
    ----------
    runs, done, failed, running, waiting
        Numbers of lives; running are those of jobs that live now and are not kept yet.
    seconds_left
        None before anything is finished.
    working
        Processes that live now.
    launcher
        Who was chosen to start jobs.
    slurm
        Jobs in Slurm's queue by state; None when there is no Slurm, or it does not answer.
    faults
        What is wrong with parts of the store, each in words with the verb that mends it.
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
    chosen, rows, kept = study.facts()["settings"], study.rows(), study.store.kept()
    done = [row for row in rows if is_done(row, kept)]
    failed = len(_failed(study, rows, kept))
    now = queue(study.folder)
    working = tuple(worker for worker in workers(study.presence, now.ids if now else None) if worker.alive)
    jobs = [worker for worker in working if worker.kind == "job"]
    missing = len(rows) - len(done) - failed
    running = min(len(jobs), missing)
    return State(
        name=study.full_name,
        runs=len(rows),
        done=len(done),
        failed=failed,
        running=running,
        waiting=missing - running,
        seconds_left=_seconds_left(seconds_of(done, kept), missing, max(1, len(jobs))),
        working=working,
        launcher=str(chosen["launcher"]),
        slurm=now.states if now else None,
        faults=tuple(
            str(study.damaged(DamagedPartError(folder, fault))) for folder, fault in study.store.unreadable()
        ),
    )


def is_done(row: Mapping[str, Any], kept: Mapping[str, Mapping[str, Part]]) -> bool:
    """Whether all that is wanted of a planned life is kept."""
    return set(row["wanted"]) <= kept.get(row["run_id"], {}).keys()


def failed_lives(study: Study) -> dict[str, dict[str, Any]]:
    """What stopped planned lives that have not been finished since, by number of the life."""
    return _failed(study, study.rows(), study.store.kept())


def _failed(
    study: Study, rows: Sequence[Mapping[str, Any]], kept: Mapping[str, Mapping[str, Part]]
) -> dict[str, dict[str, Any]]:
    missing = {row["run_id"] for row in rows if not is_done(row, kept)}
    return {run_id: note for run_id, note in failures.notes(study.failed).items() if run_id in missing}


def seconds_of(rows: Sequence[Mapping[str, Any]], kept: Mapping[str, Mapping[str, Part]]) -> list[float]:
    """Seconds that finished lives took."""
    wanted = {row["run_id"] for row in rows}
    parts = {id(part): part for run_id in wanted for part in (kept[run_id][RECORD],)}
    return [facts["seconds"] for part in parts.values() for facts in part.lives if facts["run_id"] in wanted]


def _seconds_left(finished: Sequence[float], missing: int, processes: int) -> float | None:
    return missing * sum(finished) / len(finished) / processes if finished else None
