"""The fit of migration finds the slopes that made the flows."""

import runpy
from pathlib import Path

import numpy as np
import pytest


def test_slopes_are_found_again() -> None:
    script = runpy.run_path(str(Path(__file__).parents[2] / "docs/fit_migration.py"))
    chance = np.random.default_rng(1)
    network = script["network_shares"](chance.integers(0, 1_000, (31, 31)).astype(float))
    table = script["frame"](2000, network)
    true = {"wage": 1.5, "population": 0.3, "distance": -0.6, "border": 0.4, "network": 0.7}
    mean = np.exp(sum(slope * table[name] for name, slope in true.items()) + 0.1 * table["origin"])
    table["flow"] = chance.poisson(200.0 * mean / mean.mean())
    fit, _ = script["poisson"](table, tuple(true), "synthetic")
    for name, slope in true.items():
        found, error = fit.coefficients[name]
        assert found == pytest.approx(slope, abs=max(4.0 * error, 0.05))
        assert error < 0.1


def test_an_origin_left_out_is_foretold_by_the_others_alone() -> None:
    script = runpy.run_path(str(Path(__file__).parents[2] / "docs/fit_migration.py"))
    names = ("distance", "border")
    table = script["frame"](2000)
    table["flow"] = 1e6 * np.exp(-0.5 * table["distance"] + 0.5 * table["border"])
    assert script["one_left_out"](table, names)["origin_share_correlation"] > 0.999
    odd = table["origin"] == 0
    table.loc[odd, "flow"] = 1e6 * np.exp(2.0 * table.loc[odd, "distance"])
    assert (
        script["one_left_out"](table, names)["dissimilarity"]
        > script["poisson"](table, names, "")[0].likeness["dissimilarity"]
    )
