"""What an optimisation found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.outcomes.intervals import Difference
from experiments.questions.optimise.choice import Choice
from experiments.questions.optimise.keys import OptimiseKeys
from experiments.questions.optimise.levers import Space
from experiments.questions.optimise.scores import Score
from experiments.questions.optimise.trust import (
    Regret,
    cost_difference,
    probability_difference,
    regret,
)
from experiments.questions.optimise.wishes import Wish, unkept

if TYPE_CHECKING:
    from sim.targets import Targets


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
