"""A small country whose history ends with another year.

Started by a test as ``python -m tests.another_fork YEAR``, as the fork is read when the calendar is imported.
Prints, as JSON, what the test asks.
"""

import json
import sys
from collections.abc import MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from sim import constants
from sim.parameters import Parameter

CONFIGS = Path(__file__).parents[1] / "configs"


def put(year: int) -> None:
    """Let the constant be another one, as if it stood in its file."""
    rows = cast("MutableMapping[str, Parameter]", constants.register().parameters)
    rows["fork_year"] = replace(rows["fork_year"], value=year)


def live(year: int) -> dict[str, Any]:
    """Live to the fork and a year on, under the frozen scenario and one with a measure and more demand."""
    from sim.calendar import FORK, FORK_YEAR
    from sim.errors import InputError
    from sim.inputs import Inputs
    from sim.model import WorkforceModel
    from sim.policy.path import date_text
    from sim.policy.scenario import read_scenario
    from sim.policy.scenario_file import scenario_lines

    inputs = Inputs.read(CONFIGS, {"delivery_lag_months": 0.0})
    lines = scenario_lines("frozen", CONFIGS / "scenario") | {"labour_demand_growth_per_year": -0.006}

    def starting(month: int) -> dict[str, Any]:
        path = {"start": date_text(month), "level": 1.0}
        return lines | {"families": {"skills": path}, "labour_demand_growth_per_year": 0.2}

    frozen, other = (read_scenario(content, inputs.catalogue) for content in (lines, starting(FORK + 1)))
    refused = ""
    try:
        read_scenario(starting(FORK), inputs.catalogue)
    except InputError as error:
        refused = str(error)
    history = WorkforceModel(frozen, inputs=inputs, agents=4_000, seed=1)
    history.run_to(2024)
    early = history.state_digest()
    history.run_to(year)
    lives = [history.fork(scenario) for scenario in (frozen, other)]
    for one in lives:
        one.run_to(year + 1)
    return {
        "year": FORK_YEAR,
        "early": early,
        "refused": refused,
        "demand": [float(one.state.market.demand(FORK + 12).sum()) for one in lives],
        "examination": [float(one.rates.examination_per_year.mean()) for one in lives],
    }


if __name__ == "__main__":
    put(int(sys.argv[1]))
    sys.stdout.write(json.dumps(live(int(sys.argv[1]))) + "\n")
