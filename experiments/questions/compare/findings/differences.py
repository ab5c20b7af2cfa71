"""What each scenario changes against the first one, run by run with the same chance and knowledge."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.scenario import Scenario
from experiments.questions.compare.reading import EVERYBODY, NO_SECOND_SCENARIO, Comparison

HEADLINES: Final = (
    ("high_skilled", EVERYBODY, "Highly skilled workers"),
    ("skilled", EVERYBODY, "Skilled workers"),
    ("examinations_passed", EVERYBODY, "Examinations passed a year"),
    ("wage_median", EVERYBODY, "Median wage"),
    ("wage_median", "hukou=rural", "Median wage, rural hukou"),
    ("skill_premium", EVERYBODY, "Skill premium"),
    ("wage_gini", EVERYBODY, "Gini coefficient of wages"),
    ("turnover", EVERYBODY, "Turnover"),
    ("migrants_settled", EVERYBODY, "Settled migrants"),
    ("satisfaction", EVERYBODY, "Satisfaction"),
    ("engagement", EVERYBODY, "Engagement"),
    ("young_entries", EVERYBODY, "Young entrants a year"),
)


@dataclass(frozen=True)
class Difference:
    """Relative change of one indicator in the last year; quantiles over the paired runs."""

    scenario: Scenario
    label: str
    indicator: str
    group: str
    low: float
    middle: float
    high: float
    runs: int


def differences(comparison: Comparison) -> list[Difference]:
    """Changes of all recorded headlines; raises NotRecorded without a second scenario."""
    if len(comparison.scenarios) < 2:
        raise NotRecorded(NO_SECOND_SCENARIO)
    found = [
        _difference(comparison, scenario, indicator, group, label)
        for indicator, group, label in HEADLINES
        if comparison.has(indicator, group)
        for scenario in comparison.scenarios[1:]
    ]
    if not found:
        raise NotRecorded("headline indicators")
    return found


def _difference(
    comparison: Comparison, scenario: Scenario, indicator: str, group: str, label: str
) -> Difference:
    matrix = comparison.runs(indicator, group)
    last = matrix.columns[-1]
    ours = _by_draw(comparison.of(scenario, matrix)[last])
    base = _by_draw(comparison.of(comparison.baseline, matrix)[last])
    both = pd.concat({"ours": ours, "base": base}, axis=1).dropna()
    both = both[both["base"] != 0]
    relative = (both["ours"] / both["base"] - 1).to_numpy()
    low, middle, high = np.quantile(relative, (0.05, 0.5, 0.95)) if len(relative) else [float("nan")] * 3
    return Difference(
        scenario, label, indicator, group, float(low), float(middle), float(high), len(relative)
    )


def _by_draw(values: pd.Series) -> pd.Series:
    return values.droplevel("scenario")
