"""Processes whose parent was killed: they end within seconds, but for work that can still be kept."""

import os
import threading
import time
from multiprocessing import parent_process

SECONDS_BETWEEN_LOOKS = 1.0
KEPT_WORK = threading.Lock()  # held by work that is kept without the parent, and so may be finished
FOR_JOBLIB = (  # what Hydra is told, so that each process that joblib starts does this first
    "+hydra.launcher.initializer._target_=hydra.utils.get_method",
    f"+hydra.launcher.initializer.path={__name__}.end_with_parent",
)


def end_with_parent() -> None:
    """Have this process end soon after the one that started it, when nothing holds ``KEPT_WORK``.

    What waits for the next task would wait for minutes, or for ever, since nothing tells it.
    """
    parent = parent_process()
    assert parent is not None
    threading.Thread(target=_end_after, args=(parent.pid,), daemon=True).start()


def _end_after(parent: int) -> None:
    while os.getppid() == parent:  # children of a process that ended are given to another one
        time.sleep(SECONDS_BETWEEN_LOOKS)
    with KEPT_WORK:
        os._exit(1)
