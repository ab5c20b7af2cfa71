"""An answer as it lies in its folder, in sentences and numbers as a planner reads them."""

from functools import cached_property
from pathlib import Path
from typing import Any, Final

from experiments.answers.read import AnswerFolder
from experiments.pages.labels import FAMILY_LABELS, TARGET_LABELS, TIER_LABELS, labels_of_ends
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
from experiments.questions.attribute.futures import LEVERS
from experiments.questions.attribute.keys import AttributeKeys
from experiments.tables.rows import records
from sim.targets import TARGET_TIERS

TABLES: Final = ("shares", "interactions", "levers", "totals")
NAMED: Final = 3  # players in a sentence


class Answer(AnswerFolder[AttributeKeys]):
    """The tables of one attribution."""

    kind = AttributeKeys

    def shares(self, outcome: str) -> list[dict[str, Any]]:
        """Part of each player in an outcome, the largest first."""
        return self._largest_first("shares", outcome)

    def pairs(self, outcome: str) -> list[dict[str, Any]]:
        """What every two players add together beyond what each adds alone, the strongest first."""
        return self._largest_first("interactions", outcome)

    def levers(self, outcome: str) -> list[dict[str, Any]]:
        """What one per cent more at each place adds, the largest first."""
        return self._largest_first("levers", outcome)

    def total(self, outcome: str) -> dict[str, Any]:
        """Both ends of an outcome and their difference."""
        return self._largest_first("totals", outcome)[0]

    def _largest_first(self, name: str, outcome: str) -> list[dict[str, Any]]:
        table = self.table(name)
        rows = table[table["outcome"] == outcome].sort_values("mean", ascending=False, key=abs, kind="stable")
        return records(rows)

    @property
    def baseline(self) -> str:
        """The scenario that the difference is from, in words."""
        return self._labels[0]

    @property
    def scenario(self) -> str:
        """The scenario whose difference is explained, in words."""
        return self._labels[1]

    @cached_property
    def _labels(self) -> tuple[str, str]:
        """What baseline and scenario are called: two, also when a scenario was changed by the command."""
        return labels_of_ends(*self.facts["titles"])


def player_label(player: str) -> str:
    """A player in words."""
    return FAMILY_LABELS.get(player) or say("Intakes and assumptions")


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


def in_words(folder: Path) -> str:
    """A sentence or two for each tier."""
    answer = Answer(folder)
    return "\n".join(f"{TARGET_LABELS[tier]}. {sentence(answer, tier)}" for tier in TARGET_TIERS)
