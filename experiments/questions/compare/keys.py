"""What can be chosen for `workforce compare`."""

from dataclasses import dataclass
from typing import Any

from experiments.answers.common_keys import (
    DRAWS_KNOW,
    LaunchKeys,
    LifeKeys,
    PageKeys,
    PopulationKeys,
    ScenarioKeys,
    TargetKeys,
    check_file,
    data_key,
    knowledge_key,
    name_key,
    parameters_key,
    population_key,
    scenario_key,
    targets_key,
)
from experiments.answers.keys import MOST_WHOLE, below, key

HELP = """\
workforce compare - scenarios against the targets

Lives the years 2015 to 2035 many times over, under each scenario, and writes a page for planners: how likely
each target is, where the ladder leaks, who gains and who loses. All scenarios share the same history and the
same chances, so that every difference between them is made by the measures; but scenarios that read the
craftsman programme otherwise have a history of their own (docs/scenarios.md).

Keys (key=default: meaning)
{keys}

Examples
  workforce compare
  workforce compare seeds=4 name=first_look
  workforce compare 'scenarios=[frozen,skills_first,people_first]' seeds=200 name=two_ways
  workforce compare population=sample seeds=24 name=provinces

Writes results/compare/NAME/: report.html (the page), figures/, targets.csv, indicators.parquet,
paired.parquet, biographies.parquet (a few lives of the first seed, year by year), provinces.csv,
commitments.csv, manifest.json. After an interruption (Ctrl-C) the same command goes on where it stopped.
"""


@dataclass
class CompareKeys(LaunchKeys, LifeKeys, ScenarioKeys):
    """What is compared, by how many lives, and what is written."""

    scenarios: dict[str, Any] = scenario_key(
        ["frozen", "reform", "adaptive"],
        "what is compared; the first is the baseline of all differences. To choose from:\n{choices}\n"
        "and any file: 'scenarios=[frozen,./mine.yaml]'; single lines too: scenarios.reform.quota_factor=1.1",
    )
    seeds: int = key(
        60, "number of runs of each scenario; more runs, narrower intervals", low=1, high=100_000
    )
    draws: int | None = key(
        None,
        "knowledge: null gives each run other values of the uncertain parameters, but of the first 24 every "
        "fourth those of the run before, so that the page can tell chance, knowledge and policy apart (from "
        "8 seeds on); 0 gives all runs the best fit; 8 shares 8 sets of values among the runs, as many as "
        "seeds never repeats one",
        low=0,
        high=MOST_WHOLE,
    )
    first_seed: int = key(1, "number of the first seed; 1001 lives other futures", low=1, high=MOST_WHOLE)
    first_draw: int = key(
        1, "number of the first set of values of the uncertain parameters", low=1, high=MOST_WHOLE
    )
    population: PopulationKeys = population_key("tiny")  # futures tell more than agents (decision 0029)
    parameters: dict[str, Any] = parameters_key()
    data: list[str] = data_key()
    knowledge: str = knowledge_key(DRAWS_KNOW)
    targets: TargetKeys = targets_key(
        "what is to be reached; for example targets.national=1500\n"
        "targets.year=2032: the page and its tables end with that year\n"
        "targets.counting=active counts those still in the trade, not all certificates"
    )
    commitments: str | None = key(
        None,
        "CSV file of what provinces promise by the end of the targets' year, with the columns "
        "province,tier,commitment; for example configs/promises/published.csv. The page says how likely "
        "each is met. No life depends on it, and finished runs serve again",
        check=check_file,
        is_file=True,
    )
    name: str = name_key("the comparison is kept under this name; the same name replaces it")
    report: PageKeys = below(PageKeys)
