"""One life of the country: what decides it, how it is lived, and how it is kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from experiments.engine import code_hash, peak_memory_bytes, versions
from experiments.store import (
    RUN_ID_LENGTH,
    Store,
    content_hash,
    file_written_aside,
    folder_hash,
    write_manifest,
    written_aside,
)
from sim.calendar import END, FORK, START, calendar_month, year_of

if TYPE_CHECKING:
    from sim.inputs import Inputs
    from sim.model import WorkforceModel
    from sim.policy.scenario import Scenario

HISTORY_YEARS = year_of(FORK) - year_of(START)
FUTURE_YEARS = year_of(END) - year_of(FORK)
OnYear = Callable[[int], None]


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
    hashes
        Of the code, of the data and of the parameter files.
    """

    inputs: "Inputs"
    overrides: dict[str, Any]
    agents: int | None
    hashes: dict[str, str]


def read_world(inputs: "Inputs", settings: dict[str, Any]) -> World:
    """Bring together what all runs of one command share."""
    from experiments.choices import CONFIGS
    from sim.data import data_hash

    hashes = {
        "code_hash": code_hash(),
        "data_hash": data_hash(),
        "parameters_hash": folder_hash(CONFIGS / "parameters", "*.yaml"),
    }
    return World(inputs, settings["parameters"], settings["population"]["agents"], hashes)


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

    @cached_property
    def run_id(self) -> str:
        """Name that follows from what decides the result, and from nothing else."""
        return content_hash({**self.configuration(), **self.world.hashes})[:RUN_ID_LENGTH]


@dataclass
class Lived:
    """A model and the seconds that it took to get where it is."""

    model: "WorkforceModel"
    seconds: float


def live_history(life: Life, on_year: OnYear) -> Lived:
    """Live from the first population to the end of 2024, the same for all scenarios."""
    from sim.model import WorkforceModel

    started = time.perf_counter()
    model = WorkforceModel(
        life.scenario, inputs=life.world.inputs, agents=life.world.agents, seed=life.seed, draw=life.draw
    )
    model.run_to(year_of(FORK), calendar_month(FORK), on_year)
    return Lived(model, time.perf_counter() - started)


def live_future(past: Lived, on_year: OnYear, fork_for: "Scenario | None" = None) -> Lived:
    """Live on to the end of 2035: in a copy under another scenario, or in the model itself."""
    started = time.perf_counter()
    model = past.model if fork_for is None else past.model.fork(fork_for)
    model.run_to(year_of(END), calendar_month(END), on_year)
    return Lived(model, past.seconds + time.perf_counter() - started)


def save_life(store: Store, life: Life, lived: Lived) -> None:
    """Keep the indicators of a finished life, what was chosen, and a manifest."""
    indicators = lived.model.indicators()
    for place, (name, value) in enumerate(_labels(life).items()):
        indicators.insert(place, name, value)
    with written_aside(store.run_folder(life.run_id)) as folder:
        indicators.to_parquet(folder / "indicators.parquet", index=False, compression="zstd")
        configuration = yaml.safe_dump(life.configuration(), allow_unicode=True, sort_keys=False)
        (folder / "config.yaml").write_text(configuration, encoding="utf-8")
        write_manifest(folder, manifest(life, lived))


def manifest(life: Life, lived: Lived) -> dict[str, Any]:
    """Facts about a finished life, for whoever wants to trust or repeat it."""
    model = lived.model
    return {
        "run_id": life.run_id,
        "created": now(),
        "configuration": life.configuration(),
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
    """Give date and time, with the time zone."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _labels(life: Life) -> dict[str, Any]:
    """Columns that name a life in a table of many."""
    return {"scenario": life.scenario.name, "draw": life.draw, "seed": life.seed}
