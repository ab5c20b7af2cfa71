"""What calibration knows of the parameters: their quantiles, draw by draw."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.checks import way_out
from sim.errors import InputError


@dataclass(frozen=True)
class Posterior:
    """Quantiles of the distributions in the registers, by name of the parameter.

    Each array has shape ``(1 + draws,)``: the best fit, then the draws. A parameter that is not here keeps
    its own distribution.
    """

    quantiles: Mapping[str, NDArray[np.float64]]

    @cached_property
    def draws(self) -> int:
        """Number of draws beside the best fit."""
        return min((column.size for column in self.quantiles.values()), default=1) - 1

    def quantile(self, name: str, draw: int) -> float | None:
        """Quantile of a parameter in a draw, 0 the best fit; draws beyond the last begin anew."""
        column = self.quantiles.get(name)
        if column is None:
            return None
        row = draw if draw == 0 or self.draws < 1 else 1 + (draw - 1) % self.draws
        return float(column[min(row, column.size - 1)])

    @classmethod
    def read(cls, path: Path, names: Collection[str]) -> "Posterior":
        """Read a table with a column for each parameter and a row for each draw, the best fit first.

        Raises
        ------
        InputError
            For a file that is not such a table, a name that is not in ``names``, or a quantile outside
            0 to 1.
        """
        import pandas as pd  # only now: it takes as long as all that a command is told

        try:
            table = pd.read_csv(path)
        except (OSError, ValueError) as error:
            raise InputError(f"{path} cannot be read as a table of quantiles: {error}") from error
        for name in table.columns:
            if name not in names:
                raise InputError(f"{path.name} has a column '{name}': {way_out(name, names)}")
            column = pd.to_numeric(table[name], errors="coerce")
            wrong = ~((column >= 0.0) & (column < 1.0))
            if wrong.any():
                row = int(np.flatnonzero(wrong)[0]) + 2
                raise InputError(f"{path.name} line {row}, {name}: quantiles are numbers from 0 to below 1")
        if table.empty:
            raise InputError(f"{path.name} has no rows: the first is the best fit, then one for each draw")
        return cls({name: table[name].to_numpy(np.float64) for name in table.columns})
