"""Arrays in one file: cut into chunks, each compressed, each with its SHA-256; large ones by several threads.

Never more than a few chunks are in memory beside the arrays themselves.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.fingerprint import pieces, threads_for

CODEC = "zstd"  # at its quickest level, 1, which is pyarrow's default
CHUNK_BYTES = 1 << 24  # before compression

Item = TypeVar("Item")
Result = TypeVar("Result")
Index = list[dict[str, Any]]  # of each array: name, type, shape, and size and digest of its chunks


class DamagedError(ValueError):
    """What was read is not what was written."""


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> Index:
    """Write arrays of any types one after the other; returns what :func:`read_arrays` needs."""
    index: Index = [
        {"name": name, "type": _described(array.dtype), "shape": array.shape, "chunks": []}
        for name, array in arrays.items()
    ]
    cut = (
        (row, piece)
        for row, array in zip(index, arrays.values(), strict=True)
        for piece in pieces(array, CHUNK_BYTES)
    )
    with path.open("wb") as file, threads_for(sum(array.nbytes for array in arrays.values())) as pool:
        for row, packed, digest in in_order(pool, _pack, cut):
            file.write(packed)
            row["chunks"].append([len(packed), digest])
    return index


def read_arrays(path: Path, index: Index, wanted: Container[str] | None = None) -> dict[str, NDArray[Any]]:
    """Read arrays that :func:`write_arrays` wrote: all of them, or those of some names.

    Raises
    ------
    DamagedError
        When a chunk is not as it was written.
    """
    rows, places, place = [], [], 0
    for row in index:
        if wanted is None or row["name"] in wanted:
            rows.append(row)
            places.append(place)
        place += sum(size for size, _ in row["chunks"])
    arrays = {row["name"]: np.empty(row["shape"], _type(row["type"])) for row in rows}
    with path.open("rb") as file, threads_for(sum(array.nbytes for array in arrays.values())) as pool:
        packed = (
            (file.read(size), digest, piece)
            for row, start in zip(rows, places, strict=True)
            if file.seek(start) == start
            for (size, digest), piece in zip(
                row["chunks"], pieces(arrays[row["name"]], CHUNK_BYTES), strict=True
            )
        )
        for _ in in_order(pool, _unpack, packed):
            pass
    return arrays


def copied(sources: Iterable[tuple[Path, Index, Container[str]]], path: Path) -> Index:
    """Write some arrays of several files into one, packed as they are; the index of the new file.

    Raises
    ------
    DamagedError
        When a chunk is not as it was written.
    """
    index: Index = []
    with path.open("wb") as target:
        for source, rows, wanted in sources:
            with source.open("rb") as file:
                for row in rows:
                    for size, digest in row["chunks"]:
                        packed = file.read(size)
                        if row["name"] in wanted:
                            _check(packed, digest)
                            target.write(packed)
                    if row["name"] in wanted:
                        index.append(row)
    return index


def in_order(
    pool: Executor | None, function: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    """Results of a function in the order of the items; of a pool only a few ahead of who takes them."""
    if pool is None:
        yield from map(function, items)
        return
    from sim.compiled import threads_in_use  # only now: it brings numba

    ahead: deque[Future[Result]] = deque()
    for item in items:
        ahead.append(pool.submit(function, item))
        if len(ahead) > 2 * threads_in_use():
            yield ahead.popleft().result()
    while ahead:
        yield ahead.popleft().result()


def _pack(cut: tuple[dict[str, Any], NDArray[np.uint8]]) -> tuple[dict[str, Any], bytes, str]:
    """Compress one chunk."""
    row, piece = cut
    packed = pa.compress(piece, codec=CODEC, asbytes=True)
    return row, packed, hashlib.sha256(packed).hexdigest()


def _unpack(chunk: tuple[bytes, str, NDArray[np.uint8]]) -> None:
    """Check one chunk, and only then look into it."""
    packed, digest, piece = chunk
    _check(packed, digest)
    piece[:] = np.frombuffer(pa.decompress(packed, piece.size, codec=CODEC), np.uint8)


def _check(packed: bytes, digest: str) -> None:
    """Refuse a chunk that is not as it was written."""
    if hashlib.sha256(packed).hexdigest() != digest:
        raise DamagedError("a part of it is not as it was written")


def _described(dtype: np.dtype[Any]) -> Any:
    """Type of an array as plain values; one of records by its fields."""
    if dtype.fields is None:
        return dtype.str
    fields = [[name, dtype[name].base.str, list(dtype[name].shape)] for name in dtype.names or ()]
    return {"fields": fields, "align": dtype.isalignedstruct}


def _type(described: Any) -> np.dtype[Any]:
    """Undo :func:`_described`."""
    if isinstance(described, str):
        return np.dtype(described)
    fields = [(name, kind, tuple(shape)) for name, kind, shape in described["fields"]]
    return np.dtype(fields, align=described["align"])
