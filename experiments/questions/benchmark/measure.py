"""The whole benchmark: sizes and commands in processes of their own, then all contenders in turns."""

import os
import platform
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.answers.checks import bytes_needed
from experiments.answers.keys import as_dict
from experiments.places import ROOT
from experiments.questions.benchmark import programs
from experiments.questions.benchmark.summary import (
    Turn,
    bytes_per_further_worker,
    calendar_shares,
    contender_summary,
    sizes_that_fit,
)
from experiments.runs import machine
from experiments.runs.machine import cores, now, versions

if TYPE_CHECKING:
    from experiments.questions.benchmark.contenders import Contender
    from experiments.questions.benchmark.keys import BenchmarkKeys
    from sim.inputs import Inputs

WANTED = ("python", "numba", "numpy", "mesa")
SCENARIO = "reform"
QUIET_LOAD = 0.5  # processes that wanted a core in the last minute
NO_TWIN = "the twin is in the repository's tests/; run from a clone to measure it"


def facts_of_machine() -> dict[str, Any]:
    """Facts about machine and software."""
    known = versions()
    return {
        "processor": processor(),
        "cores": cores(),
        "system": platform.system(),
        "versions": {name: known[name] for name in WANTED},
        "commit": commit(),
    }


def processor() -> str:
    """What the processor calls itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def commit() -> str | None:
    """The commit of the clone, with a + when files were changed since; None outside of a clone."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return None
    words = [git, "-C", str(ROOT), "describe", "--always", "--exclude=*", "--dirty=+"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return done.stdout.strip() or None


def busy() -> list[str]:
    """A line when others keep the machine busy, because then no figure is what it could be."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    others = f"other work ran on the machine when this began (load {load:.1f}), so speeds are too low"
    return [others] if load > QUIET_LOAD else []


def say(text: str) -> None:
    """Tell how far the work is."""
    print(text, flush=True)


def measure(keys: "BenchmarkKeys", inputs: "Inputs") -> dict[str, Any]:
    """Measure everything; returns what is written to benchmark.json."""
    machine.compile_once()
    chosen = {key: value for key, value in as_dict(keys).items() if key not in ("results", "name")}
    facts = facts_of_machine()
    found: dict[str, Any] = {"date": now(), "machine": facts, "settings": chosen, "notes": busy()}
    found |= measure_sizes(keys.sizes, keys.repetitions)
    if keys.commands:
        say("Timing the command itself, with nothing compiled and warm.")
        found["first_seconds"] = programs.first_seconds()
        found["warm_seconds"] = programs.warm_seconds(keys.repetitions)
        found["first_life_seconds"] = {
            verb: [programs.seconds_to_first_life(verb) for _ in range(keys.repetitions)]
            for verb in ("run", "compare")
        }
        found["page_seconds"] = programs.page_seconds()
    return found | measure_contenders(keys, inputs, found["notes"])


def measure_sizes(wanted: Sequence[int], repetitions: int) -> dict[str, Any]:
    """Cost and peak memory of each number of agents that fits."""
    free = machine.available_memory_bytes()
    fitting, left_out = sizes_that_fit(wanted, [bytes_needed(agents) for agents in wanted], free)
    measured = []
    for agents in fitting:
        say(f"{agents:,} agents in a process of their own.")
        try:
            measured.append(programs.measure_size(agents, repetitions))
        except MemoryError as error:
            left_out.append({"agents": agents, "reason": str(error)})
    return {
        "sizes": measured,
        "left_out": left_out,
        "peak_bytes_per_further_worker": bytes_per_further_worker(measured),
    }


def measure_contenders(keys: "BenchmarkKeys", inputs: "Inputs", notes: list[str]) -> dict[str, Any]:
    """Let all contenders take turns."""
    from experiments.questions.benchmark import contenders
    from experiments.questions.benchmark.futures import Futures
    from experiments.runs.inputs import scenario_named
    from sim.calendar import FORK_YEAR
    from sim.compiled import most_threads

    scenario = scenario_named(SCENARIO, inputs)
    machine.use_threads(None)
    say(f"{keys.agents:,} agents live to the end of {FORK_YEAR}, so that all begin in the same country.")
    model = contenders.country(inputs, scenario, keys.agents)
    contenders.live_months(model, contenders.YEAR, [])  # a year of the scenario before the clock starts
    threads = sorted({1, most_threads()})
    taking_part = [
        *(contenders.engine(model, number) for number in threads),
        *contenders.limit_contenders(model, threads),
        contenders.numpy_contender(model),
    ]
    pair = None
    if contenders.twin_is_here():
        pair = contenders.Pair(inputs, scenario, keys.twin_agents)
        taking_part += pair.contenders()
    else:
        notes.append(NO_TWIN)
    with Futures(keys.draws) as futures:
        turns = take_turns(taking_part, keys.repetitions, futures.take_turn)
    if pair is not None:
        pair.check()
    workers = model.state.population.workers
    return {
        "futures": futures.found(),
        "contenders": [
            describe(each) | contender_summary(turns[each.name], turns[each.beside]) for each in taking_part
        ],
        "bytes_per_worker": sum(column.itemsize for column in workers),
        "bytes_of_columns": sum(column.nbytes for column in workers),
    }


def describe(contender: "Contender") -> dict[str, Any]:
    """Who somebody is, and what the parts of its year took if that is known."""
    facts = {key: getattr(contender, key) for key in ("name", "title", "agents", "threads", "beside")}
    return facts | ({"calendar_shares": calendar_shares(contender.steps)} if contender.steps else {})


def take_turns(
    taking_part: "Sequence[Contender]", repetitions: int, last: Callable[[], object]
) -> dict[str, list[Turn]]:
    """Let everyone take a turn in every repetition, in an order that turns round each time, then ``last``."""
    turns: dict[str, list[Turn]] = {contender.name: [] for contender in taking_part}
    for repetition in range(repetitions):
        say(f"Repetition {repetition + 1} of {repetitions}.")
        for contender in taking_part if repetition % 2 == 0 else reversed(taking_part):
            machine.use_threads(contender.threads)
            started = time.perf_counter()
            lived = contender.live()
            turns[contender.name].append(Turn(lived, time.perf_counter() - started))
        last()
    machine.use_threads(None)
    return turns
