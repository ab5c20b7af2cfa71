"""Part of the validation: stylised facts that were no targets of the calibration."""

from collections.abc import Iterable
from typing import Any, Final

from experiments.validation.country import knowledge
from experiments.validation.observed import observed
from experiments.validation.stylised import FACTS, Fact
from experiments.validation.wording import table, within

TITLE: Final = "Facts that were not fitted"
FULL: Final = {"agents": 200_000, "seeds": (1, 2, 3, 4)}
QUICK: Final = {"agents": 20_000, "seeds": (1,)}


def measure(agents: int, seeds: Iterable[int]) -> dict[str, Any]:
    """All numbers of all facts, by seed."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in FACTS}
    for seed in seeds:
        seen = observed(agents, seed)
        for name, fact in FACTS.items():
            found[name].append({key: round(value, 6) for key, value in fact.measure(seen).items()})
    return {"agents": agents, "seeds": list(seeds), "knowledge": knowledge(), "facts": found}


def verdicts(result: dict[str, Any]) -> dict[str, bool]:
    """Whether each fact is met under every seed; a fact that has been added since is left out."""
    return {
        name: all(fact.met(numbers) for numbers in result["facts"][name])
        for name, fact in FACTS.items()
        if name in result["facts"]
    }


def accepted(result: dict[str, Any]) -> bool:
    """Whether every fact is met."""
    return all(verdicts(result).values())


def failures(result: dict[str, Any]) -> list[str]:
    """Facts that are not met, each with what was found."""
    return [
        f"{FACTS[name].title}: {simulated(result['facts'][name])} (required: {FACTS[name].required})"
        for name, met in verdicts(result).items()
        if not met
    ]


def simulated(seeds: list[dict[str, float]]) -> str:
    """Each number with its range over the seeds."""
    return "; ".join(f"{key}: {within([numbers[key] for numbers in seeds])}" for key in seeds[0])


def told(fact: Fact) -> str:
    """Source of a fact, and what of it the model was told."""
    return f"- *{fact.title}.* Source: {fact.source}. Put in: {fact.put_in}."


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    met = verdicts(result)
    rows = [
        (fact.title, fact.required, simulated(result["facts"][name]), "met" if met[name] else "**not met**")
        for name, fact in FACTS.items()
        if name in met
    ]
    numbers = table(("fact", "required beforehand", "simulated", "verdict"), rows)
    sources = "\n".join(told(FACTS[name]) for name in met)
    seeds = ", ".join(map(str, result["seeds"]))
    return f"""History to the end of 2021 with {result["agents"]:,} agents and {result["knowledge"]}, seeds
{seeds}. A number stands for its mean over the seeds, with the lowest and the highest. A fact is met when it
is met under every seed. What was required stands in `experiments/validation/stylised.py`; it was written
before the numbers were seen.

{numbers}

Where each fact is from, and what of it the model was told:

{sources}
"""
