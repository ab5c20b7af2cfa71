"""Which scenario to choose, in sentences; the rule is in ``choice.py``."""

from collections.abc import Mapping, Sequence

from experiments.pages.body import NotRecorded
from experiments.pages.labels import TARGET_LABELS, TIERS_TOP_DOWN
from experiments.pages.language import say, sentences
from experiments.pages.likelihood import of_row, with_interval
from experiments.pages.scenario import Scenario
from experiments.pages.words import billion_yuan, bracketed, clauses, grouped, listed, percent
from experiments.questions.compare.findings.choice import Option, Verdict, choose
from experiments.questions.compare.reading import Comparison


def sentence(comparison: Comparison, prices: Mapping[Scenario, float] | None) -> str:
    """The choice among all scenarios of a page; without ``prices`` none is named the cheapest."""
    found = options(comparison, prices)
    verdict = choose(found)
    if verdict.kind == "few":
        runs = grouped(min(option.runs for option in found))
        return say("too few runs of each scenario to choose by: {runs}.", runs=runs)
    if verdict.kind == "never":
        return sentences([_never(comparison, verdict), _misses(comparison)])
    first = _alone(comparison, verdict) if len(found) == 1 else _among(comparison, verdict)
    return sentences([first, _doubt(comparison, verdict)])


def options(comparison: Comparison, prices: Mapping[Scenario, float] | None) -> list[Option]:
    """What is known of each scenario of a page, in order."""
    return [
        _option(comparison, scenario, prices[scenario] if prices else None)
        for scenario in comparison.scenarios
    ]


def _option(comparison: Comparison, scenario: Scenario, price: float | None) -> Option:
    row, attained = comparison.target(scenario, "all"), worst(comparison, scenario)[0]
    return Option(scenario.place, *of_row(row), int(row["runs"]), attained, price)


def worst(comparison: Comparison, scenario: Scenario) -> tuple[float, str]:
    """The tier whose mean is the smallest share of its target, and that share."""
    shares = []
    for tier in TIERS_TOP_DOWN:
        try:
            row = comparison.target(scenario, tier)
        except NotRecorded:
            continue
        shares.append((float(row["mean"]) / float(row["required"]), tier))
    if not shares:
        raise NotRecorded("targets of single tiers")
    return min(shares)


def _named(comparison: Comparison, options: Sequence[Option]) -> str:
    return listed([comparison.scenarios[option.place].label for option in options], "or")


def _chance(option: Option) -> str:
    return with_interval(option.probability, option.low, option.high)


def _never(comparison: Comparison, verdict: Verdict) -> str:
    return say(
        "no scenario of this page reaches all three targets in any of its runs; nearest: {nearest}.",
        nearest=_named(comparison, verdict.best),
    )


def _misses(comparison: Comparison) -> str:
    """How far the worst tier of each scenario comes, the nearest first."""
    found = {scenario: worst(comparison, scenario) for scenario in comparison.scenarios}
    said = [
        bracketed(
            say("{scenario} {share}", scenario=scenario.label, share=percent(share)),
            TARGET_LABELS[tier].lower(),
        )
        for scenario, (share, tier) in sorted(found.items(), key=lambda item: -item[1][0])
    ]
    return say("Mean of the worst tier, over its target: {misses}.", misses=clauses(said))


def _alone(comparison: Comparison, verdict: Verdict) -> str:
    """There is nothing to choose from."""
    (only,) = verdict.best
    values = {"scenario": _named(comparison, [only]), "chance": _chance(only)}
    if verdict.kind == "rarely":
        return say("{scenario} reaches all three targets in fewer than half of its runs: {chance}.", **values)
    return say("{scenario} reaches all three targets in half of its runs or more: {chance}.", **values)


def _among(comparison: Comparison, verdict: Verdict) -> str:
    best, cheapest = verdict.best, verdict.cheapest
    values = {"surest": _named(comparison, best), "chance": _chance(best[0])}
    if verdict.kind == "rarely":
        return say(
            "no scenario of this page reaches all three targets in half of its runs or more; nearest: "
            "{surest}, with {chance}.",
            **values,
        )
    if cheapest is None:
        return say(
            "no scenario of this page is surer to reach all three targets than {surest}, with {chance}. What "
            "they cost is not recorded, so that none is named the cheapest.",
            **values,
        )
    if cheapest in best:
        return say(
            "no scenario of this page is surer to reach all three targets than {surest}, with {chance}, and "
            "none that reaches them in half of its runs or more is cheaper.",
            **values,
        )
    text = say(
        "the cheapest of these scenarios that reaches all three targets in half of its runs or more is "
        "{cheapest}, with {enough}; the surest is {surest}, with {chance}, for {more} more.",
        cheapest=_named(comparison, [cheapest]), enough=_chance(cheapest),
        more=billion_yuan((best[0].price or 0.0) - (cheapest.price or 0.0)), **values,
    )  # fmt: skip
    return text if verdict.apart else sentences([text, say("Their intervals overlap.")])


def _doubt(comparison: Comparison, verdict: Verdict) -> str:
    """What the interval of the chosen leaves open."""
    if verdict.sure:
        return ""
    chosen = _named(comparison, [verdict.cheapest] if verdict.cheapest else verdict.best)
    if verdict.kind == "rarely":
        return say("The runs are too few to rule out that {chosen} is more likely than not.", chosen=chosen)
    return say("The runs are too few to be sure that {chosen} is more likely than not.", chosen=chosen)
