"""Programs of their own: each has its own peak of memory, and its own start."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence

from experiments.places import ROOT


def output_of(words: Sequence[str], **variables: str) -> str:
    """Run a module of this project in a process of its own, with the same code; returns what it prints.

    Raises
    ------
    MemoryError
        When the system ended it, which it does when memory is short.
    RuntimeError
        When it failed otherwise.
    """
    done = subprocess.run(  # noqa: S603 - modules of this project
        [sys.executable, "-m", *words],
        env=_environment(variables),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode < 0:
        raise MemoryError("the system ended the process, probably for lack of memory")
    if done.returncode > 0:
        raise RuntimeError(f"{' '.join(words)} failed: {done.stderr.strip()}")
    return done.stdout


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The present environment, in which this project is found first."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **variables}


def seconds_of_command(**variables: str) -> float:
    """Seconds of a whole `workforce run population=tiny`, from its start to its end."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        output_of(["experiments.cli", "run", "population=tiny", f"results={folder}"], **variables)
        return time.perf_counter() - started


def first_seconds() -> float:
    """Seconds of the command when nothing is compiled yet."""
    with tempfile.TemporaryDirectory() as cache:
        return seconds_of_command(NUMBA_CACHE_DIR=cache)


def warm_seconds(repetitions: int) -> list[float]:
    """Seconds of the command when everything is compiled, several times."""
    seconds_of_command()
    return [seconds_of_command() for _ in range(repetitions)]
