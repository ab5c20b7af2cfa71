"""Runs packed into jobs of a wanted length: thousands of tiny jobs would hurt a scheduler."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from experiments.runs.life import FUTURE_YEARS, HISTORY_YEARS

FIRST_RATE = 8e6  # worker-months a second and core, before anything was measured
FEWEST_AGENTS_COUNTED = 20_000  # below it a run costs what does not depend on agents


def seconds_of(scenarios: int, agents: int, rate: float) -> float:
    """Time of one history and so many futures."""
    years = HISTORY_YEARS + FUTURE_YEARS * scenarios
    return 12.0 * years * max(agents, FEWEST_AGENTS_COUNTED) / rate


def measured_rate(runs: list[dict[str, Any]]) -> float:
    """Worker-months a second of what is finished, by a process with its threads; a careful guess before."""
    seconds = sum(run["seconds"] for run in runs)
    return sum(run["worker_months"] for run in runs) / seconds if seconds else FIRST_RATE


def pack(
    missing: pd.DataFrame, agents: list[int], rate: float, job_seconds: float, processes: int = 1
) -> pd.DataFrame:
    """Number the jobs of the missing runs.

    Parameters
    ----------
    missing
        Rows of a plan.
    agents
        Agents of each setting.
    rate
        Worker-months a second.
    job_seconds
        Wanted length of a job; a history and its futures stay together, however long.
    processes
        How many jobs shall have something to do at the same time.

    Returns
    -------
    pandas.DataFrame
        Columns ``run_id``, ``job`` and ``seconds``, the time that the run should take.
    """
    job, filled = 0, 0.0
    rows: list[tuple[str, int, float]] = []
    cells = [(seconds_of(len(runs), agents[setting], rate), runs) for setting, runs in _cells(missing)]
    wanted = min(job_seconds, sum(needed for needed, _ in cells) / processes)
    for needed, runs in cells:
        if rows and filled + needed > wanted:
            job, filled = job + 1, 0.0
        filled += needed
        rows += [(run_id, job, needed / len(runs)) for run_id in runs]
    return pd.DataFrame(rows, columns=["run_id", "job", "seconds"])


def _cells(missing: pd.DataFrame) -> Iterator[tuple[int, list[str]]]:
    """Runs that share a history, with their setting."""
    for _, runs in missing.groupby(["setting", "draw", "seed"], sort=False):
        yield int(runs["setting"].iloc[0]), list(runs["run_id"])
