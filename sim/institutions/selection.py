"""Selection of the best of several lists at once: by score, ties by ticket, never by position."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled, inlined
from sim.institutions.nomination import Nominees

NOT_LISTED: Final = np.int8(-1)


@inlined
def is_ahead(one: int, other: int, nominees: Nominees) -> bool:
    """Whether one nominee comes before another."""
    if nominees.score[one] != nominees.score[other]:
        return bool(nominees.score[one] > nominees.score[other])
    return bool(nominees.ticket[one] < nominees.ticket[other])


@inlined
def join(entry: int, heap: NDArray[np.int64], held: int, nominees: Nominees) -> None:
    """Add a nominee to a heap of ``held`` that has the last of them at its root."""
    place = held
    while place > 0 and is_ahead(heap[(place - 1) // 2], entry, nominees):
        heap[place] = heap[(place - 1) // 2]
        place = (place - 1) // 2
    heap[place] = entry


@inlined
def replace_last(entry: int, heap: NDArray[np.int64], nominees: Nominees) -> None:
    """Let a nominee take the place of the last one of a full heap."""
    place, below = 0, 1
    while below < heap.size:
        if below + 1 < heap.size and is_ahead(heap[below], heap[below + 1], nominees):
            below += 1
        if not is_ahead(entry, heap[below], nominees):
            break
        heap[place] = heap[below]
        place, below = below, 2 * below + 1
    heap[place] = entry


@compiled
def fill_seats(
    lists: NDArray[np.int8], first: NDArray[np.int64], nominees: Nominees, chosen: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Fill the seats of each list, ``chosen[first[k] : first[k + 1]]``, in no order; returns how many are."""
    held = np.zeros(first.size - 1, np.int64)
    for entry in range(lists.size):
        k = lists[entry]
        if k == NOT_LISTED:
            continue
        heap = chosen[first[k] : first[k + 1]]
        if held[k] < heap.size:
            join(entry, heap, held[k], nominees)
            held[k] += 1
        elif heap.size > 0 and is_ahead(entry, heap[0], nominees):
            replace_last(entry, heap, nominees)
    return held


def best(nominees: Nominees, lists: NDArray[np.int8], seats: NDArray[np.int64]) -> NDArray[np.int64]:
    """Choose the nominees of the highest scores for the seats of each list.

    One pass that keeps the best so far: there are many more nominees than seats.

    Parameters
    ----------
    nominees
        Those put forward.
    lists : shape (nominees,)
        The list on which each stands, or ``NOT_LISTED``.
    seats : shape (lists,)
        Seats of each list.

    Returns
    -------
    numpy.ndarray
        Places in ``nominees``, list by list, each from the best on.
    """
    first = np.concatenate(([0], np.cumsum(seats)))
    chosen = np.empty(first[-1], np.int64)
    held = fill_seats(lists, first, nominees, chosen)
    seat = np.arange(chosen.size) - np.repeat(first[:-1], seats)
    filled = chosen[seat < np.repeat(held, seats)]
    order = np.lexsort((nominees.ticket[filled], -nominees.score[filled], lists[filled]))
    return filled[order]
