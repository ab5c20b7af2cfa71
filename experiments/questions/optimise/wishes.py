"""What a mix has to keep to: probability, budget and floors; and which of them cannot be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from experiments.outcomes.attained import NAMES
from experiments.questions.optimise.keys import OptimiseKeys
from experiments.questions.optimise.scores import Score
from sim.checks import MOST, number, way_out
from sim.errors import InputError

PROBABILITY, BUDGET = "probability", "budget"
HIGHEST: Final = {
    "satisfaction": 100.0,
    "high_skilled_share": 1.0,
    "settled_share": 1.0,
}  # of what has an end
ROUNDING: Final = 1e-9


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
