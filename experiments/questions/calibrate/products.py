"""The files that a calibration leaves, and what it says in words."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.answers.folder import write_answer
from experiments.pages.terminal import aligned
from experiments.places import CONFIGS
from experiments.questions.calibrate.fit import (
    TOLERATED,
    UNIDENTIFIED,
    errors,
    fit_table,
    posterior_table,
    residual_table,
    weight_errors,
)
from experiments.questions.calibrate.page import write_report
from experiments.runs.files import folder_hash, read_json, written_aside
from experiments.runs.machine import versions
from sim.inputs import PRIOR

if TYPE_CHECKING:
    from experiments.questions.calibrate.checked import Plan

Array = NDArray[np.float64]
INSTALLED: Final = {  # files of the answer, and what they are called where ``knowledge`` finds them
    "posterior.csv": "posterior.csv",
    "fit.csv": "fit.csv",
    "residuals.csv": "residuals.csv",
    "summary.json": "calibration.json",
}
SHOWN: Final = 12  # indicators in the table on the terminal


@dataclass(frozen=True)
class Calibrated:
    """What came out: the best fit, shape (parameters,), draws in standard normal numbers, and their figures.

    ``spread_left`` is the posterior over the prior spread of each parameter after the rounds.
    """

    best: Array
    draws: Array  # (parameters, draws)
    simulated: Array  # (rows, draws)
    spread_left: "pd.Series[float]"


def write_products(plan: "Plan", found: Calibrated, seconds: float) -> Path:
    """Write the answer, and where ``knowledge`` finds it when asked to; returns the page or the folder."""
    fit = fit_table(found.simulated, plan.targets)
    tables = {
        "posterior": posterior_table(found.best, found.draws, plan.names),
        "fit": fit,
        "residuals": residual_table(fit),
        "parameters": parameters(plan, found.spread_left),
    }
    page = write_report if plan.keys.report.page else None
    written = write_answer(plan.folder, plan.keys, PRIOR, tables, facts(plan, found, seconds), page)
    if plan.keys.install:
        with written_aside(CONFIGS / "calibration" / f"until_{plan.keys.until}") as installed:
            for source, name in INSTALLED.items():
                shutil.copyfile(plan.folder / source, installed / name)
    return written


def parameters(plan: "Plan", left: "pd.Series[float]") -> pd.DataFrame:
    """What each parameter means, how it is evidenced, and what history leaves of its spread."""
    rows = [(one.name, one.meaning, one.evidence, left[one.name]) for one in plan.world.inputs.uncertain()]
    return pd.DataFrame(rows, columns=["parameter", "meaning", "evidence", "spread_left"])


def unidentified(left: "pd.Series[float]") -> list[str]:
    """Parameters of which history says next to nothing."""
    return [str(name) for name, share in left.items() if share > UNIDENTIFIED]


def facts(plan: "Plan", found: Calibrated, seconds: float) -> dict[str, Any]:
    """Facts for whoever wants to trust or repeat it."""
    from sim.data import data_hash

    simulated, left = found.simulated, found.spread_left
    fit = fit_table(simulated, plan.targets)
    return {
        "set_by_user": plan.user_set,
        "draws": simulated.shape[1],
        "targets": len(plan.targets),
        "parameters": len(plan.names),
        "error_percent_of_mean": weight_errors(fit),
        "error_percent_of_draws": {
            weight: float(100.0 * error.mean()) for weight, error in errors(simulated, plan.targets).items()
        },
        "tolerated_percent": {weight: 100.0 * most for weight, most in TOLERATED.items()},
        "spread_left": {str(name): round(float(share), 3) for name, share in left.items()},
        "unidentified": unidentified(left),
        "seconds": seconds,
        "data_hash": data_hash(),
        "parameters_hash": folder_hash(CONFIGS / "parameters", "*.yaml"),
        "versions": versions(),
    }


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
