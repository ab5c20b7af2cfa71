"""What a user's own figures move: the first runs lived once more without them, with the same chances."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from experiments.outcomes.at_end import heads, required
from experiments.outcomes.intervals import mean_interval
from experiments.outcomes.published import published
from experiments.runs.life import Life
from experiments.runs.store import LifeStore
from experiments.tables.own_figures import OwnFigure, table_of
from sim.outcomes.attainment import worth
from sim.targets import TARGET_TIERS, Targets

if TYPE_CHECKING:
    from sim.outcomes.published import Key

MOST_TWICE: Final = 16  # runs that are lived with and without: pairs tell more than as many runs apart
TABLE: Final = "data_moved.csv"
QUANTILES: Final = {"p50": 0.5, "p05": 0.05, "p95": 0.95}
Pairs = Sequence[tuple[Life, Life]]  # without the figures, and with them


@dataclass(frozen=True)
class Twice:
    """The lives of one scenario without the figures and with them, run by run.

    Attributes
    ----------
    scenario
        Its name.
    pairs
        Without, with.
    """

    scenario: str
    pairs: Pairs


def beside(store: LifeStore, pairs: Pairs, data: Sequence[OwnFigure]) -> pd.DataFrame:
    """The figures, and what the model has there without them and with them.

    Returns
    -------
    pandas.DataFrame
        Columns of the file, then ``without_p50``, ``without_p05``, ``without_p95`` and the same with them,
        in the published unit; nan where the model has no value.
    """
    keys: list[Key] = [(one.indicator, "all", one.year) for one in data]
    table = table_of(data)
    for name, lives in zip(("without", "with"), zip(*pairs, strict=True), strict=True):
        found = published(store.records(lives), lives, keys)
        for quantile, share in QUANTILES.items():
            table[f"{name}_{quantile}"] = np.quantile(found, share, axis=1)
    return table.astype(object)


def moved(store: LifeStore, twice: Sequence[Twice], targets: Targets) -> pd.DataFrame:
    """Attainment of each tier under each scenario without the figures and with them.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, tier, runs, without and with (mean of craftsmen over the target), difference with
        its 95 % interval as low and high (nan for a single run), reached_without and reached_with (runs that
        reach the target).
    """
    return pd.DataFrame([row for one in twice for row in _rows(store, one, targets)])


def _rows(store: LifeStore, twice: Twice, targets: Targets) -> Iterator[dict[str, object]]:
    before, after = (
        heads(store.records(lives), targets) / required(targets) for lives in zip(*twice.pairs, strict=True)
    )
    independent = worth([life.draw for life, _ in twice.pairs])
    for place, tier in enumerate(TARGET_TIERS):
        one, other = before[:, place], after[:, place]
        change = other - one
        several = len(change) > 1
        interval = mean_interval(change, independent) if several else {"low": np.nan, "high": np.nan}
        yield {
            "scenario": twice.scenario,
            "tier": tier,
            "runs": len(change),
            "without": float(one.mean()),
            "with": float(other.mean()),
            "difference": float(change.mean()),
            "low": interval["low"],
            "high": interval["high"],
            "reached_without": int((one >= 1.0).sum()),
            "reached_with": int((other >= 1.0).sum()),
        }
