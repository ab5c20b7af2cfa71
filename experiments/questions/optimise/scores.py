"""What a mix of measures is worth: its cost, how likely it reaches the targets, and what else it brings."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.questions.optimise.levers import Candidate
from experiments.questions.optimise.lives import COST, OUTPUTS
from sim.outcomes.attainment import wilson_interval
from sim.targets import TARGET_TIERS

Array = NDArray[np.float64]
LEAST_SPREAD: Final = 0.002  # of attainment: below it a margin of safety would explode
FARTHEST: Final = 3.0  # standard deviations beyond which nobody cares


@dataclass(frozen=True, eq=False)
class Score:
    """A candidate and its futures; ``lived`` has shape (cells, ``OUTPUTS``)."""

    candidate: Candidate
    lived: Array

    def column(self, name: str) -> Array:
        """One output in every cell, shape (cells,)."""
        return self.lived[:, OUTPUTS.index(name)]

    def mean(self, name: str) -> float:
        """Mean of an output over the cells."""
        return float(self.column(name).mean())

    @property
    def cost(self) -> float:
        """Mean cost in billion yuan."""
        return self.mean(COST)

    @property
    def attained(self) -> Array:
        """Attainment by cell and tier, shape (cells, 3)."""
        return self.lived[:, : len(TARGET_TIERS)]

    @property
    def margin(self) -> Array:
        """Attainment of the tier that is worst in each cell, shape (cells,); 1 reaches all targets."""
        smallest: Array = self.attained.min(axis=1)
        return smallest

    @property
    def suffices(self) -> NDArray[np.bool_]:
        """In which cells all targets are reached, shape (cells,)."""
        reached: NDArray[np.bool_] = self.margin >= 1.0
        return reached

    @property
    def probability(self) -> float:
        """Share of the cells in which all targets are reached."""
        return float(self.suffices.mean())

    @property
    def probabilities(self) -> dict[str, float]:
        """The same by tier."""
        shares = (self.attained >= 1.0).mean(axis=0)
        return dict(zip(TARGET_TIERS, (float(share) for share in shares), strict=True))

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the probability; each cell has a draw of its own, so all of them count."""
        return wilson_interval(int(self.suffices.sum()), len(self.lived))

    @property
    def safety(self) -> float:
        """Mean margin above 1 in standard deviations over the cells: moves where a share of them does not."""
        spread = float(self.margin.std(ddof=1)) if len(self.lived) > 1 else 0.0
        above = (float(self.margin.mean()) - 1.0) / max(spread, LEAST_SPREAD)
        return float(np.clip(above, -FARTHEST, FARTHEST))

    @property
    def smooth_probability(self) -> float:
        """Probability if margins were normal."""
        return NormalDist().cdf(self.safety)

    @property
    def weakest(self) -> str:
        """The tier that is reached least often, by mean attainment when equal."""
        means = dict(zip(TARGET_TIERS, self.attained.mean(axis=0), strict=True))
        return min(TARGET_TIERS, key=lambda tier: (self.probabilities[tier], means[tier]))
