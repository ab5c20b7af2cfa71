"""The search: mixes are lived in batches, and each batch is where the lives so far promise most.

The first batches fill the space (Sobol), with nothing, everything, and each lever alone. Then a response
surface (kriging) is fitted to what was lived, NSGA-II finds its front of cost against safety, and a batch
spread over that front is lived in turn. Given the same settings and the same lives the search asks for the
same mixes, so that a command given again finds all that was lived before it stopped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from experiments.questions.optimise.front import evolve, front_of, spread_out, to_be_small
from experiments.questions.optimise.levers import Candidate, Space
from experiments.questions.optimise.scores import Score, Wish, outcomes
from experiments.runs.life import Life, World
from experiments.runs.plan import Cell, years_of_a_cell

if TYPE_CHECKING:
    from experiments.runs.execute import Executor
    from sim.targets import Targets

Array = NDArray[np.float64]
LENGTHS: Final = (0.5, 1.0, 2.0)  # in shares of the way through all levers
NOISES: Final = (1e-4, 1e-3, 1e-2)
QUADRATIC: Final = 10.0  # variance of the quadratic part; that of the rest is 1
Evaluate = Callable[[Sequence[Candidate]], list[Score]]
BATCH: Final = 16  # whatever the number of processes, so that they change nothing
UNEXPLORED: Final = 2  # of a batch: anywhere, in case the surface is wrong
FILLING: Final = 0.4  # share of the candidates that fill the space first


class Surface:
    """What mixes that were not lived would bring, by those that were (kriging).

    It is fitted to values of shape (points, outputs) at points of shape (points, levers), all from 0 to 1.
    The covariance is that of a quadratic of the levers plus that of a smooth rest, so that few lives show the
    lie of the land and more of them its details. Length and noise are those with the least error when each
    point is left out in turn (Dubrule 1983).
    """

    def __init__(self, points: Array, values: Array) -> None:
        self.points, self.centre = points, values.mean(axis=0)
        spread = values.std(axis=0)
        self.spread = np.where(spread > 0.0, spread, 1.0)
        scaled = (values - self.centre) / self.spread
        fits = [self._fit(scaled, length, noise) for length, noise in product(LENGTHS, NOISES)]
        best = np.argmin([errors for errors, _ in fits], axis=0)  # for each output its own
        choices = list(product(LENGTHS, NOISES))
        self.lengths = [choices[which][0] for which in best]
        self.weights = [fits[which][1][:, output] for output, which in enumerate(best)]

    def _fit(self, scaled: Array, length: float, noise: float) -> tuple[Array, Array]:
        """Mean squared error by output when each point is left out, and weights of the points."""
        inverse = np.linalg.inv(covariance(self.points, self.points, length) + noise * np.eye(len(scaled)))
        weights = inverse @ scaled
        left_out = weights / np.diag(inverse)[:, np.newaxis]
        return (left_out**2).mean(axis=0), weights

    def __call__(self, points: Array) -> Array:
        """Values at points of shape (points, levers), shape (points, outputs)."""
        by_length = {length: covariance(points, self.points, length) for length in set(self.lengths)}
        scaled = [
            by_length[length] @ weights for length, weights in zip(self.lengths, self.weights, strict=True)
        ]
        return np.asarray(self.centre + self.spread * np.stack(scaled, axis=1))


def covariance(one: Array, other: Array, length: float) -> Array:
    """Covariance of all pairs of points, shape (one, other)."""
    levers = one.shape[1]
    quadratic = QUADRATIC * (1.0 + (one - 0.5) @ (other - 0.5).T / levers) ** 2
    apart = ((one[:, np.newaxis, :] - other[np.newaxis, :, :]) ** 2).sum(axis=2)
    return np.asarray(quadratic + np.exp(-0.5 * apart / (length**2 * levers)))


class Search:
    """All that was lived so far, and what to live next.

    Parameters
    ----------
    space
        The levers.
    wishes
        Floors are constraints of the search; probability and budget are not, as the whole front is wanted.
    candidates
        How many to live, at most.
    seed
        Decides everything that is random.
    """

    def __init__(self, space: Space, wishes: Sequence[Wish], candidates: int, seed: int) -> None:
        from scipy.stats import qmc

        self.space, self.most = space, candidates
        self.constraints = [wish for wish in wishes if wish.is_floor]
        self.generator = np.random.default_rng(seed)
        self.points = qmc.Sobol(len(space.free), rng=self.generator)
        self.scores: list[Score] = []

    def run(self, evaluate: Evaluate) -> list[Score]:
        """Live all candidates, in order; fewer when the grid has no more."""
        while batch := self.ask():
            self.scores += evaluate(batch)
        return self.scores

    def ask(self) -> list[Candidate]:
        """The next batch; empty when all is done."""
        size = min(BATCH, self.most - len(self.scores))
        if size <= 0:
            return []
        if not self.scores:
            return self._new(self._corners(), size)
        if len(self.scores) < FILLING * self.most:
            return self._new([], size)
        return self._new(self._promising(max(1, size - UNEXPLORED)), size)

    def _new(self, wanted: Sequence[Array], size: int) -> list[Candidate]:
        """Candidates of the points that were not lived yet, filled up from the whole space."""
        batch: list[Candidate] = []
        known = {score.candidate for score in self.scores}
        filling = (point for _ in range(20) for point in self.points.random(BATCH))
        for point in (*wanted, *filling):
            candidate = self.space.candidate(point)
            if candidate not in known and len(batch) < size:
                known.add(candidate)
                batch.append(candidate)
        return batch

    def _corners(self) -> list[Array]:
        """Nothing, everything, and each lever alone."""
        free = len(self.space.free)
        return [np.zeros(free), np.ones(free), *np.eye(free)]

    def _promising(self, size: int) -> list[Array]:
        """Points spread over the front of the response surface, shape (levers,) each."""
        lived = self.space.shares([score.candidate for score in self.scores])
        limits = [score.limit for score in self.constraints]
        values = [
            [score.cost, score.safety, *(wish.value(score) for wish in self.constraints)]
            for score in self.scores
        ]
        surface = Surface(lived, np.array(values))
        spread = surface.spread[2:]

        def judge(points: Array) -> tuple[Array, Array]:
            found = surface(self._on_grid(points))
            below = (np.array(limits) - found[:, 2:]) / spread
            return to_be_small(found[:, :2]), np.maximum(below, 0.0).sum(axis=1)

        best = self.space.shares([score.candidate for score in front_of(self.scores, self.constraints)])
        points = self._on_grid(evolve(judge, best, self.generator))
        known = {score.candidate for score in self.scores}
        fresh = {self.space.candidate(point): point for point in points}
        points = np.array([point for candidate, point in fresh.items() if candidate not in known])
        return [points[place] for place in spread_out(judge(points)[0], size)] if len(points) else []

    def _on_grid(self, points: Array) -> Array:
        """The points as they would be lived."""
        return self.space.shares([self.space.candidate(point) for point in points])


@dataclass(frozen=True)
class Cells:
    """Cells ``first`` to ``first + number - 1``, each with the seed and the draw of its number."""

    first: int
    number: int
    agents: int

    def numbers(self) -> range:
        """Seed and draw of each cell."""
        return range(self.first, self.first + self.number)

    def years(self, candidates: int, until: int) -> int:
        """Simulated years of so many candidates."""
        return self.number * years_of_a_cell(candidates, until) if candidates else 0


@dataclass(frozen=True)
class Evaluation:
    """How candidates become scores.

    Attributes
    ----------
    space
        The levers.
    world
        What all lives share, but for the number of agents.
    targets
        What is to be reached, and the last year.
    live
        Lives what is not kept from before.
    """

    space: Space
    world: World
    targets: "Targets"
    live: "Executor"

    def __call__(self, candidates: Sequence[Candidate], cells: Cells) -> list[Score]:
        """Live candidates in cells, as far as that is not kept from before."""
        from sim.policy.scenario import read_scenario

        if not candidates:
            return []
        world = replace(self.world, agents=cells.agents)
        catalogue = world.inputs.catalogue
        policies = [
            read_scenario(self.space.scenario(one), catalogue).watching(self.targets) for one in candidates
        ]
        plan = [
            Cell(tuple(Life(world, policy, number, number, self.targets.year) for policy in policies))
            for number in cells.numbers()
        ]
        lived = self.live.outcomes(plan, lambda records: outcomes(records, self.targets))
        by_cell = lived.reshape(cells.number, len(candidates), -1)
        return [Score(one, by_cell[:, place]) for place, one in enumerate(candidates)]
