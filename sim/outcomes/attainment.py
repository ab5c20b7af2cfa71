"""How likely a scenario is to reach the targets.

Runs of one scenario differ by chance (seed) and knowledge (parameter draw). The share of the runs that
reach a target estimates its probability; Wilson's interval (Wilson 1927) says how far that share may be
off because the runs are few. Runs that repeat a draw are not independent and count for less.
The interval knows nothing of what the model leaves out.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from sim.targets import COUNTED, TARGET_TIERS, Targets

RUN: Final = ["scenario", "draw", "seed"]  # together the name of one run
Z_95: Final = 1.959963984540054  # quantile 0.975 of the normal distribution
TARGET_COLUMNS: Final = (
    "scenario", "target", "required", "runs", "probability", "probability_low", "probability_high",
    "mean", "p05", "p50", "p95", "gap", "active_mean", "year_reached_p50",
)  # fmt: skip


def worth(draws: Sequence[int]) -> float:
    """How many independent runs the runs of these draws are worth.

    Runs of one draw may be alike, so they are taken to be equal, which is the safe side (Kish 1965: N² over
    the sum of the squared sizes). When all share one draw, chance alone is asked for and every run counts.
    """
    sizes = np.unique(np.asarray(draws), return_counts=True)[1]
    return float(sizes.sum() ** 2 / (sizes**2).sum() if len(sizes) > 1 else sizes.sum())


def wilson_interval(successes: int, runs: int, independent: float | None = None) -> tuple[float, float]:
    """95 % interval of a probability from ``successes`` in ``runs``; never empty, never outside 0 to 1.

    ``independent`` is what the runs are worth when not all of them are independent.
    """
    if runs == 0:
        return 0.0, 1.0
    share, z_squared, size = successes / runs, Z_95**2, independent or runs
    centre = (share + z_squared / (2 * size)) / (1 + z_squared / size)
    spread = np.sqrt(share * (1 - share) / size + z_squared / (4 * size**2))
    half = Z_95 * spread / (1 + z_squared / size)
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == runs else min(1.0, centre + half)
    return float(low), float(high)


def assess(indicators: pd.DataFrame, targets: Targets, scenarios: Sequence[str]) -> pd.DataFrame:
    """Compare scenarios with the targets.

    Parameters
    ----------
    indicators
        Columns scenario, draw, seed, year, province, group, indicator, value; other rows are ignored.
    targets
        What is to be reached.
    scenarios
        Names, in the order of the result.

    Returns
    -------
    pandas.DataFrame
        One row per scenario and target (national, provincial, city, all) with ``TARGET_COLUMNS``. ``gap``
        is mean less required, in persons. ``year_reached_p50`` is the median over the runs that reach the
        target; empty when fewer than half do.
    """
    heads = {tier: _heads(indicators, COUNTED[targets.counting], tier, targets) for tier in TARGET_TIERS}
    active = {tier: _heads(indicators, COUNTED["active"], tier, targets) for tier in TARGET_TIERS}
    rows = []
    for scenario in scenarios:
        paths = {tier: frame.loc[[scenario]] for tier, frame in heads.items()}
        reached = {tier: path >= targets.required(tier) for tier, path in paths.items()}
        rows += [
            _chances(scenario, tier, reached[tier])
            | _distances(paths[tier][targets.year], targets.required(tier))
            | {"active_mean": float(active[tier].loc[[scenario], targets.year].mean())}
            for tier in TARGET_TIERS
        ]
        together = reached["national"] & reached["provincial"] & reached["city"]
        rows.append(_chances(scenario, "all", together))
    table = pd.DataFrame(rows, columns=list(TARGET_COLUMNS))
    return table.astype({"required": "Int64", "year_reached_p50": "Int64"})


def _heads(indicators: pd.DataFrame, indicator: str, tier: str, targets: Targets) -> pd.DataFrame:
    """Persons by run (rows: scenario, draw, seed) and year (columns, to the year of the target)."""
    national = indicators[(indicators["province"] == "all") & (indicators["year"] <= targets.year)]
    chosen = national[(national["indicator"] == indicator) & (national["group"] == f"tier={tier}")]
    heads = chosen.pivot_table(index=RUN, columns="year", values="value", aggfunc="sum", observed=True)
    runs = pd.MultiIndex.from_frame(national[RUN].drop_duplicates())
    return heads.reindex(index=runs, columns=sorted(national["year"].unique())).fillna(0.0)


def _chances(scenario: str, target: str, reached: pd.DataFrame) -> dict[str, object]:
    """Probability of a target and the median year, from yes or no by run and year."""
    at_end = reached.iloc[:, -1]
    runs, successes = len(at_end), int(at_end.sum())
    independent = worth(at_end.index.get_level_values("draw").tolist())
    low, high = wilson_interval(successes, runs, independent)
    first_years = reached[at_end].idxmax(axis="columns")
    return {
        "scenario": scenario,
        "target": target,
        "runs": runs,
        "probability": successes / runs,
        "probability_low": low,
        "probability_high": high,
        "year_reached_p50": int(np.ceil(first_years.median())) if 0 < runs <= 2 * successes else None,
    }


def _distances(heads: pd.Series, required: int) -> dict[str, object]:
    """Spread over runs of the persons at the end, and the mean distance to what is required."""
    mean, quantiles = float(heads.mean()), heads.quantile([0.05, 0.5, 0.95]).tolist()
    spread = dict(zip(("p05", "p50", "p95"), quantiles, strict=True))
    return {"required": required, "mean": mean, "gap": mean - required, **spread}
