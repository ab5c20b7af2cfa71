"""A calibration as it lies in its folder, and as sentences and figures read it."""

from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd

from experiments.answers.read import AnswerFolder
from experiments.questions.calibrate.fit import UNIDENTIFIED
from experiments.questions.calibrate.keys import CalibrateKeys

TABLES: Final = ("fit", "parameters", "posterior", "residuals")


class Answer(AnswerFolder[CalibrateKeys]):
    """The tables of one calibration."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, CalibrateKeys)

    @property
    def fit(self) -> pd.DataFrame:
        """Published figures beside what the draws make of them."""
        return self.table("fit")

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """Uncertain parameters with what is left of their spread, the best informed first."""
        return self.table("parameters").sort_values("spread_left", kind="stable")

    @property
    def informed(self) -> pd.DataFrame:
        """Those that history says something about."""
        return self.parameters[self.parameters["spread_left"] <= UNIDENTIFIED]

    @cached_property
    def by_indicator(self) -> pd.DataFrame:
        """Weight, number of figures, mean and largest absolute error in per cent, furthest off first."""
        table = self.fit.assign(error=self.fit["error_percent"].abs())
        found = table.groupby("indicator").agg(
            weight=("weight", "first"),
            figures=("error", "size"),
            mean=("error", "mean"),
            most=("error", "max"),
        )
        return found.sort_values("mean", ascending=False, kind="stable").reset_index()
