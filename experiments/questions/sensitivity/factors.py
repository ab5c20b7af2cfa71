"""What is varied: every uncertain parameter and effect of a measure, over what is known of it.

It is lived in pairs: a scenario and its baseline after the same history, under the same parameters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from numpy.typing import NDArray

from experiments.runs.life import Life, World
from experiments.runs.plan import Cell

if TYPE_CHECKING:
    from sim.inputs import Inputs
    from sim.policy.scenario import Scenario

Array = NDArray[np.float64]
HIGHEST = 1.0 - 1e-9  # a quantile stays below 1


@dataclass(frozen=True)
class Factor:
    """One uncertain number: its name, what it means, its evidence, and the quantiles that history leaves.

    ``known`` are the calibrated quantiles of the draws, in ascending order; empty when history says nothing.
    """

    name: str
    meaning: str
    evidence: str
    known: tuple[float, ...]

    def quantiles(self, shares: Array) -> Array:
        """Quantiles of the register's distribution at shares of what is known of the parameter."""
        below = np.minimum(shares, HIGHEST)
        return np.asarray(np.quantile(self.known, below)) if self.known else below


def factors(inputs: "Inputs") -> list[Factor]:
    """All uncertain parameters and effects; links to what is published change no life and are left out."""
    known = {name: tuple(np.sort(column[1:])) for name, column in inputs.law.posterior.quantiles.items()}
    links = {one.name for one in inputs.observation}
    parameters = [
        Factor(one.name, one.meaning, one.evidence, known.get(one.name, ()))
        for one in inputs.uncertain()
        if one.name not in links
    ]
    titles = {measure.name: measure.title for measure in inputs.catalogue}
    effects = [
        Factor(name, f"{titles[name.partition('.')[0]]}: effect on {effect.rate}", effect.evidence, ())
        for name, effect in inputs.catalogue.effects().items()
        if effect.low < effect.high
    ]
    return [*parameters, *effects]


class Problem(TypedDict):
    """What SALib is asked about."""

    num_vars: int
    names: list[str]
    bounds: list[list[float]]


def problem(chosen: Sequence[Factor]) -> Problem:
    """The factors as SALib wants them: all from 0 to 1."""
    return {
        "num_vars": len(chosen),
        "names": [factor.name for factor in chosen],
        "bounds": [[0.0, 1.0]] * len(chosen),
    }


def cells(
    world: World,
    ends: "tuple[Scenario, Scenario]",
    factors: Sequence[Factor],
    samples: Array,
    seeds: int,
    until: int,
) -> list[Cell]:
    """Scenario and baseline of each sample and seed; the seeds of one sample stand together.

    Parameters
    ----------
    world
        What all share.
    ends
        Scenario and baseline.
    factors
        Whose values are sampled; the other parameters stand at the best fit.
    samples
        Shape (samples, factors).
    seeds
        Of each sample.
    until
        The last year.
    """
    columns = [factor.quantiles(shares) for factor, shares in zip(factors, samples.T, strict=True)]
    names = [factor.name for factor in factors]
    named = [tuple(zip(names, row, strict=True)) for row in np.stack(columns, axis=1).tolist()]
    return [
        Cell(tuple(Life(world, end, seed, 0, until, quantiles=quantiles) for end in ends))
        for quantiles in named
        for seed in range(1, seeds + 1)
    ]


def levels_and_differences(found: Array, seeds: int) -> Array:
    """Outcomes of the scenario, then their differences from the baseline, averaged over the seeds.

    Parameters
    ----------
    found
        Outcomes of the lives of :func:`cells`, shape (2 x samples x seeds, outcomes).
    seeds
        Of each sample.

    Returns
    -------
    numpy.ndarray
        Shape (samples, 2 x outcomes).
    """
    scenario, baseline = found[0::2], found[1::2]
    both = np.concatenate((scenario, scenario - baseline), axis=1)
    return np.asarray(both.reshape(-1, seeds, both.shape[1]).mean(axis=1))
