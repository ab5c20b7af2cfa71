"""A study in words, for the terminal."""

import json
from dataclasses import asdict
from typing import Any

from experiments.pages.terminal import aligned
from experiments.runs.progress import duration
from experiments.study.folder import Study
from experiments.study.state import State, failed_lives

MOST_FAILURES = 10


def state_in_words(state: State) -> str:
    """Numbers of runs, who works, what is wrong."""
    names = ["runs", "done", "running", "waiting", "failed"]
    numbers = [f"{getattr(state, name):,}" for name in names]
    lines = [f"Study {state.name}", aligned([names, numbers], left=0)]
    if state.seconds_left and state.working:
        lines.append(f"About {duration(state.seconds_left)} left.")
    if state.working:
        jobs = [f"process {worker.pid} on {worker.host}" for worker in state.working if worker.kind == "job"]
        lines.append(f"Working: {', '.join(jobs) or 'the launcher'}.")
    elsewhere = sorted({one.host for one in state.working if not one.is_here})
    if elsewhere and state.launcher != "slurm":
        gone = " and ".join(elsewhere)
        lines.append(f"If {gone} is gone, the command of the study goes on with takeover=true.")
    if state.slurm:
        lines.append(f"In Slurm: {', '.join(f'{number} {word}' for word, number in state.slurm.items())}.")
    elif state.slurm is None and state.launcher == "slurm" and state.waiting:
        lines.append("Slurm does not answer here: what waits in its queue is not known.")
    elif state.waiting and not state.working:
        lines.append("Nobody works on it: the command of the study, given again, goes on.")
    if state.failed:
        lines.append(f"workforce retry {state.name} tries again what failed.")
    return "\n".join([*lines, *state.faults])


def state_as_json(state: State) -> str:
    """The same for programs."""
    content: dict[str, Any] = asdict(state)
    content["working"] = [{"kind": one.kind, "host": one.host, "pid": one.pid} for one in state.working]
    return json.dumps(content, indent=2)


def failures_in_words(study: Study) -> str:
    """Table of the runs that failed, and where each says more."""
    failed = failed_lives(study)
    rows = [["run", "fault"]] + [[run_id, str(facts.get("fault"))[:90]] for run_id, facts in failed.items()]
    more = len(failed) - MOST_FAILURES
    text = "Failed runs\n" + aligned(rows[: MOST_FAILURES + 1], left=2)
    return text + (f"\n  and {more} more" if more > 0 else "") + f"\nTracebacks and commands: {study.failed}"
