"""Pages written once more: of numbers that other files made, and beside what is not ours."""

import json
from pathlib import Path

import numpy as np
import pytest

from experiments import cli
from experiments.answers.changed import changed_since, hashes_now, told
from experiments.pages.language import spoken
from experiments.questions.run.question import is_laid_out
from experiments.runs import sources
from experiments.runs.files import read_json, write_manifest
from experiments.runs.life import Life, World
from tests.attributed import answered, made_up
from tests.country import FROZEN

NOTE = "备注".encode("gb18030")


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A finished attribution."""
    (tmp_path / "attribute").mkdir()
    folder = answered(tmp_path / "attribute/one", made_up(np.random.default_rng(1))).folder
    write_manifest(folder, {"created": "2026-01-01", "knowledge": "prior", **hashes_now("prior")})
    return folder


def test_what_has_changed_is_named() -> None:
    made = {"code_hash": "a", "past_hash": "b", "data_hash": "c"}
    assert told(made, made) == ""
    assert told(made, {"code_hash": "x", "past_hash": "y"}) == (
        "Changed since these numbers were made: the code and the scenario of the past. They stand "
        "as they were made; the same command, given again, makes them anew."
    )
    with spoken("zh"):
        assert "程序代码已有改动" in told(made, {"code_hash": "x"})
        assert told(made, {"code_hash": "x"}).endswith("再次运行同一命令即可重新计算。")


def test_a_folder_that_says_nothing_of_its_making_is_left_alone(tmp_path: Path) -> None:
    assert changed_since(tmp_path) == ""
    (tmp_path / "manifest.json").write_text('{"created": "2026"}', encoding="utf-8")
    assert changed_since(tmp_path) == ""
    (tmp_path / "manifest.json").write_text(json.dumps({"knowledge": "gone", **sources.files()}))
    assert changed_since(tmp_path) == ""


def test_figures_that_other_code_laid_out_are_laid_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = Life(World({}, "prior", 5_000, FROZEN, {}), FROZEN, 1, 0)
    (tmp_path / "indicators.parquet").write_text("as it was")
    made = {"configuration": life.configuration(), "answer_hash": sources.answer_hash()}
    write_manifest(tmp_path, made)
    assert is_laid_out(tmp_path, life)
    monkeypatch.setattr(sources, "answer_hash", lambda: "another")
    assert not is_laid_out(tmp_path, life)


@pytest.mark.slow
@pytest.mark.parametrize("changed", ["code_hash", "answer_hash"])
def test_a_page_of_changed_files_says_so(
    changed: str, answer: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["report", "one", f"results={answer.parents[1]}"]
    assert cli.main(words) == 0
    assert "Changed since" not in (answer / "report.html").read_text(encoding="utf-8")
    assert "Changed since" not in capsys.readouterr().out
    monkeypatch.setattr(sources, changed, lambda: "another")
    assert cli.main(words) == 0
    assert "Changed since these numbers were made: the code." in (answer / "report.html").read_text("utf-8")
    assert "Changed since these numbers were made: the code." in capsys.readouterr().out


def test_strays_and_notes_break_no_page_and_stay_out_of_it(answer: Path) -> None:
    names = ("._shares.csv", ".DS_Store", "Thumbs.db", "notes_gbk.csv", "shares.csv~", "notes.csv")
    for name in names:
        (answer / name).write_bytes(NOTE)
    (answer / ".ipynb_checkpoints").mkdir()
    (answer / ".ipynb_checkpoints/shares-checkpoint.csv").write_bytes(NOTE)
    (answer.parent / "._one").write_bytes(NOTE)
    assert cli.main(["report", "one", f"results={answer.parents[1]}"]) == 0
    files = read_json(answer / "manifest.json")["files"]
    assert {"report.html", "shares.csv"} <= set(files)
    assert not [name for name in files if name in names or "checkpoint" in name]
    assert all((answer / name).read_bytes() == NOTE for name in names)
