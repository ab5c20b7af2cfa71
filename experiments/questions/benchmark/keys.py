"""What can be chosen for `workforce benchmark`."""

from dataclasses import dataclass

from experiments.answers.common_keys import NamedKeys, name_key
from experiments.answers.keys import key

MOST_TURNS = 4  # the engine lives two years in each, of those from a year after the fork to the end

HELP = """\
workforce benchmark - how fast the engine is, and beside what

Lets all take turns in one run, so that what slows the machine slows all alike: the engine on 1 thread and on
all, whole years with all institutions; a plain Mesa twin that lives the same lives; the heaviest decisions in
numpy; a bare pass over the same bytes (no engine is faster than the memory) and the random numbers alone (nor
than these); and small lives through executor and store: futures a minute, and what a year, a fork and the
store cost. Then memory and cost by number of agents, each in a process of its own.

Keys (key=default: meaning)
{keys}

Examples
  workforce benchmark
  workforce benchmark agents=200000 twin_agents=10000 'sizes=[10000,100000]' repetitions=2 commands=false

Writes results/benchmark/NAME/: benchmark.json (every turn) and table.md. Let nothing else run meanwhile.
"""


@dataclass
class BenchmarkKeys(NamedKeys):
    """How large, how often, and beside what."""

    agents: int = key(2_000_000, "agents of the engine, of numpy and of the two limits")
    twin_agents: int = key(
        100_000,
        "agents of the Mesa twin and of the engine beside it; the twin takes about a second for a month of "
        "100,000. It is in the repository's tests/: run from a clone",
        low=4_000,
        high=2_000_000,
    )
    repetitions: int = key(
        MOST_TURNS,
        "turns of each, {low} to {high}; the figures are their median and range",
        low=1,
        high=MOST_TURNS,
    )
    draws: int = key(
        12,
        "how many draws are lived under three scenarios in each turn, to measure futures a minute",
        low=1,
        high=1_000,
    )
    sizes: list[int] = key(
        [20_000, 200_000, 2_000_000],
        "numbers of agents for memory and cost; those that do not fit are left out, with a line",
    )
    commands: bool = key(
        True,
        "also time whole commands: `workforce run population=tiny`, warm and with nothing compiled yet, the "
        "way to the first life, and a small page",
    )
    name: str = name_key("the results are kept under this name; the same name replaces them")
