"""Commitments on the page and on the command line."""

import html
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from experiments import cli
from experiments.outcomes.commitments import Commitment, write_commitments
from experiments.questions.compare import page as comparison
from experiments.questions.compare.figures import cascade
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections.contents import SECTIONS
from experiments.questions.compare.supply import write_provinces
from tests.synthetic_store import write_store

PROMISES = (
    Commitment("230000", "provincial", 1_000, "A <paper> of the province"),
    Commitment("230000", "city", 20_000),
    Commitment("110000", "city", 100),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return write_store(tmp_path_factory.mktemp("promised") / "made_up", scenarios=2, runs=6)


@pytest.fixture(autouse=True)
def _two_sections(monkeypatch) -> None:
    """Only the sections that speak of commitments; the figure is drawn with the whole page elsewhere."""
    wanted = [section for section in SECTIONS if section.id in ("provinces", "commitments")]
    monkeypatch.setattr(comparison, "SECTIONS", tuple(wanted))
    monkeypatch.setattr(comparison, "FIGURES", ())


def words_of(folder: Path) -> str:
    text = comparison.write_report(folder).read_text(encoding="utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(style|source).*?>", "", text))).split())


def test_each_promise_is_judged_under_each_scenario(store, tmp_path):
    folder = shutil.copytree(store, tmp_path / "promised")
    write_commitments(folder, PROMISES)
    words = words_of(folder)
    assert words.count("over-committed by") == 4  # two promises of Heilongjiang, two scenarios
    assert words.count("under-committed by") == 2
    assert "1 province promises 1,000, 10 % of the national target of 10,000." in words.replace("\xa0", " ")
    assert "2 provinces promise 20,100" in words
    assert "National leading craftsmen: no province has promised anything." in words
    assert "Over-committed: Heilongjiang. Under-committed: Beijing." in words
    assert "Sources of the commitments: A <paper> of the province." in words
    assert "nan" not in words.lower().split()
    data = cascade.build(Comparison(folder)).data
    assert data[data["promised"]]["duty"].tolist() == [1_000, 100, 20_000]
    assert len(data) == 3 * 31


def test_without_promises_the_fair_split_stands_alone(store, tmp_path):
    words = words_of(shutil.copytree(store, tmp_path / "alone"))
    assert "No commitments were given" in words
    assert "committed by" not in words
    row = re.search(r"All 31 ([\d,]+) ([\d,]+) ([\d,]+) ([\d,]+) ([\d,]+) ([\d,]+)", words)
    assert row
    assert row.groups() == ("2,000", "2,000", "10,000", "10,000", "50,000", "50,000")


def test_a_store_without_candidates_by_province_says_so(tmp_path):
    folder = write_store(tmp_path / "gaps", scenarios=1, runs=1, without=("qualified",))
    assert "Not recorded in this store: targets and qualified candidates by province." in words_of(folder)
    write_provinces(Comparison(folder))
    assert not (folder / "provinces.csv").exists()


def test_the_table_of_the_provinces_is_written_from_the_folder_alone(store, tmp_path):
    folder = shutil.copytree(store, tmp_path / "table")
    write_commitments(folder, PROMISES)
    write_provinces(Comparison(folder))
    table = pd.read_csv(folder / "provinces.csv")
    assert len(table) == 2 * 3 * 12 * 31
    assert table.drop(columns=["commitment", "short_of_commitment"]).notna().all(axis=None)
    assert table["commitment"].dropna().unique().tolist() == [1_000, 100, 20_000]


def test_commitments_are_kept_and_decide_no_life(fake: ModuleType, results: Path, tmp_path: Path) -> None:
    words = ["compare", "population=tiny", "report.page=false", "threads=1", "seeds=1", f"results={results}"]
    assert cli.main(words) == 0
    lived = list(fake.calls)
    file = tmp_path / "what, they=promise.csv"
    file.write_text("province,tier,commitment\n黑龙江,city,2000\n", encoding="utf-8")
    assert cli.main([*words, f"commitments={file}"]) == 0
    assert fake.calls == lived
    folder = results / "compare" / "default"
    assert (folder / "commitments.csv").read_text(encoding="utf-8").endswith("\n230000,city,2000,\n")
    assert "commitments.csv" in json.loads((folder / "manifest.json").read_text())["files"]
