"""What must be set before the compiled part of the simulation is imported: its cache and its threads."""

import fcntl
import hashlib
import os
import platform
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from experiments.store import content_hash, file_hash, folder_hash
from sim.calendar import END, FORK, calendar_month, year_of

SIM = Path(__file__).resolve().parent.parent / "sim"
CONSTANTS = SIM.parent / "configs/parameters/constants.yaml"  # read when the simulation is imported
PACKAGES = ("workforce2035", "mesa", "numpy", "numba", "pandas", "pyarrow", "hydra-core", "matplotlib")


def code_hash() -> str:
    """SHA-256 over the sources of the simulation and its constants: others give other results."""
    return content_hash([folder_hash(SIM, "*.py"), file_hash(CONSTANTS)])


def set_cache_folder() -> None:
    """Tell numba where to keep compiled code; must come before anything imports numba.

    The folder is named by the hash of the sources, because numba does not notice when a function that was
    compiled into another one changes, and by the processor, because machines of a cluster share it.
    """
    if "NUMBA_CACHE_DIR" not in os.environ:
        os.environ["NUMBA_CACHE_DIR"] = str(_cache_folder())


def cache_folder_is_ours() -> bool:
    """Whether the folder is that of this machine; one that the user chose serves all machines."""
    return os.environ.get("NUMBA_CACHE_DIR") == str(_cache_folder())


def compile_once() -> None:
    """Compile what this machine has not compiled yet, before the clock starts and before processes part.

    One process compiles and the others wait: numba counts its files up, and two that count at once would
    give the same name to different code.
    """
    set_cache_folder()
    place = content_hash([str(SIM), code_hash(), sys.version, version("numba"), processor()])
    done = Path(os.environ["NUMBA_CACHE_DIR"]) / f"compiled-{place[:16]}"
    if done.exists():
        return
    with _alone(done.with_suffix(".lock")):
        if not done.exists():
            print("Compiling the simulation for this machine; once only, about a minute.", flush=True)
            _compile()
            done.touch()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Be the only one who compiles; where the file system knows no locks, go on without."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)  # ends with the process, however that ends
        yield


def processor() -> str:
    """What decides whether compiled code fits: kind of machine, and what its processor can do."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.machine() + platform.processor()
    telling = [line for line in lines if line.startswith(("model name", "flags", "Features", "CPU part"))]
    return hashlib.sha256("\n".join([platform.machine(), *sorted(set(telling))]).encode()).hexdigest()


def use_threads(threads: int | None) -> None:
    """Set the number of threads of this process; None for one per core. Results do not depend on it."""
    import numba

    most = int(numba.config.NUMBA_NUM_THREADS)
    numba.set_num_threads(min(threads or most, most))


def _compile() -> None:
    """Live a very small life, so that every compiled function has been called."""
    from experiments.choices import CONFIGS
    from sim.inputs import Inputs
    from sim.model import WorkforceModel
    from sim.outcomes.paired import compare_lives, lives
    from sim.policy.scenario import load_scenario

    inputs = Inputs.read(CONFIGS)
    scenario = load_scenario("adaptive", CONFIGS / "scenario", inputs.catalogue)
    past = WorkforceModel(scenario, inputs=inputs, agents=5_000, seed=1, draw=0)
    past.run_to(year_of(FORK), calendar_month(FORK), None)
    future = past.fork(scenario)
    future.run_to(year_of(END), calendar_month(END), None)
    future.indicators()
    future.state_digest()
    compare_lives(lives(past), lives(future))


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cache_folder() -> Path:
    """Make the folder for compiled code in the user's cache, or a passing one when that is read-only."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = root / "workforce2035" / content_hash([code_hash(), processor()])[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="workforce2035-"))


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
    limits = [_free_in_machine(), _free_in_container(), _free_in_address_space()]
    known = [limit for limit in limits if limit is not None]
    return min(known) if known else None


def _free_in_machine() -> int | None:
    """Read what Linux calls available memory."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _free_in_container() -> int | None:
    """Read the limit of the control group, less what is used."""
    group = Path("/sys/fs/cgroup")
    try:
        limit, used = (
            (group / name).read_text(encoding="ascii").strip() for name in ("memory.max", "memory.current")
        )
    except OSError:
        return None
    return None if limit == "max" else max(0, int(limit) - int(used))


def _free_in_address_space() -> int | None:
    """Read the limit set by ``ulimit -v``."""
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft
