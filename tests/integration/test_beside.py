"""Two real comparisons on one page say what one comparison of all their scenarios says."""

from pathlib import Path

import pandas as pd
import pytest

from experiments import cli
from experiments.questions.compare.beside import page
from experiments.questions.compare.beside.read import Beside
from experiments.questions.compare.reading import Comparison

SMALL = ("population.agents=5000", "seeds=2", "threads=1", "history=none", "report.page=false")


@pytest.mark.slow
def test_two_comparisons_are_as_one_of_all_their_scenarios(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "FIGURES", ())
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for results, name, scenarios in (
        (mine, "plans", "[frozen,reform]"),
        (theirs, "plans", "[frozen,people_first]"),
        (mine, "all", "[frozen,reform,people_first]"),
    ):
        given = (f"name={name}", f"scenarios={scenarios}", f"results={results}")
        assert cli.main(["compare", *SMALL, *given]) == 0
    capsys.readouterr()
    words = ["plans", str(theirs / "compare" / "plans"), f"results={mine}", "report.pdf=true"]
    assert cli.main(["report", *words]) == 0
    said = capsys.readouterr().out
    assert "2 runs of each scenario are too few to tell which is likeliest." in said
    assert "A fault" not in said
    folder = mine / "beside" / "plans_1-plans_2"
    assert (folder / "report.pdf").is_file()
    shown, whole = Beside(folder), Comparison(mine / "compare" / "all")
    assert shown.manifest["unequal"] == []
    assert [one.name for one in shown.scenarios] == [one.name for one in whole.scenarios]
    pd.testing.assert_frame_equal(shown.targets, whole.targets)
    for indicator in ("recognised", "skilled", "spending"):
        group = "tier=city" if indicator == "recognised" else "all"
        found, expected = (each.runs(indicator, group).sort_index() for each in (shown, whole))
        pd.testing.assert_frame_equal(found, expected)
