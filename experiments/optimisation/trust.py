"""How far the choice can be trusted: paired differences with intervals, and regret over the draws."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.optimisation.lives import COST
from experiments.optimisation.scores import Score
from sim.outcomes.attainment import Z_95

Array = NDArray[np.float64]


class Difference(NamedTuple):
    """A difference with its 95 % interval."""

    value: float
    low: float
    high: float


class Regret(NamedTuple):
    """What a candidate loses, draw by draw, against knowing the draw beforehand.

    ``dearer`` and ``dearest`` are the mean and the most, in billion yuan, above the cheapest candidate that
    reaches all targets in the draw, over the draws in which this one does. ``short`` and ``shortest`` are the
    mean and the most that the worst tier lacks, as a share of its target, over the draws in which this one
    fails although another one of the front does not. ``hopeless`` is the share of draws in which none reaches
    all targets.
    """

    dearer: float
    dearest: float
    short: float
    shortest: float
    hopeless: float


def cost_difference(one: Score, other: Score) -> Difference:
    """Cost of one less that of the other in the same two or more cells, billion yuan (Student)."""
    from scipy.stats import t

    apart = one.column(COST) - other.column(COST)
    half = float(t.ppf(0.975, len(apart) - 1) * apart.std(ddof=1) / np.sqrt(len(apart)))
    middle = float(apart.mean())
    return Difference(middle, middle - half, middle + half)


def probability_difference(one: Score, other: Score) -> Difference:
    """Probability of one less that of the other in the same cells."""
    return share_difference(one.suffices, other.suffices)


def share_difference(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> Difference:
    """Share of successes of one less that of the other in the same cells (Bonett and Price 2012, paired)."""
    cells = len(one)
    only_one = int((one & ~other).sum())
    only_other = int((other & ~one).sum())
    first, second = (only_one + 1) / (cells + 2), (only_other + 1) / (cells + 2)
    half = Z_95 * float(np.sqrt((first + second - (first - second) ** 2) / (cells + 2)))
    middle = first - second
    return Difference(
        (only_one - only_other) / cells, max(-1.0, middle - half), min(1.0, middle + half)
    )  # fmt: skip


def regret(score: Score, front: Sequence[Score]) -> Regret:
    """Regret of a candidate against the candidates of a front in the same cells, itself among them."""
    suffices = np.stack([one.suffices for one in front])
    costs = np.where(suffices, np.stack([one.column(COST) for one in front]), np.inf)
    solvable = suffices.any(axis=0)
    dearer = (score.column(COST) - costs.min(axis=0))[score.suffices & solvable]
    short = (1.0 - score.margin)[~score.suffices & solvable]
    return Regret(*_mean_and_most(dearer), *_mean_and_most(short), float(1.0 - solvable.mean()))


def _mean_and_most(values: Array) -> tuple[float, float]:
    return (float(values.mean()), float(values.max())) if values.size else (0.0, 0.0)
