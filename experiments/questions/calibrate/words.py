"""A calibration as it lies in its folder, and what it says in words."""

from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd

from experiments.answers.read import AnswerFolder
from experiments.pages.terminal import aligned
from experiments.questions.calibrate.fit import UNIDENTIFIED
from experiments.questions.calibrate.keys import CalibrateKeys
from experiments.runs.files import read_json

TABLES: Final = ("fit", "parameters", "posterior", "residuals")
SHOWN: Final = 12  # indicators in the table on the terminal


class Answer(AnswerFolder[CalibrateKeys]):
    """The tables of one calibration."""

    kind = CalibrateKeys

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


def in_words(folder: Path) -> str:
    """How good the fit is, the worst indicators, and how much stays unknown."""
    fit, found = pd.read_csv(folder / "fit.csv"), read_json(folder / "summary.json")
    by_name = fit["error_percent"].abs().groupby(fit["indicator"]).agg(["count", "mean", "max"])
    weight = dict(zip(fit["indicator"], fit["weight"], strict=True))
    worst = by_name.sort_values("mean", ascending=False).head(SHOWN)
    rows = [
        [
            str(name),
            str(weight.get(str(name))),
            f"{row['count']:.0f}",
            f"{row['mean']:.1f} %",
            f"{row['max']:.1f} %",
        ]
        for name, row in worst.iterrows()
    ]
    error, most = found["error_percent_of_mean"], found["tolerated_percent"]
    lines = [
        f"Mean absolute error of {weight}-weight figures: {error[weight]:.2f} % (wanted: {most[weight]:g} %)"
        for weight in most
        if weight in error
    ]
    known = found["parameters"] - len(found["unidentified"])
    return "\n".join(
        [
            "Worst fitted indicators",
            aligned([["indicator", "weight", "figures", "mean error", "largest"], *rows], left=2),
            *lines,
            f"{found['draws']} draws match; history informs {known} of {found['parameters']} parameters.",
        ]
    )
