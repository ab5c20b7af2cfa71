"""What holds the numbers back, the price, what to choose and to watch: a line each, from other sections."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from experiments.pages.body import NotRecorded, Point
from experiments.pages.evidence import TIERS_APART, evidence
from experiments.pages.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import say, sentences
from experiments.pages.scenario import Scenario
from experiments.pages.words import billion_yuan, clauses, grouped, percent, sentence_start, signed
from experiments.questions.compare.figures.cost import by_family, totals
from experiments.questions.compare.findings import bottleneck_words, choice_words
from experiments.questions.compare.findings.bottleneck import by_year, mostly
from experiments.questions.compare.findings.signposts import signposts
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections.signposts import best_signs
from sim.calendar import FORK_YEAR


def points(comparison: Comparison) -> tuple[Point, ...]:
    """The lines that the files of the comparison allow."""
    found = []
    for lead, line in LINES.items():
        try:
            text = line(comparison)
        except NotRecorded:
            continue
        if text:
            found.append(Point(say(lead), sentence_start(text)))
    return tuple(found)


def _why(comparison: Comparison) -> str:
    """What binds most of the intakes of all tiers, scenario by scenario."""
    intakes = pd.concat([by_year(comparison, tier) for tier in TIERS_TOP_DOWN])
    stages = {
        scenario: list(intakes.loc[intakes["scenario"] == scenario.name, "binding"])
        for scenario in comparison.scenarios
    }
    said = [bottleneck_words.most_said(scenario, own) for scenario, own in stages.items()]
    named = [mostly(own)[0] for own in stages.values()]
    return sentences([say("{text}.", text=clauses(said)), *bottleneck_words.meant(named)])


def _price(comparison: Comparison) -> str:
    """What each scenario costs more than the baseline, and what becomes of the probability of all targets."""
    spent, reached = _costs(comparison), _chances(comparison)
    baseline = comparison.baseline
    said = [
        say(
            "{scenario} {cost} ({change})",
            scenario=scenario.label,
            cost=signed(spent[scenario] - spent[baseline], billion_yuan),
            change=signed(100 * (reached[scenario] - reached[baseline]), grouped),
        )
        for scenario in comparison.scenarios
        if scenario != baseline
    ]
    text = (
        "against {baseline}, from {first} to {last}: {costs}. In brackets: the change of the probability of "
        "all three targets, in percentage points. Places for craftsmen beyond the announced ones are in the "
        "price, at unit costs that are assumed."
    )
    values = {"baseline": baseline.label, "first": FORK_YEAR + 1, "last": comparison.last_year}
    return say(text, costs=clauses(said), **values) if said else ""


def _choice(comparison: Comparison) -> str:
    """What the rule of :mod:`experiments.questions.compare.findings.choice` says, in sentences."""
    said = [choice_words.sentence(comparison, prices(comparison))]
    return sentences(
        [
            *said,
            say("The command workforce optimise looks for the cheapest mix that reaches all three targets."),
        ]
    )


def prices(comparison: Comparison) -> dict[Scenario, float] | None:
    """What each scenario costs, million yuan; None when that is not recorded."""
    try:
        return _costs(comparison)
    except NotRecorded:
        return None


def _watch(comparison: Comparison) -> str:
    """The best signs that the hardest target will be missed."""
    tier = min(TIERS_TOP_DOWN, key=lambda tier: sum(_chances(comparison, tier).values()))
    signs = best_signs(signposts(comparison, tier))
    if not signs:
        return ""
    text = "{target} are the hardest to reach. Signs that they will more likely be missed than not: {signs}."
    return say(text, target=TARGET_LABELS[tier], signs=signs)


def _doubt(comparison: Comparison) -> str:
    """What the differences between scenarios rest on."""
    if len(comparison.scenarios) < 2:
        return ""
    found = evidence(TIERS_APART)
    text = (
        "{assumed} of what moves the differences between scenarios is assumed (C). The number that moves "
        "them most is “{first}” ({part}): measure it before much is spent."
    )
    assumed, part = percent(found.parts["C"]), percent(found.first_part)
    return say(text, assumed=assumed, first=found.first_said, part=part)


LINES: Final[dict[str, Callable[[Comparison], str]]] = {
    "What holds the numbers back": _why,
    "At what price": _price,
    "Which to choose": _choice,
    "What to watch": _watch,
    "What is in doubt": _doubt,
}


def _costs(comparison: Comparison) -> dict[Scenario, float]:
    return totals(comparison, by_family(comparison))


def _chances(comparison: Comparison, target: str = "all") -> dict[Scenario, float]:
    return {
        scenario: float(comparison.target(scenario, target)["probability"])
        for scenario in comparison.scenarios
    }
