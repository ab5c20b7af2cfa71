"""What the parameters are fitted to: published figures, each with its tolerance."""

from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.outcomes.observed import figures
from experiments.places import CONFIGS
from sim.calendar import START, year_of
from sim.checks import read_yaml, way_out
from sim.errors import InputError
from sim.outcomes.published import PROVINCIAL, PUBLISHED

TARGETS: Final = CONFIGS / "calibration/targets.yaml"
WEIGHTS: Final = ("high", "medium", "low", "provinces")
COLUMNS: Final = ["indicator", "province", "year", "observed", "weight", "sd"]
FIRST_YEAR: Final = year_of(START) + 1


def read_targets(until: int, path: Path = TARGETS) -> pd.DataFrame:
    """Figures of the years 2015 to ``until``.

    Returns
    -------
    pandas.DataFrame
        Columns indicator, province ("all" or code), year, observed, weight, and sd, the tolerance as a
        standard deviation in the published unit.

    Raises
    ------
    InputError
        When the file names an indicator that the model cannot speak about.
    """
    chosen = read_yaml(path)
    weight = {name: kind for kind in WEIGHTS for name in chosen[kind]}
    for name in weight:
        if name not in PUBLISHED and name not in PROVINCIAL:
            raise InputError(f"{path.name}: {way_out(name, [*PUBLISHED, *PROVINCIAL])}")
    rows = pd.concat((figures(), _further(chosen["further"], weight)))
    rows = rows[rows["indicator"].isin(weight) & rows["year"].between(FIRST_YEAR, until)]
    rows = rows.drop_duplicates(["indicator", "province", "year"])
    rows["weight"] = rows["indicator"].map(weight)
    wider = rows["year"].isin(chosen["epidemic_years"]).map({True: chosen["epidemic_factor"], False: 1.0})
    rows["sd"] = rows["observed"].abs() * rows["weight"].map(chosen["tolerance"]) * wider
    return rows[COLUMNS].sort_values(["indicator", "province", "year"]).reset_index(drop=True)


def _further(rows: list[list[Any]], weight: dict[str, str]) -> pd.DataFrame:
    """Targets that stand in the file itself; their weights join the others."""
    weight.update({name: kind for name, _, _, kind, _ in rows})
    listed = [(name, "all", int(year), float(value)) for name, year, value, _, _ in rows]
    return pd.DataFrame(listed, columns=["indicator", "province", "year", "observed"])
