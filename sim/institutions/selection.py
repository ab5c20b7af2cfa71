"""Selection of the best of several lists at once: by score, ties by ticket, never by position."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled, inlined, place_of
from sim.institutions.nomination import Nominees

NOT_LISTED: Final = np.int8(-1)
PER_BIN: Final = 4  # nominees that a bin of scores holds in the mean


@inlined
def is_ahead(one: int, other: int, nominees: Nominees) -> bool:
    """Whether one nominee comes before another."""
    if nominees.score[one] != nominees.score[other]:
        return bool(nominees.score[one] > nominees.score[other])
    return bool(nominees.ticket[one] < nominees.ticket[other])


@inlined
def bin_of(entry: int, nominees: Nominees, highest: float, per_point: float) -> int:
    """Bin of a score, counted from the highest down."""
    return place_of(int((highest - nominees.score[entry]) * per_point))


@compiled
def enlist(
    nominees: Nominees,
    province: NDArray[np.uint8],
    floor: float,
    nominated: NDArray[np.int64],
    qualified: NDArray[np.int64],
) -> NDArray[np.int8]:
    """The list of each nominee: the province if the score reaches the floor, else ``NOT_LISTED``.

    ``province`` is that of each slot; ``nominated`` and ``qualified`` are counted on, shape (31,).
    """
    lists = np.empty(nominees.slot.size, np.int8)
    for entry in range(lists.size):
        where = province[nominees.slot[entry]]
        fit = nominees.score[entry] >= floor
        nominated[where] += 1
        qualified[where] += int(fit)
        lists[entry] = np.int8(where) if fit else NOT_LISTED
    return lists


@compiled
def count_scores(
    lists: NDArray[np.int8], nominees: Nominees, highest: float, per_point: float, count: NDArray[np.int64]
) -> None:
    """Count the nominees of each list by bins of their scores; ``count`` has shape (lists, bins)."""
    for entry in range(lists.size):
        if lists[entry] != NOT_LISTED:
            count[lists[entry], bin_of(entry, nominees, highest, per_point)] += 1


@compiled
def order_the_first(
    lists: NDArray[np.int8],
    nominees: Nominees,
    highest: float,
    per_point: float,
    start: NDArray[np.int64],
    ordered: NDArray[np.int64],
) -> None:
    """Put the nominees of the bins that have room in their places, and then in order.

    ``start``: where the room of each list and bin begins in ``ordered``, or -1, shape (lists, bins). As bins
    hold few, moving a nominee up past those whom it comes before is soon done.
    """
    begin = start.copy()
    for entry in range(lists.size):
        k = lists[entry]
        if k == NOT_LISTED:
            continue
        b = bin_of(entry, nominees, highest, per_point)
        if start[k, b] < 0:
            continue
        place = start[k, b]
        while place > begin[k, b] and is_ahead(entry, ordered[place - 1], nominees):
            ordered[place] = ordered[place - 1]
            place -= 1
        ordered[place] = entry
        start[k, b] += 1


def best(nominees: Nominees, lists: NDArray[np.int8], seats: NDArray[np.int64]) -> NDArray[np.int64]:
    """Choose the nominees of the highest scores for the seats of each list.

    There are many more nominees than seats. So they are not sorted: bins of the scores say which of them may
    have a seat, and these alone are brought into order.

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
    if lists.size == 0:
        return np.empty(0, np.int64)
    bins = lists.size // (PER_BIN * seats.size) + 1
    highest, lowest = float(nominees.score.max()), float(nominees.score.min())
    per_point = (bins - 0.5) / (highest - lowest) if highest > lowest else 0.0
    count = np.zeros((seats.size, bins), np.int64)
    count_scores(lists, nominees, highest, per_point, count)
    before = np.cumsum(count, axis=1) - count
    concerned = before < seats[:, None]
    room = np.where(concerned, count, 0)
    start = np.where(concerned, (np.cumsum(room) - room.ravel()).reshape(room.shape), -1)
    ordered = np.empty(room.sum(), np.int64)
    order_the_first(lists, nominees, highest, per_point, start, ordered)
    in_list = room.sum(axis=1)
    rank = np.arange(ordered.size) - np.repeat(np.cumsum(in_list) - in_list, in_list)
    return ordered[rank < np.repeat(seats, in_list)]
