"""What an optimisation found, as it lies in its folder, in sentences as a planner reads them."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from experiments.answers.read import AnswerFolder
from experiments.outcomes.attained import MEANINGS
from experiments.pages.labels import FAMILY_LABELS, TARGET_LABELS
from experiments.pages.words import (
    billion_yuan,
    chance,
    exact,
    listed,
    of_runs,
    percent,
    points,
    signed,
    span,
)
from experiments.questions.optimise.keys import OptimiseKeys
from experiments.questions.optimise.levers import Lever, Space
from experiments.questions.optimise.scores import BUDGET, COST, PROBABILITY, Score, Wish
from experiments.tables.rows import records
from sim.calendar import FORK_YEAR
from sim.categories import FAMILIES, PLACES

if TYPE_CHECKING:
    from experiments.questions.optimise.choice import Found

TABLES: Final = ("candidates", "front")
POINTS: Final = 100.0
WIDER: Final = ("high_skilled_share", "skill_premium", "satisfaction", "settled_share")


class Answer(AnswerFolder[OptimiseKeys]):
    """The tables of one optimisation."""

    kind = OptimiseKeys

    @cached_property
    def front(self) -> list[dict[str, Any]]:
        """Mixes of the front, the cheapest first."""
        table = self.table("front").fillna({"role": ""})  # of those that are neither winner nor runner-up
        return records(table.sort_values("cost_billion_yuan", kind="stable"))

    @property
    def searched(self) -> pd.DataFrame:
        """All mixes that were lived in the search."""
        return self.table("candidates")

    @property
    def winner(self) -> dict[str, Any]:
        """The chosen mix, lived in futures that nothing was chosen by."""
        return dict(self.facts["winner"])

    @property
    def runner_up(self) -> dict[str, Any] | None:
        """The next mix, in the same futures."""
        found: dict[str, Any] | None = self.facts.get("runner_up")
        return found

    @property
    def binding(self) -> dict[str, Any] | None:
        """The wish that cannot be kept, its limit, and by how much it is missed."""
        found: dict[str, Any] | None = self.facts["binding"]
        return found

    @property
    def unkept(self) -> list[dict[str, Any]]:
        """The wishes that the chosen mix misses in futures that nothing was chosen by."""
        found: list[dict[str, Any]] = self.facts["unkept"]
        return found

    @property
    def sure(self) -> bool:
        """Whether the interval of the chosen mix lies above the probability that was asked."""
        return bool(self.winner["probability_low"] >= self.keys.probability)

    def on_front(self, role: str) -> dict[str, Any]:
        """Winner or runner-up in the futures of the front, by which it was chosen."""
        return next(row for row in self.front if row["role"] == role)

    def levels(self, row: dict[str, Any]) -> dict[str, float]:
        """Levels of the families that a mix raises."""
        return {family: row[family] for family in FAMILIES if row[family] > 0.0}


def summary(found: "Found") -> str:
    """The winner, its cost, how likely it is, what each family does, and the runner-up."""
    first = [verdict(found)] if verdict(found) else []
    return "\n".join([*first, *_winner(found), *_families(found), *_runner_up(found), *_robust(found)])


def verdict(found: "Found") -> str:
    """What does not hold in futures that nothing was chosen by, in a line; empty when all holds."""
    bound, score = found.choice.binding, found.trusted[0]
    if found.unkept:
        if bound and bound.wish in found.unkept:
            return _unkept(bound.wish, found)
        return _luck(found.unkept[0], found)
    if bound:
        return (
            f"Too near to tell: {bound.wish.name}={exact(bound.wish.limit)} was kept by no mix in the "
            "futures of the choice, and by the nearest one in fresh ones; it follows."
        )
    wanted = found.wishes[0].limit
    if score.interval[0] < wanted:
        return f"Too few futures to be sure of {chance(wanted)}: all three targets with {likely(score)}."
    return ""


def outcome(found: "Found") -> str:
    """What the chosen mix brings in fresh futures, beside what was asked."""
    score, wanted = found.trusted[0], found.wishes[0].limit
    asked = f"; {chance(wanted)} was asked" if found.wishes[0] in found.unkept else ""
    return (
        f"In futures that nothing was chosen by it reaches all three targets with {likely(score)} for "
        f"{_billion(score.cost)}{asked}."
    )


def _unkept(wish: Wish, found: "Found") -> str:
    """One sentence: which wish cannot be kept, and by how much the nearest mix misses it."""
    score, missed = found.trusted[0], wish.missed(found.trusted[0])
    if wish.name == PROBABILITY:
        return _unlikely(wish, found)
    if wish.name == BUDGET:
        return (
            f"The budget of {exact(wish.limit)} billion yuan binds: the cheapest mix that keeps to the rest "
            f"costs {_billion(score.cost)}, {_billion(missed)} more; it follows."
        )
    return (
        f"The floor {wish.name}={exact(wish.limit)} binds ({MEANINGS[wish.name]}): mixes that keep to the "
        f"rest reach {exact(score.mean(wish.name))} at most, {exact(missed)} short; that one follows."
    )


def _unlikely(wish: Wish, found: "Found") -> str:
    """The same of a probability: how likely the likeliest mix is, and which target is in the way."""
    score = found.trusted[0]
    tier = TARGET_LABELS[score.weakest].lower()
    attained = percent(score.mean(f"{score.weakest}_attainment"))
    return (
        f"No mix reaches all three targets with {chance(wish.limit)}{_within(found)}: the likeliest "
        f"does in {of_futures(score)}, {POINTS * wish.missed(score):.0f} points less; {tier} are in the way, "
        f"at {attained} of their target on average; that mix follows."
    )


def _luck(wish: Wish, found: "Found") -> str:
    """A wish that is kept only in the futures by which the mix was chosen."""
    front, score = found.choice.winner, found.trusted[0]
    if wish.name == PROBABILITY:
        said = (
            f"the chosen mix reaches all three targets in {of_futures(front)} by which it was chosen, but in "
            f"{of_futures(score)} that nothing was chosen by"
        )
    else:
        said = (
            f"the chosen mix comes to {exact(wish.value(front))} in the futures by which it was chosen, but "
            f"to {exact(wish.value(score))} in those that nothing was chosen by"
        )
    return (
        f"{wish.name}={exact(wish.limit)} does not hold: {said}. No mix is shown to keep to it; more "
        "front_cells choose with less luck."
    )


def _within(found: "Found") -> str:
    """What else the likeliest mix had to keep to."""
    named = [
        f"a budget of {exact(wish.limit)} billion yuan"
        if wish.name == BUDGET
        else f"{wish.name}={exact(wish.limit)}"
        for wish in found.wishes
        if wish.name != PROBABILITY
    ]
    return f" within {listed(named)}" if named else ""


def of_futures(score: Score) -> str:
    """In how many futures all targets are reached."""
    return of_runs(score.probability, len(score.lived)).replace("run", "future")


def mix(space: Space, score: Score) -> str:
    """The levers of a mix in one line, families that stay as they are left out."""
    values = space.values(score.candidate)
    levels = [f"{family} {values[family]:g}" for family in FAMILIES if values[family] > 0.0]
    rest = [_phase(lever, values[lever.name]) for lever in space.levers if lever.name not in FAMILIES]
    return "; ".join(filter(None, [listed(levels) or "no measures", ", ".join(filter(None, rest))]))


def _phase(lever: Lever, value: float) -> str:
    """Start, ramp or intake in words; intakes as announced go without saying."""
    family = lever.name.removesuffix(f"_{lever.kind}")
    whose = "" if family == lever.kind else f"{family} "
    if lever.kind == "start":
        return f"{whose}from {lever.text(value)}"
    if lever.kind == "ramp_months":
        return f"{whose}rising for {lever.text(value)} months"
    return "" if value == 1.0 else f"intakes times {lever.text(value)}"


def likely(score: Score) -> str:
    """How likely all targets are, with the interval."""
    return f"{chance(score.probability)} (95 % interval {span(*score.interval, chance)}; {of_futures(score)})"


def _winner(found: "Found") -> list[str]:
    score, front = found.trusted[0], found.choice.winner
    tiers = [f"{tier} {chance(share)}" for tier, share in score.probabilities.items()]
    wider = [f"{name} {exact(score.mean(name))}" for name in WIDER]
    before = f"on futures that nothing was chosen by; {chance(front.probability)} on those it was chosen by"
    return [
        f"Chosen: {mix(found.space, score)}",
        f"  cost          {_billion(score.cost)} from {FORK_YEAR + 1} to {found.targets.year}",
        f"  all targets   {likely(score)}",
        f"                {before}",
        f"  each target   {', '.join(tiers)}",
        f"  besides       {', '.join(wider)}",
    ]


def _families(found: "Found") -> list[str]:
    """What each family costs, and what would be missing without it."""
    if not found.without:
        return []
    lines = [
        "Family by family: level, cost, chance of all targets without it, and what the worst tier would lose"
    ]
    spent = _billion(found.trusted[0].mean(f"{COST}_{PLACES}"))
    return [*lines, *(_family(found, family) for family in FAMILIES), f"  {'Places':<14}{spent}"]


def _family(found: "Found", family: str) -> str:
    score, without = found.trusted[0], found.without.get(family)
    label = f"  {FAMILY_LABELS[family]:<14}"
    if without is None:
        return f"{label}stays as in 2024"
    level = found.space.values(score.candidate)[family]
    lost = POINTS * float((score.margin - without.margin).mean())
    cost = _billion(score.mean(f"{COST}_{family}"))
    return f"{label}{level:<5g} {cost}; {chance(without.probability)}; {points(lost)} of its target"


def _runner_up(found: "Found") -> list[str]:
    cost, probability = found.cost_apart, found.probability_apart
    if cost is None or probability is None:
        return []
    score = found.trusted[1]
    billions = [signed(1e3 * value, billion_yuan) for value in cost]
    shares = [signed(POINTS * share, points) for share in probability]
    return [
        f"Runner-up: {mix(found.space, score)}",
        f"  cost          {_billion(score.cost)}: {billions[0]} ({billions[1]} to {billions[2]})",
        f"  all targets   {likely(score)}",
        f"                {shares[0]} ({shares[1]} to {shares[2]})",
    ]


def _robust(found: "Found") -> list[str]:
    """Regret over the draws of the front."""
    losses = found.regrets
    lines = [f"In {percent(losses[0].hopeless)} of the draws no mix of the front suffices. In the others:"]
    for name, loss in zip(("the chosen mix", "the runner-up"), losses, strict=False):
        lines.append(
            f"  {name} costs {_billion(loss.dearer)} more than the cheapest that suffices (at most "
            f"{_billion(loss.dearest)}); where it falls short, by {percent(loss.short)} (at most "
            f"{percent(loss.shortest)})"
        )
    return lines if losses[0].hopeless < 1.0 else ["In none of the draws does a mix of the front suffice."]


def _billion(value: float) -> str:
    return billion_yuan(1e3 * value)
