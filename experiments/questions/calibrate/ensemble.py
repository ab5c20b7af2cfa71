"""Ensembles of parameter sets: the histories they lead to, and the smoother that pulls them towards data.

The smoother assimilates the data several times (ES-MDA, Emerick and Reynolds 2013). An ensemble of parameter
sets is drawn, simulated and pulled towards the data along its own covariances, each time with a part of the
information. It needs no gradients and some thousand runs however many parameters there are. Covariances that
a sample of this size shows by chance are left out (localisation by correlation, Luo and Bhakta 2020), so that
parameters without information keep their spread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.outcomes.published import published
from experiments.questions.calibrate.fit import quantiles
from experiments.runs.execute import Executor
from experiments.runs.life import Life, World
from experiments.runs.plan import Cell
from sim.outcomes.first_round import NAMED_IN, named_over_selected
from sim.policy.programme import FIRST_ROUND

Array = NDArray[np.float64]
SIGNIFICANT: Final = 3.0  # correlations below so many standard errors, 1 / sqrt(members), count as none


def assimilate(
    parameters: Array,
    simulated: Array,
    observed: Array,
    sd: Array,
    inflation: float,
    chance: np.random.Generator,
) -> Array:
    """Pull an ensemble towards the data once.

    Parameters
    ----------
    parameters
        Shape (parameters, members), about standard normal beforehand.
    simulated
        Shape (rows, members): what each member makes of the observed rows.
    observed, sd
        Shape (rows,): figures, and their tolerance as a standard deviation.
    inflation
        By how much the variance of the tolerance is raised; the inverses of all rounds sum to 1.
    chance
        Of the noise added to the data, independent of the ensemble and of other rounds.

    Returns
    -------
    ndarray
        The new ensemble, shape (parameters, members).
    """
    rows, members = simulated.shape
    noise = chance.standard_normal((rows, members))
    noise -= noise.mean(axis=1, keepdims=True)
    misfit = (observed[:, None] - simulated) / sd[:, None] + np.sqrt(inflation) * noise
    spread = (simulated - simulated.mean(axis=1, keepdims=True)) / sd[:, None]
    deviation = parameters - parameters.mean(axis=1, keepdims=True)
    together = deviation @ spread.T / (members - 1)
    within = spread @ spread.T / (members - 1) + inflation * np.eye(rows)
    return np.asarray(
        parameters + _significant(together, deviation, spread) @ np.linalg.solve(within, misfit)
    )


def _significant(together: Array, deviation: Array, spread: Array) -> Array:
    """Covariances whose correlation is beyond what chance gives a sample of this size; others are zero."""
    members = deviation.shape[1]
    scale = np.outer(deviation.std(axis=1, ddof=1), spread.std(axis=1, ddof=1))
    correlation = np.divide(together, scale, out=np.zeros_like(together), where=scale > 0.0)
    return np.where(np.abs(correlation) > SIGNIFICANT / np.sqrt(members), together, 0.0)


@dataclass(frozen=True)
class Histories:
    """Lives histories of members, and gives the figures that are fitted.

    Attributes
    ----------
    world
        What all share; parameters that are not drawn stand at their central values.
    names
        Parameters that are drawn.
    targets
        Rows with indicator, province and year of each figure.
    until
        The last year.
    live
        Lives what is not kept.
    """

    world: World
    names: Sequence[str]
    targets: pd.DataFrame
    until: int
    live: Executor

    def of(self, normal: Array, seeds: Sequence[int]) -> Array:
        """Figures of members in standard normal numbers, shape (targets, members).

        Parameters
        ----------
        normal
            Shape (parameters, members).
        seeds
            Chance of each member.
        """
        return self._lived(normal, seeds, self.until)[0]

    def with_first_round(self, normal: Array, seeds: Sequence[int]) -> tuple[Array, Array]:
        """The same, and the share that was named of the first national round, shape (members,).

        Where its year is known, lives go on until it is named; before, the share is nan.
        """
        until = self.until if self.until < FIRST_ROUND else max(self.until, NAMED_IN)
        return self._lived(normal, seeds, until)

    def _lived(self, normal: Array, seeds: Sequence[int], until: int) -> tuple[Array, Array]:
        """Figures of members who live to a year, and the share that they named of the first round."""
        lives = [
            Life(
                self.world,
                self.world.past,
                seed,
                0,
                until,
                quantiles=tuple(zip(self.names, column.tolist(), strict=True)),
            )
            for column, seed in zip(quantiles(normal).T, seeds, strict=True)
        ]
        records = self.live.records([Cell((life,)) for life in lives])
        keys = list(self.targets[["indicator", "province", "year"]].itertuples(index=False, name=None))
        known = NAMED_IN in records.years
        named = [
            named_over_selected(records.of_life(place)) if known else np.nan for place in range(len(lives))
        ]
        return published(records, lives, keys), np.array(named)
