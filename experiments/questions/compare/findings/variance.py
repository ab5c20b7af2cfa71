"""Chance, knowledge and policy in what is counted in the last year, and what the bands of figures hold."""

from dataclasses import dataclass

import numpy as np

from experiments.pages.body import NotRecorded
from experiments.pages.labels import TIERS_TOP_DOWN
from experiments.pages.language import say, sentences
from experiments.pages.words import count
from experiments.questions.compare.reading import Comparison
from sim.outcomes.uncertainty import PARTS, Parts, can_tell_apart, parts_of_variance

ONE_DRAW = "a second set of parameter values"
NEVER_REPEATED = "runs that repeat a set of parameter values"


@dataclass(frozen=True)
class Split:
    """What the runs say of each tier, and what they are; ``shown`` names the parts they can have."""

    tiers: dict[str, Parts]
    shown: tuple[str, ...]
    runs: int
    draws: int
    repeated: int


def split(comparison: Comparison) -> Split:
    """The parts of the variance of each tier; NotRecorded when the runs cannot tell them apart."""
    tiers = {}
    for tier in TIERS_TOP_DOWN:
        ends = comparison.runs(comparison.counted, f"tier={tier}").iloc[:, -1]
        table = ends.unstack("scenario", sort=False).dropna()
        draws = table.index.get_level_values("draw").to_numpy(np.int64)
        sizes = np.unique(draws, return_counts=True)[1]
        if not can_tell_apart(draws):
            raise NotRecorded(ONE_DRAW if len(sizes) < 2 else NEVER_REPEATED)
        tiers[tier] = parts_of_variance(table.to_numpy(np.float64).T, draws)
    shown = PARTS if len(comparison.scenarios) > 1 else PARTS[: PARTS.index("policy")]
    return Split(tiers, shown, len(draws), len(sizes), int((sizes > 1).sum()))


def bands(comparison: Comparison) -> str:
    """What the bands of a figure over runs mean, in one sentence."""
    if comparison.number_of_runs == 1:
        return ""
    if len(comparison.draws) == 1:
        return say("The spread is chance alone: all runs share one set of parameter values.")
    said = [say("The spread is chance and what is not known of the parameters together.")]
    if len(comparison.scenarios) > 1:
        said.append(say("Policy is the distance between scenarios."))
    return sentences(said)


def paired_bands(comparison: Comparison) -> str:
    """What the bands of a difference between scenarios mean, in one sentence."""
    if comparison.number_of_runs == 1:
        return ""
    if len(comparison.draws) == 1:
        return say("The spread of a difference is chance alone.")
    return say(
        "The spread of a difference, which is policy, is chance and what is not known of the parameters."
    )


def design(found: Split) -> str:
    """What the runs of a scenario are, in words."""
    return say(
        "{runs} of each scenario with {sets} of parameter values, {repeated} of them lived more than once",
        runs=count(found.runs, "run"),
        sets=count(found.draws, "set"),
        repeated=found.repeated,
    )
