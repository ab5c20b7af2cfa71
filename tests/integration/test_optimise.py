"""`workforce optimise` from the command line to its files, with a stand-in for the futures."""

import json
import shutil
from collections.abc import Callable
from itertools import dropwhile
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from experiments import cli
from experiments.places import CONFIGS
from experiments.runs import machine
from sim.categories import FAMILIES
from sim.inputs import Inputs
from sim.outcomes.record import Columns
from sim.policy.scenario import load_scenario
from tests import mixes
from tests.mixes import MixModel

SMALL = ["candidates=32", "cells=4", "front=4", "front_cells=6", "trust_cells=6", "agents=5000",
         "front_agents=5000", "threads=1"]  # fmt: skip
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def command(fake: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    """Give the command with the stand-in and small numbers."""
    mixes.lived.clear()
    monkeypatch.setattr(fake, "WorkforceModel", MixModel)
    return lambda *words: cli.main(["optimise", *SMALL, f"results={tmp_path}", *words])


def answer_of(capsys: Captured) -> str:
    """What was printed below what the user set, with plain spaces."""
    lines = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    return "\n".join(dropwhile(lambda line: line.startswith(("Set by the user", "  ")), lines))


def test_the_winner_is_told_kept_and_can_be_compared(
    command: Callable[..., int], tmp_path: Path, capsys: Captured
) -> None:
    assert command("probability=0.6") == 0
    out = capsys.readouterr().out
    assert "Chosen: " in out
    assert "95 % interval" in out
    assert "Runner-up: " in out
    folder = tmp_path / "optimise" / "default"
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "report.html",
        "report.xlsx",
        "figures",
        "front.csv",
        "candidates.csv",
        "summary.json",
        "winner.yaml",
        "manifest.json",
    }
    front = pd.read_csv(folder / "front.csv")
    best = front[front["role"] == "winner"].iloc[0]
    assert best["probability_all"] >= 0.6
    assert best["cost_billion_yuan"] == front.loc[front["probability_all"] >= 0.6, "cost_billion_yuan"].min()
    scenarios = tmp_path / "scenarios"
    scenarios.mkdir()
    shutil.copy(folder / "winner.yaml", scenarios)
    winner = load_scenario("winner", scenarios, Inputs.read(CONFIGS, knowledge="prior").catalogue)
    assert max(path.level for path in winner.paths) == best["delivery"]
    facts = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert facts["kept_to_all_wishes"]
    assert set(facts["without_family"]) == {family for family in FAMILIES if best[family] > 0.0}


def test_what_was_interrupted_goes_on_to_the_same_front(
    command: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def interrupted(model: MixModel) -> Columns:
        if len(mixes.lived) == 81:
            raise KeyboardInterrupt
        return columns(model)

    columns = MixModel.columns
    with monkeypatch.context() as patch:
        patch.setattr(MixModel, "columns", interrupted)
        assert command() == 130
    assert "what was simulated is kept, go on with: workforce optimise" in capsys.readouterr().err
    assert not (tmp_path / "optimise" / "default").exists()
    assert command() == 0
    asked = [(str(model.scenario), model.draw) for model in mixes.lived]
    assert len(asked) == len(set(asked))  # nothing twice
    before = len(asked)
    first = (tmp_path / "optimise" / "default" / "front.csv").read_bytes()
    assert command() == 0
    assert len(mixes.lived) == before
    assert (tmp_path / "optimise" / "default" / "front.csv").read_bytes() == first


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("bounds.delivery=[0,0.1]", "No mix reaches all three targets with 80 %: the likeliest does in"),
        ("budget=5", "The budget of 5 billion yuan binds: the cheapest mix that keeps to the rest costs"),
        ("floors.satisfaction=90", "The floor satisfaction=90 binds"),
    ],
)
def test_what_cannot_be_kept_is_said_in_one_sentence(
    word: str, said: str, command: Callable[..., int], tmp_path: Path, capsys: Captured
) -> None:
    budget_can_be_missed = [] if word.startswith("bounds") else ["fix.intake=1.03"]
    assert command(word, *budget_can_be_missed) == 0
    assert said in answer_of(capsys).splitlines()[0]
    facts = json.loads((tmp_path / "optimise" / "default" / "summary.json").read_text(encoding="utf-8"))
    assert facts["binding"]["missed"] > 0.0


def test_what_holds_only_where_it_was_chosen_is_claimed_nowhere(
    command: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def lucky(model: MixModel, _: object) -> float:
        return 1.1 if model.draw <= 10 else 0.9  # after the futures of search and front

    monkeypatch.setattr(MixModel, "attained", lucky)
    assert command("probability=0.8") == 0
    out = answer_of(capsys)
    assert out.startswith("probability=0.8 does not hold: the chosen mix reaches all three targets in all 6")
    folder = tmp_path / "optimise" / "default"
    facts = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert not facts["kept_to_all_wishes"]
    assert [row["wish"] for row in facts["unkept"]] == ["probability"]
    page = (folder / "report.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "No mix of measures was found that keeps to all that was asked" in page
    assert "The chosen mix reaches all three targets in no future; 80 % was asked" in page
    assert "is likely enough to reach" not in page
    winner = (folder / "winner.yaml").read_text(encoding="utf-8")
    assert "title: Mix that comes nearest" in winner
    assert "80\N{NO-BREAK SPACE}% was asked" in winner


def test_what_few_futures_leave_open_is_said(
    command: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(MixModel, "attained", lambda *_: 1.1)

    assert command("probability=0.8") == 0  # 6 of 6 futures do not show 80 %
    assert answer_of(capsys).startswith("Too few futures to be sure of 80")
    page = (tmp_path / "optimise/default/report.html").read_text(encoding="utf-8")
    assert "may be likely enough" in page
    assert command("probability=0.5") == 0  # but they do show 50 %
    assert answer_of(capsys).startswith("Chosen: ")
    page = (tmp_path / "optimise/default/report.html").read_text(encoding="utf-8")
    assert "The cheapest mix of measures that is likely enough" in page


@pytest.mark.slow
def test_real_futures_are_the_same_on_any_number_of_processes(tmp_path: Path) -> None:
    files = []
    for threads in (1, min(2, machine.cores())):
        results = tmp_path / str(threads)
        words = [*SMALL[:-1], "cells=2", "front=2", "front_cells=2", "trust_cells=2", f"threads={threads}"]
        assert cli.main(["optimise", *words, f"results={results}"]) == 0
        files.append(
            [(results / "optimise/default" / name).read_bytes() for name in ("candidates.csv", "front.csv")]
        )
    assert files[0] == files[1]
