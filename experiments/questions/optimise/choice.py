"""Which mix of the front is chosen, which comes second, and what the search came to."""

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.questions.optimise.scores import Score
from experiments.questions.optimise.wishes import Binding, Wish, binding, keeping


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
