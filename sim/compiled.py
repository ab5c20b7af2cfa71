"""How functions are compiled: cached on disk, plain IEEE arithmetic, no fast-math: bits agree everywhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import numpy as np
from numba import config, get_num_threads, njit, set_num_threads

SMALL: Final = 100_000  # slots below which starting a second thread costs more than it brings

Function = TypeVar("Function", bound=Callable[..., Any])

# The stubs of numba leave out some of its options.
_njit: Any = njit
_config: Any = config


def compiled(function: Function) -> Function:
    """Compile for one thread."""
    result: Function = _njit(cache=True, error_model="numpy")(function)
    return result


def with_signature(signature: Any, **options: bool) -> Callable[[Function], Function]:
    """Compile on import, for one signature of numba types; plain Python may call it with any integers.

    ``options`` are further ones of :func:`numba.njit`.
    """

    def compile_function(function: Function) -> Function:
        result: Function = _njit(signature, cache=True, **options)(function)
        return result

    return compile_function


def inlined(function: Function) -> Function:
    """Compile into the caller, without counting references.

    The columns travel as dozens of arrays. A real call would copy them all, and counting references to
    each cost more than the decisions themselves: 2,500 ns for each candidate instead of 90. A function
    compiled so must not allocate.
    """
    result: Function = _njit(
        cache=True,
        error_model="numpy",
        forceinline=True,
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        _nrt=False,
    )(function)
    return result


def lean(function: Function) -> Function:
    """Compile as a function of its own without counting references; it must not allocate."""
    result: Function = _njit(
        cache=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False
    )(function)
    return result


@inlined
def place_of(index: int) -> int:
    """The index as an unsigned number, which compiled code need not test for being negative."""
    return np.uint64(index)  # type: ignore[return-value]


def parallel(function: Function) -> Function:
    """Compile with ``prange`` loops on all threads; only integers may be summed across blocks.

    The body of a loop must write to columns through a call: numba 0.68 drops assignments to members of
    a named tuple that stand in the body itself, without a word.
    """
    result: Function = _njit(cache=True, error_model="numpy", parallel=True)(function)
    return result


def most_threads() -> int:
    """Threads that may ever run; counters are laid out for all of them."""
    return int(_config.NUMBA_NUM_THREADS)


@contextmanager
def fitting_threads(slots: int) -> Iterator[None]:
    """One thread for a small population, otherwise as many as are set; results do not depend on it."""
    before = get_num_threads()
    set_num_threads(1 if slots < SMALL else before)
    try:
        yield
    finally:
        set_num_threads(before)
