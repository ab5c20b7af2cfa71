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
    worst = {scenario: _worst(comparison, scenario) for scenario in comparison.scenarios}
    options = [
        _option(comparison, scenario, worst[scenario][0], prices[scenario] if prices else None)
        for scenario in comparison.scenarios
    ]
    verdict = choose(options)
    if verdict.kind == "few":
        runs = grouped(min(option.runs for option in options))
        return say("too few runs of each scenario to choose by: {runs}.", runs=runs)
    if verdict.kind == "never":
        return sentences([_never(comparison, verdict), _misses(worst)])
    first = _alone(comparison, verdict) if len(options) == 1 else _among(comparison, verdict)
    return sentences([first, _doubt(comparison, verdict)])


def _option(comparison: Comparison, scenario: Scenario, attained: float, price: float | None) -> Option:
    row = comparison.target(scenario, "all")
    return Option(scenario.place, *of_row(row), int(row["runs"]), attained, price)


def _worst(comparison: Comparison, scenario: Scenario) -> tuple[float, str]:
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


def _misses(worst: Mapping[Scenario, tuple[float, str]]) -> str:
    """How far the worst tier of each scenario comes, the nearest first."""
    ordered = sorted(worst, key=lambda scenario: -worst[scenario][0])
    said = [
        bracketed(
            say("{scenario} {share}", scenario=scenario.label, share=percent(worst[scenario][0])),
            TARGET_LABELS[worst[scenario][1]].lower(),
        )
        for scenario in ordered
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
