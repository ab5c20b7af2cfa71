"""How far the choice can be trusted: paired differences with intervals, and regret over the draws."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.intervals import Difference, mean_interval, share_difference
from experiments.questions.optimise.lives import COST
from experiments.questions.optimise.scores import Score

Array = NDArray[np.float64]


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
    return Difference(*mean_interval(one.column(COST) - other.column(COST)).values())


def probability_difference(one: Score, other: Score) -> Difference:
    """Probability of one less that of the other in the same cells."""
    return share_difference(one.suffices, other.suffices)


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
