"""Finding workers by one column: slots in ascending order, on all cores."""

import numpy as np
from numba import prange
from numpy.typing import NDArray

from sim.compiled import lean, parallel
from sim.workforce.columns import BLOCK

Bytes = NDArray[np.uint8]


@lean
def count_block(first: int, column: Bytes, low: int, high: int) -> int:
    """Entries of a block from ``low`` to ``high``."""
    found = 0
    for value in column[first : first + BLOCK]:  # the last block may be shorter
        found += int((value >= low) & (value <= high))
    return found


@parallel
def count_blocks(column: Bytes, low: int, high: int, found: NDArray[np.int64]) -> None:
    """Count the entries from ``low`` to ``high`` in each block."""
    for block in prange(found.size):
        found[block] = count_block(block * BLOCK, column, low, high)


@lean
def list_block(
    block: int, column: Bytes, low: int, high: int, before: NDArray[np.int64], slots: NDArray[np.int64]
) -> None:
    """List the entries of a block from ``low`` to ``high`` behind those of the blocks before."""
    place = before[block]
    if place == before[block + 1]:
        return
    for i in range(block * BLOCK, min((block + 1) * BLOCK, column.size)):
        if low <= column[np.uint64(i)] <= high:
            slots[np.uint64(place)] = i
            place += 1


@parallel
def list_blocks(
    column: Bytes, low: int, high: int, before: NDArray[np.int64], slots: NDArray[np.int64]
) -> None:
    """List the entries of all blocks that ``before`` counts."""
    for block in prange(before.size - 1):
        list_block(block, column, low, high, before, slots)


def count_between(column: Bytes, low: int, high: int) -> int:
    """How many slots hold a value from ``low`` to ``high``."""
    found = np.zeros(-(-column.size // BLOCK), np.int64)
    count_blocks(column, low, high, found)
    return int(found.sum())


def slots_between(column: Bytes, low: int, high: int) -> NDArray[np.int64]:
    """Slots that hold a value from ``low`` to ``high``, ascending."""
    found = np.zeros(-(-column.size // BLOCK), np.int64)
    count_blocks(column, low, high, found)
    before = np.concatenate(([0], np.cumsum(found)))
    slots = np.empty(int(before[-1]), np.int64)
    list_blocks(column, low, high, before, slots)
    return slots
