"""The fingerprint of arrays; of large ones computed by several threads, and equal for any number of them."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

PIECE_BYTES: Final = 1 << 24


def pieces(array: NDArray[Any], most_bytes: int = PIECE_BYTES) -> Iterator[NDArray[np.uint8]]:
    """The bytes of an array, cut into pieces of ``most_bytes`` and a rest; views where memory allows."""
    flat = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    for first in range(0, flat.size, most_bytes):
        yield flat[first : first + most_bytes]


@contextmanager
def threads_for(size: int) -> Iterator[ThreadPoolExecutor | None]:
    """Give threads that share out so many bytes; None where starting them costs more than they bring."""
    if size <= PIECE_BYTES:
        yield None
        return
    from sim.compiled import threads_in_use  # only now: it brings numba

    with ThreadPoolExecutor(threads_in_use()) as pool:
        yield pool


def fingerprint(arrays: Iterable[NDArray[Any]]) -> str:
    """SHA-256 over the SHA-256 of every piece of the arrays, in their order."""
    known = list(arrays)
    cut = (piece for array in known for piece in pieces(array))
    total = hashlib.sha256()
    with threads_for(sum(array.nbytes for array in known)) as pool:
        for digest in pool.map(_digest, cut) if pool else map(_digest, cut):
            total.update(digest)
    return total.hexdigest()


def _digest(piece: NDArray[np.uint8]) -> bytes:
    return hashlib.sha256(piece.data).digest()
