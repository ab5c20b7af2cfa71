"""What can be chosen for `workforce run`."""

from dataclasses import dataclass
from typing import Any

from experiments.answers.common_keys import (
    DRAWS_KNOW,
    LifeKeys,
    PopulationKeys,
    ScenarioKeys,
    TargetKeys,
    data_key,
    knowledge_key,
    parameters_key,
    population_key,
    scenario_key,
    targets_key,
)
from experiments.answers.keys import MOST_WHOLE, key

HELP = """\
workforce run - one life of the country under one scenario

Simulates the industrial workforce from 2015 to 2035, month by month, and keeps yearly figures. One life is
an example, not a forecast: chance alone moves the numbers. Use draws=20, or `workforce compare`, for
probabilities.

Keys (key=default: meaning)
{keys}

Examples
  workforce run scenario=frozen
  workforce run scenario=reform population=tiny seed=2
  workforce run scenario=reform population=tiny draws=20         one policy, twenty ways the world may be
  workforce run -m scenario=frozen,reform seed=1,2,3            six lives, one after the other
  workforce run -m scenario=frozen,reform seed=1,2,3 hydra/launcher=joblib      side by side
  workforce run --cfg job                                       shows what would be simulated

Writes results/runs/NUMBER/: indicators.parquet (yearly figures by province and group), config.yaml,
manifest.json. The number follows from everything that decides the result; a life that is already there is
not simulated again.
"""


@dataclass
class RunKeys(LifeKeys, ScenarioKeys):
    """Which life."""

    scenario: dict[str, Any] = scenario_key(
        "reform",
        "measures over time; one of the files in configs/scenario:\n{choices}\n"
        "or any file: scenario=./mine.yaml (docs/scenarios.md)\n"
        "a single measure can be "
        "changed:\nscenario.measures.staff_congress.level=0.5",
    )
    population: PopulationKeys = population_key()
    seed: int = key(1, "chance: another seed is another life under the same policy", low=0, high=MOST_WHOLE)
    draw: int = key(
        0,
        "knowledge: 0 takes the best fit of every uncertain parameter, 1, 2, 3 ... other values that agree "
        "with published history",
        low=0,
        high=MOST_WHOLE,
    )
    draws: int | None = key(
        None,
        "20 lives draws 1 to 20 under the seed, one after the other, and says how likely the targets are; "
        "takes the place of draw",
        low=1,
        high=100_000,
    )
    parameters: dict[str, Any] = parameters_key()
    data: list[str] = data_key()
    knowledge: str = knowledge_key(DRAWS_KNOW)
    targets: TargetKeys = targets_key(
        "what the result is compared with, and what a monitoring rule watches; for example "
        "targets.national=1500"
    )
