"""Flags of a block by vectors of bytes, and their positions in ascending order by a scan of bits."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from sim.compiled import inlined

LANES: Final = 64  # flags that are looked at together

_BYTE, _INT, _LONG, _BIT = (ir.IntType(bits) for bits in (8, 32, 64, 1))
_BYTES = ir.VectorType(_BYTE, LANES)


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def _hits(_context: Any, _flags: Any, _mask: Any) -> tuple[Any, Callable[..., Any]]:
    """Word with a bit for each of 64 flags, given their address, that has any bit of the mask."""
    signature = types.uint64(types.uintp, types.uint8)

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        source, mask = arguments
        loaded = builder.load(builder.inttoptr(source, _BYTES.as_pointer()))
        loaded.align = 1
        empty = ir.Constant(_BYTES, ir.Undefined)
        one = builder.insert_element(empty, mask, ir.Constant(_INT, 0))
        everywhere = ir.Constant(ir.VectorType(_INT, LANES), [0] * LANES)
        chosen = builder.and_(loaded, builder.shuffle_vector(one, empty, everywhere))
        return builder.bitcast(builder.icmp_unsigned("!=", chosen, ir.Constant(_BYTES, [0] * LANES)), _LONG)

    return signature, generate


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def _lowest(_context: Any, _word: Any) -> tuple[Any, Callable[..., Any]]:
    """Place of the lowest bit that is set in a word."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(_LONG, [_LONG, _BIT])
        count = cgutils.get_or_insert_function(builder.module, kind, "llvm.cttz.i64")
        return builder.call(count, [*arguments, ir.Constant(_BIT, 1)])

    return types.uint64(types.uint64), generate


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def _flag(_context: Any, _heads: Any, _bounds: Any, _flags: Any) -> tuple[Any, Callable[..., Any]]:
    """Write eight flags, with a bit for each of 64 heads that is at most its one of eight bounds."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        source, bounds, target = arguments
        heads = builder.load(builder.inttoptr(source, _BYTES.as_pointer()))
        heads.align = 1
        words = ir.VectorType(_LONG, LANES // 8)
        empty = ir.Constant(words, ir.Undefined)
        one = builder.insert_element(empty, bounds, ir.Constant(_INT, 0))
        everywhere = ir.Constant(ir.VectorType(_INT, LANES // 8), [0] * (LANES // 8))
        limits = builder.bitcast(builder.shuffle_vector(one, empty, everywhere), _BYTES)
        found = builder.bitcast(builder.icmp_unsigned("<=", heads, limits), _LONG)
        builder.store(found, builder.inttoptr(target, _LONG.as_pointer()), align=1)
        return found

    return types.uint64(types.uintp, types.uint64, types.uintp), generate


@inlined
def flag_within(draws: NDArray[np.uint64], bounds: NDArray[np.uint8], flags: NDArray[np.uint8]) -> None:
    """Flag those heads of a block that are at most their bound.

    Parameters
    ----------
    draws
        Eight heads for each place, a byte each, from the low end; their number is a multiple of eight.
    bounds
        Of the eight heads.
    flags
        Receives a byte for each place, with a bit for each head from the low end.
    """
    limits, source, target = np.uint64(0), draws.ctypes.data, flags.ctypes.data
    for k in range(8):
        limits |= np.uint64(bounds[k]) << np.uint64(8 * k)
    for place in range(0, flags.size, 8):
        _flag(types.uintp(source + 8 * place), limits, types.uintp(target + place))


@inlined
def positions_of(mask: int, flags: NDArray[np.uint8], positions: NDArray[np.uint16]) -> int:
    """List the places whose flag has any bit of ``mask``.

    Few flags are set, so that going from one to the next costs less than packing whole vectors, on
    processors with and without an instruction for that.

    Parameters
    ----------
    mask
        Bits to look for, 1 to 255.
    flags
        One byte for each place; their number is a multiple of ``LANES``.
    positions
        Receives the places in ascending order; as long as ``flags``.

    Returns
    -------
    int
        How many there are.
    """
    found, source = np.uint64(0), flags.ctypes.data
    for first in range(0, flags.size, LANES):
        hits = _hits(types.uintp(source + first), np.uint8(mask))
        while hits != np.uint64(0):
            positions[found] = np.uint16(np.uint64(first) + _lowest(hits))
            found += np.uint64(1)
            hits &= hits - np.uint64(1)
    return int(found)
