"""The paths of the three tiers to the last year."""

from experiments.pages.body import Body, NotRecorded
from experiments.pages.labels import TIERS_TOP_DOWN
from experiments.pages.language import say, sentences
from experiments.pages.words import listed, persons
from experiments.questions.compare.reading import Comparison


def build(comparison: Comparison) -> Body:
    """When the first certificates come, and what the numbers count."""
    tier = next((name for name in TIERS_TOP_DOWN if comparison.has(comparison.counted, f"tier={name}")), None)
    if tier is None:
        raise NotRecorded(comparison.counted)
    path = comparison.quantiles(comparison.baseline, comparison.runs(comparison.counted, f"tier={tier}"))[
        "p50"
    ]
    begun = path[path > 0]
    said = [
        say(
            "The first certificates appear in {year}; before that the paths are zero.",
            year=int(begun.index[0]),
        )
        if len(begun)
        else say("No run gives a certificate in these years.")
    ]
    if comparison.counted == "recognised":
        said.append(
            say(
                "The count is of certificates: one person may hold one of each tier, and stays counted after "
                "retiring or leaving."
            )
        )
        said.append(_active(comparison))
    return Body(paragraphs=(sentences(said),))


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
        parts.append(say("{persons} under {scenario}", persons=persons(total), scenario=scenario.label))
    return say(
        "Still in the trade in {year}, each person once: {persons}.",
        year=comparison.last_year,
        persons=listed(parts),
    )
