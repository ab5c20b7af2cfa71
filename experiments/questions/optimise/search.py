"""The search: mixes are lived in batches, and each batch is where the lives so far promise most.

The first batches fill the space (Sobol), with nothing, everything, and each lever alone. Then a response
surface is fitted to what was lived, NSGA-II finds its front of cost against safety, and a batch spread over
that front is lived in turn. Given the same settings and the same lives the search asks for the same mixes, so
that a command given again finds all that was lived before it stopped.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.questions.optimise.front import front_of, spread_out, to_be_small
from experiments.questions.optimise.genetic import evolve
from experiments.questions.optimise.levers import Candidate, Space
from experiments.questions.optimise.scores import Score
from experiments.questions.optimise.surface import Surface
from experiments.questions.optimise.wishes import Wish

Array = NDArray[np.float64]
Evaluate = Callable[[Sequence[Candidate]], list[Score]]
BATCH: Final = 16  # whatever the number of processes, so that they change nothing
UNEXPLORED: Final = 2  # of a batch: anywhere, in case the surface is wrong
FILLING: Final = 0.4  # share of the candidates that fill the space first


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
