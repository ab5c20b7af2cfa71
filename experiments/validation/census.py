"""Part of the validation: industry by province and sector beside the census of 2020. A fit, not a test."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments.validation.country import history
from experiments.validation.wording import table
from sim.categories import PROVINCES, SECTORS
from sim.data import load, provincial_employment
from sim.workforce.columns import VACANT

TITLE: Final = "Industry by province beside the census of 2020"
FULL: Final = {"agents": 200_000, "seeds": 3}
QUICK: Final = {"agents": 20_000, "seeds": 1}
YEAR: Final = 2020
MOST_PERCENT: Final = 2.0  # dissimilarity, required beforehand
KINDS: Final = ("mining and utilities", "manufacturing", "construction")
Array = NDArray[np.float64]


def by_kind(employment: Array) -> Array:
    """The two kinds of manufacturing as one: shape (31, 4) to (31, 3), shares of the whole."""
    joined = np.column_stack((employment[:, 0], employment[:, 1] + employment[:, 2], employment[:, 3]))
    return np.asarray(joined / joined.sum())


def simulated(agents: int, seed: int) -> Array:
    """Shares of the workforce at the end of 2020, shape (31, 3)."""
    model = history(agents, seed)
    model.run_to(YEAR)
    workers = model.state.population.workers
    market = workers.province.astype(np.int64) * len(SECTORS) + workers.sector
    persons = np.bincount(market, workers.weight * (workers.status != VACANT), PROVINCES * len(SECTORS))
    return by_kind(persons.reshape(PROVINCES, -1).astype(np.float64))


def measure(agents: int, seeds: int) -> dict[str, Any]:
    """Shares of the census and of lives, by province, in per cent; and how far apart they are."""
    census = by_kind(provincial_employment(YEAR))
    lives = np.stack([simulated(agents, seed) for seed in range(1, seeds + 1)])
    return {
        "agents": agents,
        "seeds": seeds,
        "dissimilarity_percent": [round(50.0 * float(np.abs(one - census).sum()), 3) for one in lives],
        "census_percent": np.round(100.0 * census.sum(axis=1), 3).tolist(),
        "simulated_percent": np.round(100.0 * lives.mean(axis=0).sum(axis=1), 3).tolist(),
        "kinds": [
            np.round(100.0 * shares.sum(axis=0), 2).tolist() for shares in (census, lives.mean(axis=0))
        ],
    }


def accepted(result: dict[str, Any]) -> bool:
    """Whether no life is farther from the census than required."""
    return bool(max(result["dissimilarity_percent"]) <= MOST_PERCENT)


def failures(result: dict[str, Any]) -> list[str]:
    """What is farther from the census than required."""
    if accepted(result):
        return []
    return [f"dissimilarity {max(result['dissimilarity_percent']):.1f} % (required: {MOST_PERCENT:g} %)"]


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    shares = zip(
        load("provinces")["name_en"], result["census_percent"], result["simulated_percent"], strict=True
    )
    rows = [
        [name, f"{census:.2f}", f"{lives:.2f}", f"{100 * (lives / census - 1):+.1f}"]
        for name, census, lives in sorted(shares, key=lambda row: -row[1])
    ]
    kinds = "; ".join(
        f"{name} {census:.1f} and {lives:.1f} %"
        for name, census, lives in zip(KINDS, *result["kinds"], strict=True)
    )
    head = ["province", "census, %", "simulated, %", "difference, %"]
    most = max(result["dissimilarity_percent"])
    return f"""Shares of employment in mining and utilities, manufacturing and construction at the end of
2020, over 31 provinces, {result["seeds"]} lives of {result["agents"]:,} agents. Dissimilarity, the share of
workers who would have to stand elsewhere: **{most:.2f} %** at most (required beforehand:
{MOST_PERCENT:g} %). First people and labour demand follow the census
(`docs/decisions/0034-industry-where-the-census-counts-it.md`), so this is a fit and no test. Census and
lives: {kinds}.

{table(head, rows, head[1:])}
"""
