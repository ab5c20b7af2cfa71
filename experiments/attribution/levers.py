"""One per cent more at each place where the ladder to the craftsmen may jam: what it would bring.

The lever that brings most is the binding constraint; one that brings nothing does not bind.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from experiments.report.language import Labels
from sim.inputs import Inputs
from sim.policy.scenario import Quota, Scenario

if TYPE_CHECKING:
    from sim.parameters import Register

PER_CENT: Final = 0.01
PLACES: Final = "places"
LEVERS: Final = Labels({
    PLACES: "1 % more places",
    "nominations": "1 % more nominations of the qualified",
    "completion": "1 % more who pass the evaluation",
    "retention": "1 % fewer craftsmen and candidates who leave",
})  # fmt: skip
RATES: Final = {"nominations": "nomination_per_year", "completion": "cultivation_completion"}
LAW: Final = {"retention": "leave_recognised_factor"}


def pulled(lever: str, scenario: Scenario, inputs: Inputs, draw: int) -> tuple[Scenario, Inputs]:
    """The scenario and the inputs of a draw, one lever pulled; without a name both as they are."""
    if lever == PLACES:
        in_year = tuple((year, _more(quota)) for year, quota in scenario.quota_in_year)
        return replace(scenario, quota_per_year=_more(scenario.quota_per_year), quota_in_year=in_year), inputs
    if lever in RATES:
        rates = _times(inputs.rates, RATES[lever], 1.0 + PER_CENT, draw)
        return scenario, replace(inputs, rates=rates)
    if lever in LAW:
        return scenario, replace(inputs, law=_times(inputs.law, LAW[lever], 1.0 - PER_CENT, draw))
    return scenario, inputs


def _more(quota: Quota) -> Quota:
    city, provincial, national = (round(places * (1.0 + PER_CENT)) for places in quota)
    return city, provincial, national


def _times(register: "Register", name: str, factor: float, draw: int) -> "Register":
    """The register with one number of a draw multiplied, as far as its bounds allow."""
    value = float(register.values(draw)[name]) * factor
    return register.with_overrides({name: min(value, register[name].bounds[1])})
