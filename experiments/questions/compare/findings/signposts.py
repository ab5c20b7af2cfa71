"""Signposts: what can be measured on the way, and the value below which a target is more likely missed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.pages.body import NotRecorded
from experiments.pages.words import Formatter, percent, persons, points
from experiments.questions.compare.reading import Comparison
from sim.calendar import FORK_YEAR

YEARS: Final = (FORK_YEAR + 3, FORK_YEAR + 5)
FEWEST_RUNS: Final = 12  # below it a line between hits and misses says little
FEWEST_OF_A_KIND: Final = 3  # runs that reach the target, and runs that miss it


@dataclass(frozen=True)
class Monitored:
    """Something that can be measured every year, for a tier."""

    label: str
    formatter: Formatter
    read: Callable[[Comparison, str], pd.DataFrame]


@dataclass(frozen=True)
class Signpost:
    """A line below which a tier is more likely missed than not.

    Attributes
    ----------
    threshold
        In the unit of what is monitored; none when no line tells more than always guessing the same.
    right
        Share of the runs that the line tells rightly.
    """

    tier: str
    monitored: Monitored
    year: int
    threshold: float | None
    right: float


def watched(comparison: Comparison) -> list[int]:
    """The years at whose end something is watched: those before the year of the targets."""
    return [year for year in YEARS if year < comparison.last_year]


def signposts(comparison: Comparison, tier: str) -> list[Signpost]:
    """All signposts of a tier; raises NotRecorded when runs are too few, or all end alike."""
    heads = comparison.runs(comparison.counted, f"tier={tier}")
    required = float(comparison.target(comparison.baseline, tier)["required"])
    reached = heads[comparison.last_year] >= required
    if min(reached.sum(), (~reached).sum()) < FEWEST_OF_A_KIND or len(reached) < FEWEST_RUNS:
        raise NotRecorded("runs that reach a target beside runs that miss it")
    found = []
    for monitored in MONITORED:
        values = _recorded(comparison, monitored, tier)
        for year in watched(comparison):
            if values is not None and year in values.columns:
                at = values[year].reindex(reached.index)
                line = threshold(at.to_numpy(np.float64), reached.to_numpy(np.bool_))
                found.append(Signpost(tier, monitored, year, *line))
    return found


def threshold(values: NDArray[np.float64], reached: NDArray[np.bool_]) -> tuple[float | None, float]:
    """The line that parts most runs rightly, and the share that it tells rightly.

    A run above the line should reach the target, a run below miss it. Of lines that are equally good the
    middle one is taken. No line is better than guessing the same for all runs: None.
    """
    order = np.argsort(values, kind="stable")
    ordered, hits = values[order], reached[order]
    below = np.concatenate(([0], np.cumsum(~hits)))  # misses below a line before each run
    above = hits.sum() - np.concatenate(([0], np.cumsum(hits)))
    right = (below + above) / len(values)
    between = np.flatnonzero(ordered[1:] > ordered[:-1]) + 1
    guessing = max(hits.mean(), 1.0 - hits.mean())
    if not between.size or right[between].max() <= guessing:
        return None, float(guessing)
    best = between[right[between] == right[between].max()]
    place = int(best[len(best) // 2])
    return float((ordered[place - 1] + ordered[place]) / 2.0), float(right[place])


def _recorded(comparison: Comparison, monitored: Monitored, tier: str) -> pd.DataFrame | None:
    try:
        return monitored.read(comparison, tier)
    except NotRecorded:
        return None


def _so_far(comparison: Comparison, tier: str) -> pd.DataFrame:
    return comparison.runs(comparison.counted, f"tier={tier}")


def _in_cultivation(comparison: Comparison, tier: str) -> pd.DataFrame:
    return comparison.runs("in_cultivation", f"tier={tier}")


def _passing(comparison: Comparison, tier: str) -> pd.DataFrame:
    passed, failed = (
        comparison.runs(fate, f"tier={tier}").cumsum(axis=1) for fate in ("completed", "failed")
    )
    return passed / (passed + failed).where(passed + failed > 0)


def _of_country(indicator: str) -> Callable[[Comparison, str], pd.DataFrame]:
    return lambda comparison, _: comparison.runs(indicator)


MONITORED: Final = (
    Monitored("Certificates so far", persons, _so_far),
    Monitored("Share that passes the evaluation so far", percent, _passing),
    Monitored("In cultivation", persons, _in_cultivation),
    Monitored("Highly skilled workers", persons, _of_country("high_skilled")),
    Monitored("Satisfaction", points, _of_country("satisfaction")),
    Monitored("Engagement", points, _of_country("engagement")),
)
