"""Pairs of lives: a scenario and its baseline after the same history, under chosen parameters."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.questions.sensitivity.factors import Factor, quantiles
from experiments.runs.life import Life, World
from experiments.runs.plan import Cell

if TYPE_CHECKING:
    from sim.policy.scenario import Scenario

Array = NDArray[np.float64]


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
    return [
        Cell(tuple(Life(world, end, seed, 0, until, quantiles=quantiles(factors, row)) for end in ends))
        for row in samples
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
