"""The type of every key that a planner can choose; the values stand in ``configs/``."""

from dataclasses import dataclass, field
from typing import Any

from omegaconf import MISSING


@dataclass
class PopulationTypes:
    """How many agents the people are simulated with; null is one agent per person."""

    agents: int | None = MISSING


@dataclass
class TargetTypes:
    """The numbers of craftsmen to be reached, and what counts."""

    year: int = MISSING
    national: int = MISSING
    provincial: int = MISSING
    city: int = MISSING
    counting: str = MISSING


@dataclass
class EditionTypes:
    """How a page is written."""

    language: str = MISSING
    pdf: bool = MISSING


@dataclass
class PageTypes(EditionTypes):
    """Whether and how a page is written."""

    page: bool = MISSING


@dataclass
class CommonTypes:
    """The keys of every verb that simulates."""

    population: PopulationTypes = field(default_factory=PopulationTypes)
    targets: TargetTypes = field(default_factory=TargetTypes)
    parameters: dict[str, Any] = field(default_factory=dict)
    knowledge: str = MISSING
    history: str = MISSING
    checkpoint: str = MISSING
    results: str = MISSING
    threads: int | None = MISSING


@dataclass
class RunTypes(CommonTypes):
    """The keys of ``workforce run``."""

    scenario: dict[str, Any] = field(default_factory=dict)
    seed: int = MISSING
    draw: int = MISSING
    draws: int | None = MISSING


@dataclass
class CompareTypes(CommonTypes):
    """The keys of ``workforce compare``."""

    scenarios: list[str] = MISSING
    seeds: int = MISSING
    draws: int | None = MISSING
    commitments: str | None = MISSING
    name: str = MISSING
    report: PageTypes = field(default_factory=PageTypes)


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
class CalibrateTypes(ThreadedTypes):
    """The keys of ``workforce calibrate``."""

    until: int = MISSING
    agents: int = MISSING
    members: int = MISSING
    rounds: int = MISSING
    draws: int = MISSING
    seed: int = MISSING
    install: bool = MISSING


@dataclass
class BacktestTypes(ThreadedTypes):
    """The keys of ``workforce backtest``."""

    observed: str | None = MISSING
    flows: str | None = MISSING
    draws: int = MISSING
    agents: int = MISSING
    scenario: dict[str, Any] = field(default_factory=dict)
    knowledge: str = MISSING
    known_until: int = MISSING


@dataclass
class SensitivityTypes(ThreadedTypes):
    """The keys of ``workforce sensitivity``."""

    targets: TargetTypes = field(default_factory=TargetTypes)
    scenario: dict[str, Any] = field(default_factory=dict)
    baseline: str = MISSING
    trajectories: int = MISSING
    keep: int = MISSING
    samples: int = MISSING
    seeds: int = MISSING
    agents: int = MISSING
    knowledge: str = MISSING


@dataclass
class AttributeTypes(ThreadedTypes):
    """The keys of ``workforce attribute``."""

    targets: TargetTypes = field(default_factory=TargetTypes)
    scenario: dict[str, Any] = field(default_factory=dict)
    baseline: str = MISSING
    draws: int = MISSING
    agents: int = MISSING
    parameters: dict[str, Any] = field(default_factory=dict)
    knowledge: str = MISSING
    report: EditionTypes = field(default_factory=EditionTypes)


@dataclass
class AdaptTypes(ThreadedTypes):
    """The keys of ``workforce adapt``."""

    targets: TargetTypes = field(default_factory=TargetTypes)
    scenario: dict[str, Any] = field(default_factory=dict)
    levels: list[float] = MISSING
    places: list[float] = MISSING
    draws: int = MISSING
    agents: int = MISSING
    parameters: dict[str, Any] = field(default_factory=dict)
    knowledge: str = MISSING
    report: EditionTypes = field(default_factory=EditionTypes)


@dataclass
class OptimiseTypes(ThreadedTypes):
    """The keys of ``workforce optimise``."""

    targets: TargetTypes = field(default_factory=TargetTypes)
    scenario: dict[str, Any] = field(default_factory=dict)
    probability: float = MISSING
    budget: float | None = MISSING
    floors: dict[str, Any] = field(default_factory=dict)
    bounds: dict[str, Any] = field(default_factory=dict)
    fix: dict[str, Any] = field(default_factory=dict)
    phase_in: str = MISSING
    candidates: int = MISSING
    cells: int = MISSING
    agents: int = MISSING
    front: int = MISSING
    front_cells: int = MISSING
    front_agents: int = MISSING
    trust_cells: int = MISSING
    seed: int = MISSING
    knowledge: str = MISSING
    report: EditionTypes = field(default_factory=EditionTypes)


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
class ReportTypes(NamedTypes):
    """The keys of ``workforce report``."""

    targets: TargetTypes = field(default_factory=TargetTypes)
    pages: int = MISSING
    report: EditionTypes = field(default_factory=EditionTypes)


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
    "run": RunTypes,
    "compare": CompareTypes,
    "calibrate": CalibrateTypes,
    "backtest": BacktestTypes,
    "sensitivity": SensitivityTypes,
    "attribute": AttributeTypes,
    "adapt": AdaptTypes,
    "optimise": OptimiseTypes,
    "sweep": SweepTypes,
    "job": JobTypes,
    "status": StatusTypes,
    "expand": ExpandTypes,
    "retry": LaunchedTypes,
    "compact": LaunchedTypes,
    "export": ExportTypes,
    "report": ReportTypes,
    "verify": VerifyTypes,
}
