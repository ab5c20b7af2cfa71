"""By how much the numbers of a comparison differ after a change that hardly acts on them."""

from typing import Final

from experiments.pages.body import NotRecorded
from experiments.pages.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import say
from experiments.pages.scenario import Scenario
from experiments.pages.unmoved import DEMAND, LIMITED, WAGES, notes
from experiments.pages.words import clauses, grouped, signed
from experiments.questions.compare.reading import Comparison

NAMES: Final = ("name", "title", "sentence")


def of_comparison(comparison: Comparison) -> tuple[str, ...]:
    """The sentences, and by how much the numbers of this comparison do differ."""
    rows = comparison.manifest.get("set_by_user") or ()
    said = notes(rows, [scenario.record for scenario in comparison.scenarios])
    if not said:
        return ()
    apart = [
        _apart(comparison, scenario) for scenario in comparison.scenarios[1:] if _alone(comparison, scenario)
    ]
    return (*said, *filter(None, apart))


def _alone(comparison: Comparison, scenario: Scenario) -> bool:
    """Whether a scenario differs from the baseline in such a change and in nothing else."""
    base, own = (
        {key: value for key, value in one.record.items() if key not in NAMES}
        for one in (comparison.baseline, scenario)
    )
    different = {key for key in own if own[key] != base.get(key)}
    if different == {"measures"}:
        return not base.get("measures") and all(
            any(row.get(key) for key in LIMITED) for row in own["measures"]
        )
    return bool(different) and different <= {DEMAND, WAGES}


def _apart(comparison: Comparison, scenario: Scenario) -> str:
    """Mean differences of the numbers of the three tiers from those of the baseline, in the same runs."""
    try:
        parts = []
        for tier in TIERS_TOP_DOWN:
            matrix = comparison.runs(comparison.counted, f"tier={tier}")
            own, base = (
                comparison.of(one, matrix)[comparison.last_year].to_numpy(float).mean()
                for one in (scenario, comparison.baseline)
            )
            gap = float(own - base)
            parts.append(say("{tier} {number}", tier=TARGET_LABELS[tier], number=signed(gap, grouped)))
    except (NotRecorded, KeyError):
        return ""
    return say(
        "In this comparison the numbers under {scenario} differ from those under {baseline}, on average, by: "
        "{numbers}.",
        scenario=scenario.label, baseline=comparison.baseline.label, numbers=clauses(parts),
    )  # fmt: skip
