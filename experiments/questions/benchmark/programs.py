"""Programs of their own: each has its own peak of memory, and its own start.

``python -m experiments.questions.benchmark.programs AGENTS YEARS`` prints as JSON what a worker-month costs
with so many agents, and the peak of memory. The first year, 2015, is lived before the clock starts.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.places import ROOT
from experiments.questions.benchmark.summary import Turn, spread
from experiments.runs import machine

TINY = ("population=tiny", "seeds=6", "name=tiny")  # a comparison whose page is timed
FIRST_YEAR = 2015
SECONDS_BETWEEN_LOOKS = 0.005
ENOUGH_SECONDS = 60.0  # after which no further year is begun


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


def seconds_to_first_life(verb: str) -> float:
    """Seconds from the start of a command to its first life, for which a worker makes a hidden folder."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        command = subprocess.Popen(  # noqa: S603 - a module of this project
            [sys.executable, "-m", "experiments.cli", verb, "population=tiny", f"results={folder}"],
            env=_environment({}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while not any(Path(folder).glob(".*")):
                if command.poll() is not None:
                    raise RuntimeError(f"workforce {verb} population=tiny failed")
                time.sleep(SECONDS_BETWEEN_LOOKS)
            return time.perf_counter() - started
        finally:
            command.terminate()
            command.wait()


def page_seconds() -> float:
    """Seconds of a small comparison whose lives are all kept: its tables and its page are written again."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["experiments.cli", "compare", *TINY, f"results={folder}"]
        output_of(words)
        started = time.perf_counter()
        output_of(words)
        return time.perf_counter() - started


def measure_size(agents: int, years: int) -> dict[str, Any]:
    """Measure one number of agents in a process of its own."""
    printed = output_of(["experiments.questions.benchmark.programs", str(agents), str(years)])
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def live_years(agents: int, years: int) -> dict[str, Any]:
    """Make a population, live its first year, and take the time of the next ones."""
    from experiments.places import CONFIGS
    from sim.inputs import Inputs
    from sim.model import WorkforceModel
    from sim.policy.scenario import load_scenario

    inputs = Inputs.read(CONFIGS)
    scenario = load_scenario("reform", CONFIGS / "scenario", inputs.catalogue)
    started = time.perf_counter()
    model = WorkforceModel(scenario, inputs=inputs, agents=agents)
    start_seconds = time.perf_counter() - started
    model.run_to(FIRST_YEAR)
    turns: list[Turn] = []
    while len(turns) < years and sum(turn.seconds for turn in turns) < ENOUGH_SECONDS:
        before, started = model.worker_months, time.perf_counter()
        model.run_to(FIRST_YEAR + 1 + len(turns))
        turns.append(Turn(model.worker_months - before, time.perf_counter() - started))
    return {
        "agents": agents,
        "start_seconds": start_seconds,
        "seconds": [turn.seconds for turn in turns],
        "nanoseconds_per_worker_month": spread(1e9 / turn.per_second for turn in turns),
        "peak_bytes": machine.peak_memory_bytes(),
    }


if __name__ == "__main__":
    print(json.dumps(live_years(int(sys.argv[1]), int(sys.argv[2]))))
