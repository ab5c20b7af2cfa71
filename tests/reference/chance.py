"""The draws of a month: does something happen to a worker, and what follows from it?

The random numbers are the engine's, because lives can be compared only under the same luck: ``bits`` of
:mod:`sim.chance` hashes seed, month, purpose and identity into 64 bits. How the bits are used is written
out here.
"""

import math
from collections.abc import Sequence
from typing import Final

from sim.chance import bits, make_key, uniform

# The decisions of a worker's month, in their order; the number of each keys its draws.
EXIT, LEAVE, JOB, COURSE, EXAMINATION, MOVE, SETTLE, REVIEW = range(8)
DECISIONS: Final = 8
SECOND: Final = REVIEW  # a second change of job has the numbers that a review does not need
HEADS, LOW_BITS, FOLLOWING = 0, 10, 30  # purposes of the keys of a month
MONTH_YEARS: Final = 1 / 12


def key(seed: int, month: int, purpose: int) -> int:
    """Key of all draws made for one purpose in one month."""
    return int(make_key(seed, month, purpose))


def piece(word: int, which: int) -> float:
    """One of the four 16-bit pieces of a random word, counted from the low end, as a number in [0, 1)."""
    return (word >> 16 * which & 0xFFFF) / 65536


def long_piece(word: int, shift: int) -> float:
    """Thirty-two bits of a random word from bit ``shift`` on, as a number in [0, 1)."""
    return (word >> shift & 0xFFFFFFFF) / 4294967296


def probability(hazard: float) -> float:
    """Chance that an event of this hazard happens at least once.

    The engine sums a series that is the same on every machine. The two agree to 1e-13, so that one draw
    in ten million million falls between them.
    """
    return -math.expm1(-hazard)


def place_in(cumulative: Sequence[float], u: float) -> int:
    """Index of the first cumulative chance above ``u``; the last index if there is none."""
    for index, reached in enumerate(cumulative):
        if u < reached:
            return index
    return len(cumulative) - 1


def chosen(u: float, hazards: Sequence[float]) -> int:
    """Index of one of several hazards, with chances in proportion; ``u`` is a number in [0, 1)."""
    total = 0.0
    for hazard in hazards:
        total += hazard
    reached = 0.0
    for index, hazard in enumerate(hazards):
        reached += hazard
        if u * total < reached:
            return index
    return len(hazards) - 1


class Draws:
    """All random numbers of one month, by decision and identity."""

    def __init__(self, seed: int, now: int) -> None:
        self.head_keys = [key(seed, now, HEADS + word) for word in range(-(-DECISIONS // 8))]
        self.low_keys = [key(seed, now, LOW_BITS + decision) for decision in range(DECISIONS)]
        self.following_keys = [key(seed, now, FOLLOWING + decision) for decision in range(DECISIONS)]

    def heads(self, identity: int) -> tuple[float, ...]:
        """The first eight bits of the draw of each decision: eight share one random word."""
        words = [bits(head_key, identity) for head_key in self.head_keys]
        return tuple((words[n // 8] >> 8 * (n % 8) & 0xFF) / 256 for n in range(DECISIONS))

    def strikes(self, decision: int, identity: int, head: float, per_year: float) -> bool:
        """Whether an event of a yearly hazard happens this month.

        A probability never exceeds its hazard. So most draws are settled by their first bits, and the
        lower bits are drawn only when they matter.
        """
        expected = per_year * MONTH_YEARS
        if head >= expected:
            return False
        return head + uniform(self.low_keys[decision], identity) / 256 < probability(expected)

    def time_left(self, decision: int, identity: int, head: float, per_year: float) -> float:
        """Share of the month that is left when an event of a yearly hazard has struck.

        Events come earlier in the month the smaller their draw; the largest that strikes is its end.
        """
        draw = head + uniform(self.low_keys[decision], identity) / 256
        return 1 - draw / probability(per_year * MONTH_YEARS)

    def strikes_later(self, decision: int, identity: int, left: float, per_year: float) -> bool:
        """Whether an event of a yearly hazard happens in the share of the month that is left."""
        return uniform(self.low_keys[decision], identity) < probability(per_year * MONTH_YEARS * left)

    def following(self, decision: int, identity: int) -> tuple[float, float, float]:
        """Three numbers in [0, 1) for what follows from a decision: which, where, and what else."""
        word = bits(self.following_keys[decision], identity)
        return piece(word, 0), long_piece(word, 16), piece(word, 3)
