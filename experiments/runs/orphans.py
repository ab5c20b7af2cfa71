"""Processes whose parent was killed: they end within seconds, but for work that can still be kept."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import parent_process

from experiments.runs.interruption import reached_by_ctrl_c, starting_processes

SECONDS_BETWEEN_LOOKS = 1.0
KEPT_WORK = threading.Lock()
WITH_JOBLIB = "hydra/launcher=joblib"
FOR_JOBLIB = (  # what Hydra is told, so that each process that joblib starts does this first
    "+hydra.launcher.initializer._target_=hydra.utils.get_method",
    f"+hydra.launcher.initializer.path={__name__}.end_with_parent",
)


@contextmanager
def processes_of(words: Sequence[str]) -> Iterator[None]:
    """Have Hydra's launcher start processes that Ctrl-C does not reach before :func:`kept_work`."""
    if WITH_JOBLIB not in words:
        yield
        return
    with suppress(ImportError):  # a name of joblib's own; without it Ctrl-C ends joblib's processes at once
        from joblib.externals.loky.backend.resource_tracker import ensure_running

        ensure_running()  # for the same reason as in starting_processes
    with starting_processes():
        yield


@contextmanager
def kept_work() -> Iterator[None]:
    """Do work that is kept without the parent: when that was killed, it is finished; Ctrl-C reaches it."""
    with KEPT_WORK, reached_by_ctrl_c():
        yield


def end_with_parent() -> None:
    """Have this process end soon after the one that started it, but not amid :func:`kept_work`.

    What waits for the next task would wait for minutes, or for ever, since nothing tells it.
    """
    threading.Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    parent = parent_process()
    assert parent is not None
    try:
        parent.join()
    except TypeError:  # those of joblib have no line to theirs
        while os.getppid() == parent.pid:  # children of a process that ended are given to another one
            time.sleep(SECONDS_BETWEEN_LOOKS)
    with KEPT_WORK:
        os._exit(1)
