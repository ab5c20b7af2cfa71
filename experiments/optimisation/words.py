"""What an optimisation found, in the words of a planner."""

from typing import TYPE_CHECKING, Final

from experiments.importance.outcomes import MEANINGS, NAMES
from experiments.optimisation.levers import Lever, Space
from experiments.optimisation.lives import COST
from experiments.optimisation.scores import Score
from experiments.optimisation.wishes import BUDGET, PROBABILITY, Binding
from experiments.report.labels import FAMILY_LABELS, TARGET_LABELS
from experiments.report.words import (
    billion_yuan,
    chance,
    exact,
    listed,
    of_runs,
    percent,
    points,
    sentence_start,
    signed,
    span,
)
from sim.categories import FAMILIES
from sim.outcomes.targets import TARGET_TIERS

if TYPE_CHECKING:
    from experiments.optimisation.products import Found

POINTS: Final = 100.0


def summary(found: "Found") -> str:
    """The winner, its cost, how likely it is, what each family does, and the runner-up."""
    parts = [unkept(found.choice.binding, found)] if found.choice.binding else []
    return "\n".join([*parts, *_winner(found), *_families(found), *_runner_up(found), *_robust(found)])


def unkept(bound: Binding, found: "Found") -> str:
    """One sentence: which wish cannot be kept, and by how much the nearest mix misses it."""
    nearest = bound.nearest
    if bound.wish.name == PROBABILITY:
        tier = TARGET_LABELS[nearest.weakest].lower()
        attained = percent(float(nearest.attained[:, TARGET_TIERS.index(nearest.weakest)].mean()))
        said = (
            f"No mix reaches all three targets with {chance(bound.wish.limit)}: the likeliest one does in "
            f"{of_runs(nearest.probability, len(nearest.lived))}, {POINTS * bound.missed:.0f} points less, and "
            f"{tier} bind, at {attained} of their target on average"
        )
        return f"{said}{_other_limits(found)}. The likeliest one follows."
    if bound.wish.name == BUDGET:
        return (
            f"The budget of {_billion(bound.wish.limit)} binds: the cheapest mix that keeps to the rest costs "
            f"{_billion(nearest.cost)}, {_billion(bound.missed)} more. That one follows."
        )
    return (
        f"The floor {bound.wish.name}={exact(bound.wish.limit)} binds ({MEANINGS[bound.wish.name]}): the most that a "
        f"mix which keeps to the rest reaches is {exact(nearest.mean(bound.wish.name))}, {exact(bound.missed)} "
        "short. That one follows."
    )


def _other_limits(found: "Found") -> str:
    """What the likeliest mix was looked for within."""
    others = [wish for wish in found.wishes if wish.name != PROBABILITY]
    named = [
        f"a budget of {_billion(wish.limit)}" if wish.name == BUDGET else f"{wish.name} of {exact(wish.limit)}"
        for wish in others
    ]
    return f" (within {listed(named)})" if named else ""


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
    low, high = score.interval
    return (
        f"{chance(score.probability)} (95 % interval {span(low, high, chance)}; "
        f"{of_runs(score.probability, len(score.lived))})"
    )


def _winner(found: "Found") -> list[str]:
    score, front = found.trusted[0], found.choice.winner
    tiers = [f"{tier} {chance(share)}" for tier, share in score.probabilities.items()]
    wider = [
        f"{name} {exact(score.mean(name))}"
        for name in NAMES
        if not name.endswith("_attainment") and name != "young_entries"
    ]
    return [
        f"Chosen: {mix(found.space, score)}",
        f"  cost          {_billion(score.cost)} from 2025 to {found.targets.year}",
        f"  all targets   {likely(score)} on futures that the search had not seen; "
        f"{chance(front.probability)} on those it was chosen by",
        f"  each          {', '.join(tiers)}",
        f"  besides       {', '.join(wider)}",
    ]


def _families(found: "Found") -> list[str]:
    """What each family costs, and what would be missing without it."""
    score = found.trusted[0]
    values = found.space.values(score.candidate)
    lines = ["Family by family: level, cost, and what the chance of all targets would be without it"]
    for family in FAMILIES:
        label = f"  {FAMILY_LABELS[family]:<14}"
        without = found.without.get(family)
        if without is None:
            lines.append(f"{label}stays as in 2024")
            continue
        margin = float((score.margin - without.margin).mean())
        lines.append(
            f"{label}{values[family]:<5g} {_billion(score.mean(f'{COST}_{family}'))}; without it "
            f"{chance(without.probability)}, the worst tier {signed(-POINTS * margin, points)} of its target"
        )
    return lines


def _runner_up(found: "Found") -> list[str]:
    if len(found.trusted) < 2:
        return []
    score, cost, probability = found.trusted[1], found.cost_apart, found.probability_apart
    assert cost is not None
    assert probability is not None
    shares = [POINTS * share for share in probability]
    return [
        f"Runner-up: {mix(found.space, score)}",
        f"  cost          {_billion(score.cost)}: {_signed_billion(cost.value)} "
        f"({_signed_billion(cost.low)} to {_signed_billion(cost.high)})",
        f"  all targets   {likely(score)}: {signed(shares[0], points)} "
        f"({signed(shares[1], points)} to {signed(shares[2], points)})",
    ]


def _robust(found: "Found") -> list[str]:
    """Regret over the draws of the front."""
    lines = []
    for name, loss in zip(("the chosen mix", "the runner-up"), found.regrets, strict=False):
        lines.append(
            f"{sentence_start(name)}, draw by draw: where it suffices, {_billion(loss.dearer)} above the cheapest "
            f"that does (at most {_billion(loss.dearest)}); where only others suffice, {percent(loss.short)} short "
            f"(at most {percent(loss.shortest)}); in {percent(loss.hopeless)} of the draws none suffices."
        )
    return lines


def title(found: "Found") -> str:
    """The finding of the figure."""
    score = found.choice.winner
    wanted = found.wishes[0].limit
    if found.choice.binding is None:
        return f"{chance(wanted)} and more for all three targets costs {_billion(score.cost)}"
    if found.choice.binding.wish.name == PROBABILITY:
        return (
            f"No mix reaches {chance(wanted)} for all three targets; "
            f"{chance(score.probability)} costs {_billion(score.cost)}"
        )
    return f"No mix keeps to all wishes: {found.choice.binding.wish.name} binds"


def _billion(value: float) -> str:
    return billion_yuan(1e3 * value)


def _signed_billion(value: float) -> str:
    return signed(1e3 * value, billion_yuan)
