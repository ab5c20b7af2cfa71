"""What can be chosen for `workforce calibrate`."""

from dataclasses import dataclass
from typing import Final

from experiments.answers.common_keys import PageKeys, WrittenKeys, data_key, name_key
from experiments.answers.keys import MOST_WHOLE, below, key

LAST: Final = 2035  # of sim.calendar, which help does not load
HELP = """\
workforce calibrate - fit the uncertain parameters to published history

Draws an ensemble of parameter sets from the ranges of the register, lives the years from 2015 under each, and
pulls the ensemble towards the published figures in a few rounds (ensemble smoother with multiple data
assimilation). Keeps the draws whose histories are within the tolerances, and the best fit. Parameters that
history says nothing about keep their ranges and are listed. Where the first national round of craftsmen
is known, draws are weighted by the share of it that each names, at a discount (docs/decisions/0035).

Keys (key=default: meaning)
{keys}

Examples
  workforce calibrate
  workforce calibrate members=60 rounds=2 agents=20000 draws=20 name=first_look
  workforce calibrate until=2018 name=blind                 for a look at years that it has not seen
  workforce calibrate 'data=[./2025.csv]' until=2025 name=mine
  workforce compare 'data=[./2025.csv]' knowledge=results/calibrate/mine

What is fitted, with which weight, stands in configs/calibration/targets.yaml. Writes
results/calibrate/NAME/: report.html (the page), figures/, posterior.csv (quantiles of the parameters, the
best fit first), fit.csv, residuals.csv, parameters.csv, summary.json. After an interruption the same command
goes on; no history is lived twice.
"""


@dataclass
class CalibrateKeys(WrittenKeys):
    """How many histories, to which year."""

    until: int = key(2024, "the last year whose figures are used, {low} to {high}", low=2016, high=LAST)
    data: list[str] = data_key()
    agents: int = key(40_000, "agents of each history")
    members: int = key(600, "parameter sets in the ensemble", low=20, high=100_000)
    rounds: int = key(4, "rounds of assimilation", low=1, high=20)
    draws: int = key(500, "draws to be kept", low=1, high=100_000)
    seed: int = key(1, "chance of the ensemble and of the histories", low=0, high=MOST_WHOLE)
    name: str = name_key()
    install: bool = key(
        False, "true: also write it to configs/calibration/until_YEAR, for knowledge=until_YEAR"
    )
    report: PageKeys = below(PageKeys)
