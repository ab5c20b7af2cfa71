"""Members of an ensemble: sets of parameters, the histories they lead to, and what is published of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.outcomes.published import published
from experiments.questions.calibrate.fit import quantiles
from experiments.runs.execute import Executor
from experiments.runs.life import Life, World
from experiments.runs.plan import Cell

Array = NDArray[np.float64]


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
        lives = [
            Life(
                self.world,
                self.world.past,
                seed,
                0,
                self.until,
                quantiles=tuple(zip(self.names, column.tolist(), strict=True)),
            )
            for column, seed in zip(quantiles(normal).T, seeds, strict=True)
        ]
        records = self.live.records([Cell((life,)) for life in lives])
        keys = list(self.targets[["indicator", "province", "year"]].itertuples(index=False, name=None))
        return published(records, lives, keys)
