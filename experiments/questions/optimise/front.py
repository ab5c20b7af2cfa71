"""The front of cost against probability: the mixes that no other one beats in both.

It is found by NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002).
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.questions.optimise.scores import Score, Wish

Array = NDArray[np.float64]
Judge = Callable[
    [Array], tuple[Array, Array]
]  # points -> objectives (points, objectives), violation (points,)
POPULATION: Final = 80
GENERATIONS: Final = 60
CROSSOVER_INDEX: Final = 15.0  # as the authors: larger keeps children nearer to their parents
MUTATION_INDEX: Final = 20.0


def evolve(judge: Judge, first: Array, generator: np.random.Generator) -> Array:
    """Points of the last population that no other one dominates.

    Parameters
    ----------
    judge
        Gives objectives and violation of constraints, 0 when all are kept.
    first
        Points to begin with, shape (points, levers), from 0 to 1; fewer than a population are filled up.
    generator
        Decides everything that is random.
    """
    missing = max(0, POPULATION - len(first))
    points = np.vstack([first, generator.random((missing, first.shape[1]))])
    objectives, violation = judge(points)
    for _ in range(GENERATIONS):
        rank, room = ranked(objectives, violation)
        children = offspring(points, _parents(rank, room, generator), generator)
        judged = judge(children)
        points = np.vstack([points, children])
        objectives = np.vstack([objectives, judged[0]])
        violation = np.concatenate([violation, judged[1]])
        rank, room = ranked(objectives, violation)
        best = np.lexsort((-room, rank))[:POPULATION]
        points, objectives, violation = points[best], objectives[best], violation[best]
    return np.asarray(points[ranked(objectives, violation)[0] == 0])


def dominated_by(objectives: Array, violation: Array) -> NDArray[np.bool_]:
    """Whether the point of a row is dominated by that of a column, shape (points, points)."""
    one, other = objectives[:, np.newaxis, :], objectives[np.newaxis, :, :]
    pareto = (other <= one).all(axis=2) & (other < one).any(axis=2)
    worse = violation[:, np.newaxis] > violation[np.newaxis, :]
    equal = violation[:, np.newaxis] == violation[np.newaxis, :]
    return np.asarray(worse | (equal & pareto))


def ranked(objectives: Array, violation: Array) -> tuple[NDArray[np.int64], Array]:
    """Rank of each point, 0 on the front, and the room that it has among those of its rank."""
    dominated = dominated_by(objectives, violation)
    rank = np.full(len(objectives), -1)
    room = np.zeros(len(objectives))
    level = 0
    while (rank < 0).any():
        open_ones = rank < 0
        front = open_ones & ~dominated[:, open_ones].any(axis=1)
        rank[front] = level
        room[front] = crowding(objectives[front])
        level += 1
    return rank, room


def crowding(objectives: Array) -> Array:
    """Distance between the neighbours of each point on a front; without end at its ends."""
    distance = np.zeros(len(objectives))
    for column in objectives.T:
        order = np.argsort(column, kind="stable")
        extent = column[order[-1]] - column[order[0]]
        distance[order[[0, -1]]] = np.inf
        if extent > 0.0:
            distance[order[1:-1]] += (column[order[2:]] - column[order[:-2]]) / extent
    return distance


def _parents(rank: NDArray[np.int64], room: Array, generator: np.random.Generator) -> NDArray[np.int64]:
    """Winners of tournaments of two, shape (population,)."""
    pairs = generator.integers(len(rank), size=(POPULATION, 2))
    left, right = pairs.T
    first_wins = (rank[left] < rank[right]) | ((rank[left] == rank[right]) & (room[left] >= room[right]))
    return np.asarray(np.where(first_wins, left, right))


def offspring(points: Array, parents: NDArray[np.int64], generator: np.random.Generator) -> Array:
    """Children by simulated binary crossover and polynomial mutation, shape (population, levers)."""
    half = len(parents) // 2
    one, other = points[parents[:half]], points[parents[half:]]
    chance = generator.random(one.shape)
    power = 1.0 / (CROSSOVER_INDEX + 1.0)
    beta = np.where(chance <= 0.5, (2.0 * chance) ** power, (0.5 / (1.0 - chance)) ** power)
    beta = np.where(generator.random(one.shape) < 0.5, beta, 1.0)
    swapped = generator.random(one.shape) < 0.5
    one, other = np.where(swapped, other, one), np.where(swapped, one, other)
    middle, apart = (one + other) / 2.0, beta * (one - other) / 2.0
    children = np.vstack([middle + apart, middle - apart])
    chance = generator.random(children.shape)
    power = 1.0 / (MUTATION_INDEX + 1.0)
    step = np.where(chance < 0.5, (2.0 * chance) ** power - 1.0, 1.0 - (2.0 * (1.0 - chance)) ** power)
    mutates = generator.random(children.shape) < 1.0 / children.shape[1]
    return np.asarray(np.clip(children + np.where(mutates, step, 0.0), 0.0, 1.0))


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
