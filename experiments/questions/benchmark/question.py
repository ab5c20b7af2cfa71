"""`workforce benchmark`: how fast the engine is, beside its plain twin, numpy and two limits."""

from typing import TYPE_CHECKING

from experiments.questions.benchmark.keys import BenchmarkKeys

if TYPE_CHECKING:
    from pathlib import Path

    from sim.inputs import Inputs

BYTES_PER_TWIN = 2_500  # an agent of Mesa, about


def check(keys: BenchmarkKeys) -> "tuple[Path, Inputs]":
    """Check what depends on other choices or on the machine, before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be measured.
    """
    from experiments.answers.checks import FEWEST_AGENTS, persons, results_folder
    from experiments.answers.keys import check_whole
    from experiments.places import CONFIGS
    from sim.inputs import Inputs

    inputs = Inputs.read(CONFIGS)
    most = persons(inputs)
    check_whole("agents", keys.agents, FEWEST_AGENTS, most)
    for agents in keys.sizes:
        check_whole("each of sizes", agents, FEWEST_AGENTS, most)
    check_memory(keys.agents, keys.twin_agents)
    return results_folder(keys.results), inputs


def check_memory(agents: int, twin_agents: int) -> None:
    """Check that the engine and the twin fit into the memory that is free."""
    from experiments.answers.checks import bytes_needed
    from experiments.runs.machine import available_memory_bytes
    from sim.errors import InputError

    free, needed = available_memory_bytes(), bytes_needed(agents) + twin_agents * BYTES_PER_TWIN
    if free is not None and needed > free:
        raise InputError(
            f"agents={agents} and twin_agents={twin_agents} need about {needed / 1e9:.1f} GB of memory and "
            f"{free / 1e9:.1f} GB are free; choose fewer, for example agents=1000000"
        )


def main(keys: BenchmarkKeys) -> None:
    """Measure, keep and print."""
    results, inputs = check(keys)
    from experiments.questions.benchmark.measure import measure
    from experiments.questions.benchmark.summary import markdown, terminal
    from experiments.runs.files import write_json, written_aside

    try:
        found = measure(keys, inputs)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("what was measured is not kept") from None
    final = results / "benchmark" / keys.name
    with written_aside(final) as folder:
        write_json(folder / "benchmark.json", found)
        (folder / "table.md").write_text(markdown(found), encoding="utf-8")
    print(terminal(found))
    print(f"Results: {final}")
