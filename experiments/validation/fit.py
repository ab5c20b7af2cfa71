"""Part of the validation: how well the calibrated model reproduces the figures it was fitted to."""

from typing import Any, Final

import pandas as pd

from experiments.runs.files import read_json
from experiments.validation.country import CALIBRATIONS
from experiments.validation.country import FULL as CALIBRATION
from experiments.validation.wording import table

TITLE: Final = "Fit to 2015-2024"
FULL: Final[dict[str, Any]] = {}
QUICK: Final[dict[str, Any]] = {}
REQUIRED: Final = {"high": 3.0, "medium": 5.0}  # mean absolute error in per cent, required beforehand
BAD_PERCENT: Final = 10.0  # mean error above which an indicator is named as failing


def measure() -> dict[str, Any]:
    """Errors by indicator and weight, and what stays unknown, from the products of the calibration."""
    folder = CALIBRATIONS / CALIBRATION
    fit, facts = pd.read_csv(folder / "fit.csv"), read_json(folder / "calibration.json")
    error = fit.assign(error=fit["error_percent"].abs())
    rows = error.groupby(["weight", "indicator"])["error"].agg(["size", "mean", "max"]).reset_index()
    return {
        "settings": facts["settings"],
        "created": facts["created"],
        "draws": facts["draws"],
        "parameters": facts["parameters"],
        "errors": {weight: round(value, 2) for weight, value in facts["error_percent_of_mean"].items()},
        "indicators": [
            [row["weight"], row["indicator"], row["size"], round(row["mean"], 1), round(row["max"], 1)]
            for row in rows.to_dict("records")
        ],
        "spread_left": facts["spread_left"],
        "unidentified": facts["unidentified"],
    }


def accepted(result: dict[str, Any]) -> bool:
    """Whether the errors of both weights are as small as required."""
    return all(result["errors"][weight] <= most for weight, most in REQUIRED.items())


def failures(result: dict[str, Any]) -> list[str]:
    """Indicators that the fit misses widely."""
    return [
        f"{name} (weight {weight}) is off by {mean} % on average, {most} % at most"
        for weight, name, _, mean, most in result["indicators"]
        if mean > BAD_PERCENT
    ]


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    order = {"high": 0, "medium": 1, "low": 2, "provinces": 3}
    listed = sorted(result["indicators"], key=lambda row: (order[row[0]], -row[3]))
    rows = [
        [f"`{name}`", weight, str(size), f"{mean:.1f}", f"{most:.1f}"]
        for weight, name, size, mean, most in listed
    ]
    head = ["indicator", "weight", "figures", "mean error, %", "largest, %"]
    known = {name: left for name, left in result["spread_left"].items() if name not in result["unidentified"]}
    sharp = ", ".join(f"`{name}` ({left:.2f})" for name, left in known.items())
    unknown = ", ".join(f"`{name}`" for name in sorted(result["unidentified"]))
    chosen, errors = result["settings"], result["errors"]
    return f"""The products of `workforce calibrate` of {result["created"][:10]}: {chosen["members"]}
parameter sets, {chosen["rounds"]} rounds, {chosen["agents"]:,} agents; {result["draws"]} draws match history
within the tolerances. Errors are those of the mean of the draws. Mean
absolute error of high-weight figures:
**{errors["high"]} %** (required beforehand: {REQUIRED["high"]:g} %), of medium-weight figures:
**{errors["medium"]} %** ({REQUIRED["medium"]:g} %).

{table(head, rows, head[2:])}

History informs {len(known)} of {result["parameters"]} parameters. In brackets is the spread that it leaves,
as a share of the spread before: {sharp}.

It says next to nothing of the others, which keep their ranges: {unknown}.
"""
