"""An answer in sentences and numbers, as a planner reads them."""

from typing import Any, Final

from experiments.pages.labels import TIER_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.words import (
    Formatter,
    bracketed,
    grouped,
    listed,
    persons,
    plain,
    points,
    signed,
    unit_said_once,
    with_unit,
)
from experiments.questions.attribute.answer import Answer, player_label
from experiments.questions.attribute.levers import LEVERS
from sim.targets import TARGET_TIERS

NAMED: Final = 3  # players in a sentence


def _percentage_points(value: float) -> str:
    return with_unit(grouped(100 * value, 2), say("percentage points"))


FORMATS: Final[dict[str, Formatter]] = {
    **dict.fromkeys(TARGET_TIERS, persons),
    "high_skilled_share": _percentage_points,
    "skill_premium": lambda value: plain(value, 2),
    "satisfaction": points,
    "settled_share": _percentage_points,
    "young_entries": persons,
}


def amount(outcome: str, value: float) -> str:
    """A difference with its sign."""
    return signed(value, FORMATS[outcome])


def with_interval(outcome: str, row: dict[str, Any]) -> str:
    """A difference with its 95 % interval."""
    low, high = amount(outcome, row["low"]), amount(outcome, row["high"])
    mean, low = amount(outcome, row["mean"]), unit_said_once(low, high)
    return say("{mean} ({low} to {high})", mean=mean, low=low, high=high)


def finding(answer: Answer, outcome: str) -> str:
    """Who brings most of one tier: the title of its figure."""
    total, first = answer.total(outcome), answer.shares(outcome)[0]
    said = FORMATS[outcome]
    ends = {
        "tier": TIER_LABELS[outcome],
        "before": said(total["baseline"]),
        "after": said(total["scenario"]),
        "player": lower(first["player"]),
        "amount": amount(outcome, first["mean"]),
    }
    if first["mean"] == 0:
        return say("{tier}: {before} craftsmen become {after}; no family changes the number", **ends)
    if first["mean"] * total["mean"] > 0:
        return say("{tier}: {before} craftsmen become {after}; {player} brings most, {amount}", **ends)
    return say(
        "{tier}: {before} craftsmen become {after}; {player} counts most, to the other side, {amount}", **ends
    )


def sentence(answer: Answer, outcome: str) -> str:
    """The difference of an outcome, who brings it, who helps whom, and what of it is only assumed."""
    total = answer.total(outcome)
    side = 1 if total["mean"] >= 0 else -1
    brings = [row for row in answer.shares(outcome) if row["mean"] * side > 0][:NAMED]
    told = [
        say(
            "{scenario} against {baseline}: {difference}.",
            scenario=answer.scenario, baseline=answer.baseline, difference=with_interval(outcome, total),
        )
    ]  # fmt: skip
    if brings:
        first = listed([named(outcome, row) for row in brings])
        told.append(say("Most of it comes from {families}.", families=first))
    sure = [pair for pair in answer.pairs(outcome) if pair["low"] > 0 or pair["high"] < 0]
    if sure:
        told.append(pair_in_words(outcome, sure[0]))
    left = amount(outcome, total["mean"] - total["assumed"])
    told.append(say("Without effects that are only assumed (evidence C), {left} would be left.", left=left))
    return sentences(told)


def jam(answer: Answer, outcome: str) -> str:
    """Where the way to a tier is narrowest: the lever that adds most."""
    first, *others = answer.levers(outcome)
    if first["mean"] <= 0.0:
        return say("no lever adds a craftsman.")
    return say(
        "{lever} would bring most, {amount}; {rest}.",
        lever=LEVERS[first["lever"]],
        amount=amount(outcome, first["mean"]),
        rest=listed([bracketed(LEVERS[row["lever"]], amount(outcome, row["mean"])) for row in others]),
    )


def named(outcome: str, row: dict[str, Any]) -> str:
    """A family and its share."""
    return bracketed(lower(row["player"]), amount(outcome, row["mean"]))


def lower(player: str) -> str:
    """A player within a sentence."""
    return player_label(player).lower()


def pair_in_words(outcome: str, pair: dict[str, Any]) -> str:
    """Two families, and whether they help each other."""
    values = {
        "first": player_label(pair["first"]),
        "second": lower(pair["second"]),
        "amount": amount(outcome, pair["mean"]),
    }
    if pair["mean"] > 0:
        return say("{first} and {second} help each other: {amount} together.", **values)
    return say("{first} and {second} get in each other's way: {amount} together.", **values)
