"""How processes start: forked from one that has imported what lives need, and lives nothing itself."""

from multiprocessing import forkserver, get_context
from typing import Any, Final

from experiments.runs.interruption import starting_processes
from experiments.runs.machine import cores, is_compiled

FOR_LIVES: Final = ["experiments.runs.pool", "sim.snapshot"]  # modules that every process needs


def begin_early() -> None:
    """Have what lives need imported while this process still plans."""
    if cores() > 1 and is_compiled():  # else importing would compile
        process_context()
        with starting_processes():
            forkserver.ensure_running()


def process_context() -> Any:
    """What to start processes with; a fork of this process itself would copy locks that its threads hold."""
    context = get_context("forkserver")
    context.set_forkserver_preload(FOR_LIVES)
    return context
