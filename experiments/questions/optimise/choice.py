"""Which mix of the front is chosen, which comes second, and how far the choice can be trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.intervals import Difference, mean_interval, share_difference
from experiments.questions.optimise.keys import OptimiseKeys
from experiments.questions.optimise.levers import Space
from experiments.questions.optimise.scores import COST, Binding, Score, Wish, binding, keeping, unkept

if TYPE_CHECKING:
    from sim.targets import Targets

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """The winner and the runner-up, and the wish that cannot be kept, if there is one."""

    winner: Score
    runner_up: Score | None
    binding: Binding | None

    @property
    def both(self) -> list[Score]:
        """Winner, then runner-up."""
        return [self.winner] if self.runner_up is None else [self.winner, self.runner_up]


def choose(front: Sequence[Score], wishes: Sequence[Wish]) -> Choice:
    """Choose by the share of futures in which all targets are reached.

    The winner is the cheapest that keeps to all wishes, the runner-up the next. When only one does, the
    runner-up is the one that comes nearest to keeping them; when none does, so is the winner.
    """
    kept = keeping(front, wishes)
    if kept:
        others = [score for score in front if score is not kept[0]]
        return Choice(kept[0], kept[1] if len(kept) > 1 else _nearest(others, wishes), None)
    bound = binding(front, wishes)
    others = [score for score in front if score is not bound.nearest]
    return Choice(bound.nearest, _nearest(others, wishes), bound)


def _nearest(scores: Sequence[Score], wishes: Sequence[Wish]) -> Score | None:
    """The score that comes nearest to keeping all wishes."""
    if not scores:
        return None
    kept = keeping(scores, wishes)
    return kept[0] if kept else binding(scores, wishes).nearest


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


@dataclass(frozen=True)
class Found:
    """All that an optimisation found.

    ``searched`` are all mixes in the cells of the search, ``front`` those of the front in cells of their own,
    ``trusted`` winner and runner-up in cells that nothing was chosen by, and ``without`` the winner without
    each family in the same cells.
    """

    keys: OptimiseKeys
    targets: "Targets"
    space: Space
    wishes: tuple[Wish, ...]
    searched: Sequence[Score]
    front: Sequence[Score]
    choice: Choice
    trusted: Sequence[Score]
    without: Mapping[str, Score]

    @property
    def unkept(self) -> list[Wish]:
        """The wishes that the chosen mix misses in futures that nothing was chosen by: these count."""
        return unkept(self.trusted[0], self.wishes)

    @property
    def cost_apart(self) -> Difference | None:
        """Cost of the runner-up less that of the winner; None without a runner-up."""
        return cost_difference(self.trusted[1], self.trusted[0]) if len(self.trusted) > 1 else None

    @property
    def probability_apart(self) -> Difference | None:
        """The same of the probability of all targets."""
        return probability_difference(self.trusted[1], self.trusted[0]) if len(self.trusted) > 1 else None

    @property
    def regrets(self) -> list[Regret]:
        """Regret of winner and runner-up over the draws of the front."""
        return [regret(score, self.front) for score in self.choice.both]
