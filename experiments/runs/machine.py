"""The machine: what is compiled for it, its threads, and the memory that is free."""

import fcntl
import os
import resource
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from experiments.runs.control_groups import free_in_groups
from sim.code_folder import code_folder
from sim.errors import InputError

BYTES_BESIDES = 600_000_000  # in memory: compiled code, packages, enterprises, tables of results
BYTES_PER_AGENT = 60  # in memory; 56 were measured with five and twenty million agents, saving included
PACKAGES = ("workforce2035", "mesa", "numpy", "numba", "pandas", "pyarrow", "hydra-core", "matplotlib")


def check_environment() -> None:
    """Raise an InputError for a variable that cannot be used, before anything starts.

    Numba reads its own when it is imported, complains in many lines and goes on without.
    """
    fixed_moment()
    told = [name for name in os.environ if name.startswith("NUMBA_") and name != "NUMBA_CACHE_DIR"]
    if not told:
        return
    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always", RuntimeWarning)
        try:
            from numba import config

            from sim.compiled import threads_in_use
        except ValueError as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"numba cannot work with {', '.join(told)}: {error} Unset it") from error
    for complaint in complaints:
        said, _, _ = str(complaint.message).partition(".\nThe parse failed")
        raise InputError(f"{said}; unset it")
    if config.DISABLE_JIT:
        raise InputError("NUMBA_DISABLE_JIT is set, and nothing is simulated without compiling: unset it")
    threads_in_use()


@contextmanager
def files_only() -> Iterator[None]:
    """Draw to files, without the window or notebook that MPLBACKEND names, perhaps one that is not here."""
    before = os.environ.pop("MPLBACKEND", None)
    try:
        yield
    finally:
        if before is not None:
            os.environ["MPLBACKEND"] = before


def fixed_moment() -> datetime | None:
    """Moment that SOURCE_DATE_EPOCH, seconds since 1970, gives in place of the present one."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        return datetime.fromtimestamp(int(told), UTC) if told else None
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"SOURCE_DATE_EPOCH={told} is not a number of seconds since 1970; correct or unset it"
        ) from None


def now() -> str:
    """Give date and time here, with the time zone; SOURCE_DATE_EPOCH fixes them."""
    moment = fixed_moment() or datetime.now(UTC).astimezone()
    return moment.isoformat(timespec="seconds")


def compile_once() -> None:
    """Compile what this machine has not compiled yet, before the clock starts and before processes part.

    One process compiles and the others wait: numba counts its files up, and two that count at once would
    give the same name to different code.
    """
    folder = code_folder()
    if folder is None or is_compiled():
        return  # where nothing can be kept, each process compiles what it calls
    with _alone(folder / "compiling.lock"):
        if not is_compiled():
            print("Compiling the simulation for this machine; once only, about a minute.", flush=True)
            from experiments.runs.compiling import compile_all

            compile_all()
            _mark(folder).touch()


def is_compiled() -> bool:
    """Whether all that lives call is compiled and kept."""
    folder = code_folder()
    return folder is not None and _mark(folder).exists()


def _mark(folder: Path) -> Path:
    return folder / "compiled"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Be the only one who compiles; where the file system knows no locks, go on without."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)  # ends with the process, however that ends
        yield


def use_threads(threads: int | None) -> None:
    """Set the number of threads of this process; None for one per core. Results do not depend on it."""
    from numba import set_num_threads

    from sim.compiled import most_threads, threads_in_use

    threads_in_use()  # which says in one line why they cannot start
    set_num_threads(min(threads or most_threads(), most_threads()))


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def versions() -> dict[str, str]:
    """Versions of Python and of the packages that matter to the results."""
    found = {"python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def peak_memory_bytes() -> int:
    """Most memory that this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def available_memory_bytes() -> int | None:
    """Memory that this process may still take, or None when the system does not say."""
    limits = [_free_in_machine(), free_in_groups(), _free_in_address_space()]
    known = [limit for limit in limits if limit is not None]
    return min(known) if known else None


def _free_in_machine() -> int | None:
    """Read what Linux calls available memory."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _free_in_address_space() -> int | None:
    """Read the limit set by ``ulimit -v``."""
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft
