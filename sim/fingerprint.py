"""The fingerprint of arrays, computed by several threads and equal for any number of them."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.compiled import threads_in_use

PIECE_BYTES: Final = 1 << 24


def pieces(array: NDArray[Any], most_bytes: int = PIECE_BYTES) -> Iterator[NDArray[np.uint8]]:
    """The bytes of an array, cut into pieces of ``most_bytes`` and a rest; views where memory allows."""
    flat = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    for first in range(0, flat.size, most_bytes):
        yield flat[first : first + most_bytes]


def fingerprint(arrays: Iterable[NDArray[Any]]) -> str:
    """SHA-256 over the SHA-256 of every piece of the arrays, in their order."""
    cut = (piece for array in arrays for piece in pieces(array))
    total = hashlib.sha256()
    with ThreadPoolExecutor(threads_in_use()) as pool:
        for digest in pool.map(_digest, cut):
            total.update(digest)
    return total.hexdigest()


def _digest(piece: NDArray[np.uint8]) -> bytes:
    return hashlib.sha256(piece.data).digest()
