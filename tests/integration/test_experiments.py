"""The commands with the real simulation, on very few agents."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments import cli
from experiments.questions.compare import page as comparison
from experiments.questions.compare.figures.registry import FIGURES
from sim.calendar import END, FORK_YEAR, START, year_of
from sim.targets import TARGET_TIERS

pytestmark = pytest.mark.slow  # tests/golden holds the same in short
FEW = "population.agents=5000"


def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of a comparison of two scenarios in two runs, the page with a few figures included."""
    results = tmp_path_factory.mktemp("compared")
    words = ["compare", FEW, f"results={results}", "seeds=2", "scenarios=[frozen,reform]"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "FIGURES", FIGURES[:2])
        assert cli.main(words) == 0
    return results


def test_the_page_and_its_files_are_there(compared: Path) -> None:
    folder = compared / "compare" / "default"
    assert (folder / "report.html").stat().st_size > 100_000
    listed = set(manifest(folder)["files"])
    assert listed == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {
        "manifest.json"
    }
    tables = ("indicators", "paired", "biographies")
    assert {"targets.csv", "report.html", *(f"{name}.parquet" for name in tables)} <= listed


def test_every_year_is_recorded(compared: Path) -> None:
    indicators = pd.read_parquet(compared / "compare" / "default" / "indicators.parquet")
    assert set(indicators["year"]) >= set(range(year_of(START) + 1, year_of(END) + 1))
    assert indicators.query("indicator == 'recognised' and province == 'all'")["value"].notna().all()
    assert {f"tier={tier}" for tier in TARGET_TIERS} <= set(indicators["group"])


def test_run_and_compare_live_the_same_lives(compared: Path, tmp_path: Path) -> None:
    words = ["run", FEW, f"results={tmp_path}", "scenario=reform", "seed=2", "draw=2"]
    assert cli.main([*words, "threads=1"]) == 0
    (alone,) = (tmp_path / "runs").iterdir()
    assert (
        manifest(alone)["state_digest"]
        == manifest(compared / "compare/default")["state_digests"]["reform seed=2 draw=2"]
    )
    rows = pd.read_parquet(compared / "compare/default/indicators.parquet")
    beside = rows.query("scenario == 'reform' and seed == 2")["value"].sort_values(ignore_index=True)
    mine = pd.read_parquet(alone / "indicators.parquet")["value"].sort_values(ignore_index=True)
    pd.testing.assert_series_equal(mine, beside)


def test_scenarios_differ_and_share_their_history(compared: Path) -> None:
    digests = manifest(compared / "compare" / "default")["state_digests"]
    assert len(set(digests.values())) == 4
    indicators = pd.read_parquet(compared / "compare" / "default" / "indicators.parquet")
    keys = ["seed", "year", "province", "group", "indicator"]
    one, other = (
        indicators.query(f"scenario == '{name}' and year <= {FORK_YEAR}").set_index(keys)["value"]
        for name in ("frozen", "reform")
    )
    pd.testing.assert_series_equal(one, other)


def test_a_sweep_side_by_side(tmp_path: Path) -> None:
    words = ["run", "-m", FEW, f"results={tmp_path}", "scenario=frozen,reform", "hydra/launcher=joblib"]
    program = [sys.executable, "-m", "experiments.cli", *words]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "runs").iterdir())) == 2
