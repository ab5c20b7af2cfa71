"""What the facts are measured on: one simulated history, watched through its last year."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from experiments.validation.country import history
from experiments.validation.seen import SeenYear, see_year
from sim.model import WorkforceModel

Array = NDArray[np.float64]
YEAR: Final = 2021
LARGEST: Final = 0.1  # share of the enterprises that the tail is measured on


@dataclass(frozen=True)
class Observed:
    """A country at the end of 2021, and what happened to its workers in that year."""

    model: WorkforceModel
    seen: SeenYear
    values: dict[tuple[int, str, str], float]

    def national(self, indicator: str, year: int = YEAR, group: str = "all") -> float:
        """One number of the record."""
        return self.values[year, indicator, group]

    def persons_by_enterprise(self) -> Array:
        """Persons at work in each simulated enterprise that has any."""
        workers = self.model.state.population.workers
        at_work = workers.enterprise >= 0
        at_work &= workers.status > 0
        persons = np.bincount(workers.enterprise[at_work], workers.weight[at_work])
        return np.asarray(persons[persons > 0], np.float64)


def observed(agents: int, seed: int) -> Observed:
    """Live a history to the end of 2021."""
    model = history(agents, seed)
    seen = see_year(model, YEAR)
    table = model.indicators()
    table = table[table["province"] == "all"]
    keys = zip(table["year"].tolist(), table["indicator"], table["group"], strict=True)
    return Observed(model, seen, dict(zip(keys, table["value"].tolist(), strict=True)))


def tail_exponent(sizes: Array, share: float = LARGEST) -> float:
    """Exponent of a Pareto tail by regression of log(rank - 1/2) on log(size) (Gabaix and Ibragimov 2011)."""
    largest = np.sort(sizes)[::-1][: max(10, round(share * sizes.size))]
    rank = np.arange(1, largest.size + 1)
    return float(-stats.linregress(np.log(largest), np.log(rank - 0.5)).slope)


def rank_correlation(one: Array, two: Array) -> float:
    """Spearman's rank correlation."""
    return float(stats.spearmanr(one, two).statistic)
