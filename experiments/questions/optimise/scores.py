"""What a mix of measures is worth, and which wishes it keeps: probability, budget and floors."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.outcomes.at_end import spending
from experiments.outcomes.attained import NAMES
from experiments.outcomes.attained import outcomes as attained
from experiments.questions.optimise.keys import OptimiseKeys
from experiments.questions.optimise.levers import Candidate
from experiments.runs.records import NATION, Records
from sim.categories import FAMILIES, PLACES
from sim.checks import MOST, number, way_out
from sim.errors import InputError
from sim.outcomes.attainment import wilson_interval
from sim.targets import TARGET_TIERS, Targets

Array = NDArray[np.float64]
COST: Final = "cost"  # billion yuan, from the fork to the year of the targets
SPENT_ON: Final = (*FAMILIES, PLACES)
OUTPUTS: Final = (*NAMES, COST, *(f"{COST}_{name}" for name in SPENT_ON))
LEAST_SPREAD: Final = 0.002  # of attainment: below it a margin of safety would explode
FARTHEST: Final = 3.0  # standard deviations beyond which nobody cares
PROBABILITY, BUDGET = "probability", "budget"
HIGHEST: Final = {
    "satisfaction": 100.0,
    "high_skilled_share": 1.0,
    "settled_share": 1.0,
}  # of what has an end
ROUNDING: Final = 1e-9


def outcomes(records: Records, targets: Targets) -> Array:
    """What the lives bring, shape (lives, ``OUTPUTS``)."""
    spent = spending(records, (NATION, *SPENT_ON)).sum(axis=2)
    return np.concatenate((attained(records, targets), spent), axis=1)


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


@dataclass(frozen=True)
class Wish:
    """One thing to keep to: a probability or an outcome of at least ``limit``, or a cost of at most that."""

    name: str
    limit: float

    @property
    def is_floor(self) -> bool:
        """Whether it is the least of a wider outcome."""
        return self.name not in (PROBABILITY, BUDGET)

    def value(self, score: Score) -> float:
        """What a candidate has of it."""
        if self.name == PROBABILITY:
            return score.probability
        return score.cost if self.name == BUDGET else score.mean(self.name)

    def missed(self, score: Score) -> float:
        """By how much a candidate misses it, in its own unit; 0 when it is kept."""
        beyond = self.value(score) - self.limit
        beyond = beyond if self.name == BUDGET else -beyond
        return beyond if beyond > ROUNDING else 0.0


class Binding(NamedTuple):
    """A wish that cannot be kept, the candidate that comes nearest, and by how much that misses it."""

    wish: Wish
    nearest: Score
    missed: float


def read_wishes(keys: OptimiseKeys) -> tuple[Wish, ...]:
    """Read probability, budget and floors; the probability stands first.

    Raises
    ------
    InputError
        In one line, for an unknown outcome and for what no future could keep.
    """
    wishes = [Wish(PROBABILITY, float(keys.probability))]
    if keys.budget is not None:
        wishes.append(Wish(BUDGET, float(keys.budget)))
    for name, floor in keys.floors.items():
        if name not in NAMES:
            raise InputError(f"floors.{name} is no outcome: {way_out(name, NAMES)}")
        limit = number(floor, f"floors.{name}", -MOST, MOST)
        if limit > HIGHEST.get(name, float("inf")):
            raise InputError(f"floors.{name}={floor} can never be kept: {name} is {HIGHEST[name]:g} at most")
        wishes.append(Wish(name, limit))
    return tuple(wishes)


def keeping(scores: Sequence[Score], wishes: Sequence[Wish]) -> list[Score]:
    """The candidates that keep to all wishes, cheapest first; the safer of two that cost the same."""
    kept = [score for score in scores if not unkept(score, wishes)]
    return sorted(kept, key=lambda score: (score.cost, -score.safety))


def unkept(score: Score, wishes: Sequence[Wish]) -> list[Wish]:
    """The wishes that a candidate misses."""
    return [wish for wish in wishes if wish.missed(score)]


def binding(scores: Sequence[Score], wishes: Sequence[Wish]) -> Binding:
    """Which wish stands in the way when no candidate keeps to all of them.

    It is the last to be given up: the first, in the order budget, floors, probability, without which some
    candidate keeps to the rest. When giving up one is not enough, budget goes first and probability last.
    """
    given_up = sorted(wishes, key=lambda wish: (wish.name == PROBABILITY, wish.name != BUDGET))
    for wish in given_up:
        others = keeping(scores, [one for one in wishes if one is not wish])
        if others:
            return _nearest(wish, others)
    left = list(wishes)
    for wish in given_up:
        left.remove(wish)
        others = keeping(scores, left)
        if others:
            return _nearest(wish, others)
    raise AssertionError("without any wish every candidate would do")


def nearest_misses(scores: Sequence[Score], wishes: Sequence[Wish]) -> list[Score]:
    """For each wish the candidate that comes nearest to it among those that keep to all others."""
    found = []
    for wish in wishes:
        others = keeping(scores, [one for one in wishes if one is not wish])
        found += [_nearest(wish, others).nearest] if others else []
    return found


def _nearest(wish: Wish, scores: Sequence[Score]) -> Binding:
    """The candidate that misses a wish least; of those the safest, and the cheapest that is as safe."""
    score = min(scores, key=lambda one: (round(wish.missed(one), 9), -round(one.safety, 1), one.cost))
    return Binding(wish, score, wish.missed(score))
