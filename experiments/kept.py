"""Many small simulations side by side, each kept when it is done, so that nothing is simulated twice."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from functools import partial
from importlib import import_module
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments.runs.files import content_hash, file_written_aside
from experiments.runs.interruption import saying, starting_processes
from experiments.runs.machine import use_threads
from experiments.runs.orphans import end_with_parent
from experiments.runs.sources import check_unchanged

if TYPE_CHECKING:
    from experiments.runs.progress import Years

Array = NDArray[np.float64]
NAME_LENGTH: Final = 24


class Kept:
    """Results of a function of one task, kept in files that are named by all that decides them.

    Parameters
    ----------
    function
        Makes an array of a task; a function of a module, because other processes call it. It must depend
        on the task and on ``hashes`` alone.
    folder
        Where results are kept.
    processes
        How many work side by side, on one thread each.
    hashes
        Of all files that decide the results: :func:`experiments.runs.sources.hashes`, and what a
        question adds.
    """

    def __init__(
        self, function: Callable[[Any], Array], folder: Path, processes: int, hashes: Mapping[str, str]
    ) -> None:
        self.function, self.folder, self.processes, self.hashes = function, folder, processes, dict(hashes)
        self.simulated = 0
        self._standing: ProcessPoolExecutor | None = None

    def file(self, task: Any) -> Path:
        """File of the result of a task, a dataclass of plain values."""
        decides = [f"{self.function.__module__}.{self.function.__name__}", asdict(task), self.hashes]
        return self.folder / f"{content_hash(decides)[:NAME_LENGTH]}.npy"

    def of(self, tasks: Sequence[Any], progress: "Years") -> list[Array]:
        """Results of the tasks, in their order; kept ones are read, the others are made."""
        self.folder.mkdir(parents=True, exist_ok=True)
        files = [self.file(task) for task in tasks]
        found = {file: _read(file) for file in files}
        missing = [(task, file) for task, file in zip(tasks, files, strict=True) if found[file] is None]
        progress.skip(len(tasks) - len(missing))
        with self._workers(len(missing)) as pool:
            with starting_processes():
                results = pool.map(partial(_alone, self.function, self.hashes), [task for task, _ in missing])
            for (_, file), values in zip(missing, results, strict=True):
                with file_written_aside(file) as path, path.open("wb") as opened:
                    np.save(opened, values)
                found[file] = values
                self.simulated += 1
                progress.year(self.simulated)
        return [array for file in files if (array := found[file]) is not None]

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Keep the processes from one call of :meth:`of` to the next, with what they hold in memory."""
        with _pool(self.processes) as pool:
            self._standing = pool
            try:
                yield
            finally:
                self._standing = None

    def _workers(self, tasks: int) -> AbstractContextManager[ProcessPoolExecutor]:
        """The standing processes, or some for these tasks alone."""
        if self._standing is not None:
            return nullcontext(self._standing)
        return _pool(min(self.processes, max(1, tasks)))


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes on one thread each; an interruption ends them at once, as nobody would keep what they do."""
    context = get_context("spawn")  # a fork would copy locks that threads of the parent hold
    pool = ProcessPoolExecutor(processes, context, initializer=_begin)
    try:
        yield pool
    except KeyboardInterrupt as stop:
        for process in active_children():
            process.terminate()
        raise saying(stop, "what was simulated is kept") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Make a process ready."""
    end_with_parent()  # which keeps the results
    use_threads(1)
    import_module("sim.model")
    gc.freeze()  # packages stay; only what a task leaves has to be looked at


def _read(file: Path) -> Array | None:
    """An array that is kept; None when there is none, or when a copy or a lost disk cut it short."""
    try:
        values: Array = np.load(file)
    except (OSError, ValueError, EOFError):
        return None
    return values


def _alone(function: Callable[[Any], Array], hashes: Mapping[str, str], task: Any) -> Array:
    """Result of one task, its memory given back: the parts of a model refer to each other and would stay."""
    check_unchanged(hashes)
    values = function(task)
    gc.collect()
    return values
