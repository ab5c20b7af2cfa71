"""A stand-in for the simulation: the same doors, a handful of numbers, milliseconds."""

import hashlib
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.calendar import END, FORK, FORK_YEAR, START, calendar_month, year_of
from sim.outcomes.record import Columns, Record
from sim.workforce.columns import EMPLOYED, Workers, empty_columns

PER_YEAR = {"city": 4_000, "provincial": 820, "national": 170}
calls: list[str] = []  # what was simulated, for tests that count


class State(SimpleNamespace):
    """What a step changes, and three workers to whom nothing happens."""

    @property
    def population(self) -> SimpleNamespace:
        workers = empty_columns(3)
        workers.identity[:], workers.status[:] = (5, 6, 7), EMPLOYED
        return SimpleNamespace(workers=workers, slots=3, agents=3)


class WorkforceModel:
    """Has the methods of the model that the experiments use."""

    def __init__(
        self,
        scenario: Any,
        *,
        inputs: Any,
        agents: int | None = None,
        seed: int,
        draw: int = 0,
        state: State | None = None,
    ) -> None:
        self.scenario, self.inputs, self.seed, self.draw = scenario, inputs, seed, draw
        self.state = state or State(month=START, agents=agents, worker_months=0)

    @property
    def month(self) -> int:
        return int(self.state.month)

    @property
    def worker_months(self) -> int:
        return int(self.state.worker_months)

    @property
    def persons_per_agent(self) -> float:
        return 220e6 / (self.state.agents or 220e6)

    def step(self) -> None:
        if self.month == START:
            calls.append(f"history {self.seed}")
        if self.month == FORK:
            calls.append(f"{self.scenario.name} {self.seed}")
        assert self.month < END
        self.state.month += 1
        self.state.worker_months += self.state.agents or 1

    def indicators(self) -> pd.DataFrame:
        return self._record().table()

    def columns(self) -> Columns:
        return self._record().columns()

    def _record(self) -> Record:
        record = Record()
        for year in range(year_of(START) + 1, year_of(self.month) + (calendar_month(self.month) == 12)):
            for tier in PER_YEAR:
                for indicator in ("recognised", "recognised_active"):
                    record.add(year, indicator, self._heads(tier, year), f"tier={tier}")
        return record

    def fork(self, scenario: Any, inputs: Any = None) -> "WorkforceModel":
        state = State(**vars(self.state))
        return WorkforceModel(scenario, inputs=self.inputs, seed=self.seed, draw=self.draw, state=state)

    def state_digest(self) -> str:
        return hashlib.sha256(
            f"{self.scenario.as_dict()}{self.seed}{self.draw}{vars(self.state)}".encode()
        ).hexdigest()

    def world(self) -> tuple[()]:
        return ()

    def _heads(self, tier: str, year: int) -> int:
        strength = len(self.scenario.paths) + (self.scenario.monitoring is not None)
        return max(0, year - FORK_YEAR) * (PER_YEAR[tier] + 3 * strength + (7 * self.seed + self.draw) % 30)


class Snapshot(NamedTuple):
    values: dict[str, Any]
    arrays: dict[str, np.ndarray]


def take_snapshot(model: WorkforceModel) -> Snapshot:
    return Snapshot({**vars(model.state), "seed": model.seed, "draw": model.draw}, {"some": np.arange(1000)})


def restore(snapshot: Snapshot, scenario: Any, inputs: Any) -> WorkforceModel:
    values = dict(snapshot.values)
    seed, draw = values.pop("seed"), values.pop("draw")
    return WorkforceModel(scenario, inputs=inputs, seed=seed, draw=draw, state=State(**values))


LIFE, PART = np.dtype(np.float64), 2


def wages(workers: Workers, out: np.ndarray) -> None:
    out[:] = 5000.0


def lives(model: WorkforceModel) -> Iterator[np.ndarray]:
    yield from (np.zeros(2), np.zeros(1))


def compare_lives(base: Iterable[np.ndarray], other: Iterable[np.ndarray]) -> pd.DataFrame:
    for one, two in zip(base, other, strict=False):
        assert one.size == two.size
    rows = [("all", "wage", "yuan/month", 220e6, 0.3, 0.5, 0.2, 50.0)]
    columns = ["group", "outcome", "unit", "persons", "better", "unchanged", "worse", "mean_difference"]
    return pd.DataFrame(rows, columns=columns)
