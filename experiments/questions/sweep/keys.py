"""What can be chosen for `workforce sweep`."""

from dataclasses import dataclass
from typing import Any

from experiments.answers.common_keys import (
    DRAWS_KNOW,
    LaunchKeys,
    PopulationKeys,
    ScenarioKeys,
    data_key,
    knowledge_key,
    name_key,
    parameters_key,
    population_key,
    scenario_key,
)
from experiments.answers.keys import key
from experiments.places import LATEST

HELP = """\
workforce sweep - a study: scenarios x settings x draws x seeds, resumable and verifiable

Writes the plan of all lives first, then lives those that are not finished. Whatever stops it, the same
command goes on, and no finished life is lived again. Lives that share a history stand together in a job.

Keys (key=default: meaning)
{keys}

Examples
  workforce sweep experiment=small
  workforce sweep experiment=craftsmen population=tiny
  workforce sweep experiment=readings                      every reading of the craftsman programme
  workforce sweep name=quits 'grid.parameters.quit_per_year=[0.12,0.15,0.18]' draws=0 seeds=8

Then
  workforce status NAME         how far it is
  workforce expand NAME seeds=+4 draws=+10        more of it
  workforce retry NAME          what failed
  workforce verify NAME         every byte, and a hundredth of the lives anew
  workforce report NAME         its page

Writes results/studies/sweep/NAME/: study.json (what was chosen), plan.json (all lives), failed/ (what stopped
single lives, with the command that shows it again). Finished lives stand in results/lives/ with all others.
"""


@dataclass
class SweepKeys(LaunchKeys, ScenarioKeys):
    """What a study varies, and how far it goes."""

    experiment: str | None = key(
        None,
        "a file of configs/experiment with all of the below: {choices}",
        folder="experiment",
        overlay=True,
        shown="experiment=NAME",
    )
    name: str = name_key("the study is kept under this name")
    scenarios: dict[str, Any] = scenario_key(
        ["frozen", "reform", "adaptive"],
        "to choose from: {choices}, or any file: ./mine.yaml; single lines too: "
        "scenarios.reform.quota_factor=1.1\n"
        "a monitoring rule watches the published targets, whatever a report asks for",
    )
    seeds: int = key(4, "chance: seeds 1 to 4", low=1, high=1_000_000)
    draws: int = key(
        4,
        "knowledge: draws 1 to 4, each under every seed; 0 takes the best fit alone",
        low=0,
        high=1_000_000,
    )
    grid: dict[str, Any] = key(
        {},
        "settings, every combination of them; lists:\n"
        "'grid.parameters.quit_per_year=[0.12,0.15]' 'grid.agents=[20000,100000]'\n"
        f"'grid.knowledge=[{LATEST},prior]'\n"
        "how all scenarios read the craftsman programme: 'grid.programme.about=[selected,named]'",
    )
    population: PopulationKeys = population_key()
    parameters: dict[str, Any] = parameters_key(
        "fix single parameters in all lives: parameters.quit_per_year=0.2"
    )
    data: list[str] = data_key()
    knowledge: str = knowledge_key(DRAWS_KNOW)
    until: str | None = key(
        None,
        "'interval<0.1' adds draws, or seeds with draws=0, until the 95 % interval of the probability of all "
        "three targets is narrower than 0.1 under every scenario and setting; 'national interval<0.1' looks "
        "at one target",
    )
    most_runs: int = key(10_000, "where that ends", low=1)
