"""Part of the validation: worlds so extreme that everybody knows what should happen."""

from typing import Any, Final

from experiments.validation.country import frozen, going_on, history, knowledge
from experiments.validation.extreme_worlds import WORLDS
from experiments.validation.outcomes import Outcome, negative, not_finite, unbalanced
from experiments.validation.wording import number, table
from sim.calendar import FORK_YEAR
from sim.model import WorkforceModel

TITLE: Final = "Extreme worlds"
FULL: Final = {"agents": 50_000, "years": 5}
QUICK: Final = {"agents": 10_000, "years": 2}
BALANCE: Final = "entries less exits are the change of heads"
SEED: Final = 1


def measure(agents: int, years: int) -> dict[str, Any]:
    """Every expectation in every world, from one history."""
    past = history(agents, SEED)
    past.run_to(FORK_YEAR)
    base = lived(going_on(past.state, frozen()), years)
    found = {}
    for name, world in WORLDS.items():
        outcome = lived(world.future(past.state), years)
        found[name] = [
            {"expected": one.text, "number": round(number, 6), "met": bool(one.holds(number))}
            for one in world.expected
            for number in (float(one.number(outcome, base)),)
        ] + soundness(outcome)
    return {"agents": agents, "seed": SEED, "years": years, "knowledge": knowledge(), "worlds": found}


def lived(model: WorkforceModel, years: int) -> Outcome:
    """The model some years after the fork."""
    model.run_to(FORK_YEAR + years)
    return Outcome(model)


def soundness(outcome: Outcome) -> list[dict[str, Any]]:
    """What holds in every world."""
    wrong, below, gap = not_finite(outcome), negative(outcome), unbalanced(outcome)
    return [
        {"expected": named("every number is finite", wrong), "number": len(wrong), "met": not wrong},
        {"expected": named("no number is negative", below), "number": len(below), "met": not below},
        {"expected": BALANCE, "number": gap, "met": gap == 0.0},
    ]


def named(expected: str, wrong: list[str]) -> str:
    """The expectation, with what does not follow it."""
    return f"{expected}, but {', '.join(wrong)}" if wrong else expected


def accepted(result: dict[str, Any]) -> bool:
    """Whether every expectation is met."""
    return not failures(result)


def failures(result: dict[str, Any]) -> list[str]:
    """Expectations that are not met."""
    return [
        f"{WORLDS[name].title}: {row['expected']}: {number(row['number'])}"
        for name, rows in result["worlds"].items()
        for row in rows
        if not row["met"]
    ]


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    rows = [
        (WORLDS[name].title if place == 0 else "", row["expected"], number(row["number"]),
         "met" if row["met"] else "**not met**")
        for name, found in result["worlds"].items()
        for place, row in enumerate(found)
    ]  # fmt: skip
    made = "\n".join(f"- *{WORLDS[name].title}*: {WORLDS[name].made}." for name in result["worlds"])
    return f"""One history of {result["agents"]:,} agents, {result["knowledge"]}, seed {result["seed"]}; from
the end of {FORK_YEAR} each world goes on for {result["years"]} years, beside the frozen one. Expectations
stand in `experiments/validation/extreme_worlds.py`; they were written before the worlds were lived. Numbers
are ratios, or counts of what should not be.

{table(("world", "expected", "found", "verdict"), rows, ("found",))}

How each is made:

{made}
"""
