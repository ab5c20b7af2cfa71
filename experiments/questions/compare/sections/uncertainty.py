"""What is chance, what is not known, and what is decided, in words."""

from experiments.pages.body import Body, NotRecorded, Point
from experiments.pages.labels import TARGET_LABELS, TIER_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.words import grouped, known, listed, rough
from experiments.questions.compare.findings.variance import NEVER_REPEATED, ONE_DRAW, Split, design, split
from experiments.questions.compare.reading import Comparison
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
    "chance": "{share} is chance",
    "knowledge": "{share} what we do not know of the parameters",
    "policy": "{share} is decided by policy",
}


def build(comparison: Comparison) -> Body:
    """One sentence per tier, and how rough it is."""
    try:
        found = split(comparison)
    except NotRecorded as lack:
        if lack.text not in WAY_OUT:
            raise
        return Body(paragraphs=(say(WAY_OUT[lack.text]),))
    points = (
        Point(TARGET_LABELS[tier], _sentence(tier, parts, found.shown)) for tier, parts in found.tiers.items()
    )
    return Body(paragraphs=(say(MEANING), _rough(found)), points=tuple(points))


def _sentence(tier: str, parts: Parts, shown: tuple[str, ...]) -> str:
    """``Of what is not known about the number of city craftsmen, 3 % is chance, ...``."""
    name = TIER_LABELS[tier].lower()
    if not known(float(parts.shares[0])):
        return say("the number of {tier} craftsmen is the same in all runs.", tier=name)
    words = [
        say(WORDS[part], share=rough(float(share))) for part, share in zip(shown, parts.shares, strict=False)
    ]
    said = [
        say(
            "Of what is not known about the number of {tier} craftsmen, {parts}.",
            tier=name,
            parts=listed(words),
        )
    ]
    zero = [say(part) for part in parts.below_zero if part in shown]
    if zero:
        said.append(say("The estimate of {parts} fell below zero and is set to zero.", parts=listed(zero)))
    return sentences(said)


def _rough(found: Split) -> str:
    """How far the parts may be off."""
    errors = [float(error) for parts in found.tiers.values() for error in parts.share_errors if known(error)]
    if not errors:
        return say("The parts come from {runs}.", runs=design(found))
    return say(
        "The parts come from {runs}, and are rough: leaving out one set at a time shows standard errors of "
        "up to {points} percentage points.",
        runs=design(found),
        points=grouped(100 * max(errors)),
    )
