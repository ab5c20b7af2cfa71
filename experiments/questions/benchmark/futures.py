"""Futures: how many a minute come through executor and store, and what the parts of one cost.

Every future has a seed and a draw of its own, as in a comparison: three scenarios share the history of their
draw, which is lived once, and the whole record of each is kept. Nothing is kept beforehand.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple, Self, TypeVar

from experiments.answers.checks import share_cores
from experiments.places import LATEST
from experiments.questions.benchmark.summary import spread
from experiments.runs.execute import Executor, Here
from experiments.runs.inputs import scenario_named
from experiments.runs.life import FUTURE_YEARS, HISTORY_YEARS, Life, read_world
from experiments.runs.machine import use_threads
from experiments.runs.plan import Cell
from experiments.runs.progress import Unseen
from experiments.runs.records import Records
from experiments.runs.store import Finished, LifeStore
from experiments.runs.worker import Means, Worker, worker_bytes
from sim.calendar import END, FORK_YEAR, year_of
from sim.model import WorkforceModel

AGENTS: Final = 20_000
MORE_AGENTS: Final = 10 * AGENTS  # beside which the part that every year costs can be told
SCENARIOS: Final = ("frozen", "reform", "adaptive")
TOGETHER: Final = 24  # lives in a part of the store, as jobs have some
MILLI, NANO, MINUTE = 1e3, 1e9, 60.0

Result = TypeVar("Result")


class Quantity(NamedTuple):
    """What is measured, and in which unit."""

    title: str
    unit: str


QUANTITIES: Final = {
    "futures": Quantity("futures through executor and store, all cores", "a minute"),
    "history": Quantity("a year of history", "ms"),
    "future": Quantity("a year of the future", "ms"),
    "fixed": Quantity("the part of a year that no agent adds to", "ms"),
    "worker_month": Quantity("what a worker-month adds", "ns"),
    "first": Quantity("first population", "ms"),
    "fork": Quantity("fork of a future from its history", "ms"),
    "store": Quantity("digest and storing of a life", "ms"),
    "read": Quantity("reading of a life", "ms"),
}


class Futures:
    """Lives of 20,000 agents by processes that stay, and one life part by part.

    Parameters
    ----------
    draws
        By how many, each under every scenario, a turn measures futures a minute.
    """

    def __init__(self, draws: int) -> None:
        self.draws, self._measured = draws, defaultdict[str, list[float]](list)
        self._worlds = {agents: read_world({}, LATEST, agents) for agents in (AGENTS, MORE_AGENTS)}
        self._next = 1
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self.folder = Path(self._open.enter_context(TemporaryDirectory()))
        store = LifeStore(self.folder / "lives")
        self.processes, threads = share_cores(None, self.draws, worker_bytes(AGENTS))
        crew = Here(Worker(store, Unseen(), Means(self.processes, threads)))
        self._executor = self._open.enter_context(Executor(store, crew, Unseen()))
        self._executor.all(self._plan(self.processes))  # starts them before the clock does
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _plan(self, draws: int) -> list[Cell]:
        """Draws that were not lived yet, under every scenario."""
        first, self._next = self._next, self._next + draws
        return [Cell(self._lives(number, AGENTS)) for number in range(first, self._next)]

    def _lives(self, number: int, agents: int) -> tuple[Life, ...]:
        world = self._worlds[agents]
        scenarios = (scenario_named(name, world.inputs) for name in SCENARIOS)
        return tuple(Life(world, scenario, number, number) for scenario in scenarios)

    def take_turn(self) -> None:
        """Live the next draws by all processes, then one more part by part on one thread."""
        plan = self._plan(self.draws)
        started = time.perf_counter()
        self._executor.all(plan)
        seconds = time.perf_counter() - started
        self._measured["futures"].append(MINUTE * self.draws * len(SCENARIOS) / seconds)
        use_threads(1)
        number, self._next = self._next, self._next + 1
        small, large = (Parts(self._lives(number, agents), self.folder) for agents in self._worlds)
        for name, value in (small.seconds | per_year(small, large)).items():
            self._measured[name].append(value * (NANO if QUANTITIES[name].unit == "ns" else MILLI))

    def found(self) -> dict[str, Any]:
        """All turns, with median and range of each quantity and its unit."""
        return {
            "agents": AGENTS,
            "processes": self.processes,
            "draws": self.draws,
            "quantities": [
                {"name": name, **QUANTITIES[name]._asdict(), **spread(self._measured[name])}
                for name in QUANTITIES
            ],
        }


class Parts:
    """One history with its futures, part by part.

    Attributes
    ----------
    seconds
        Of each part, per life or per year.
    year_seconds, year_worker_months
        Of a year of history and of the future together, one of each.
    """

    def __init__(self, lives: Sequence[Life], folder: Path) -> None:
        self.seconds: dict[str, float] = {}
        life, store = lives[-1], LifeStore(folder / f"parts-{lives[0].world.agents}")
        past = self._timed("first", 1, lambda: first_model(life))
        months = -past.worker_months
        self._timed("history", HISTORY_YEARS, lambda: past.run_to(FORK_YEAR))
        months += past.worker_months
        future = self._timed("fork", 1, lambda: past.fork(life.scenario, life.later_inputs))
        before = future.worker_months
        self._timed("future", FUTURE_YEARS, lambda: future.run_to(year_of(END)))
        self.year_seconds = self.seconds["history"] + self.seconds["future"]
        self.year_worker_months = months / HISTORY_YEARS + (future.worker_months - before) / FUTURE_YEARS
        copies = [Life(life.world, life.scenario, life.seed, draw) for draw in range(TOGETHER)]
        self._timed("store", TOGETHER, lambda: store.write([finished(copy, future) for copy in copies]))
        self._timed("read", TOGETHER, lambda: LifeStore(store.results).records(copies))

    def _timed(self, name: str, times: int, work: Callable[[], Result]) -> Result:
        """Do some work, and note the seconds of each of so many times."""
        started = time.perf_counter()
        result = work()
        self.seconds[name] = (time.perf_counter() - started) / times
        return result


def first_model(life: Life) -> WorkforceModel:
    """The country of a life at the end of 2014."""
    agents, past = life.world.agents, life.history().scenario
    return WorkforceModel(past, inputs=life.inputs, agents=agents, seed=life.seed, draw=life.draw)


def finished(life: Life, model: WorkforceModel) -> Finished:
    """A life as a worker keeps it."""
    names, years, figures = model.columns()
    facts = {"run_id": life.run_id, "state_digest": model.state_digest()}
    return Finished(life, facts, Records(names, tuple(years.tolist()), figures[None]), {})


def per_year(small: Parts, large: Parts) -> dict[str, float]:
    """Seconds of a year whatever the number of agents, and of each worker-month beyond, from two numbers."""
    slope = (large.year_seconds - small.year_seconds) / (large.year_worker_months - small.year_worker_months)
    return {
        "worker_month": slope,
        "fixed": (small.year_seconds - slope * small.year_worker_months) / 2,  # history and future
    }
