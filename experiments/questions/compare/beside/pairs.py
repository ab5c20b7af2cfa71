"""What one scenario reaches more than another, run by run with the same chance and knowledge."""

from itertools import permutations
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.outcomes.intervals import mean_interval, share_difference
from experiments.questions.compare.reading import Comparison
from sim.outcomes.attainment import worth
from sim.targets import TARGET_TIERS

COLUMNS: Final = (
    "scenario", "against", "target", "probability", "probability_low", "probability_high",
    "persons", "persons_low", "persons_high",
)  # fmt: skip


def differences(comparison: Comparison) -> pd.DataFrame:
    """Every scenario less every other one, a row for each target (national, provincial, city, all).

    Parameters
    ----------
    comparison
        Of scenarios that share all runs.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``: differences of the probability, and of the mean of the persons that count at the end,
        with 95 % intervals; of one run without interval, and no persons for ``all``.
    """
    heads = {tier: _heads(comparison, tier) for tier in TARGET_TIERS}
    reached = {tier: ends >= comparison.manifest["targets"][tier] for tier, ends in heads.items()}
    reached["all"] = reached["national"] & reached["provincial"] & reached["city"]
    independent = worth(heads["national"].index.get_level_values("draw").tolist())
    rows = []
    for one, other in permutations([scenario.name for scenario in comparison.scenarios], 2):
        for target, hits in reached.items():
            chances = share_difference(hits[one].to_numpy(), hits[other].to_numpy(), independent)
            persons = [np.nan] * 3
            if target in heads:
                persons = _mean((heads[target][one] - heads[target][other]).to_numpy(), independent)
            rows.append((one, other, target, *chances, *persons))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _heads(comparison: Comparison, tier: str) -> pd.DataFrame:
    """Persons that count at the end: a row for each run, a column for each scenario."""
    matrix = comparison.runs(comparison.counted, f"tier={tier}")
    ends = {
        scenario.name: comparison.of(scenario, matrix).iloc[:, -1].droplevel("scenario")
        for scenario in comparison.scenarios
    }
    return pd.DataFrame(ends)


def _mean(found: NDArray[np.float64], independent: float) -> list[float]:
    """Mean and interval; of a single run, the mean alone."""
    if len(found) < 2:
        return [float(found.mean()), np.nan, np.nan]
    return list(mean_interval(found, independent).values())
