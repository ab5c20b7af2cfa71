# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write the figures of docs/cluster.md: what a study of one agent per person asks of a cluster.

Run from the repository: ``python docs/generate_cluster_table.py``. The jobs are those that the study would
submit, at the speed of docs/benchmark.json.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from docs.page_parts import laid_out_page
from experiments.answers.checks import disk_needed, persons
from experiments.command.choices import choose
from experiments.questions.sweep.design import Design
from experiments.questions.sweep.keys import SweepKeys
from experiments.runs.inputs import read_inputs
from experiments.runs.life import FUTURE_YEARS, HISTORY_YEARS
from experiments.runs.worker import Means
from experiments.study import cluster
from experiments.study.folder import Study

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/cluster.md"
MEASURED = ROOT / "docs/benchmark.json"
BEGIN = "<!-- jobs: begin; written by docs/generate_cluster_table.py -->"
END = "<!-- jobs: end -->"
THREADS = 2  # of the fastest turn in benchmark.json
LENGTHS = (20, 120, 240, 480)  # job_minutes
AT_ONCE = (10, 25, 50)  # jobs that a cluster lets run side by side
PAST_SECONDS, FUTURE_SECONDS = 96.1, 40.0  # a year of one agent per person, timed on 2 busy cores
PEAK_GB = 14.2  # as measured there: 13.2 GiB


class Packed(NamedTuple):
    """Jobs of a study, with what each asks for."""

    jobs: int
    runs: int  # of the longest job
    seconds: float  # of the longest job
    core_hours: float  # of all
    minutes: int  # limit that is asked for
    memory: str


def packed(keys: SweepKeys, rate: float, minutes: float) -> Packed:
    """Pack a study as it would be submitted."""
    chosen = replace(keys, slurm={}, job_minutes=minutes, threads=THREADS)
    one = cluster.Cluster(Study(Path("results"), "sweep", "country"), chosen, Means(), waits=False)
    one.rate = rate
    jobs = cluster.packed(Design.read(keys).plan(), rate, one.job_seconds)
    asked = one.resources(jobs)
    seconds = [sum(cluster.seconds_of(cell, rate) for cell in job) for job in jobs]
    lives = [sum(len(cell.lives) for cell in job) for job in jobs]
    hours = THREADS * sum(seconds) / 3600
    return Packed(
        len(jobs), max(lives), max(seconds), hours, asked["time"], asked["mem"].replace("GB", " GB")
    )


def figures() -> str:
    """Tables and sentences between the marks."""
    study = choose("sweep", ["experiment=country"])
    agents, rate = persons(read_inputs(study.parameters, study.knowledge)), _rate()
    chosen = packed(study, rate, study.job_minutes)
    first = packed(replace(study, draws=1, seeds=1), cluster.FIRST_RATE, study.job_minutes)
    lengths = {length: packed(study, rate, length) for length in LENGTHS}
    return laid_out_page(
        f"{_years(study, agents, rate)}\n\n{_costs(study, agents, rate, chosen)}\n\n{_by_length(lengths)}"
        f"\n\nWith `job_minutes={study.job_minutes:g}`, by how many jobs run side by side:"
        f"\n\n{_by_jobs(chosen, disk_needed(agents, 1))}\n\n"
        f"Before anything is measured, speed is guessed with care: the first job of {first.runs} runs would "
        f"ask for {_hours(60 * first.minutes)}, if `slurm.timeout_min` said nothing."
    )


def _years(study: SweepKeys, agents: int, rate: float) -> str:
    scenarios, cells = len(study.scenarios), study.draws * study.seeds
    lived = cells * (HISTORY_YEARS + scenarios * FUTURE_YEARS)
    alone = cells * scenarios * (HISTORY_YEARS + FUTURE_YEARS)
    return f"""\
{scenarios} scenarios x {study.draws} draws x {study.seeds} seeds = {scenarios * cells:,} runs of
{agents / 1e6:.0f} million agents. The {scenarios} runs of a draw and a seed share their
{HISTORY_YEARS} years of history, so the study lives {lived:,} years and not {alone:,}.
At {rate / 1e6:.0f} million worker-months a second on {THREADS} cores (`docs/benchmark.json`):"""


def _costs(study: SweepKeys, agents: int, rate: float, chosen: Packed) -> str:
    scenarios = len(study.scenarios)
    timed = HISTORY_YEARS * PAST_SECONDS + scenarios * FUTURE_YEARS * FUTURE_SECONDS
    reckoned = _of_one_cell(scenarios, agents, rate)
    return f"""\
- One draw and seed with all its scenarios takes {_hours(reckoned)}. Timed on busy cores, a year of
history took {PAST_SECONDS:.0f} s and one of a future {FUTURE_SECONDS:.0f} s, which makes {_hours(timed)}.
- All of it takes **{chosen.core_hours:,.0f} core-hours**.
- Each job asks for {THREADS} cores and {chosen.memory} of memory; {PEAK_GB} GB were measured.
- Each job that runs keeps one history, about {disk_needed(agents, 1) / 1e9:.1f} GB, below the
results, and removes it."""


def _of_one_cell(scenarios: int, agents: int, rate: float) -> float:
    return 12.0 * (HISTORY_YEARS + scenarios * FUTURE_YEARS) * agents / rate


def _by_length(lengths: dict[int, Packed]) -> str:
    return _table(
        [["`job_minutes`", "jobs", "runs in a job", "longest job", "time asked for"]]
        + [[str(length), str(one.jobs), str(one.runs), _hours(one.seconds), _hours(60 * one.minutes)]
           for length, one in lengths.items()]
    )  # fmt: skip


def _by_jobs(chosen: Packed, disk: int) -> str:
    memory = int(chosen.memory.split()[0])
    return _table(
        [["jobs at a time", "cores", "memory, GB", "disk for histories, GB", "until all is done"]]
        + [[str(most), str(THREADS * most), str(memory * most), f"{most * disk / 1e9:.0f}",
            _hours(-(-chosen.jobs // most) * chosen.seconds)]
           for most in AT_ONCE]
    )  # fmt: skip


def page() -> str:
    """The whole page, with the figures between the marks."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{figures()}\n\n{END}{after}"


def _rate() -> float:
    """Worker-months a second of the engine, as it was measured."""
    found = json.loads(MEASURED.read_text(encoding="utf-8"))["contenders"]
    (one,) = [one for one in found if one["title"] == "engine" and one["threads"] == THREADS]
    return float(one["worker_months_per_second"]["median"])


def _hours(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"


def _table(rows: list[list[str]]) -> str:
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" + "|---:" * (len(rows[0]) - 1) + "|", *rest])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
