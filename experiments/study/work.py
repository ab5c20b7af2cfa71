"""One job of a study: its runs, one history after the other; what fails is noted and the others go on."""

import shlex
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from experiments.answers.checks import persons
from experiments.runs.files import (
    MACHINE_FAULTS,
    file_written_aside,
    passing_folder,
    remove,
    write_json,
)
from experiments.runs.life import Life, Lived, World
from experiments.runs.machine import now, peak_memory_bytes, use_threads, versions
from experiments.runs.simulate import Living
from experiments.study.design import world_of
from experiments.study.folder import Study
from experiments.study.parts import Finished, finished, runs_finished, write_part
from experiments.study.presence import Presence, launcher_lives, present
from sim.errors import InputError

PART_SECONDS, PART_RUNS = 20.0, 50  # what a job has finished is kept at least so often
MOST_AGENTS_TWICE = 1_000_000  # of which two populations are in memory; 100 MB
LOOK_SECONDS = 1.0  # how often a job looks whether its launcher lives; small runs live a year in milliseconds


class LauncherGoneError(KeyboardInterrupt):
    """The launcher of this job has ended, and so does the job."""


@dataclass
class Job:
    """The runs of one job.

    Attributes
    ----------
    study
        Where they belong.
    plan
        Their rows of the plan.
    needs_launcher
        Whether the job ends when its launcher does, as it should on one machine, not on a cluster.
    """

    study: Study
    plan: pd.DataFrame
    needs_launcher: bool
    _presence: Presence | None = None
    _kept: list[Finished] = field(default_factory=list)
    _written: float = field(default_factory=time.monotonic)
    _looked: float = 0.0

    def work(self, threads: int | None) -> None:
        """Live what is not finished."""
        use_threads(threads)
        with present(self.study.presence, "job") as self._presence:
            try:
                for lives in self._cells(self._missing()):
                    self._live(lives)
                    due = time.monotonic() - self._written > PART_SECONDS
                    if due or len(self._kept) >= PART_RUNS:
                        self._write()
            finally:
                self._write()

    def _missing(self) -> pd.DataFrame:
        """Rows of the plan that are not finished."""
        return self.plan[~self.plan["run_id"].isin(list(runs_finished(self.study.parts)))]

    def year(self, _: int, /) -> None:
        """End with the year when the launcher has ended."""
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._looked = time.monotonic()
            if self.needs_launcher and not launcher_lives(self.study.presence):
                raise LauncherGoneError
            if self._presence:
                self._presence.beat()

    def skip(self, years: int, /) -> None:
        """Nobody counts the years of a job."""

    def unkept(self, what: str, why: str, /) -> None:
        """A history that cannot be read again is lived again."""

    def _cells(self, missing: pd.DataFrame) -> Iterator[list[tuple[int, Life]]]:
        """Lives that share a history, each with its setting."""
        design = self.study.design()
        world: World | None = None
        at = -1
        for key, rows in missing.groupby(["setting", "draw", "seed"], sort=False):
            setting, draw, seed = (int(number) for number in np.asarray(key))
            if world is None or setting != at:
                world, at = world_of(design.settings[setting]), setting
                policies = {one.name: one for one in design.policies(world)}
            lives = [Life(world, policies[name], seed, draw) for name in rows["scenario"]]
            if [life.run_id for life in lives] != rows["run_id"].tolist():
                self.study.check_version()
                raise InputError(
                    "a file that decides results was changed; give the command of the study again"
                )
            yield [(setting, life) for life in lives]

    def _live(self, lives: list[tuple[int, Life]]) -> None:
        """Live one history and its futures; a fault is noted for each run that it stops."""
        with passing_folder(self.study.folder / "passing" / lives[0][1].history_id) as folder:
            histories = None if _small(lives[0][1]) else folder / "histories"
            living = Living(self, folder / "checkpoints", histories)
            past: Lived | None = None
            for setting, life in lives:
                started = time.perf_counter()
                try:
                    past = past or (None if histories else living.history(life))
                    lived = living.future(life, past)
                    self._kept.append(self._finished(life, lived, time.perf_counter() - started))
                    remove(self.study.failed / f"{life.run_id}.json")
                except Exception as fault:
                    if getattr(fault, "errno", None) in MACHINE_FAULTS:
                        raise  # a full disk stops every run
                    self._note(life, self.study.design().settings[setting]["knowledge"], fault)

    def _finished(self, life: Life, lived: Lived, seconds: float) -> Finished:
        facts = {
            "run_id": life.run_id,
            "scenario": life.scenario.name,
            "draw": life.draw,
            "seed": life.seed,
            "state_digest": lived.model.state_digest(),
            "persons_per_agent": lived.model.persons_per_agent,
            "worker_months": lived.model.worker_months,
            "seconds": seconds,
            "peak_memory_bytes": peak_memory_bytes(),
            "versions": versions(),
        }
        return finished(lived.model.columns(), facts)

    def _write(self) -> None:
        if self._kept:
            write_part(self.study.parts, self._kept)
        self._kept, self._written = [], time.monotonic()

    def _note(self, life: Life, knowledge: str, fault: Exception) -> None:
        """Leave what stopped a run, all that was chosen, and the command that shows the same."""
        self.study.failed.mkdir(parents=True, exist_ok=True)
        facts: dict[str, Any] = {
            "run_id": life.run_id,
            "fault": f"{type(fault).__name__}: {fault}",
            "when": now(),
            "configuration": life.configuration(),
            "knowledge": knowledge,
            "command": command_of(life, knowledge),
            "traceback": traceback.format_exc(),
        }
        with file_written_aside(self.study.failed / f"{life.run_id}.json") as path:
            write_json(path, facts)


def _small(life: Life) -> bool:
    """Whether its history may stay in memory, so that futures need not read it."""
    return (life.world.agents or persons(life.world.inputs)) <= MOST_AGENTS_TWICE


def command_of(life: Life, knowledge: str) -> str:
    """The command that lives the same life alone."""
    agents = life.world.agents
    words = ["workforce", "run", f"scenario={life.scenario.name}", f"seed={life.seed}", f"draw={life.draw}"]
    words += [f"knowledge={knowledge}"]
    words += ["population=full" if agents is None else f"population.agents={agents}"]
    words += [f"parameters.{name}={value}" for name, value in life.world.overrides.items()]
    return shlex.join([*words, "history=none"])
