"""Futures of several mixes of measures after one and the same history."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.importance.outcomes import NAMES
from sim.categories import FAMILIES, PLACES

if TYPE_CHECKING:
    from sim.model import WorkforceModel

Array = NDArray[np.float64]
COST: Final = "cost"  # billion yuan, from 2025 to the year of the targets
SPENT_ON: Final = (*FAMILIES, PLACES)
OUTPUTS: Final = (*NAMES, COST, *(f"{COST}_{name}" for name in SPENT_ON))
HELD: Final = 16  # histories that a process keeps in memory


@dataclass(frozen=True)
class Futures:
    """All that decides some futures of one seed and draw, beside the files."""

    scenarios: tuple[str, ...]  # as JSON
    knowledge: str
    seed: int
    draw: int
    agents: int
    targets: tuple[tuple[str, int | str], ...]


def live(futures: Futures) -> Array:
    """What the futures bring, shape (scenarios, ``OUTPUTS``)."""
    from experiments.importance.outcomes import outcomes
    from sim.policy.scenario import read_scenario
    from sim.targets import Targets

    targets = Targets(**dict(futures.targets))  # type: ignore[arg-type]
    history = _history(futures.knowledge, futures.seed, futures.draw, futures.agents)
    rows = []
    for text in futures.scenarios:
        scenario = read_scenario(json.loads(text), history.inputs.catalogue).watching(targets)
        model = history.fork(scenario)
        model.run_to(targets.year)
        indicators = model.indicators()
        rows.append([*outcomes(indicators, targets), *costs(indicators)])
    return np.array(rows)


def costs(indicators: pd.DataFrame) -> list[float]:
    """Spending after 2024 in billion yuan: measures and places, then by family, then on places."""
    from sim.calendar import FORK, year_of

    spent = indicators[
        (indicators["indicator"] == "spending")
        & (indicators["province"] == "all")
        & (indicators["year"] > year_of(FORK))
    ]
    sums = spent.groupby("group", observed=True)["value"].sum() / 1e3
    return [float(sums.get(group, 0.0)) for group in ("all", *(f"family={name}" for name in SPENT_ON))]


@lru_cache(maxsize=HELD)
def _history(knowledge: str, seed: int, draw: int, agents: int) -> "WorkforceModel":
    """The country at the end of 2024, lived once by each process that needs it."""
    from experiments.runs.life import past_of
    from experiments.validate import read_inputs

    return past_of(read_inputs({"parameters": {}, "knowledge": knowledge}), agents, seed, draw)
