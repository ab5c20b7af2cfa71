"""`workforce benchmark`: how fast the engine is, beside its plain twin, numpy and two limits."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from sim.inputs import Inputs

MOST_REPETITIONS = 5  # the engine lives two years in each, and 2026 to 2035 are ten
FEWEST_TWINS, MOST_TWINS = 4_000, 2_000_000
BYTES_PER_TWIN = 2_500  # an agent of Mesa, about

HELP = """\
workforce benchmark - how fast the engine is, and beside what

Lets all take turns in one run, so that what slows the machine slows all alike: the engine on 1 thread and on
all, whole years with all institutions; a plain Mesa twin that lives the same lives; the heaviest decisions in
numpy; a bare pass over the same bytes (no engine is faster than the memory) and the random numbers alone (nor
than these). Then memory and cost by number of agents, each in a process of its own.

Keys (key=default: meaning)
  agents=20000000       agents of the engine, of numpy and of the two limits
  twin_agents=100000    agents of the Mesa twin and of the engine beside it; the twin takes about a second for
                        a month of 100,000. It is in the repository's tests/: run from a clone
  repetitions=5         turns of each, 1 to 5; the figures are their median and range
  'sizes=[10000,100000,1000000,10000000,100000000]'
                        numbers of agents for memory and cost; those that do not fit are left out, with a line
  commands=true         also time a whole `workforce run population=tiny`, warm and with nothing compiled yet
  name=default          the results are kept under this name; the same name replaces them
  results=results       folder that results are written to

Examples
  workforce benchmark
  workforce benchmark agents=200000 twin_agents=10000 'sizes=[10000,100000]' repetitions=2 commands=false

Writes results/benchmark/NAME/: benchmark.json (every turn) and table.md. Let nothing else run meanwhile.
"""


def help_text() -> str:
    """Text of ``workforce benchmark --help``."""
    return HELP


def check(settings: dict[str, Any]) -> "tuple[Path, Inputs]":
    """Check all choices before anything starts.

    Raises
    ------
    InputError
        In one line, for anything that cannot be measured.
    """
    from experiments.answers.checks import FEWEST_AGENTS, check_name, check_whole, persons, results_folder
    from experiments.places import CONFIGS
    from sim.inputs import Inputs

    inputs = Inputs.read(CONFIGS)
    most = persons(inputs)
    check_name(settings["name"])
    check_whole(settings, "agents", low=FEWEST_AGENTS, high=most)
    check_whole(settings, "twin_agents", low=FEWEST_TWINS, high=MOST_TWINS)
    check_whole(settings, "repetitions", low=1, high=MOST_REPETITIONS)
    for agents in settings["sizes"]:
        check_whole({"each of sizes": agents}, "each of sizes", low=FEWEST_AGENTS, high=most)
    check_memory(settings["agents"], settings["twin_agents"])
    return results_folder(settings), inputs


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


def main(settings: dict[str, Any]) -> None:
    """Measure, keep and print."""
    results, inputs = check(settings)
    from experiments.questions.benchmark.measure import measure
    from experiments.questions.benchmark.table import markdown, terminal
    from experiments.runs.files import write_json, written_aside

    try:
        found = measure(settings, inputs)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("what was measured is not kept") from None
    final = results / "benchmark" / settings["name"]
    with written_aside(final) as folder:
        write_json(folder / "benchmark.json", found)
        (folder / "table.md").write_text(markdown(found), encoding="utf-8")
    print(terminal(found))
    print(f"Results: {final}")
