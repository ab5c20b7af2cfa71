"""Calibration and backtest with the real simulation, on very few agents."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from experiments import cli
from experiments.outcomes.attained import NAMES
from experiments.questions.sensitivity import factors
from experiments.runs.execute import Executor
from tests.refusals import refused

FIGURES = """indicator,year,value,unit
migrant_mean_age,2015,38.6,years
migrant_mean_age,2016,39.0,years
employment_secondary_share,2016,28.5,%
births_on_the_moon,2016,5,%
five_year_inter_provincial_migrants,2016,3000,万人
"""
FLOWS = """origin_code,dest_code,year,value
340000,310000,2005,900
430000,440000,2005,2000
510000,440000,2005,1500
"""
CALIBRATE = ["calibrate", "until=2016", "agents=5000", "members=24", "rounds=1", "draws=2", "name=small"]


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a calibration that is far too small to be good."""
    results = tmp_path_factory.mktemp("calibrated")
    assert cli.main([*CALIBRATE, f"results={results}"]) == 0
    return results


def products(results: Path) -> Path:
    return results / "calibrate/small"


@pytest.mark.slow
def test_a_calibration_writes_its_products(calibrated: Path) -> None:
    folder = products(calibrated)
    facts = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    posterior = pd.read_csv(folder / "posterior.csv")
    assert len(posterior) == 1 + facts["draws"]
    assert set(posterior) == set(facts["spread_left"]) >= set(facts["unidentified"])
    fit = pd.read_csv(folder / "fit.csv")
    assert fit["year"].between(2015, 2016).all()
    assert (fit["p05"] <= fit["p95"]).all()


@pytest.mark.slow
def test_an_interrupted_calibration_goes_on_and_ends_the_same(
    calibrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = sorted((calibrated / "lives").iterdir())
    for path in parts[:-1]:
        shutil.copytree(path, tmp_path / "lives" / path.name)
    lost = len(json.loads((parts[-1] / "manifest.json").read_text(encoding="utf-8"))["lives"])
    lived = []
    close = Executor.__exit__

    def counted(self: Executor, *fault: object) -> None:
        lived.append(self.lived)
        close(self, *fault)

    monkeypatch.setattr(Executor, "__exit__", counted)
    assert cli.main([*CALIBRATE, f"results={tmp_path}"]) == 0
    assert lived == [lost]
    for name in ("posterior.csv", "fit.csv", "residuals.csv"):
        assert (products(tmp_path) / name).read_bytes() == (products(calibrated) / name).read_bytes()


@pytest.mark.slow
def test_a_backtest_compares_lists_and_keeps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (tmp_path / "flows.csv").write_text(FLOWS, encoding="utf-8")
    words = ["backtest", f"observed={tmp_path / 'figures.csv'}", f"flows={tmp_path / 'flows.csv'}"]
    words += ["draws=3", "agents=5000", f"results={tmp_path}"]
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    assert "births_on_the_moon (1 row; 2016): the model has no such indicator" in said
    assert "five_year_inter_provincial_migrants (1 row; 2016): the model has no value of this year" in said
    assert "correlation" in said
    folder = tmp_path / "backtest/default"
    assert pd.read_csv(folder / "not_compared.csv")["observed"].tolist() == [5, 3000]
    rows = pd.read_csv(folder / "rows.csv")
    assert rows["indicator"].tolist() == [
        "migrant_mean_age",
        "migrant_mean_age",
        "employment_secondary_share",
    ]
    assert ((rows["p05"] < rows["mean"]) & (rows["mean"] < rows["p95"])).all()
    assert rows["error_percent"].abs().max() < 10.0
    assert (folder / "figures/figures.png").stat().st_size > 10_000
    before = {path.name for path in (tmp_path / "lives").iterdir()}
    assert cli.main(words) == 0
    assert {path.name for path in (tmp_path / "lives").iterdir()} == before
    alone = ["name=alone", "draws=3", "agents=5000", f"results={tmp_path}"]
    assert cli.main(["backtest", f"flows={tmp_path / 'flows.csv'}", *alone]) == 0
    assert "Flows of 2005" in capsys.readouterr().out
    assert pd.read_csv(tmp_path / "backtest/alone/rows.csv").empty


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["backtest"], "observed=figures.csv or flows=flows.csv"),
        (["backtest", "observed=/nowhere.csv"], "/nowhere.csv is not there"),
        (["backtest", "observed=x.csv", "draws=0"], "draws=0"),
        (["backtest", "observed=x.csv", "knowledge=until_1999"], "choose one of: "),
        (["backtest", "observed=x.csv", "scenario=none"], "unknown scenario 'none'"),
        (["calibrate", "until=2036"], "until=2036 must be a whole number from 2016 to 2035"),
        (["calibrate", "until=2025"], "no figure after 2024 is there to be fitted; write until=2024"),
        (["calibrate", "members=3"], "members=3"),
        (["calibrate", "agents=100"], "too few"),
        (["compare", "knowledge=everything"], "choose one of: until_2018, until_2021, until_2024, prior"),
    ],
)
def test_bad_input_is_refused_in_one_line(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused([*words, f"results={tmp_path}"], capsys)


@pytest.mark.slow
def test_a_sensitivity_study_writes_its_tables_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = factors.factors
    monkeypatch.setattr(factors, "factors", lambda read: inputs(read)[:3])  # three numbers instead of all
    words = ["sensitivity", "trajectories=2", "keep=2", "samples=2", "agents=5000", f"results={tmp_path}"]
    assert cli.main(words) == 0
    folder = tmp_path / "sensitivity/default"
    indices = pd.read_csv(folder / "sobol.csv")
    assert len(indices) == 2 * 2 * len(NAMES)
    assert len(pd.read_csv(folder / "morris.csv")) == 3 * 2 * len(NAMES)
    assert len(list(folder.glob("figures/moves_*.png"))) == len(NAMES)
    first = (folder / "sobol.csv").read_bytes()
    parts = list((tmp_path / "lives").iterdir())
    assert cli.main(words) == 0
    assert (folder / "sobol.csv").read_bytes() == first
    assert len(list((tmp_path / "lives").iterdir())) == len(parts)
    assert "pairs of lives" in capsys.readouterr().out
