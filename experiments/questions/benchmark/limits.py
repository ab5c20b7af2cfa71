"""What no engine can beat on this machine: its memory, and the random numbers of a month."""

import numpy as np
from numba import prange
from numpy.typing import NDArray

from sim.chance import Word, bits
from sim.compiled import lean, parallel

PIECE = 4096  # workers that a thread takes at a time
HEADS = 8  # 16-bit heads in the two draws of a worker
MASK = np.uint64(0xFFFF)
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
def count_concerned(identity: Words, first: int, last: int, keys: Words, bounds: Words) -> int:
    """Draw eight heads for each of some workers; returns for how many one lies below its bound."""
    key_one, key_two = keys[0], keys[1]
    a, b, c, d = bounds[0], bounds[1], bounds[2], bounds[3]
    e, f, g, h = bounds[4], bounds[5], bounds[6], bounds[7]
    concerned = 0
    for i in range(first, last):
        one, two = bits(key_one, identity[i]), bits(key_two, identity[i])
        concerned += (
            ((one & MASK) < a)
            | ((one >> np.uint64(16)) & MASK < b)
            | ((one >> np.uint64(32)) & MASK < c)
            | ((one >> np.uint64(48)) < d)
            | ((two & MASK) < e)
            | ((two >> np.uint64(16)) & MASK < f)
            | ((two >> np.uint64(32)) & MASK < g)
            | ((two >> np.uint64(48)) < h)
        )
    return concerned


@parallel
def draw_and_screen(identity: Words, pieces: int, keys: Words, bounds: Words) -> int:
    """Draw for all workers on all threads, and compare with the bounds of their decisions."""
    concerned = 0
    for piece in prange(pieces):
        first, last = identity.size * piece // pieces, identity.size * (piece + 1) // pieces
        concerned += count_concerned(identity, first, last, keys, bounds)
    return concerned
