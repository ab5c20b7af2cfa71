"""One life of the country: what decides it, how it is lived, and how it is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from experiments.runs.diaries import Diary
from experiments.runs.files import (
    RUN_ID_LENGTH,
    Store,
    content_hash,
    file_written_aside,
    write_manifest,
    written_aside,
)
from experiments.runs.machine import fixed_moment, peak_memory_bytes, versions
from experiments.runs.sources import hashes
from sim.calendar import END, FORK, START, year_of

if TYPE_CHECKING:
    from sim.inputs import Inputs
    from sim.model import WorkforceModel
    from sim.policy.scenario import Scenario

HISTORY_YEARS = year_of(FORK) - year_of(START)
FUTURE_YEARS = year_of(END) - year_of(FORK)
DIARY = "diaries.parquet"
PAST = "frozen"  # names the scenario of the past: no measure, and the intake of 2024 as announced


@dataclass(frozen=True)
class World:
    """What all runs of one command share.

    Attributes
    ----------
    inputs
        Registers of parameters and catalogue of measures.
    overrides
        Parameters fixed by the user.
    agents
        Number of agents; None is one per person.
    past
        Scenario of the years to 2024, whatever comes after them.
    hashes
        Of all files that decide a life beside what it is asked for.
    user_set
        What differs from the shipped defaults, as rows of ``experiments/user_set.py``; decides no result.
    """

    inputs: "Inputs"
    overrides: dict[str, Any]
    agents: int | None
    past: "Scenario"
    hashes: dict[str, str]
    user_set: tuple[dict[str, Any], ...] = ()


def read_world(inputs: "Inputs", settings: dict[str, Any]) -> World:
    """Bring together what all runs of one command share."""
    past = scenario_named(PAST, inputs)
    known = hashes(past, settings["knowledge"])
    return World(inputs, settings["parameters"], settings["population"]["agents"], past, known)


def scenario_named(name: str, inputs: "Inputs") -> "Scenario":
    """A scenario of ``configs/scenario``; InputError when there is none, or it cannot be."""
    from experiments.choices import CONFIGS
    from sim.policy.scenario import load_scenario

    return load_scenario(name, CONFIGS / "scenario", inputs.catalogue)


def past_of(inputs: "Inputs", agents: int, seed: int, draw: int = 0) -> "WorkforceModel":
    """The country at the end of 2024, after the years that all scenarios share."""
    from sim.model import WorkforceModel

    past = scenario_named(PAST, inputs)
    model = WorkforceModel(past, inputs=inputs, agents=agents, seed=seed, draw=draw)
    model.run_to(year_of(FORK))
    return model


@dataclass(frozen=True)
class Life:
    """All that decides one life of the country; chance is the seed, knowledge the draw."""

    world: World
    scenario: "Scenario"
    seed: int
    draw: int

    def configuration(self) -> dict[str, Any]:
        """Everything that was chosen, as plain values."""
        return {
            "scenario": self.scenario.as_dict(),
            "parameters": self.world.overrides,
            "agents": self.world.agents,
            "seed": self.seed,
            "draw": self.draw,
        }

    def run_key(self) -> dict[str, Any]:
        """All that decides the result."""
        return {**self.configuration(), **self.world.hashes}

    def history_key(self) -> dict[str, Any]:
        """All that decides the years to 2024: not the scenario of the life, but that of the past."""
        return {**self.run_key(), "scenario": self.world.past.as_dict(), "until": year_of(FORK)}

    def user_set(self) -> list[dict[str, Any]]:
        """What differs from the shipped defaults in this life; nothing of what it is compared with."""
        return [
            row
            for row in self.world.user_set
            if row["kind"] != "question" and self.scenario.name in (row["scenarios"] or [self.scenario.name])
        ]

    @cached_property
    def run_id(self) -> str:
        """Name that follows from what decides the result, and from nothing else."""
        return content_hash(self.run_key())[:RUN_ID_LENGTH]

    @cached_property
    def history_id(self) -> str:
        """Name of the history that this life shares with those under other scenarios."""
        return content_hash(self.history_key())[:RUN_ID_LENGTH]


@dataclass
class Lived:
    """A model, the seconds that it took to get where it is, and the diary of some of its workers."""

    model: "WorkforceModel"
    seconds: float
    diary: Diary | None = None

    def let_go(self) -> None:
        """Free the population at once: the parts of a model refer to each other and would wait for it."""
        del self.model.state


def save_life(store: Store, life: Life, lived: Lived) -> None:
    """Keep the indicators of a finished life, its diary, what was chosen, and a manifest."""
    indicators = lived.model.indicators()
    for place, (name, value) in enumerate(_labels(life).items()):
        indicators.insert(place, name, value)
    with written_aside(store.run_folder(life.run_id)) as folder:
        indicators.to_parquet(folder / "indicators.parquet", index=False, compression="zstd")
        if lived.diary and lived.diary.complete:
            lived.diary.write(folder / DIARY)
        configuration = yaml.safe_dump(life.configuration(), allow_unicode=True, sort_keys=False)
        (folder / "config.yaml").write_text(configuration, encoding="utf-8")
        write_manifest(folder, manifest(life, lived))


def save_diary(store: Store, life: Life, lived: Lived) -> None:
    """Keep the diary of a life that was finished before, without one."""
    path = store.run_folder(life.run_id) / DIARY
    if lived.diary and lived.diary.complete and not path.exists():
        with file_written_aside(path) as aside:
            lived.diary.write(aside)


def manifest(life: Life, lived: Lived) -> dict[str, Any]:
    """Facts about a finished life, for whoever wants to trust or repeat it."""
    model = lived.model
    return {
        "run_id": life.run_id,
        "created": now(),
        "configuration": life.configuration(),
        "set_by_user": life.user_set(),
        "persons_per_agent": model.persons_per_agent,
        "seconds": lived.seconds,
        "worker_months": model.worker_months,
        "worker_months_per_second": model.worker_months / lived.seconds,
        "peak_memory_bytes": peak_memory_bytes(),
        "state_digest": model.state_digest(),
        "versions": versions(),
        **life.world.hashes,
    }


def save_pairs(store: Store, base: Life, other: Life, pairs: pd.DataFrame) -> None:
    """Keep what another scenario changes in the lives of the first, beside the run of the other."""
    labels = {"scenario": other.scenario.name, "baseline": base.scenario.name, **_labels(other)}
    for place, (name, value) in enumerate(labels.items()):
        pairs.insert(place, name, value)
    with file_written_aside(store.paired_file(other.run_id, base.run_id)) as path:
        pairs.to_parquet(path, index=False, compression="zstd")


def now() -> str:
    """Give date and time here, with the time zone; SOURCE_DATE_EPOCH fixes them."""
    moment = fixed_moment() or datetime.now(UTC).astimezone()
    return moment.isoformat(timespec="seconds")


def _labels(life: Life) -> dict[str, Any]:
    """Columns that name a life in a table of many."""
    return {"scenario": life.scenario.name, "draw": life.draw, "seed": life.seed}
