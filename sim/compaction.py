"""Positions of the set flags of a block, in ascending order: one vector instruction for 32 flags."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from sim.compiled import inlined

LANES: Final = 32  # flags that are looked at together; lists need so much room at their end

_BYTE, _SHORT, _INT, _LONG, _BIT = (ir.IntType(bits) for bits in (8, 16, 32, 64, 1))
_BYTES, _SHORTS, _BITS = (ir.VectorType(kind, LANES) for kind in (_BYTE, _SHORT, _BIT))


def _spread(builder: Any, value: Any, vector: Any) -> Any:
    """The same value in every lane."""
    empty = ir.Constant(vector, ir.Undefined)
    one = builder.insert_element(empty, value, ir.Constant(_INT, 0))
    return builder.shuffle_vector(one, empty, ir.Constant(ir.VectorType(_INT, LANES), [0] * LANES))


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def _pack(
    _context: Any, _flags: Any, _positions: Any, _mask: Any, _first: Any
) -> tuple[Any, Callable[..., Any]]:
    """Write first + lane of each flag that has a bit of the mask; returns how many.

    Flags and positions are addresses. LLVM writes the compression out lane by lane on processors
    without AVX-512; the result is the same.
    """
    signature = types.int64(types.uintp, types.uintp, types.uint8, types.uint16)

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        source, target, chosen, base = arguments
        loaded = builder.load(builder.inttoptr(source, _BYTES.as_pointer()))
        loaded.align = 1
        zero = ir.Constant(_BYTES, [0] * LANES)
        hit = builder.icmp_unsigned("!=", builder.and_(loaded, _spread(builder, chosen, _BYTES)), zero)
        lanes = builder.add(ir.Constant(_SHORTS, list(range(LANES))), _spread(builder, base, _SHORTS))
        compress = cgutils.get_or_insert_function(
            builder.module,
            ir.FunctionType(_SHORTS, [_SHORTS, _BITS, _SHORTS]),
            f"llvm.experimental.vector.compress.v{LANES}i16",
        )
        packed = builder.call(compress, [lanes, hit, ir.Constant(_SHORTS, ir.Undefined)])
        builder.store(packed, builder.inttoptr(target, _SHORTS.as_pointer())).align = 1
        count = cgutils.get_or_insert_function(
            builder.module, ir.FunctionType(_INT, [_INT]), f"llvm.ctpop.i{LANES}"
        )
        return builder.zext(builder.call(count, [builder.bitcast(hit, _INT)]), _LONG)

    return signature, generate


@inlined
def positions_of(mask: int, flags: NDArray[np.uint8], positions: NDArray[np.uint16]) -> int:
    """List the places whose flag has any bit of ``mask``.

    Parameters
    ----------
    mask
        Bits to look for, 1 to 255.
    flags
        One byte for each place; their number is a multiple of ``LANES``.
    positions
        Receives the places in ascending order; must be ``LANES`` longer than ``flags``.

    Returns
    -------
    int
        How many there are.
    """
    found, source, target = 0, flags.ctypes.data, positions.ctypes.data
    for first in range(0, flags.size, LANES):
        found += _pack(
            types.uintp(source + first), types.uintp(target + 2 * found), np.uint8(mask), np.uint16(first)
        )
    return found
