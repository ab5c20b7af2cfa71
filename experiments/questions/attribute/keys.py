"""What can be chosen for `workforce attribute`."""

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

HELP = """\
workforce attribute - which family of measures brings how much

Lets the families in which two scenarios differ join one after the other, for each draw in another order and
in its reverse, with the same chance and knowledge. What a family adds is in the mean its fair share of the
difference: its Shapley value, over all orders in which the families may come. The shares sum to the whole
difference. What differs besides the families, quotas or assumptions about the future, counts as one more
player: intakes. The page also says which families help each other, and what one per cent more places,
nominations, passes or retention would bring to each tier.

Keys (key=default: meaning)
{keys}

Examples
  workforce attribute
  workforce attribute scenario=people_first draws=48 name=people

Writes results/attribute/NAME/: report.html (the page), shares.csv, interactions.csv, totals.csv,
levers.csv, figures/. After an interruption the same command goes on; no life is lived twice.
"""


@dataclass
class AttributeKeys(AimedKeys, WrittenKeys, ScenarioKeys):
    """Which difference is explained, and by how many lives."""

    scenario: dict[str, Any] = scenario_key(
        "reform",
        "whose difference is explained, a name or a file; single lines too: "
        "scenario.families.skills.level=0.5",
    )
    baseline: dict[str, Any] = scenario_key(
        "frozen", "what it is a difference from; single lines too: baseline.delivery_factor=0.8"
    )
    draws: int = key(
        24,
        "sets of parameter values, each with a chance and an order of its own; more, narrower intervals",
        low=2,  # from which intervals follow
        high=10_000,
    )
    agents: int = key(
        20_000, "agents of each life; what is not known widens intervals more than few agents do"
    )
    parameters: dict[str, Any] = parameters_key()
    data: list[str] = data_key()
    knowledge: str = knowledge_key()
    targets: TargetKeys = targets_key("year that is looked at, and how craftsmen are counted")
