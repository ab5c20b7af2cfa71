"""One small country that many tests share: its history is lived once, and tests fork from it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.calendar import FORK, FORK_YEAR, month_index
from sim.categories import PROVINCE_CODES
from sim.country import USUAL, Options
from sim.inputs import Inputs
from sim.model import WorkforceModel
from sim.policy.scenario import MeasurePath, Scenario, load_scenario
from sim.state import State
from sim.workforce.columns import COLUMNS, Workers

CONFIGS = Path(__file__).parents[1] / "configs"
AGENTS = 20_000
GUANGDONG = PROVINCE_CODES.index(440000)
INPUTS = Inputs.read(CONFIGS)
AT_ONCE = Inputs.read(CONFIGS, {"delivery_lag_months": 0.0, "delivery_fidelity": 1.0})
FROZEN = load_scenario("frozen", CONFIGS / "scenario", INPUTS.catalogue)
REFORM = load_scenario("reform", CONFIGS / "scenario", INPUTS.catalogue)


@cache
def past() -> WorkforceModel:
    """The history to the fork; never step it, fork it."""
    model = WorkforceModel(FROZEN, inputs=INPUTS, agents=AGENTS, seed=1, draw=0)
    model.run_to(FORK_YEAR)
    return model


@cache
def future() -> WorkforceModel:
    """The reform, lived for four years; only to be looked at."""
    model = past().fork(REFORM)
    model.run_to(FORK_YEAR + 4)
    return model


def take_over(
    state: State, scenario: Scenario = FROZEN, inputs: Inputs = INPUTS, options: Options = USUAL
) -> WorkforceModel:
    """A model that goes on from a copy of a state."""
    return WorkforceModel(scenario, inputs=inputs, seed=1, draw=0, state=state.copy(), options=options)


def with_measures(
    names: Sequence[str], level: float = 1.0, provinces: tuple[int, ...] | None = None, start: int = FORK + 1
) -> Scenario:
    """The frozen scenario and some measures in force from the fork on, without a ramp."""
    paths = tuple(MeasurePath(name, start, 0, level, None, provinces) for name in names)
    return replace(FROZEN, paths=paths)


def lived(model: WorkforceModel, months: int) -> WorkforceModel:
    """The model some months later."""
    for _ in range(months):
        model.step()
    return model


def filled(workers: Workers) -> Workers:
    """Copies of the columns, filled slots only, in the order of identities."""
    slots = np.flatnonzero(workers.status)
    order = slots[np.argsort(workers.identity[slots])]
    return Workers(*(column[order].copy() for column in workers))


def differing(one: Workers, two: Workers, among: NDArray[np.bool_] | None = None) -> dict[str, int]:
    """Number of differing entries of each column that differs at all, among the chosen slots."""
    chosen = slice(None) if among is None else among
    counts = {name: int((getattr(one, name)[chosen] != getattr(two, name)[chosen]).sum()) for name in COLUMNS}
    return {name: count for name, count in counts.items() if count}


def january(year: int) -> int:
    """Index of January of a year."""
    return month_index(year, 1)
