"""A stand-in for the simulation: the same doors, a handful of numbers, milliseconds."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

START_YEAR, FORK_YEAR = 2014, 2024
PER_YEAR = {"city": 4_000, "provincial": 820, "national": 170}
calls: list[str] = []  # what was simulated, for tests that count


class WorkforceModel:
    """Has the methods of the model that the experiments use."""

    def __init__(self, scenario: Any, *, inputs: Any, agents: int | None, seed: int, draw: int) -> None:
        self.scenario, self.inputs, self.agents, self.seed, self.draw = scenario, inputs, agents, seed, draw
        self.year, self.worker_months = START_YEAR, 0
        calls.append(f"history {seed}")

    @property
    def persons_per_agent(self) -> float:
        return 220e6 / (self.agents or 220e6)

    def run_to(self, year: int, month: int, on_year: Callable[[int], None] | None = None) -> None:
        assert month == 12
        while self.year < year:
            self.year += 1
            self.worker_months += 12 * (self.agents or 1)
            if on_year is not None:
                on_year(self.year)

    def fork(self, scenario: Any) -> "WorkforceModel":
        calls.append(f"{scenario.name} {self.seed}")
        twin = object.__new__(WorkforceModel)
        twin.__dict__ = {**self.__dict__, "scenario": scenario}
        return twin

    def indicators(self) -> pd.DataFrame:
        rows = [
            (year, "all", f"tier={tier}", indicator, "persons", float(self._heads(tier, year)))
            for year in range(START_YEAR + 1, self.year + 1)
            for tier in PER_YEAR
            for indicator in ("recognised", "recognised_active")
        ]
        return pd.DataFrame(rows, columns=["year", "province", "group", "indicator", "unit", "value"])

    def state_digest(self) -> str:
        return hashlib.sha256(
            f"{self.scenario.as_dict()}{self.seed}{self.draw}{self.agents}".encode()
        ).hexdigest()

    def _heads(self, tier: str, year: int) -> int:
        strength = len(self.scenario.paths) + (self.scenario.monitoring is not None)
        return max(0, year - FORK_YEAR) * (PER_YEAR[tier] + 3 * strength + (7 * self.seed + self.draw) % 30)


def lives(model: WorkforceModel) -> Iterator[np.ndarray]:
    yield np.zeros(3)


def compare_lives(base: Iterable[np.ndarray], other: Iterable[np.ndarray]) -> pd.DataFrame:
    assert [part.size for part in base] == [part.size for part in other]
    rows = [("all", "wage", "yuan/month", 220e6, 0.3, 0.5, 0.2, 50.0)]
    columns = ["group", "outcome", "unit", "persons", "better", "unchanged", "worse", "mean_difference"]
    return pd.DataFrame(rows, columns=columns)
