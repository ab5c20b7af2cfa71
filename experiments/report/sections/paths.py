"""The paths of the three tiers to the last year."""

from experiments.report.body import Body
from experiments.report.labels import TIERS_TOP_DOWN
from experiments.report.reading import Comparison, NotRecorded
from experiments.report.words import listed, persons


def build(comparison: Comparison) -> Body:
    """When the first certificates come, and what the numbers count."""
    tier = next((name for name in TIERS_TOP_DOWN if comparison.has(comparison.counted, f"tier={name}")), None)
    if tier is None:
        raise NotRecorded(comparison.counted)
    path = comparison.quantiles(comparison.baseline, comparison.runs(comparison.counted, f"tier={tier}"))[
        "p50"
    ]
    begun = path[path > 0]
    sentences = [
        f"The first certificates appear in {int(begun.index[0])}; before that the paths are zero."
        if len(begun)
        else "No run gives a certificate in these years."
    ]
    if comparison.counted == "recognised":
        sentences.append(
            "The count is of certificates: one person may hold one of each tier, and stays counted after "
            "retiring or leaving."
        )
        active = _active(comparison)
        if active:
            sentences.append(active)
    return Body(paragraphs=(" ".join(sentences),))


def _active(comparison: Comparison) -> str:
    """Craftsmen of all tiers still in the trade, once each."""
    parts = []
    for scenario in comparison.scenarios:
        total = 0.0
        for tier in TIERS_TOP_DOWN:
            if not comparison.has("recognised_active", f"tier={tier}"):
                return ""
            matrix = comparison.runs("recognised_active", f"tier={tier}")
            total += float(comparison.of(scenario, matrix).iloc[:, -1].mean())
        parts.append(f"{persons(total)} under {scenario.label}")
    return f"Still in the trade in {comparison.last_year}, each person once: {listed(parts)}."
