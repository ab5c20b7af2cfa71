"""What a user changed that hardly acts on the numbers of craftsmen: said, with what it does move.

Measured in four paired lives of 20,000 agents. With labour demand growing by 2 % a year, or shrinking by
4 %, the workforce of 2035 was 32 % larger or 31 % smaller, and the numbers of craftsmen of every tier were
the same within 0.1 %; with wages growing by 1 % or 8 %, within 0.03 %; with full training measures in one
province, within 0.1 %. As many were selected in all: more people qualified than there were places.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from experiments.report.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.report.language import say
from experiments.report.reading import Comparison, NotRecorded, Scenario
from experiments.report.words import clauses, grouped, signed

DEMAND, WAGES = "labour_demand_growth_per_year", "wage_growth_per_year"
LIMITED: Final = ("provinces", "level_by_province")
NAMES: Final = ("name", "title", "sentence")


def notes(rows: Sequence[Mapping[str, Any]], records: Sequence[Mapping[str, Any]] = ()) -> list[str]:
    """A sentence for each kind of such a change.

    Parameters
    ----------
    rows
        Rows of ``experiments/answers/user_set.py``.
    records
        Scenarios as :meth:`sim.policy.scenario.Scenario.as_dict` gives them.
    """
    keys = {part for row in rows for part in row["key"].split(".")}
    found = []
    if DEMAND in keys:
        found.append(
            say(
                "Labour demand hardly acts on the numbers of craftsmen in this model, because places are "
                "set by quota. This holds as long as more people qualify than there are places. What labour "
                "demand moves is how many people work in industry, how many of them are skilled, and how "
                "many qualify."
            )
        )
    if WAGES in keys:
        found.append(
            say(
                "General wage growth hardly acts on the numbers of craftsmen in this model, because it is "
                "the same for all: it moves wages, not who learns, qualifies or leaves."
            )
        )
    if keys & set(LIMITED) or any(_limited(record) for record in records):
        found.append(
            say(
                "Measures in single provinces hardly act on the numbers of the whole country, because the "
                "places of every province are set by quota. They move skills there, and how many qualify for "
                "its places."
            )
        )
    return found  # fmt: skip


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


def _limited(record: Mapping[str, Any]) -> bool:
    """Whether a measure of a scenario works in single provinces."""
    return any(row.get(key) for row in record.get("measures") or () for key in LIMITED)


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
