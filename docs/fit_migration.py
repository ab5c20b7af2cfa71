# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write docs/migration.md: the law of gravity fitted to the published matrices of 2000 and 2005.

Run from the repository: ``python docs/fit_migration.py``; it takes seconds.
"""

import sys
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import NDArray

from experiments.questions.backtest.scores import likeness
from sim.categories import PROVINCES
from sim.data import adjacency, distances_km, load, migration_in_out, migration_matrix, provincial
from sim.inputs import Inputs
from sim.institutions.labour_market import relative_wages

Array = NDArray[np.float64]
ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/migration.md"
COVARIATES = ("wage", "population", "distance", "border")
FEEDS = {"wage": "gravity_wage", "population": "gravity_population", "distance": "gravity_distance",
         "border": "gravity_border", "network": "gravity_network"}  # fmt: skip
PUBLISHED = {
    "wage": "destination wage elasticity",
    "population": "destination population elasticity",
    "distance": "distance",
    "network": "migrant stock (network)",
}
INTRODUCTION = """# Where migrants go

This page is written by `docs/fit_migration.py` from `sim/data/`. A test keeps it current.

The model chooses destinations by a law of gravity (`sim/institutions/gravity.py`). Its slopes are fitted
here by Poisson pseudo-maximum-likelihood (Santos Silva and Tenreyro 2006; statsmodels) with a fixed
effect for each origin, so that only the choice of destination counts. Standard errors are clustered by
origin and by destination.

- *2000*: moves since November 1995, long form of the census of 2000.
- *2005*: people by home province, one-per-cent survey of 2005. The rows of Hainan and Tibet are missing
  and left out.
- *Network*: logarithm of the share of the origin's migrants of 2000 who went to the destination, with one
  person added in each cell, as the model takes it from the stock of persons by home.
- Wage and population of destinations are those the model has: relative wages of provinces around 2018 and
  the census of 2020. Provincial wages of 2000 and 2005 are not in the data for all provinces. The order
  of provinces was not very different then, but the north-east was richer, so the wage slope of 2000 is
  too rough to be used.
"""
UNITS = """Logarithms of wage, population, distance (km) and network; border is 1 for neighbours. In brackets
standard errors. *Published*: Gu and others 2022, whose distance and network have other units
(`effect_sizes.csv`).
"""
TAKEN = """
The model has the network, so its slopes are those of the last fit. Most of the pull of near and large
provinces is already in the network. For wages, the published elasticity of five censuses is the more
reliable one, and our estimate agrees with it within its error; the range spans both. Ranges of the others are
about two standard errors.
"""


class Fit(NamedTuple):
    """Coefficients, their standard errors, and how alike observed and fitted flows are."""

    name: str
    coefficients: dict[str, tuple[float, float]]
    likeness: dict[str, float]


def frame(year: int, network: Array | None = None) -> pd.DataFrame:
    """One row for each pair of provinces with a figure: flow, origin, destination and covariates."""
    flow, wage = migration_matrix(year), relative_wages().mean(axis=1)
    known = np.isfinite(flow) & ~np.eye(PROVINCES, dtype=bool)
    origin, dest = np.nonzero(known)
    table = pd.DataFrame({
        "flow": flow[known],
        "origin": origin,
        "dest": dest,
        "wage": np.log(wage / wage.mean())[dest],
        "population": np.log(provincial("population_census", 2020))[dest],
        "distance": np.log(distances_km()[known]),
        "border": adjacency()[known],
    })  # fmt: skip
    return table if network is None else table.assign(network=np.log(network[known]))


def network_shares(flow: Array) -> Array:
    """Share of each destination among the migrants of an origin, as the model's law of gravity has it."""
    stock = np.where(np.eye(PROVINCES, dtype=bool), 0.0, np.nan_to_num(flow))
    shares: Array = (stock + 1.0) / (stock.sum(axis=1, keepdims=True) + PROVINCES)
    return shares


def poisson(table: pd.DataFrame, covariates: tuple[str, ...], name: str) -> tuple[Fit, Any]:
    """Fit flows with origin effects; the fit, and what can predict from another table."""
    result = sm.GLM(table["flow"], design(table, covariates), family=sm.families.Poisson()).fit(
        cov_type="cluster", cov_kwds={"groups": table[["origin", "dest"]].to_numpy()}
    )
    found = {one: (float(result.params[one]), float(result.bse[one])) for one in covariates}
    return Fit(name, found, likeness(square(table, table["flow"]), square(table, result.predict()))), result


def design(table: pd.DataFrame, covariates: tuple[str, ...]) -> pd.DataFrame:
    """Covariates and a column for each origin."""
    origins = pd.get_dummies(table["origin"], prefix="origin", dtype=float)
    return pd.concat([table[list(covariates)], origins], axis=1)


def square(table: pd.DataFrame, values: "pd.Series[float] | Array") -> Array:
    """Values of the rows as a matrix of shape (31, 31); nan elsewhere."""
    matrix = np.full((PROVINCES, PROVINCES), np.nan)
    matrix[table["origin"], table["dest"]] = np.asarray(values)
    return matrix


def spread(table: pd.DataFrame, fitted: Any, covariates: tuple[str, ...]) -> "pd.Series[float]":
    """Flows by the slopes of a fit, with the totals of their origins as observed."""
    slope = sum(float(fitted.params[one]) * table[one] for one in covariates)
    weight = np.exp(slope - slope.max())
    total = table.groupby("origin")["flow"].transform("sum")
    return weight / weight.groupby(table["origin"]).transform("sum") * total


def blind(fitted_2000: Any) -> dict[str, float]:
    """How alike the flows of 2005 are to the slopes of 2000."""
    table = frame(2005)
    return likeness(square(table, table["flow"]), square(table, spread(table, fitted_2000, COVARIATES)))


def one_left_out(table: pd.DataFrame, covariates: tuple[str, ...]) -> dict[str, float]:
    """How alike flows are to those by the slopes of all other origins, origin by origin."""
    predicted = pd.Series(0.0, index=table.index)
    for origin, own in table.groupby("origin"):
        _, fitted = poisson(table[table["origin"] != origin], covariates, "")
        predicted[own.index] = spread(own, fitted, covariates)
    return likeness(square(table, table["flow"]), square(table, predicted))


def fits() -> tuple[list[Fit], dict[str, dict[str, float]]]:
    """All fits, and how they predict what they were not fitted to."""
    network = network_shares(migration_matrix(2000))
    early, result = poisson(frame(2000), COVARIATES, "2000")
    plain, _ = poisson(frame(2005, network), COVARIATES, "2005")
    full, _ = poisson(frame(2005, network), (*COVARIATES, "network"), "2005 with network")
    left_out = one_left_out(frame(2005, network), (*COVARIATES, "network"))
    return [early, plain, full], {
        "slopes of 2000, predicting 2005": blind(result),
        "2005 with network, each origin by the slopes of the others": left_out,
    }


def coefficient_table(found: list[Fit]) -> str:
    """Coefficients with standard errors, the published range, and what the model takes."""
    law = Inputs.read(ROOT / "configs").law
    effects = load("effect_sizes").set_index("effect")
    head = ["coefficient", *(fit.name for fit in found), "published", "parameter", "value", "range"]
    rows = [head, ["---"] * len(head)]
    for name, parameter in FEEDS.items():
        own = [
            "{:.3f} ({:.3f})".format(*fit.coefficients[name]) if name in fit.coefficients else ""
            for fit in found
        ]
        published = ""
        if name in PUBLISHED:
            row = effects.loc[PUBLISHED[name]]
            published = f"{row['low']} to {row['high']}"
        one = law[parameter]
        rows.append(
            [name, *own, published, f"`{parameter}`", f"{one.value:g}", f"{one.low:g} to {one.high:g}"]
        )
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def likeness_table(found: list[Fit], ahead: dict[str, dict[str, float]]) -> str:
    """How alike observed and fitted flows are."""
    measures = ("origin_share_correlation", "correlation", "common_part", "dissimilarity")
    head = ["fit", "origin shares within destinations: correlation", "all cells: correlation",
            "common part of commuters", "dissimilarity"]  # fmt: skip
    lines = [(fit.name, fit.likeness) for fit in found] + list(ahead.items())
    rows = [head, ["---", *["---:"] * 4]]
    rows += [[name, *(f"{values[one]:.3f}" for one in measures)] for name, values in lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def margins() -> str:
    """How much of the later net migration stays with the same provinces."""
    early, late = migration_in_out("2005-2010"), migration_in_out("2010-2015")
    into, out = (np.corrcoef(early[:, side], late[:, side])[0, 1] for side in (0, 1))
    return (
        "Later figures are known by province only. Arrivals of 2005-2010 and 2010-2015 correlate by "
        f"{into:.3f}, departures by {out:.3f}: migrants kept going where they had gone, as the network says."
    )


def page() -> str:
    """The whole page."""
    found, ahead = fits()
    return "\n".join((
        INTRODUCTION,
        "## Coefficients\n",
        UNITS,
        coefficient_table(found),
        TAKEN,
        "## How alike fitted and observed flows are\n",
        likeness_table(found, ahead),
        f"\nWithout the network the slopes of 2000 say little of 2005. {margins()}\n",
    ))  # fmt: skip


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
