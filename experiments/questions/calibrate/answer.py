"""A calibration as it lies in its folder, and as sentences and figures read it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.answers.keys import from_dict
from experiments.questions.calibrate.fit import UNIDENTIFIED
from experiments.questions.calibrate.keys import CalibrateKeys
from experiments.runs.files import read_json
from experiments.tables.handed_out import read_csv

TABLES: Final = ("fit", "parameters", "posterior", "residuals")


@dataclass(frozen=True)
class Answer:
    """The tables of one calibration."""

    folder: Path

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What was asked, and how well it fits."""
        return dict(read_json(self.folder / "summary.json"))

    @cached_property
    def keys(self) -> CalibrateKeys:
        """What was chosen."""
        return from_dict(CalibrateKeys, self.facts["settings"])

    @cached_property
    def fit(self) -> pd.DataFrame:
        """Published figures beside what the draws make of them."""
        return read_csv(self.folder / "fit.csv")

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """Uncertain parameters with what is left of their spread, the best informed first."""
        return read_csv(self.folder / "parameters.csv").sort_values("spread_left", kind="stable")

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
