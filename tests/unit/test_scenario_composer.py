"""Wherever a scenario can be named it can be changed, and a file of one's own taken; by one composer."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from experiments import cli
from experiments.command.choices import choose
from experiments.runs.life import Life, read_world
from experiments.study.folder import find
from sim.errors import InputError
from sim.policy.scenario import read_scenario
from tests.country import INPUTS

MINE = "defaults: [reform, _self_]\nname: {name}\ntitle: Mine\nsentence: Of mine.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, more: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINE.format(name=path.stem) + more, encoding="utf-8")
    return path


def rows(keys: Any) -> list[tuple[str, Any, Any, str]]:
    return [(row["key"], row["chosen"], row["shipped"], row["source"]) for row in keys.changed]


@pytest.mark.parametrize("verb", ["compare", "sweep"])
def test_one_of_several_is_changed(verb: str) -> None:
    words = ["scenarios.reform.quota_factor=1.1", "scenarios.reform.families.skills.level=0.5"]
    keys = choose(verb, ["scenarios=[frozen,reform]", *words])
    assert list(keys.scenarios) == ["frozen", "reform"]
    assert read_scenario(keys.scenarios["reform"], INPUTS.catalogue).quota_per_year == (5500, 1100, 220)
    assert read_scenario(keys.scenarios["frozen"], INPUTS.catalogue).quota_per_year == (5000, 1000, 200)
    assert rows(keys) == [
        ("scenarios.reform.families.skills.level", 0.5, 0.8, "configs/scenario/reform.yaml"),
        ("scenarios.reform.quota_factor", 1.1, 1.0, "configs/scenario/reform.yaml"),
    ]


@pytest.mark.parametrize("verb", ["attribute", "sensitivity"])
def test_a_baseline_is_changed(verb: str) -> None:
    keys = choose(verb, ["baseline=skills_first", "baseline.delivery_factor=0.5"])
    assert (keys.baseline["name"], keys.baseline["delivery_factor"]) == ("skills_first", 0.5)
    assert [row[0] for row in rows(keys)] == ["baseline.delivery_factor"]


def test_files_of_ones_own(here: Path) -> None:
    write(here / "my plans/mine.yaml", "quota_factor: 1.2\n")
    write(here / "加快.yaml")
    (here / "dos.yaml").write_bytes(MINE.format(name="dos").replace("\n", "\r\n").encode())
    write(here / "deep/above (1).yaml").write_text(
        "defaults: [../加快.yaml, ../my plans/mine.yaml]\nname: above (1)\n", encoding="utf-8"
    )
    named = f"scenarios=[frozen,./my plans/mine.yaml,加快.yaml,{here}/dos.yaml,deep/above (1).yaml]"
    keys = choose("compare", [named, "scenarios.加快.quota_factor.2028.national=2", "scenarios.dos.title=So"])
    assert list(keys.scenarios) == ["frozen", "mine", "加快", "dos", "above (1)"]
    assert keys.scenarios["above (1)"]["quota_factor"] == 1.2
    faster = read_scenario(keys.scenarios["加快"], INPUTS.catalogue)
    assert faster.quota_in_year == ((2028, (5000, 1000, 400)),)
    assert rows(keys) == [
        ("scenarios.mine.quota_factor", 1.2, 1.0, "configs/scenario/reform.yaml"),
        ("scenarios.加快.quota_factor.2028.national", 2, 1.0, "configs/scenario/reform.yaml"),
        ("scenarios.dos.title", "So", "Mine", f"{here}/dos.yaml"),
        ("scenarios.above (1).quota_factor", 1.2, 1.0, "deep/../加快.yaml"),
    ]
    for verb in ("run", "adapt", "optimise", "backtest", "attribute", "sensitivity"):
        assert choose(verb, ["scenario=./my plans/mine.yaml"]).scenario["quota_factor"] == 1.2


def test_a_file_named_like_a_shipped_scenario_is_told_apart_from_it(here: Path) -> None:
    write(here / "skills_first.yaml", "delivery_factor: 0.5\n")
    keys = choose("run", ["scenario=./skills_first.yaml"])
    assert ("scenario.delivery_factor", 0.5, 1.0, "configs/scenario/skills_first.yaml") in rows(keys)
    assert choose("run", ["scenario=skills_first"]).changed == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scenarios=[reform,./reform.yaml]"], "two scenarios are named 'reform' (reform, ./reform.yaml)"),
        (["scenarios=[./reform.yaml,./reform.yaml]"], "names './reform.yaml' twice"),
        (["scenarios=[./nothing.yaml]"], "there is no scenario file ./nothing.yaml: correct its path"),
        (["scenarios=[./folder]"], "./folder is a folder: name a file in it"),
        (["scenarios=[reform.yml]"], "unknown scenario 'reform.yml': did you mean 'reform'?"),
        (["scenarios=[mine]"], "a file of your own needs its path: ./mine.yaml"),
        (["scenarios=[./empty.yaml]"], "empty.yaml must hold lines 'name: value'"),
        (["scenarios=[./other.yaml]"], "other.yaml must say 'name: \"other\"', not 'mine'"),
        (["scenarios=[./round.yaml]"], "names itself in its defaults: round -> round"),
        (["scenarios=[./figures.csv]"], "figures.csv "),
        (["scenarios.nobody.title=x"], "scenarios.nobody: no scenario of this name is asked for"),
        (["scenarios.reform=1"], "give them one by one, as scenarios.reform.KEY=VALUE"),
        (["scenarios.reform.name=frozen"], "two scenarios are named 'frozen'"),
        (["changed=[1]"], "unknown key 'changed'"),
    ],
)
def test_what_cannot_be_composed_is_refused_in_one_line(words: list[str], said: str, here: Path) -> None:
    for name in ("reform", "mine", "round", "other"):
        write(here / f"{name}.yaml")
    (here / "other.yaml").write_text(MINE.format(name="mine"), encoding="utf-8")
    (here / "round.yaml").write_text("defaults: [round.yaml, _self_]\nname: round\n", encoding="utf-8")
    (here / "empty.yaml").write_text("", encoding="utf-8")
    (here / "figures.csv").write_text('year,value\n"2020,1\n', encoding="utf-8")
    (here / "folder").mkdir()
    with pytest.raises(InputError) as refusal:
        choose("compare", words)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_change_is_another_life_and_an_absent_factor_the_same() -> None:
    world = read_world({}, "until_2024", 5_000)

    def run_id(*words: str) -> str:
        scenario = read_scenario(choose("run", ["scenario=reform", *words]).scenario, INPUTS.catalogue)
        return Life(world, scenario, 1, 0).run_id

    ids = [run_id(), run_id("scenario.quota_factor=1.1"), run_id("scenario.quota_factor.2030=1.1")]
    assert len(set(ids)) == 3
    assert run_id("scenario.quota_factor=1") == ids[0]


def test_a_study_needs_no_file_after_its_command(fake: ModuleType, results: Path, here: Path) -> None:
    path = write(here / "mine.yaml")
    words = ["scenarios=[frozen,./mine.yaml]", "scenarios.mine.quota_factor=1.25", "population.agents=5000"]
    assert cli.main(["sweep", *words, "seeds=1", "draws=0", "launcher=basic", f"results={results}"]) == 0
    path.unlink()
    assert cli.main(["expand", "default", "seeds=+1", f"results={results}"]) == 0
    assert cli.main(["report", "default", "pages=0", f"results={results}"]) == 0
    (page,) = results.glob("**/report/index.html")
    html = page.read_text(encoding="utf-8")
    assert "quota_factor) under Mine: 1.25 instead of 1" in html
    keys = find(results, "default").facts()["settings"]
    assert keys["scenarios"]["mine"]["quota_factor"] == 1.25
