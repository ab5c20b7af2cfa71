"""The calibrated ensemble: histories under many parameter sets, as publications would see them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.published import published
from experiments.questions.backtest.keys import BacktestKeys
from experiments.runs.execute import Executor
from experiments.runs.life import Life
from experiments.runs.observers import Arrays
from experiments.runs.plan import Cell
from sim.calendar import START, year_of

if TYPE_CHECKING:
    import pandas as pd

    from experiments.runs.life import World
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.policy.scenario import Scenario

Array = NDArray[np.float64]
HOMES = "homes"  # of ``OBSERVERS``


@dataclass(frozen=True)
class Backtest:
    """All that was chosen for a backtest, checked."""

    keys: BacktestKeys
    rows: "pd.DataFrame"  # that the model can speak about
    not_compared: "pd.DataFrame"  # the others, each with the reason
    flows: "pd.DataFrame"
    scenario: "Scenario"  # of the years after the fork
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    @property
    def last_year(self) -> int:
        """The last year that has to be lived."""
        years = [*self.rows["year"].tolist(), *self.flows["year"].tolist()]
        return int(max(*years, year_of(START) + 1))


@dataclass(frozen=True)
class Histories:
    """What all histories say: figures (keys, draws), stocks (years, draws, 31 home, 31 residence)."""

    figures: Array
    stocks: Array


def plan(backtest: "Backtest") -> list[Cell]:
    """Draw n with seed n, each to the last year that is asked for."""
    return [
        Cell((Life(backtest.world, backtest.scenario, draw, draw, backtest.last_year),), (HOMES,))
        for draw in range(1, backtest.keys.draws + 1)
    ]


def simulated(backtest: "Backtest", live: Executor) -> Histories:
    """The histories of a backtest; those that are kept are read."""
    rows, cells = backtest.rows, plan(backtest)
    lives = [cell.lives[0] for cell in cells]
    keys = list(rows[["indicator", "province", "year"]].itertuples(index=False, name=None))
    years = sorted({max(year, year_of(START)) for year in backtest.flows["year"]})
    figures = published(live.records(cells), lives, keys)
    return Histories(figures, _stocks(live.extras(cells, HOMES), years))


def _stocks(homes: list[Arrays], years: list[int]) -> Array:
    """Persons by home and residence in some years, shape (years, draws, 31, 31)."""
    found = [[noted["stocks"][noted["year"].tolist().index(year)] for noted in homes] for year in years]
    return np.array(found, dtype=np.float64)
