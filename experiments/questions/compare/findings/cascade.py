"""From the national targets down to the provinces: what each promised, can expect, and would fairly give."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.outcomes.commitments import Commitment
from experiments.pages.body import NotRecorded
from experiments.pages.labels import TIERS_TOP_DOWN
from experiments.pages.scenario import Scenario
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.supply import CODES, Supply, supply
from sim.outcomes.attainment import wilson_interval, worth


@dataclass(frozen=True)
class Promise:
    """A commitment beside what the runs of one scenario give; persons at the end of the targets' year.

    ``places`` of all intakes that are evaluated by then, mean of the runs.
    """

    scenario: Scenario
    commitment: Commitment
    places: float
    mean: float
    p05: float
    p95: float
    probability: float
    low: float
    high: float
    runs: int

    @property
    def over(self) -> float:
        """Persons promised beyond the mean of the runs; below zero when fewer are promised."""
        return self.commitment.commitment - self.mean

    @property
    def beyond(self) -> int:
        """1 when more is promised than nine tenths of the runs span, -1 when less, else 0."""
        persons = self.commitment.commitment
        return int(persons > self.p95) - int(persons < self.p05)


@dataclass(frozen=True)
class Fair:
    """A national target shared out by qualified candidates under one scenario; series by province code.

    ``shares`` in persons, empty when no province has a qualified candidate; ``expected`` craftsmen and
    ``qualified`` candidates of all years, mean of the runs.
    """

    scenario: Scenario
    tier: str
    target: int
    shares: pd.Series
    expected: pd.Series
    qualified: pd.Series


def largest_remainder(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to weights, which sum to ``total`` exactly; all zero without any weight.

    Ties go to the first.
    """
    claims = np.asarray(weights, dtype=float)
    if not claims.sum() > 0:
        return [0] * len(claims)
    exact = total * (claims / claims.sum())
    whole = np.floor(exact).astype(int)
    rest = np.argsort(whole - exact, kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    return [int(number) for number in whole]


def shown(comparison: Comparison) -> tuple[Scenario, ...]:
    """The baseline and the first other scenario, where a table of all would be too wide."""
    return comparison.scenarios[:2]


def promises(comparison: Comparison) -> list[Promise]:
    """Every commitment under every scenario, tier by tier; raises NotRecorded when one cannot be judged."""
    return [
        _promise(comparison, scenario, commitment)
        for tier in TIERS_TOP_DOWN
        for commitment in comparison.commitments
        if commitment.tier == tier
        for scenario in comparison.scenarios
    ]


def _promise(comparison: Comparison, scenario: Scenario, commitment: Commitment) -> Promise:
    figures = supply(comparison, scenario, commitment.tier)
    at_end = _at_end(comparison, figures.craftsmen)[commitment.province]
    met, runs = int((at_end >= commitment.commitment).sum()), len(at_end)
    low, high = wilson_interval(met, runs, worth(at_end.index.get_level_values("draw").tolist()))
    p05, p95 = (float(value) for value in np.quantile(at_end, (0.05, 0.95)))
    named = scenario.programme.named_by(commitment.tier, comparison.last_year)
    evaluated = figures.quota.index.get_level_values("year").isin(named)
    return Promise(
        scenario=scenario,
        commitment=commitment,
        places=float(figures.quota.loc[evaluated, commitment.province].sum()) / runs,
        mean=float(at_end.mean()),
        p05=p05,
        p95=p95,
        probability=met / runs,
        low=low,
        high=high,
        runs=runs,
    )


def fair_splits(comparison: Comparison) -> dict[str, list[Fair]]:
    """The targets of all recorded tiers, shared out under the scenarios that are shown."""
    found: dict[str, list[Fair]] = {}
    for tier in TIERS_TOP_DOWN:
        try:
            found[tier] = [_fair(comparison, scenario, tier) for scenario in shown(comparison)]
        except NotRecorded:
            continue
    if not found:
        raise NotRecorded("targets and qualified candidates by province")
    return found


def _fair(comparison: Comparison, scenario: Scenario, tier: str) -> Fair:
    target = int(comparison.target(scenario, tier)["required"])
    figures: Supply = supply(comparison, scenario, tier)
    in_time = figures.qualified.index.get_level_values("year") <= comparison.last_year
    runs = len(_at_end(comparison, figures.craftsmen))
    qualified = figures.qualified[in_time].sum() / runs
    shares = pd.Series(largest_remainder(target, qualified.to_list()), index=CODES)
    return Fair(
        scenario=scenario,
        tier=tier,
        target=target,
        shares=shares if qualified.sum() > 0 else shares.iloc[:0],
        expected=_at_end(comparison, figures.craftsmen).mean(),
        qualified=qualified,
    )


def _at_end(comparison: Comparison, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the targets' year: one per run."""
    chosen = rows[rows.index.get_level_values("year") == comparison.last_year]
    if chosen.empty:
        raise NotRecorded("craftsmen by province at the end of {year}", year=comparison.last_year)
    return chosen
