"""What can be chosen for `workforce sensitivity`."""

from dataclasses import dataclass
from typing import Any

from experiments.answers.common_keys import (
    AimedKeys,
    PageKeys,
    ScenarioKeys,
    TargetKeys,
    WrittenKeys,
    data_key,
    knowledge_key,
    scenario_key,
    targets_key,
)
from experiments.answers.keys import below, key
from sim.errors import InputError


def check_power(name: str, number: int) -> None:
    """Check that a number is a power of two."""
    if number & (number - 1):
        raise InputError(f"{name}={number} must be a power of two: 64, 128, 256 ...")


HELP = """\
workforce sensitivity - which uncertain number moves which outcome

Screens all uncertain parameters and effects of measures (Morris), then splits the variance of each outcome
among the most important ones (Sobol indices with intervals). Outcomes are the three attainments, and the
highly skilled, the skill premium, satisfaction, settled migrants and young entries; each as a level under
the scenario and as its difference from the baseline, same seeds in both.

Keys (key=default: meaning)
{keys}

Examples
  workforce sensitivity
  workforce sensitivity scenario=skills_first samples=256 seeds=2 name=skills

Writes results/sensitivity/NAME/: report.html (the page), figures/, morris.csv, sobol.csv, summary.json. After
an interruption the same command goes on; no pair of lives is lived twice.
"""


@dataclass
class SensitivityKeys(AimedKeys, WrittenKeys, ScenarioKeys):
    """Which lives are compared, and how many."""

    scenario: dict[str, Any] = scenario_key(
        "reform", "measures whose outcomes are looked at: a name, or a file"
    )
    baseline: dict[str, Any] = scenario_key(
        "frozen", "what differences are against; single lines too: baseline.delivery_factor=0.8"
    )
    trajectories: int = key(
        6,
        "of the screening; each takes one pair of lives for each uncertain number, and one more",
        low=2,
        high=10_000,
    )
    keep: int = key(8, "numbers that are kept for the indices")
    samples: int = key(
        64,
        "a power of two; indices take samples x (keep + 2) pairs of lives",
        low=2,
        high=2**20,
        check=check_power,
    )
    seeds: int = key(1, "pairs of lives that each sample is averaged over", low=1, high=1_000)
    agents: int = key(20_000, "agents of each life")
    data: list[str] = data_key()
    knowledge: str = knowledge_key("calibration that ranges come from; prior takes the whole ranges")
    targets: TargetKeys = targets_key("what attainments are shares of")
    report: PageKeys = below(PageKeys)
