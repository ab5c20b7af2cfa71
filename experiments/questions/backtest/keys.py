"""What can be chosen for `workforce backtest`."""

from dataclasses import dataclass
from typing import Any

from experiments.answers.common_keys import (
    PageKeys,
    ScenarioKeys,
    WrittenKeys,
    check_file,
    knowledge_key,
    scenario_key,
)
from experiments.answers.keys import below, key

FIRST, LAST = 2015, 2035  # years that the model lives; help waits for no file, and a test holds these to it

HELP = """\
workforce backtest - the calibrated model beside observed figures

Compares a table of figures with the history that the model simulates and with its forecast: how far off it
is, whether the figures lie in its 5 to 95 % ranges, and whether it does better than two naive forecasts.

Keys (key=default: meaning)
{keys}

Examples
  workforce backtest observed=figures.csv
  workforce backtest observed=figures.csv flows=flows.csv name=both
  workforce backtest observed=figures.csv knowledge=until_2018 known_until=2018 name=blind

Ranges hold chance, what is not known of parameters, and the model's own error: what calibration left
unexplained of an indicator, larger for each year beyond the fitted ones. Writes results/backtest/NAME/:
report.html (the page), figures/, rows.csv, indicators.csv, flows.csv, not_compared.csv, summary.json. Figures
that the model has no value for are listed there with the reason, and enter no mean.
"""


@dataclass
class BacktestKeys(WrittenKeys, ScenarioKeys):
    """What is compared, with how many histories."""

    observed: str | None = key(
        None,
        "CSV file with the columns indicator,year,value and, if wanted, province and unit; names as in "
        f"national_series.csv and provincial_series.csv, years {FIRST} to {LAST}. Units such as "
        "persons, million persons or share are converted to the published one, in which figures without a "
        "unit are taken",
        check=check_file,
        is_file=True,
    )
    flows: str | None = key(
        None,
        "CSV file with the columns origin_code,dest_code,year,value: who lives where, by home. One of the "
        f"two files is needed; years before {FIRST} are beside the end of {FIRST - 1}",
        check=check_file,
        is_file=True,
    )
    draws: int = key(40, "parameter sets, each with a seed of its own", low=1, high=10_000)
    agents: int = key(40_000, "agents of each history")
    scenario: dict[str, Any] = scenario_key(
        "frozen", "measures once history ends; a name, or a file: ./mine.yaml"
    )
    knowledge: str = knowledge_key()
    known_until: int = key(
        2024,
        "the last fitted year, and the last that lives and naive forecasts may know",
        low=FIRST,
        high=LAST,
    )
    report: PageKeys = below(PageKeys)
