"""The countries that the validation looks at: the best knowledge there is, and states to go on from."""

from typing import Any, Final

from experiments.places import CONFIGS, LATEST
from sim.inputs import Inputs
from sim.model import WorkforceModel
from sim.parameters import Overrides
from sim.policy.scenario import Scenario, load_scenario
from sim.state import State

CALIBRATIONS: Final = CONFIGS / "calibration"
FULL: Final = LATEST  # fitted to all figures


def calibrated(name: str = FULL) -> bool:
    """Whether a calibration of that name is there."""
    return (CALIBRATIONS / name / "posterior.csv").is_file()


def knowledge() -> str:
    """Where the parameters come from, in words."""
    return "the best fit" if calibrated() else "central values, not calibrated"


def inputs(overrides: Overrides | None = None) -> Inputs:
    """The best fit when there is one, else the central values; ``overrides`` go before both."""
    known: dict[str, Any] = {"knowledge": FULL} if calibrated() else {}
    return Inputs.read(CONFIGS, overrides, **known)


def frozen() -> Scenario:
    """The baseline scenario."""
    return load_scenario("frozen", CONFIGS / "scenario", inputs().catalogue)


def history(agents: int, seed: int) -> WorkforceModel:
    """A country at the end of 2014 with the first draw."""
    return WorkforceModel(frozen(), inputs=inputs(), agents=agents, seed=seed)


def going_on(state: State, scenario: Scenario, overrides: Overrides | None = None) -> WorkforceModel:
    """A model that goes on from a copy of a state, under a scenario and other parameters."""
    return WorkforceModel(scenario, inputs=inputs(overrides), seed=1, state=state.copy())
