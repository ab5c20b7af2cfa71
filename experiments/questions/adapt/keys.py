"""What can be chosen for `workforce adapt`."""

from dataclasses import dataclass
from typing import Any

from experiments.answers.common_keys import (
    AimedKeys,
    ScenarioKeys,
    TargetKeys,
    WrittenKeys,
    data_key,
    knowledge_key,
    parameters_key,
    scenario_key,
    targets_key,
)
from experiments.answers.keys import key
from sim.errors import InputError


def check_some(name: str, numbers: list[float]) -> None:
    """Check that there is one at least."""
    if not numbers:
        raise InputError(f"{name} is empty; write at least one number: '{name}=[0,1]'")


HELP = """\
workforce adapt - what a monitoring rule is worth, beside the fixed plan and perfect foresight

Lives every future (a set of parameter values with a chance of its own) after one and the same past under the
fixed plan, which is the scenario without its rule; under the monitored plan, with the rule; and under a set
of other plans. A planner with perfect foresight knows each future beforehand and takes from the set the
cheapest plan that reaches all three targets there, or, when none does, the one with the smallest largest
shortfall. The page says what the rule gains, what it costs, how much of the gap to perfect foresight it
closes, when it responds, how often for nothing, and what it misses.

The rule (key=default: meaning)
{keys}

Examples
  workforce adapt
  workforce adapt scenario.monitoring.first_review=2027 scenario.monitoring.every_years=1 name=early

Writes results/adapt/NAME/: report.html (the page), chances.csv, costs.csv, worth.csv, regret.csv, alarms.csv,
responses.csv, plans.csv, futures.csv, figures/. After an interruption the same command goes on; no future is
lived twice.
"""


RULE = """\
    scenario.monitoring.tiers=[city,provincial,national]     what is watched: craftsmen of these tiers
    scenario.monitoring.first_review=2029                    first review, at the end of that year
    scenario.monitoring.every_years=2                        years between reviews
    scenario.monitoring.threshold=1                          behind if below this share of the target
    scenario.monitoring.quota_factor=1.1                     response: all intakes times this
    scenario.monitoring.intensity_step=0.2                   response: intensity up by this, at most to 1
    scenario.monitoring.families=[skills,delivery]           response: of these families
    scenario.monitoring.delay_months=12                      from the January after the review
    scenario.monitoring.budget_million_yuan_per_year=null    no more intensity after a year that cost more"""


@dataclass
class AdaptKeys(AimedKeys, WrittenKeys, ScenarioKeys):
    """The rule, the plans beside it, and how many futures."""

    scenario: dict[str, Any] = scenario_key(
        "adaptive", f"a scenario with a monitoring rule, or a file: ./mine.yaml; single lines too:\n{RULE}"
    )
    levels: list[float] = key(
        [0.0, 0.25, 0.5, 0.75, 1.0, 1.25],
        "intensity of all measures over that of the fixed plan, none above 1",
        low=0,
        high=10,
        check=check_some,
        heading="Perfect foresight",
    )
    places: list[float] = key(
        [0.0, 0.5, 1.0],
        "share of the places that the rule could add at most, given evenly over all intakes to come (the "
        "set is every level with every share, the fixed and the monitored plan; with a budget, those of the "
        "others that keep to it in every year)",
        low=0,
        high=1,
        check=check_some,
    )
    draws: int = key(
        48,
        "sets of parameter values, each with a chance of its own; more, narrower intervals",
        low=2,  # from which intervals follow
        high=10_000,
        heading="All together",
    )
    agents: int = key(
        20_000, "agents of each life; what is not known widens intervals more than few agents do"
    )
    parameters: dict[str, Any] = parameters_key()
    data: list[str] = data_key()
    knowledge: str = knowledge_key()
    targets: TargetKeys = targets_key(
        "what is to be reached, and what the rule watches: numbers, year and counting"
    )
