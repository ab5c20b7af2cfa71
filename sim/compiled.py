"""How functions are compiled: cached on disk, plain IEEE arithmetic, no fast-math, so bits agree everywhere."""

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile for one thread."""
    result: Function = njit(cache=True, error_model="numpy")(function)
    return result


def inlined(function: Function) -> Function:
    """Compile into the caller, without counting references.

    The columns travel as dozens of arrays. A real call would copy them all, and counting references to
    each cost more than the decisions themselves: 2,500 ns for each candidate instead of 30. A function
    compiled so must not allocate.
    """
    result: Function = njit(
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
    result: Function = njit(
        cache=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False
    )(function)
    return result


def parallel(function: Function) -> Function:
    """Compile with ``prange`` loops on all threads; only integers may be summed across blocks.

    The body of a loop must write to columns through a call: numba 0.68 drops assignments to members of
    a named tuple that stand in the body itself, without a word.
    """
    result: Function = njit(cache=True, error_model="numpy", parallel=True)(function)
    return result
