"""The whole benchmark: sizes and commands in processes of their own, then all contenders in turns."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments import engine
from experiments.lives import now
from experiments.speed import programs, sizes
from experiments.speed.machine import machine
from experiments.speed.summary import (
    Turn,
    bytes_per_further_worker,
    calendar_shares,
    contender_summary,
    sizes_that_fit,
)
from experiments.validate import bytes_needed

if TYPE_CHECKING:
    from experiments.speed.contenders import Contender
    from sim.inputs import Inputs

SCENARIO = "reform"
NO_TWIN = "the twin is in the repository's tests/; run from a clone to measure it"


def say(text: str) -> None:
    """Tell how far the work is."""
    print(text, flush=True)


def measure(settings: dict[str, Any], inputs: "Inputs") -> dict[str, Any]:
    """Measure everything; returns what is written to benchmark.json."""
    engine.compile_once()
    found: dict[str, Any] = {"date": now(), "machine": machine(), "settings": settings, "notes": []}
    found |= measure_sizes(settings["sizes"], settings["repetitions"])
    if settings["commands"]:
        say("Timing the command itself, with nothing compiled and warm.")
        found["first_seconds"] = programs.first_seconds()
        found["warm_seconds"] = programs.warm_seconds(settings["repetitions"])
    return found | measure_contenders(settings, inputs, found["notes"])


def measure_sizes(wanted: Sequence[int], repetitions: int) -> dict[str, Any]:
    """Cost and peak memory of each number of agents that fits."""
    free = engine.available_memory_bytes()
    fitting, left_out = sizes_that_fit(wanted, [bytes_needed(agents, copies=1) for agents in wanted], free)
    measured = []
    for agents in fitting:
        say(f"{agents:,} agents in a process of their own.")
        try:
            measured.append(sizes.measure(agents, repetitions))
        except MemoryError as error:
            left_out.append({"agents": agents, "reason": str(error)})
    return {
        "sizes": measured,
        "left_out": left_out,
        "peak_bytes_per_further_worker": bytes_per_further_worker(measured),
    }


def measure_contenders(settings: dict[str, Any], inputs: "Inputs", notes: list[str]) -> dict[str, Any]:
    """Let all contenders take turns."""
    from experiments.choices import CONFIGS
    from experiments.speed import contenders
    from sim.compiled import most_threads
    from sim.policy.scenario import load_scenario

    scenario = load_scenario(SCENARIO, CONFIGS / "scenario", inputs.catalogue)
    engine.use_threads(None)
    say(f"{settings['agents']:,} agents live from 2015 to 2024, so that all begin in the same country.")
    one = contenders.country(inputs, scenario, settings["agents"])
    one.live(contenders.YEAR)  # a year before the clock starts
    one.steps.clear()
    threads = sorted({1, most_threads()})
    taking_part = [
        *contenders.engines(one, threads),
        *contenders.limit_contenders(one, threads),
        contenders.numpy_contender(one),
    ]
    pair = None
    if contenders.twin_is_here():
        pair = contenders.Pair(inputs, scenario, settings["twin_agents"])
        taking_part += pair.contenders()
    else:
        notes.append(NO_TWIN)
    turns = take_turns(taking_part, settings["repetitions"])
    if pair is not None:
        pair.check()
    workers = one.model.state.population.workers
    return {
        "contenders": [
            {
                "name": each.name,
                "title": each.title,
                "agents": each.agents,
                "threads": each.threads,
                "beside": each.beside,
                **contender_summary(turns[each.name], turns[each.beside]),
            }
            for each in taking_part
        ],
        "calendar_shares": calendar_shares(one.steps),
        "bytes_per_worker": sum(column.itemsize for column in workers),
        "bytes_of_columns": sum(column.nbytes for column in workers),
    }


def take_turns(taking_part: "Sequence[Contender]", repetitions: int) -> dict[str, list[Turn]]:
    """Let everyone take a turn in every repetition, in an order that turns round each time."""
    turns: dict[str, list[Turn]] = {contender.name: [] for contender in taking_part}
    for repetition in range(repetitions):
        say(f"Repetition {repetition + 1} of {repetitions}.")
        for contender in taking_part if repetition % 2 == 0 else reversed(taking_part):
            engine.use_threads(contender.threads)
            started = time.perf_counter()
            lived = contender.live()
            turns[contender.name].append(Turn(lived, time.perf_counter() - started))
    engine.use_threads(None)
    return turns
