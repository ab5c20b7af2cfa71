"""A user's own figures from the command line to the page, and again from what an answer keeps.

All figures are made up.
"""

import html
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from experiments import cli
from experiments.questions.compare import page
from experiments.runs.store import LifeStore
from sim.data import series

NEXT = max(series("employment_secondary")) + 1
HEAD = "indicator,year,value,unit,source\n"
FIGURES = (
    f"{HEAD}employment_secondary,{NEXT},2.3亿人,,made up\nmigrant_monthly_income,{NEXT},6500,元/月,made up\n"
    f"migrant_mean_age,{NEXT},42.5,years,made up\n"
)
FEW = ("scenarios=[frozen,reform]", "seeds=2", "population.agents=5000", "history=none", "threads=1")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "2099.csv"
    path.write_text(FIGURES, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "FIGURES", ())


def workforce(*words: str, results: Path) -> int:
    return cli.main([*words, f"results={results}"])


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def words_of(path: Path) -> str:
    text = re.sub(
        r"<(style|source|script).*?>.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\N{WORD JOINER}", "").split())


def lived(results: Path) -> set[str]:
    return {facts["run_id"] for part in LifeStore(results).parts() for facts in part.lives}


def test_an_answer_can_be_repeated_from_its_folder(fake: ModuleType, own: Path, tmp_path: Path) -> None:
    results = tmp_path / "results"
    assert workforce("compare", f"data=[{own}]", *FEW, "name=one", results=results) == 0
    one = results / "compare/one"
    kept = lived(results)
    assert len(kept) == 8, "two runs of two scenarios, with the figures and without"
    assert set(manifest(one)["run_ids"].values()) < kept
    assert {row[0] for row in manifest(one)["data"]} == {row.split(",")[0] for row in FIGURES.split()[1::2]}
    assert {"data.csv", "data_moved.csv"} <= set(manifest(one)["files"])
    own.unlink()
    assert workforce("compare", f"data=[{one / 'data.csv'}]", *FEW, "name=two", results=results) == 0
    assert manifest(results / "compare/two")["run_ids"] == manifest(one)["run_ids"]
    assert lived(results) == kept
    assert workforce("compare", *FEW, "name=without", results=results) == 0
    assert lived(results) == kept, "the lives without them serve a comparison without them"
    assert "own-figures" not in (results / "compare/without/report.html").read_text(encoding="utf-8")
    assert not (results / "compare/without/data.csv").exists()


def test_a_study_keeps_its_figures(
    fake: ModuleType, own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results"
    words = ("sweep", "scenarios=[frozen]", "seeds=1", "draws=1", "population.agents=5000", "name=s")
    assert workforce(*words, f"data=[{own}]", "launcher=basic", results=results) == 0
    first = lived(results)
    own.write_text(FIGURES.replace("6500", "6600"), encoding="utf-8")
    assert workforce("expand", "s", "seeds=+1", results=results) == 0
    assert len(lived(results)) == 2
    assert first < lived(results), "those of the first command, whatever the file holds by now"
    assert workforce(*words, f"data=[{own}]", "launcher=basic", results=results) == 2
    assert "has other scenarios or settings" in capsys.readouterr().err


def test_bad_figures_end_a_command_before_it_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(f"{HEAD}employment_secondary,{NEXT},-1,10k persons,\n", encoding="utf-8")
    for verb in ("run", "compare", "sweep", "attribute", "adapt", "optimise", "sensitivity", "calibrate"):
        assert workforce(verb, f"data=[{bad}]", results=tmp_path / "results") == 2, verb
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"workforce: {bad} line 2: the value is '-1'"), verb
    assert not lived(tmp_path / "results")


@pytest.mark.slow
def test_the_page_says_what_was_added_and_what_it_moved(own: Path, tmp_path: Path) -> None:
    results = tmp_path / "results"
    assert workforce("compare", f"data=[{own}]", *FEW, results=results) == 0
    folder = results / "compare/default"
    figures = pd.read_csv(folder / "data.csv").set_index("indicator")
    income = figures.loc["migrant_monthly_income"]
    assert abs(income["with_p50"] / income["without_p50"] - 1.0) > 0.05
    moved = pd.read_csv(folder / "data_moved.csv")
    assert len(moved) == 6
    assert (moved["with"] - moved["without"]).to_numpy() == pytest.approx(moved["difference"].to_numpy())
    assert moved["difference"].abs().max() > 0.0
    targets = pd.read_csv(folder / "targets.csv").query("target != 'all'")
    assert moved["with"].to_numpy() == pytest.approx((targets["mean"] / targets["required"]).to_numpy())
    said = words_of(folder / "report.html")
    assert "3 figures of the country stand beside the published ones; 2 of them drive the lives." in said
    assert "The first 2 runs were lived once more without the figures" in said
    assert f"Employed in industry and construction {NEXT} 230 million drives lives" in said
    assert workforce("report", "default", "report.language=zh", results=results) == 0
    assert "其中2项直接驱动模拟" in words_of(folder / "report_zh.html")
