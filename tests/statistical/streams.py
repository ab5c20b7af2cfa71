"""The model's random numbers as endless streams of words, along each axis by which they are keyed.

The n-th word of a stream depends on n alone, so that a stream goes on where a test has left it.
"""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.calendar import END, FORK, START
from sim.chance import Purpose, bits, hash_key, mix
from sim.life.surroundings import DECISIONS
from sim.workforce.newcomers import CELL_SHIFT, FIRST_IDENTITY, SOURCE_CELLS

BLOCK: Final = 1 << 18  # words
SEED: Final = 1
MONTH: Final = FORK + 1
TAG: Final = np.uint64(1 << 56)  # of the first population's identities
PEOPLE: Final = 1 << 27  # workers under one key, then comes the next month's
TURN: Final = 1 << 22  # words of one decision, then comes the next decision's
SCREENED: Final = DECISIONS - 1  # decisions that strike by head and draw
PER_CELL: Final = 1 << 13  # newcomers of a place and source in a quarter
FIRST_QUARTER: Final = START // 3 + 1
MONTHS: Final = END - START
SCREEN, DRAW, CHOICE = int(Purpose.SCREENING), int(Purpose.DECISION), int(Purpose.CONSEQUENCE)
PURPOSES: Final = np.array(
    [SCREEN] + [DRAW + k for k in range(DECISIONS)] + [CHOICE + k for k in range(DECISIONS)]
)

Fill = Callable[[int, NDArray[np.uint64]], None]


@njit
def head(purpose: int, decision: int, month: int, identity: np.uint64) -> np.uint64:
    """The eight bits by which a decision is screened."""
    word = bits(hash_key(SEED, month, purpose), identity)
    return (word >> np.uint64(8 * decision)) & np.uint64(0xFF)


@njit
def workers(first: int, out: NDArray[np.uint64]) -> None:
    """Screening words of one worker after the other."""
    for j in range(out.size):
        n = first + j
        key = hash_key(SEED, MONTH + n // PEOPLE, SCREEN)
        out[j] = bits(key, mix(TAG + np.uint64(n % PEOPLE)))


@njit
def newcomers(first: int, out: NDArray[np.uint64]) -> None:
    """Screening words of those who enter, by place in line, by place and source, and by quarter."""
    key = hash_key(SEED, END, SCREEN)
    for j in range(out.size):
        n = first + j
        label = np.uint64(FIRST_QUARTER * SOURCE_CELLS + n // PER_CELL) << CELL_SHIFT
        out[j] = bits(key, mix(FIRST_IDENTITY + label + np.uint64(n % PER_CELL)))


@njit
def strikes(first: int, out: NDArray[np.uint64]) -> None:
    """The number by which a decision strikes, head and draw, for one worker after the other."""
    for j in range(out.size):
        n = first + j
        decision, identity = n // TURN % SCREENED, mix(TAG + np.uint64(n))
        draw = bits(hash_key(SEED, MONTH, DRAW + decision), identity)
        top = head(SCREEN, decision, MONTH, identity)
        out[j] = (top << np.uint64(56)) | (draw >> np.uint64(8))


@njit
def heads(first: int, out: NDArray[np.uint64]) -> None:
    """Heads of a single decision, those of eight workers in a word."""
    for j in range(out.size):
        n = first + j
        word = np.uint64(0)
        for k in range(8):
            identity = mix(TAG + np.uint64(8 * n + k))
            word = (word << np.uint64(8)) | head(SCREEN, n // TURN % DECISIONS, MONTH, identity)
        out[j] = word


@njit
def choices(first: int, out: NDArray[np.uint64]) -> None:
    """What follows from a decision, for one worker after the other."""
    for j in range(out.size):
        n = first + j
        key = hash_key(SEED, MONTH, CHOICE + n // TURN % DECISIONS)
        out[j] = bits(key, mix(TAG + np.uint64(n)))


@njit
def months(first: int, out: NDArray[np.uint64]) -> None:
    """Screening words of all months of one worker, then of the next worker."""
    for j in range(out.size):
        n = first + j
        key = hash_key(SEED, START + 1 + n % MONTHS, SCREEN)
        out[j] = bits(key, mix(TAG + np.uint64(n // MONTHS)))


@njit
def decisions(first: int, out: NDArray[np.uint64]) -> None:
    """Words of all purposes of one worker's month, then of the next worker's."""
    for j in range(out.size):
        n = first + j
        key = hash_key(SEED, MONTH, PURPOSES[n % PURPOSES.size])
        out[j] = bits(key, mix(TAG + np.uint64(n // PURPOSES.size)))


@njit
def seeds(first: int, out: NDArray[np.uint64]) -> None:
    """The screening word of one worker and month under one seed after the other."""
    for j in range(out.size):
        out[j] = bits(hash_key(first + j, MONTH, SCREEN), mix(TAG))


MEANINGS: Final = {
    "workers": "screening words of one worker of the first population after the other",
    "newcomers": "the same of those who enter, by place in line, place and source, quarter",
    "strikes": "head and draw of one worker after the other, each decision in turn",
    "heads": "heads of a single decision, each in turn, of one worker after the other",
    "choices": "what follows from a decision, each in turn, of one worker after the other",
    "months": "all months of one worker, then of the next",
    "decisions": "all purposes of one worker's month, then of the next worker's",
    "seeds": "one worker and month under one seed after the other",
}
STREAMS: Final[dict[str, Fill]] = {
    fill.__name__: fill for fill in (workers, newcomers, strikes, heads, choices, months, decisions, seeds)
}


def blocks(name: str) -> Iterator[NDArray[np.uint64]]:
    """Endless blocks of a stream; the array is filled anew each time."""
    first, out = 0, np.empty(BLOCK, np.uint64)
    while True:
        STREAMS[name](first, out)
        yield out
        first += out.size
