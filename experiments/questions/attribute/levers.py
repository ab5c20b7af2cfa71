"""One per cent more at each place where the ladder to the craftsmen may jam: what it would bring.

The lever that brings most is the binding constraint; one that brings nothing does not bind.
"""

from dataclasses import replace
from typing import Final

from experiments.pages.language import Labels
from experiments.runs.life import Named
from sim.policy.intakes import Quota
from sim.policy.scenario import Scenario

PER_CENT: Final = 0.01
PLACES: Final = "places"
LEVERS: Final = Labels({
    PLACES: "1 % more places",
    "nominations": "1 % more nominations of the qualified",
    "completion": "1 % more who pass the evaluation",
    "retention": "1 % fewer craftsmen and candidates who leave",
})  # fmt: skip
FACTORS: Final = {
    "nominations": ("nomination_per_year", 1.0 + PER_CENT),
    "completion": ("cultivation_completion", 1.0 + PER_CENT),
    "retention": ("leave_recognised_factor", 1.0 - PER_CENT),
}


def pulled(lever: str, scenario: Scenario) -> tuple[Scenario, Named]:
    """The scenario with one lever pulled, and the factors of parameters; without a name nothing changes."""
    if lever == PLACES:
        in_year = tuple((year, _more(quota)) for year, quota in scenario.quota_in_year)
        return replace(scenario, quota_per_year=_more(scenario.quota_per_year), quota_in_year=in_year), ()
    return scenario, (FACTORS[lever],) if lever in FACTORS else ()


def _more(quota: Quota) -> Quota:
    city, provincial, national = (round(places * (1.0 + PER_CENT)) for places in quota)
    return city, provincial, national
