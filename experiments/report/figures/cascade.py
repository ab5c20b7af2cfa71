"""How many more of its qualified candidates each province would have to bring to a certificate."""

from typing import Final

import pandas as pd

from experiments.report import tilemap
from experiments.report.cascade import Fair, fair_splits
from experiments.report.chart import Chart
from experiments.report.labels import TARGET_LABELS, TIER_LABELS
from experiments.report.reading import Comparison, NotRecorded, records
from experiments.report.supply import NAMES
from experiments.report.words import grouped, known, listed, plain

UNIT: Final = "missing per 100 qualified"
# A scale of its own: a single promise far out of reach would leave one colour to all others.
LIMITS: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


def build(comparison: Comparison) -> Chart:
    """One tile map per tier, under the first scenario besides the baseline."""
    splits = [fairs[-1] for fairs in fair_splits(comparison).values()]
    data = pd.concat([_rows(comparison, fair) for fair in splits], ignore_index=True)
    panels = [
        tilemap.Panel(fair.scenario, values, TARGET_LABELS[fair.tier])
        for fair in splits
        if (values := _values(data, fair.tier)).notna().any()
    ]
    if not panels:
        raise NotRecorded("qualified candidates of any province")
    return Chart(
        title=_title(data, panels),
        alternative=_alternative(panels),
        data=data,
        draw=lambda layout: tilemap.draw(layout, panels, tilemap.Classes(LIMITS, _tile), UNIT),
        note="What a province promised, or its fair share where it promised nothing, less the craftsmen that "
        "can be expected, per 100 qualified candidates of all years. Darker: more is missing; n/a: no "
        f"qualified candidates. Under {panels[0].scenario.label}, mean of the runs.",
    )


def _rows(comparison: Comparison, fair: Fair) -> pd.DataFrame:
    """Duty, expected craftsmen, supply and the ratio of one tier; a row per province."""
    promised = {row.province: row.commitment for row in comparison.commitments if row.tier == fair.tier}
    duty = fair.shares.reindex(fair.qualified.index).astype(float)
    duty.update(pd.Series(promised, dtype=float))
    missing = (duty - fair.expected).clip(lower=0)
    return pd.DataFrame(
        {
            "scenario": fair.scenario.name,
            "tier": fair.tier,
            "province": duty.index,
            "name": [NAMES[code] for code in duty.index],
            "promised": [code in promised for code in duty.index],
            "duty": duty.to_numpy(),
            "expected": fair.expected.to_numpy(),
            "qualified": fair.qualified.to_numpy(),
            "missing": missing.to_numpy(),
            "missing_per_100_qualified": (
                missing / fair.qualified.where(fair.qualified > 0) * 100
            ).to_numpy(),
        }
    )


def _values(data: pd.DataFrame, tier: str) -> pd.Series:
    return data[data["tier"] == tier].set_index("province")["missing_per_100_qualified"]


def _tile(value: float) -> str:
    return grouped(value, 0 if value < 0.05 or value >= 9.95 else 1)


def _title(data: pd.DataFrame, panels: list[tilemap.Panel]) -> str:
    """The province that would have to raise most of its candidates."""
    worst = records(data.nlargest(1, "missing_per_100_qualified"))[0]
    ratio, label = float(worst["missing_per_100_qualified"]), panels[0].scenario.label
    if not known(ratio) or ratio <= 0:
        return f"Every province can be expected to give what it promised or its fair share under {label}"
    what = "its promise" if worst["promised"] else "its fair share"
    tier = TIER_LABELS[str(worst["tier"])].lower()
    return (
        f"{worst['name']} would need {plain(ratio, 2)} more craftsmen from every 100 qualified candidates "
        f"to reach {what} of the {tier} tier under {label}"
    )


def _alternative(panels: list[tilemap.Panel]) -> str:
    parts = []
    for panel in panels:
        values = panel.by_province.dropna().sort_values(ascending=False)
        most = [f"{NAMES[str(code)]} {plain(value)}" for code, value in values.head(3).items() if value > 0]
        parts.append(f"{panel.title}: {f'most in {listed(most)}' if most else 'nothing is missing'}.")
    return f"Tile maps of the 31 provinces, one per tier, persons {UNIT} candidates. " + " ".join(parts)
