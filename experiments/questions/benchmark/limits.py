"""What no engine can beat on this machine: its memory, and the random numbers of a month."""

import numpy as np
from numba import prange
from numpy.typing import NDArray

from sim.chance import Word, bits
from sim.compaction import flag_within
from sim.compiled import lean, parallel

PIECE = 4096  # workers that a thread takes at a time
Words = NDArray[np.uint64]


def as_words(columns: tuple[NDArray[np.generic], ...]) -> tuple[Words, ...]:
    """The same memory, as 64-bit words."""
    return tuple(column.reshape(-1).view(np.uint64) for column in columns)


@lean
def touch(words: Words, first: int, last: int, flip: Word) -> None:
    """Read and write words in place; with a flip of 0 they stay as they are, which nobody can foresee."""
    for n in range(first, last):
        words[n] ^= flip


@parallel
def pass_over(columns: tuple[Words, ...], pieces: int, flip: Word) -> None:
    """Read and write every column once, piece by piece, on all threads."""
    for piece in prange(pieces):
        for words in columns:
            touch(words, words.size * piece // pieces, words.size * (piece + 1) // pieces, flip)


@lean
def count_concerned(
    identity: Words, draws: Words, flags: NDArray[np.uint8], key: Word, bounds: NDArray[np.uint8]
) -> int:
    """Draw eight heads for each of some workers; returns for how many one lies within its bound."""
    concerned = 0
    for j in range(draws.size):
        draws[j] = bits(key, identity[j])
    flag_within(draws, bounds, flags)
    for j in range(draws.size):
        concerned += int(flags[j] != 0)
    return concerned


@parallel
def draw_and_screen(identity: Words, key: Word, bounds: NDArray[np.uint8]) -> int:
    """Draw for all workers on all threads, and compare with the bounds of their decisions.

    The number of workers is a multiple of ``PIECE``.
    """
    concerned = 0
    for piece in prange(identity.size // PIECE):
        draws, flags = np.empty(PIECE, np.uint64), np.empty(PIECE, np.uint8)
        own = identity[piece * PIECE : (piece + 1) * PIECE]
        concerned += count_concerned(own, draws, flags, key, bounds)
    return concerned
