"""Who takes part: the engine, its plain twin, numpy, and two limits of the machine."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.questions.benchmark import limits, vectorised
from experiments.questions.benchmark.summary import Step
from sim.calendar import FORK_YEAR, calendar_month
from sim.chance import make_key
from sim.life.surroundings import World
from sim.model import WorkforceModel

if TYPE_CHECKING:
    from sim.inputs import Inputs
    from sim.policy.scenario import Scenario

YEAR, QUARTER = 12, 3  # months of a turn
SEED = 1


@dataclass(frozen=True)
class Contender:
    """One who takes a turn in every repetition.

    Attributes
    ----------
    name, title
        For programs, and for people.
    agents
        Number of agents at the fork, of the engine or of what it shares with it.
    threads
        Threads that it may use.
    beside
        Name of the contender whose speed in the same repetition is 1.
    live
        Takes the turn; returns the worker-months.
    steps
        How long each month of the engine took; of others nothing is known.
    """

    name: str
    title: str
    agents: int
    threads: int
    beside: str
    live: Callable[[], int]
    steps: list[Step] = field(default_factory=list)


def country(inputs: "Inputs", scenario: "Scenario", agents: int) -> WorkforceModel:
    """A country at the fork, where the scenario begins and craftsmen are taken in every year."""
    model = WorkforceModel(scenario, inputs=inputs, agents=agents, seed=SEED)
    model.run_to(FORK_YEAR)
    return model


def live_months(model: WorkforceModel, months: int, steps: list[Step]) -> int:
    """Live some months with all that belongs to them; returns the worker-months."""
    before = model.worker_months
    for _ in range(months):
        started = time.perf_counter()
        model.step()
        steps.append(Step(calendar_month(model.month), time.perf_counter() - started))
    return model.worker_months - before


def engine(model: WorkforceModel, threads: int) -> Contender:
    """The engine, a whole year in each turn; its country goes on, whoever's turn it is."""
    steps: list[Step] = []
    return Contender(
        f"engine_{threads}", "engine", model.state.population.agents, threads, "engine_1",
        lambda: live_months(model, YEAR, steps), steps,
    )  # fmt: skip


def limit_contenders(model: WorkforceModel, threads: list[int]) -> list[Contender]:
    """A bare pass over the same bytes, and the random numbers with their screening alone."""

    def memory() -> int:
        columns = limits.as_words(tuple(model.state.population.workers))
        for _ in range(YEAR):
            limits.pass_over(columns, pieces(model), np.uint64(0))
        return YEAR * model.state.population.agents

    def arithmetic() -> int:
        identity = model.state.population.workers.identity
        bounds = model.world()[-1].bounds
        for month in range(YEAR):
            limits.draw_and_screen(identity, make_key(SEED, month, 0), bounds)
        return YEAR * model.state.population.agents

    memory(), arithmetic()  # compiles them before the clock starts
    kinds = {
        "memory": ("bare pass over the same bytes", memory),
        "arithmetic": ("random numbers and screening alone", arithmetic),
    }
    agents = model.state.population.agents
    return [
        Contender(f"{name}_{n}", title, agents, n, "engine_1", live)
        for name, (title, live) in kinds.items()
        for n in threads
    ]


def pieces(model: WorkforceModel) -> int:
    """How many pieces the limits are shared out in."""
    return max(1, model.state.population.slots // limits.PIECE)


def numpy_contender(model: WorkforceModel) -> Contender:
    """The heaviest decisions of one month in numpy, about the same workers."""

    def live() -> int:
        rates, _, around, month = model.world()
        vectorised.decide_all(model.state.population.workers, World(rates, model.law, around, month))
        return model.state.population.agents

    agents = model.state.population.agents
    return Contender("numpy", "numpy, the heaviest decisions only", agents, 1, "engine_1", live)


def twin_is_here() -> bool:
    """Whether the plain twin is there, which is not installed but belongs to the repository."""
    try:
        return find_spec("tests.reference.twin") is not None
    except ModuleNotFoundError:
        return False


class Pair:
    """The engine and its plain twin, who live the same months of the same country."""

    def __init__(self, inputs: "Inputs", scenario: "Scenario", agents: int) -> None:
        self.model = country(inputs, scenario, agents).fork(scenario)
        twin_class = import_module("tests.reference.twin").Twin
        self.twin: Any = twin_class(scenario, inputs=inputs, state=self.model.state, seed=SEED)

    def contenders(self) -> list[Contender]:
        """Both, a quarter with its end in each turn."""
        agents, peer = self.model.state.population.agents, "engine_beside_twin"
        return [
            Contender(peer, "engine", agents, 1, peer, lambda: live_months(self.model, QUARTER, [])),
            Contender("twin", "plain Mesa twin", agents, 1, peer, self.live_twin),
        ]

    def live_twin(self) -> int:
        """Live a quarter in the twin; returns the worker-months."""
        lived = 0
        for _ in range(QUARTER):
            self.twin.step()
            lived += len(self.twin.workers)
        return lived

    def check(self) -> None:
        """Make sure that both have lived the same.

        Raises
        ------
        RuntimeError
            When a column differs in a single entry.
        """
        differing = self.twin.differences(self.model.state)
        if differing:
            raise RuntimeError(f"the twin and the engine differ, number of entries by column: {differing}")
