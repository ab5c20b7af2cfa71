"""Calibration: the smoother on a known posterior, what matches, the table of quantiles, targets."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.questions.calibrate.ensemble import assimilate
from experiments.questions.calibrate.fit import (
    errors,
    matching,
    misfit,
    posterior_table,
    quantiles,
    read_targets,
    residual_table,
    spread_left,
)
from sim.errors import InputError
from sim.inputs import Inputs
from sim.posterior import Posterior

CONFIGS = Path(__file__).parents[2] / "configs"


def smoothed(members: int, rounds: int) -> np.ndarray:
    """Ensemble after all rounds of y = 2 x0 - x1 seen as 3 with a tolerance of 0.5; x2 does not matter."""
    chance = np.random.default_rng(1)
    ensemble = chance.standard_normal((3, members))
    for _ in range(rounds):
        simulated = (2.0 * ensemble[0] - ensemble[1])[None]
        ensemble = assimilate(ensemble, simulated, np.array([3.0]), np.array([0.5]), rounds, chance)
    return ensemble


def test_smoother_finds_the_posterior_of_a_linear_model() -> None:
    gain = np.array([2.0, -1.0, 0.0]) / (5.0 + 0.25)
    ensemble = smoothed(members=4000, rounds=4)
    assert ensemble.mean(axis=1) == pytest.approx(3.0 * gain, abs=0.06)
    covariance = np.eye(3) - np.outer(gain, [2.0, -1.0, 0.0])
    assert np.cov(ensemble) == pytest.approx(covariance, abs=0.06)


def test_a_parameter_without_information_keeps_its_spread_in_a_small_ensemble() -> None:
    left = spread_left(smoothed(members=60, rounds=4), ["first", "second", "none"])
    assert left["none"] == pytest.approx(
        np.random.default_rng(1).standard_normal((3, 60))[2].std(ddof=1), abs=1e-12
    )
    assert left["first"] < 0.7


def targets() -> pd.DataFrame:
    return pd.DataFrame({
        "indicator": ["a", "a", "b"],
        "province": "all",
        "year": [2015, 2016, 2015],
        "observed": [100.0, 200.0, 10.0],
        "weight": ["high", "high", "medium"],
        "sd": [1.0, 2.0, 0.5],
    })  # fmt: skip


def test_members_match_when_both_mean_errors_are_small() -> None:
    simulated = np.array([[101.0, 110.0], [200.0, 200.0], [10.5, 10.0]])
    assert errors(simulated, targets())["high"] == pytest.approx([0.005, 0.05])
    assert matching(simulated, targets()).tolist() == [True, False]
    assert misfit(simulated, targets())[0] == pytest.approx((1.0 + 0.0 + 1.0) / 3.0)


def test_residuals_are_root_mean_squares_with_a_floor() -> None:
    fit = targets().assign(error_percent=[3.0, -4.0, 0.1])
    found = residual_table(fit).set_index("indicator")["relative_sd"]
    assert found["a"] == pytest.approx(np.sqrt((0.03**2 + 0.04**2) / 2), abs=1e-6)
    assert found["b"] == 0.01


def test_quantiles_stay_below_one_and_the_best_fit_comes_first(tmp_path: Path) -> None:
    normal = np.array([[0.0, 40.0], [1.0, -1.0]])
    table = posterior_table(np.array([0.5, 0.0]), normal, ["quit_per_year", "fade_per_year"])
    table = table[["quit_per_year"]]
    assert table["quit_per_year"].between(0.0, 0.999999).all()
    assert table["quit_per_year"][0] == pytest.approx(quantiles(np.array([0.5]))[0], abs=1e-6)
    path = tmp_path / "posterior.csv"
    table.to_csv(path, index=False)
    posterior = Posterior.read(path, ["quit_per_year"])
    inputs = Inputs.read(CONFIGS).with_posterior(posterior)
    one = inputs.rates["quit_per_year"]
    assert inputs.rates.values(0)["quit_per_year"] == one.at(table["quit_per_year"][0])
    assert inputs.rates.values(3)["quit_per_year"] == inputs.rates.values(1)["quit_per_year"]  # begins anew
    assert inputs.law.values(1)["fade_per_year"] == Inputs.read(CONFIGS).law.values(1)["fade_per_year"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("quit_per_yeer\n0.5\n", "did you mean 'quit_per_year'"),
        ("quit_per_year\n0.5\n1.5\n", "line 3"),
        ("quit_per_year\n0.5\nx\n", "line 3"),
        ("quit_per_year\n", "no rows"),
        ("", "cannot be read"),
    ],
)
def test_a_damaged_table_of_quantiles_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "posterior.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        Posterior.read(path, ["quit_per_year"])


def test_targets_are_published_rows_of_the_years_asked_for() -> None:
    found = read_targets(2021)
    assert found["year"].between(2015, 2021).all()
    assert not found.duplicated(["indicator", "province", "year"]).any()
    row = found[(found["indicator"] == "migrant_mean_age") & (found["year"] == 2021)].iloc[0]
    assert (row["observed"], row["weight"]) == (41.7, "high")
    assert row["sd"] == pytest.approx(41.7 * 0.015)
    epidemic = found[(found["indicator"] == "migrant_mean_age") & (found["year"] == 2020)].iloc[0]
    assert epidemic["sd"] == pytest.approx(41.4 * 0.03)
    assert read_targets(2018)["year"].max() == 2018
    assert (found["province"] != "all").sum() == 31
