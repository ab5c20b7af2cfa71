"""Cost of a worker-month and peak of memory by number of agents, each in a process of its own.

``python -m experiments.questions.benchmark.sizes AGENTS YEARS`` prints what it measured as JSON.
The first year, 2015, is lived before the clock starts.
"""

import json
import sys
import time
from typing import Any

from experiments.questions.benchmark.programs import output_of
from experiments.questions.benchmark.summary import Turn, spread
from experiments.runs import machine

FIRST_YEAR = 2015
ENOUGH_SECONDS = 60.0  # after which no further year is begun


def measure(agents: int, years: int) -> dict[str, Any]:
    """Measure one number of agents in a process of its own."""
    printed = output_of(["experiments.questions.benchmark.sizes", str(agents), str(years)])
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def live(agents: int, years: int) -> dict[str, Any]:
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
    print(json.dumps(live(int(sys.argv[1]), int(sys.argv[2]))))
