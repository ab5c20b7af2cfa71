"""Lists of flagged places: the same as a plain search, for any flags."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from numpy.typing import NDArray

from sim.compaction import LANES, flag_within, positions_of


@njit
def listed(mask: int, flags: NDArray[np.uint8], positions: NDArray[np.uint16]) -> int:
    """Call the inlined function from Python."""
    return positions_of(mask, flags, positions)


@settings(deadline=None)
@given(st.binary(min_size=4 * LANES, max_size=4 * LANES), st.integers(1, 255))
def test_positions_are_those_of_a_plain_search(content: bytes, mask: int) -> None:
    flags = np.frombuffer(content, np.uint8).copy()
    positions = np.full(flags.size, 9_999, np.uint16)
    number = listed(mask, flags, positions)
    assert positions[:number].tolist() == np.flatnonzero(flags & mask).tolist()


def test_places_of_all_flags_fill_the_list_and_no_more() -> None:
    flags, positions = np.ones(2 * LANES, np.uint8), np.zeros(3 * LANES, np.uint16)
    assert listed(1, flags, positions) == 2 * LANES
    assert not positions[2 * LANES :].any()


@njit
def flagged(draws: NDArray[np.uint64], bounds: NDArray[np.uint8], flags: NDArray[np.uint8]) -> None:
    """Call the inlined function from Python."""
    flag_within(draws, bounds, flags)


@settings(deadline=None)
@given(st.binary(min_size=4 * LANES, max_size=4 * LANES), st.binary(min_size=8, max_size=8))
def test_flags_are_the_heads_within_their_bounds(content: bytes, limits: bytes) -> None:
    draws, bounds = np.frombuffer(content, "<u8").copy(), np.frombuffer(limits, np.uint8).copy()
    flags = np.full(draws.size, 99, np.uint8)
    flagged(draws, bounds, flags)
    heads = np.frombuffer(content, np.uint8).reshape(-1, 8)
    assert flags.tolist() == np.packbits(heads <= bounds, axis=1, bitorder="little")[:, 0].tolist()
