"""The type of every key that a planner can choose; the values stand in ``configs/``."""

from dataclasses import dataclass, field
from typing import Any

from omegaconf import MISSING


@dataclass
class PopulationTypes:
    """How many agents the people are simulated with; null is one agent per person."""

    agents: int | None = MISSING


@dataclass
class NamedTypes:
    """The keys of every verb whose result has a name."""

    name: str = MISSING
    results: str = MISSING


@dataclass
class ThreadedTypes(NamedTypes):
    """The same for verbs that simulate."""

    threads: int | None = MISSING


@dataclass
class SweepTypes(ThreadedTypes):
    """The keys of ``workforce sweep``."""

    population: PopulationTypes = field(default_factory=PopulationTypes)
    parameters: dict[str, Any] = field(default_factory=dict)
    grid: dict[str, Any] = field(default_factory=dict)
    scenarios: list[str] = MISSING
    seeds: int = MISSING
    draws: int = MISSING
    knowledge: str = MISSING
    launcher: str = MISSING
    slurm: dict[str, Any] = field(default_factory=dict)
    job_minutes: float = MISSING
    until: str | None = MISSING
    most_runs: int = MISSING
    takeover: bool = MISSING


@dataclass
class JobTypes(ThreadedTypes):
    """What a job of a study is told."""

    launch: str = MISSING
    job: int = MISSING


@dataclass
class StatusTypes(NamedTypes):
    """The keys of ``workforce status``."""

    json: bool = MISSING


@dataclass
class ExportTypes(NamedTypes):
    """The keys of ``workforce export``."""

    format: str = MISSING


@dataclass
class LaunchedTypes(NamedTypes):
    """The keys of every verb that goes on with a study."""

    takeover: bool = MISSING


@dataclass
class ExpandTypes(LaunchedTypes):
    """The keys of ``workforce expand``."""

    seeds: int = MISSING
    draws: int = MISSING


@dataclass
class VerifyTypes(ThreadedTypes):
    """The keys of ``workforce verify``."""

    share: float = MISSING
    seed: int | None = MISSING


TYPES: dict[str, type] = {
    "sweep": SweepTypes,
    "job": JobTypes,
    "status": StatusTypes,
    "expand": ExpandTypes,
    "retry": LaunchedTypes,
    "compact": LaunchedTypes,
    "export": ExportTypes,
    "verify": VerifyTypes,
}
