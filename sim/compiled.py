"""How functions are compiled: kept on disk, plain IEEE arithmetic, no fast-math: bits agree everywhere."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar, cast

import numpy as np
from numba import config, get_num_threads, njit, set_num_threads

from sim.code_folder import code_folder
from sim.errors import InputError

SMALL: Final = 100_000  # slots below which starting a second thread costs more than it brings
MOST_THREADS: Final = 1024
OWN_PLACES: Final = {"CACHE_DIR": str(code_folder() or ""), "CACHE_LOCATOR_CLASSES": ""}

Function = TypeVar("Function", bound=Callable[..., Any])

# The stubs of numba leave out some of its options.
_njit: Any = njit
_config: Any = config


def without_counting() -> dict[str, bool]:
    """Give the option that leaves out the counting of references, if numba knows it.

    Its name is numba's own and may vanish; without it all runs as before, more slowly.
    """
    try:
        from numba.core.options import DefaultOptions
    except ImportError:
        return {}
    return {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}


NO_COUNTING: Final = without_counting()
LEAN: Final = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True, **NO_COUNTING}


def check_settings() -> None:
    """Raise an InputError for a setting of numba, perhaps a variable of the environment, that cannot be."""
    threads = _config.NUMBA_NUM_THREADS
    if not 1 <= threads <= MOST_THREADS:
        raise InputError(f"NUMBA_NUM_THREADS={threads} must be 1 to {MOST_THREADS}, or unset")


check_settings()


def threads_in_use() -> int:
    """Threads of parallel loops; the first call starts them, and an InputError says why it cannot."""
    try:
        return int(get_num_threads())
    except ValueError as error:
        said = " ".join(str(error).split()).rstrip(".")
        raise InputError(
            f"numba cannot start its threads: {said}; unset NUMBA_THREADING_LAYER and "
            "NUMBA_THREADING_LAYER_PRIORITY"
        ) from error


def _jit(*signature: Any, **choices: Any) -> Callable[[Function], Function]:
    """Compile by numba, and keep the result in the folder of these sources.

    numba asks for the place when a function is declared. It is told then and only then, so that functions
    of others in this process stay where they belong.
    """

    def declare(function: Function) -> Function:
        before = {name: getattr(_config, name) for name in OWN_PLACES if hasattr(_config, name)}
        for name, value in OWN_PLACES.items():
            setattr(_config, name, value)
        try:
            kept = bool(OWN_PLACES["CACHE_DIR"])
            result: Function = _njit(*signature, cache=kept, **choices)(function)
        finally:
            for name, value in before.items():
                setattr(_config, name, value)
        return result

    return declare


def compiled(function: Function) -> Function:
    """Compile for one thread."""
    return _jit(error_model="numpy")(function)


def with_signature(signature: Any, **options: bool) -> Callable[[Function], Function]:
    """Compile on import, for one signature of numba types; plain Python may call it with any integers.

    ``options`` are further ones of :func:`numba.njit`.
    """
    return _jit(signature, **options)


def inlined(function: Function) -> Function:
    """Compile into the caller, without counting references.

    The columns travel as dozens of arrays. A real call would copy them all, and counting references to
    each cost more than the decisions themselves: 2,500 ns for each candidate instead of 90. A function
    compiled so must not allocate.
    """
    return _jit(forceinline=True, **LEAN)(function)


def lean(function: Function) -> Function:
    """Compile as a function of its own without counting references; it must not allocate."""
    return _jit(**LEAN)(function)


def one_after_another(functions: Sequence[Callable[..., None]]) -> Callable[..., None]:
    """A function for compiled code that calls several with the same arguments, each compiled into it.

    That is how a table of rules becomes code without a jump through a pointer. It may not allocate.
    """
    together: Callable[..., None] = njit(**LEAN)(lambda *_arguments: None)
    for function in reversed(functions):
        together = _both(njit(**LEAN)(function), together)
    return together


def _both(first: Callable[..., None], second: Callable[..., None]) -> Callable[..., None]:
    def called(*arguments: Any) -> None:
        first(*arguments)
        second(*arguments)

    return cast("Callable[..., None]", njit(forceinline=True, **LEAN)(called))


@inlined
def place_of(index: int) -> int:
    """The index as an unsigned number, which compiled code need not test for being negative."""
    return np.uint64(index)  # type: ignore[return-value]


def parallel(function: Function) -> Function:
    """Compile with ``prange`` loops on all threads; only integers may be summed across blocks.

    The body of a loop must write to columns through a call: numba 0.68 drops assignments to members of
    a named tuple that stand in the body itself, without a word.
    """
    return _jit(error_model="numpy", parallel=True)(function)


def most_threads() -> int:
    """Threads that may ever run; counters are laid out for all of them."""
    return int(_config.NUMBA_NUM_THREADS)


@contextmanager
def fitting_threads(slots: int) -> Iterator[None]:
    """One thread for a small population, otherwise as many as are set; results do not depend on it."""
    before = threads_in_use()
    set_num_threads(1 if slots < SMALL else before)
    try:
        yield
    finally:
        set_num_threads(before)
