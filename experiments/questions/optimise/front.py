"""The front of cost against probability: the mixes that no other one beats in both."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.questions.optimise.genetic import ranked
from experiments.questions.optimise.scores import Score
from experiments.questions.optimise.wishes import Wish

Array = NDArray[np.float64]


def objectives(scores: Sequence[Score]) -> Array:
    """What is to be made small, shape (scores, 2)."""
    return to_be_small(np.array([(score.cost, score.safety) for score in scores]))


def to_be_small(costs_and_safeties: Array) -> Array:
    """Log of cost and the negative of safety, shape (points, 2).

    By its log, because the first hundred billion buy most of the safety: spread evenly over cost itself, the
    front would have few points where the choice is made.
    """
    cost, safety = costs_and_safeties.T
    return np.stack([np.log1p(np.maximum(cost, 0.0)), -safety], axis=1)


def front_of(scores: Sequence[Score], constraints: Sequence[Wish] = ()) -> list[Score]:
    """The scores that none dominates, cheapest first; what misses a constraint is worse than all else."""
    missed = [[wish.missed(score) for wish in constraints] for score in scores]
    violation = np.array(missed).reshape(len(scores), -1)
    rank, _ = ranked(objectives(scores), (violation / _scale(violation)).sum(axis=1))
    best = [score for score, place in zip(scores, rank, strict=True) if place == 0]
    return sorted(best, key=lambda score: score.cost)


def thinned(scores: Sequence[Score], size: int, wanted: float) -> list[Score]:
    """At most so many scores of a front, evenly spread; the first that is likely enough is always there."""
    if len(scores) <= size:
        return list(scores)
    enough = [place for place, score in enumerate(scores) if score.smooth_probability >= wanted]
    chosen = spread_out(objectives(scores), size, enough[:1])
    return [scores[place] for place in sorted(chosen)]


def spread_out(points: Array, size: int, first: Sequence[int] = ()) -> list[int]:
    """Places of points that lie far from each other: after ``first`` and the ends, always the farthest."""
    extent = np.ptp(points, axis=0)
    scaled = points / np.where(extent > 0.0, extent, 1.0)
    ends = [int(np.argmin(points[:, column])) for column in range(points.shape[1])]
    chosen = list(dict.fromkeys([*first, *ends]))[:size]
    while len(chosen) < min(size, len(points)):
        nearest = np.linalg.norm(scaled[:, np.newaxis, :] - scaled[chosen], axis=2).min(axis=1)
        nearest[chosen] = -1.0
        chosen.append(int(np.argmax(nearest)))
    return chosen


def _scale(violation: Array) -> Array:
    largest = violation.max(axis=0, initial=0.0)
    return np.asarray(np.where(largest > 0.0, largest, 1.0))
