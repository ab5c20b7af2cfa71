"""The calibrated ensemble: histories under many parameter sets, as publications would see them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.kept import Kept
from sim.calendar import FORK, START, year_of
from sim.categories import PROVINCES

if TYPE_CHECKING:
    from experiments.runs.progress import Progress

Array = NDArray[np.float64]
Key = tuple[str, str, int]  # indicator, province, year
FIRST_FUTURE = year_of(FORK) + 1


@dataclass(frozen=True)
class Chosen:
    """What decides one history beside the files; the seed is the number of the draw."""

    knowledge: str
    draw: int
    agents: int
    scenario: str  # as JSON
    last_year: int
    keys: tuple[Key, ...]
    flow_years: tuple[int, ...]


@dataclass(frozen=True)
class Histories:
    """What all histories say: figures (keys, draws), stocks (years, draws, 31 home, 31 residence)."""

    figures: Array
    stocks: Array

    @classmethod
    def simulated(
        cls, chosen: Sequence[Chosen], folder: Path, processes: int, progress: "Progress"
    ) -> "Histories":
        """Live them side by side; those that are kept are read."""
        from experiments.validate import read_hashes

        kept = Kept(live, folder / "histories", processes, read_hashes(chosen[0].knowledge))
        every = np.stack(kept.of(chosen, progress), axis=1)
        keys, years = len(chosen[0].keys), len(chosen[0].flow_years)
        stocks = every[keys:].reshape(years, PROVINCES, PROVINCES, len(chosen))
        return cls(every[:keys], np.moveaxis(stocks, 3, 1))


def live(chosen: Chosen) -> Array:
    """One history: the figures of the keys, then the stocks by home and residence, flat."""
    from experiments.runs.life import PAST, scenario_named
    from experiments.validate import read_inputs
    from sim.model import WorkforceModel
    from sim.outcomes.published import published_values
    from sim.policy.scenario import read_scenario

    inputs = read_inputs({"parameters": {}, "knowledge": chosen.knowledge})
    future = read_scenario(json.loads(chosen.scenario), inputs.catalogue)
    past = scenario_named(PAST, inputs)
    model = WorkforceModel(past, inputs=inputs, agents=chosen.agents, seed=chosen.draw, draw=chosen.draw)
    homes = {year_of(START): model.state.homes.copy()}
    for year in range(year_of(START) + 1, chosen.last_year + 1):
        if year == FIRST_FUTURE:
            model = model.fork(future)
        model.run_to(year)
        homes[year] = model.state.homes.copy()
    table = published_values(model.indicators(), inputs.links(chosen.draw))
    found = table.set_index(["indicator", "province", "year"])["value"].to_dict()
    figures = np.array([found.get(key, np.nan) for key in chosen.keys])
    stocks = [homes[max(year, year_of(START))].ravel() for year in chosen.flow_years]
    return np.concatenate([figures, *stocks]).astype(np.float64)
