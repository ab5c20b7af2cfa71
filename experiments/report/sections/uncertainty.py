"""What is chance, what is not known, and what is decided, in words."""

from experiments.report.body import Body, Point
from experiments.report.labels import TARGET_LABELS, TIER_LABELS
from experiments.report.reading import Comparison, NotRecorded
from experiments.report.variance import NEVER_REPEATED, ONE_DRAW, Split, design, split
from experiments.report.words import chance, grouped, known, listed
from sim.outcomes.uncertainty import Parts

WAY_OUT = {
    ONE_DRAW: "All runs share one set of parameter values. What separates them is chance and policy; how "
    "much is not known of the parameters cannot be said. Compare without draws=0 to see it.",
    NEVER_REPEATED: "The runs hold or repeat too few sets of parameter values to tell chance from what is "
    "not known of the parameters; their spread is both together. Compare with eight seeds or more and "
    "draws=null, or with three draws or more and twice as many seeds.",
}
MEANING = (
    "Chance is luck in single lives. Knowledge is what is not known of the parameters, within their ranges. "
    "Policy is what separates the scenarios of this page. More runs make the numbers below more exact, but "
    "only research makes knowledge a smaller part."
)
WORDS = {
    "chance": "is chance",
    "knowledge": "what we do not know of the parameters",
    "policy": "is decided by policy",
}


def build(comparison: Comparison) -> Body:
    """One sentence per tier, and how rough it is."""
    try:
        found = split(comparison)
    except NotRecorded as lack:
        if str(lack) not in WAY_OUT:
            raise
        return Body(paragraphs=(WAY_OUT[str(lack)],))
    points = (
        Point(TARGET_LABELS[tier], _sentence(tier, parts, found.shown)) for tier, parts in found.tiers.items()
    )
    return Body(paragraphs=(MEANING, _rough(found)), points=tuple(points))


def _sentence(tier: str, parts: Parts, shown: tuple[str, ...]) -> str:
    """``Of what is not known about the number of city craftsmen, 3 % is chance, ...``."""
    subject = f"the number of {TIER_LABELS[tier].lower()} craftsmen"
    if not known(float(parts.shares[0])):
        return f"{subject} is the same in all runs."
    words = [
        f"{_percent(float(share))} {WORDS[part]}" for part, share in zip(shown, parts.shares, strict=False)
    ]
    text = f"Of what is not known about {subject}, {listed(words)}."
    zero = [part for part in parts.below_zero if part in shown]
    if zero:
        text += f" The estimate of {listed(zero)} fell below zero and is set to zero."
    return text


def _percent(share: float) -> str:
    """Whole per cent, because the parts are rough; what is small never reads as nothing."""
    return f"less than {chance(0.01)}" if 0 < share < 0.01 else chance(share)


def _rough(found: Split) -> str:
    """How far the parts may be off."""
    errors = [float(error) for parts in found.tiers.values() for error in parts.share_errors if known(error)]
    if not errors:
        return f"The parts come from {design(found)}."
    return (
        f"The parts come from {design(found)}, and are rough: leaving out one set at a time shows standard "
        f"errors of up to {grouped(100 * max(errors))} percentage points."
    )
