"""How many more of its qualified candidates each province would have to bring to a certificate."""

from functools import partial
from typing import Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing import tilemap
from experiments.pages.drawing.chart import Chart
from experiments.pages.labels import TARGET_LABELS, TIER_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.pages.words import grouped, known, listed, plain
from experiments.questions.compare.findings.cascade import Fair, fair_splits
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.supply import NAMES
from experiments.tables.rows import records

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
        raise NotRecorded(say("qualified candidates of any province"))
    return Chart(
        title=_title(data, panels),
        alternative=_alternative(panels),
        data=data,
        draw=partial(tilemap.draw, panels=panels, scale=tilemap.Classes(LIMITS, _tile), unit=say(UNIT)),
        note=say(
            "What a province promised, or its fair share where it promised nothing, less the craftsmen that "
            "can be expected, per 100 qualified candidates of all years. Darker: more is missing; n/a: no "
            "qualified candidates. Under {scenario}, mean of the runs.",
            scenario=panels[0].scenario.label,
        ),
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
        return say(
            "Every province can be expected to give what it promised or its fair share under {scenario}",
            scenario=label,
        )
    return say(
        "{province} would need {number} more craftsmen from every 100 qualified candidates to reach its "
        "promise of the {tier} tier under {scenario}"
        if worst["promised"]
        else "{province} would need {number} more craftsmen from every 100 qualified candidates to reach its "
        "fair share of the {tier} tier under {scenario}",
        province=PROVINCE_LABELS[worst["province"]], number=plain(ratio, 2), scenario=label,
        tier=TIER_LABELS[str(worst["tier"])].lower(),
    )  # fmt: skip


def _alternative(panels: list[tilemap.Panel]) -> str:
    parts = [
        say("Tile maps of the 31 provinces, one per tier, persons missing per 100 qualified candidates.")
    ]
    for panel in panels:
        values = panel.by_province.dropna().sort_values(ascending=False)
        most = [
            f"{PROVINCE_LABELS[str(code)]} {plain(value)}"
            for code, value in values.head(3).items()
            if value > 0
        ]
        text = "{title}: most in {provinces}." if most else "{title}: nothing is missing."
        parts.append(say(text, title=panel.title, provinces=listed(most)))
    return sentences(parts)
