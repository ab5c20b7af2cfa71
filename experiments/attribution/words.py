"""An answer in sentences and numbers, as a planner reads them."""

from typing import Any, Final

from experiments.attribution.answer import Answer, player_label
from experiments.attribution.levers import LEVERS
from experiments.report.words import SPACE, Formatter, grouped, listed, persons, plain, points, signed
from sim.outcomes.targets import TARGET_TIERS

NAMED: Final = 3  # players in a sentence


def _percentage_points(value: float) -> str:
    return f"{grouped(100 * value, 2)}{SPACE}percentage points"


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
    unit = high[high.index(SPACE) :] if SPACE in high else ""
    return f"{amount(outcome, row['mean'])} ({low.removesuffix(unit)} to {high})"


def finding(answer: Answer, outcome: str) -> str:
    """Who brings most of one tier: the title of its figure."""
    total, first = answer.total(outcome), answer.shares(outcome)[0]
    said = FORMATS[outcome]
    ends = f"{outcome.capitalize()}: {said(total['baseline'])} craftsmen become {said(total['scenario'])}"
    if first["mean"] == 0:
        return f"{ends}; no family changes the number"
    verb = "brings most" if first["mean"] * total["mean"] > 0 else "counts most, to the other side"
    return f"{ends}; {lower(first['player'])} {verb}, {amount(outcome, first['mean'])}"


def sentence(answer: Answer, outcome: str) -> str:
    """The difference of an outcome, who brings it, who helps whom, and what of it is only assumed."""
    total = answer.total(outcome)
    side = 1 if total["mean"] >= 0 else -1
    brings = [row for row in answer.shares(outcome) if row["mean"] * side > 0][:NAMED]
    told = [f"{answer.scenario} against {answer.baseline}: {with_interval(outcome, total)}."]
    if brings:
        told.append(f"Most of it comes from {listed([named(outcome, row) for row in brings])}.")
    sure = [pair for pair in answer.pairs(outcome) if pair["low"] > 0 or pair["high"] < 0]
    if sure:
        told.append(f"{pair_in_words(sure[0])} {amount(outcome, sure[0]['mean'])} together.")
    left = amount(outcome, total["mean"] - total["assumed"])
    told.append(f"Without effects that are only assumed (evidence C), {left} would be left.")
    return " ".join(told)


def jam(answer: Answer, outcome: str) -> str:
    """Where the way to a tier is narrowest: the lever that adds most."""
    first, *others = answer.levers(outcome)
    if first["mean"] <= 0.0:
        return "no lever adds a craftsman."
    rest = listed([f"{LEVERS[row['lever']]} {amount(outcome, row['mean'])}" for row in others])
    return f"{LEVERS[first['lever']]} would bring most, {amount(outcome, first['mean'])}; {rest}."


def named(outcome: str, row: dict[str, Any]) -> str:
    """A family and its share."""
    return f"{lower(row['player'])} {amount(outcome, row['mean'])}"


def lower(player: str) -> str:
    """A player within a sentence."""
    return player_label(player).lower()


def pair_in_words(pair: dict[str, Any]) -> str:
    """Two families, and whether they help each other."""
    how = "help each other:" if pair["mean"] > 0 else "get in each other's way:"
    return f"{player_label(pair['first'])} and {lower(pair['second'])} {how}"
