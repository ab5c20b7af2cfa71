"""Two finished comparisons on one page: what must agree, what is shown of whom, and what is refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments import cli
from experiments.pages.drawing.canvas import WIDE, drawing_style
from experiments.pages.language import spoken
from experiments.questions.compare.beside import figure, page, words
from experiments.questions.compare.beside.joined import join
from experiments.questions.compare.beside.read import Beside
from experiments.questions.compare.beside.sides import read_sides
from experiments.tables.change import Change
from tests.compared import MINE, THEIRS, finished

RUNS = 12


@pytest.fixture
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the page, where only what it is made from is looked at."""
    for part in ("SECTIONS", "FIGURES", "TABLES"):
        monkeypatch.setattr(page, part, getattr(page, part)[:1] if part == "SECTIONS" else ())


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mine in a folder of results, theirs in that of a colleague."""
    folder = tmp_path_factory.mktemp("beside")
    theirs = folder / "colleague" / "compare" / "theirs"
    finished(folder / "compare" / "mine", MINE, RUNS, set_by_user=[changed(0.05)])
    finished(theirs, THEIRS, RUNS, set_by_user=[changed(0.05), changed(0.06)])
    return folder


def changed(chosen: float) -> Change:
    """That somebody set the growth of wages under one scenario."""
    return {
        "key": "scenario.wage_growth_per_year", "kind": "world", "chosen": chosen, "shipped": 0.045,
        "meaning": "Growth of nominal wages under the scenario", "unit": "1/year", "best_fit": None,
        "low": 0.03, "high": 0.06, "outside": False, "source": "assumed", "scenarios": {"reform": "Reform"},
        "by_setting": False,
    }  # fmt: skip


@pytest.fixture(scope="module")
def shown(results: Path) -> Beside:
    """The two side by side, without pictures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "FIGURES", ())
        theirs = results / "colleague" / "compare" / "theirs"
        assert cli.main(["report", "mine", str(theirs), f"results={results}"]) == 0
    return Beside(results / "beside" / "mine-theirs")


def answers(shown: Beside) -> dict[str, str]:
    return {point.lead: point.text for point in words.answer(shown)}


def report(capsys: pytest.CaptureFixture[str], *given: str) -> str:
    """The one line that refuses."""
    capsys.readouterr()
    assert cli.main(["report", *given]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("workforce: ")
    assert said.err.count("\n") == 1
    return said.err


def test_every_scenario_stands_once_with_whose_it_is(shown: Beside) -> None:
    assert [scenario.label for scenario in shown.scenarios] == [
        "Frozen (both)", "Reform (mine)", "Reform (theirs)", "Adaptive (mine)", "Plan (theirs)",
    ]  # fmt: skip
    assert [(one.name, other.name) for one, other in shown.apart] == [("reform (mine)", "reform (theirs)")]


def test_what_users_set_stands_once_with_whose_scenario(shown: Beside) -> None:
    kept = shown.manifest["set_by_user"]
    assert [(row["chosen"], list(row["scenarios"])) for row in kept] == [
        (0.05, ["reform (mine)", "reform (theirs)"]), (0.06, ["reform (theirs)"]),
    ]  # fmt: skip
    text = (shown.folder / "report.html").read_text(encoding="utf-8")
    assert "under Reform (mine) and Reform (theirs)" in text


def test_probabilities_are_those_of_each_comparison_alone(shown: Beside, results: Path) -> None:
    own = pd.read_csv(results / "beside" / "mine-theirs" / "targets.csv")
    figures = pd.read_parquet(results / "colleague" / "compare" / "theirs" / "indicators.parquet")
    ends = figures.query("year == 2035 and province == 'all' and indicator == 'recognised'")
    for name, called in (("reform", "reform (theirs)"), ("plan", "plan")):
        heads = ends.loc[(ends["scenario"] == name) & (ends["group"] == "tier=city"), "value"]
        row = own[(own["scenario"] == called) & (own["target"] == "city")].iloc[0]
        assert row["probability"] == pytest.approx((heads >= 50_000).mean())
        assert row["mean"] == pytest.approx(heads.mean())


def test_differences_are_those_of_the_probabilities_and_means_and_turn_round(shown: Beside) -> None:
    for target in ("national", "all"):
        for one in shown.scenarios:
            for other in shown.scenarios:
                if one == other:
                    continue
                row, back = shown.difference(one, other, target), shown.difference(other, one, target)
                levels = [shown.target(scenario, target) for scenario in (one, other)]
                assert row["probability"] == pytest.approx(
                    levels[0]["probability"] - levels[1]["probability"]
                )
                assert row["probability_low"] == pytest.approx(-back["probability_high"])
                if target != "all":
                    assert row["persons"] == pytest.approx(levels[0]["mean"] - levels[1]["mean"])
                    assert row["persons_low"] <= row["persons"] <= row["persons_high"]


def test_the_answer_names_the_likeliest_and_that_of_the_other(shown: Beside) -> None:
    chances = {one.label: float(shown.target(one, "all")["probability"]) for one in shown.scenarios}
    most = max(chances.values())
    best = [label for label, chance in chances.items() if chance == most]
    said = answers(shown)
    assert list(said) == ["The likeliest", "The likeliest of theirs"]
    assert said["The likeliest"].startswith(f"{' and '.join(best)} reach")
    assert f"probability of {100 * most:.0f}\N{NO-BREAK SPACE}%" in said["The likeliest"]
    rival = max((label for label in chances if "mine" not in label), key=lambda label: chances[label])
    assert said["The likeliest of theirs"].startswith(f"{rival}, with a probability of ")
    points = round(100 * (chances[rival] - most))
    assert f"\N{MINUS SIGN}{-points}\N{NO-BREAK SPACE}percentage points" in said["The likeliest of theirs"]
    assert "The runs do not show which of the two is likelier." in said["The likeliest of theirs"]


def test_lines_that_differ_are_named_and_no_others(shown: Beside) -> None:
    ((mine, theirs),) = shown.apart
    rows = words.differing(mine.record, theirs.record)
    assert ("A measure of skills", "1 from 2027-01 over 4 years", "0.35 from 2027-01 over 4 years") in rows
    assert len(rows) == len(mine.measures)
    table = pd.read_csv(shown.folder / "differing.csv")
    assert set(table["scenario"]) == {"reform"}
    assert "measures.skills_measure.level" in set(table["line"])


def test_quotas_monitoring_and_provinces_are_said_in_words() -> None:
    level: dict[str, Any] = {"measure": "seats", "title": "Seats", "level": 0.5, "start": "2027-01"}
    rule = {"tiers": ["city"], "first_review": 2029, "threshold": 1.0}
    one = {
        "measures": [level | {"provinces": ["110000"]}], "delivery_factor": 1.0,
        "quota_per_year": {"city": 5000}, "quota_in_year": {"2030": {"city": 6000}}, "monitoring": rule,
        "wage_growth_per_year": 0.045,
    }  # fmt: skip
    other = {
        "measures": [level], "delivery_factor": 1.0, "quota_per_year": {"city": 5500},
        "monitoring": rule | {"first_review": 2031, "tiers": ["city", "national"]},
        "wage_growth_per_year": 0.05,
    }  # fmt: skip
    assert words.differing(one, other) == [
        ("Seats", "0.5 from 2027-01 in 1 provinces", "0.5 from 2027-01"),
        ("Seats: provinces", "Beijing", "\N{EN DASH}"),
        ("City places a year, before any response to monitoring", "5,000", "5,500"),
        ("City places in 2030, before any response to monitoring", "6,000", "\N{EN DASH}"),
        ("Monitoring: tiers that are watched", "city", "city, national"),
        ("Monitoring: first review", "2029", "2031"),
        ("Growth of wages a year", "4.5\N{NO-BREAK SPACE}%", "5.0\N{NO-BREAK SPACE}%"),
    ]
    assert words.differing(one, one) == []
    assert ("Adapts when monitoring finds it behind", "yes", "no") in words.differing(
        one, one | {"monitoring": None}
    )


def test_the_page_is_there_in_both_languages_and_from_its_folder_alone(
    shown: Beside, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "FIGURES", ())
    copy = shutil.copytree(shown.folder, tmp_path / "beside" / "mine-theirs")
    english = (copy / "report.html").read_text(encoding="utf-8")
    assert "Two comparisons side by side: mine and theirs" in english
    assert cli.main(["report", "mine-theirs", "report.language=zh", f"results={tmp_path}"]) == 0
    chinese = (copy / "report_zh.html").read_text(encoding="utf-8")
    assert "Reform (theirs)" not in chinese
    assert "两份情景比较对照" in chinese
    files = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {"report.html", "report_zh.html", "differences.csv", "differing.csv", "targets.csv"} <= set(files)


def test_another_language_stands_beside_the_first(
    shown: Beside, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "FIGURES", ())
    sides = [str(results / "compare" / "mine"), str(results / "colleague" / "compare" / "theirs")]
    for language in ("en", "zh", "en"):
        assert cli.main(["report", *sides, f"report.language={language}", f"results={tmp_path}"]) == 0
    names = {path.name for path in (tmp_path / "beside" / "mine-theirs").iterdir()}
    assert {"report.html", "report_zh.html"} <= names


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_figure_has_a_row_for_each_target_and_scenario(shown: Beside, code: str) -> None:
    with spoken(code), drawing_style():
        chart = figure.build(shown)
        assert len(chart.data) == 4 * len(shown.scenarios)
        assert all(scenario.label in chart.alternative for scenario in shown.scenarios)
        assert len(chart.draw(WIDE).axes) == 4


CHANGED: dict[str, tuple[dict[str, Any], str]] = {
    "code": ({"code_hash": "0" * 64}, "the version of the code"),
    "data": ({"data_hash": "0" * 64}, "the version of the published figures"),
    "registers": ({"parameters_hash": "0" * 64}, "the version of the registers of parameters"),
    "past": ({"past_hash": "0" * 64}, "the version of the scenario of the past"),
    "calibration": ({"knowledge_hash": "0" * 64}, "the version of the calibration"),
    "knowledge": ({"knowledge": "prior", "knowledge_hash": "0" * 64}, "knowledge (until_2024 and prior)"),
    "parameter": (
        {"parameters": {"quit_per_year": 0.2}}, "parameters.quit_per_year (as shipped and 0.2)",
    ),
    "agents": ({"agents": 20_000}, "population.agents (500,000 and 20,000)"),
    "seeds": ({"seeds": [1, 2], "draws": [1, 1]}, f"seeds ({RUNS} and 2)"),
    "draws": (
        {"draws": [0] * RUNS, "state_digests": {}}, "draws (other values of the parameters in the same runs)",
    ),
    "targets": (
        {"targets": {"year": 2035, "national": 1_500, "provincial": 10_000, "city": 50_000,
                     "counting": "certificates"}},
        "targets.national (2000 and 1500)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGED)
def test_what_else_differs_is_named_alone(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    facts, said = CHANGED[kind]
    other = with_facts(results / "compare" / "mine", tmp_path / "other", **facts)
    line = report(capsys, "mine", str(other), f"results={results}")
    expected = "workforce: mine and other cannot be put side by side, for more than their scenarios differs: "
    assert line == f"{expected}{said}. Make one of them again as the other was made\n"
    assert not (results / "beside" / "mine-other").exists()


def with_facts(folder: Path, copy: Path, **facts: Any) -> Path:
    """A copy whose manifest says something else; what is None it does not say."""
    shutil.copytree(folder, copy)
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8")) | facts
    kept = {key: value for key, value in manifest.items() if value is not None}
    (copy / "manifest.json").write_text(json.dumps(kept), encoding="utf-8")
    return copy


def test_everything_that_differs_is_named_at_once(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = {**CHANGED["code"][0], **CHANGED["agents"][0]}
    other = with_facts(results / "compare" / "mine", tmp_path / "other", **facts)
    line = report(capsys, "mine", str(other), f"results={results}")
    assert "the version of the code; population.agents (500,000 and 20,000)" in line


def test_a_folder_that_cannot_be_read_is_refused_in_a_line(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, given = results / "compare" / "mine", ("mine", f"results={results}")
    assert "both names lead to" in report(capsys, *given, str(mine))
    assert "is no folder of a finished comparison" in report(capsys, *given, str(tmp_path))
    assert "/ is no folder of a finished comparison" in report(capsys, *given, "/")
    assert "there is no result 'compare/nine' in" in report(capsys, *given, "nine")
    assert "did you mean 'mine'" in report(capsys, *given, "nine")
    assert f"; in it are {mine}\n" in report(capsys, *given, str(results))
    older = with_facts(mine, tmp_path / "older", past_hash=None, state_digests=None)
    assert "says nothing of past_hash, state_digests" in report(capsys, *given, str(older))
    for name in ("indicators.parquet", "scenarios.json", "assumptions.json"):
        torn = shutil.copytree(mine, tmp_path / f"torn-{name}")
        content = (torn / name).read_bytes()
        (torn / name).write_bytes(content[:-9])
        assert f"{name} is not as it was written" in report(capsys, *given, str(torn))
        (torn / name).unlink()
        assert f"{name} is missing" in report(capsys, *given, str(torn))
    (torn / "manifest.json").write_text("{", encoding="utf-8")
    assert "manifest.json cannot be read" in report(capsys, *given, str(torn))
    assert "takes one result, or two comparisons, not 3" in report(capsys, "one", "two", "three")
    assert not (results / "beside" / "mine-older").exists()


def test_a_scenario_that_should_be_equal_and_is_not_is_a_fault_that_is_said(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "FIGURES", ())
    mine = results / "compare" / "mine"
    digests = json.loads((mine / "manifest.json").read_text(encoding="utf-8"))["state_digests"]
    digests["frozen seed=3 draw=2"] = digests["reform seed=4 draw=2"] = "another"
    other = with_facts(mine, tmp_path / "other", state_digests=digests)
    assert cli.main(["report", str(mine), str(other), f"results={tmp_path}"]) == 0
    said = "A fault: Frozen (both) has the same lines, and 1 of its 12 runs ended differently, the first of"
    assert said in capsys.readouterr().out
    text = (tmp_path / "beside" / "mine-other" / "report.html").read_text(encoding="utf-8")
    assert said in text
    assert "Reform (both) has the same lines, and 1 of its 12 runs" in text


@pytest.mark.usefixtures("tables_alone")
def test_copies_of_one_comparison_hold_the_same_and_nobody_is_ahead(results: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(results / "compare" / "mine", tmp_path / "她的 mine" / "mine")
    assert cli.main(["report", "mine", f"beside={copy}", f"results={results}"]) == 0
    found = Beside(results / "beside" / "mine_1-mine_2")
    assert found.sides == ("mine 1", "mine 2")
    assert {found.whose(scenario) for scenario in found.scenarios} == {found.sides}
    assert list(answers(found)) == ["The likeliest"]


@pytest.mark.usefixtures("tables_alone")
def test_where_both_have_the_best_each_shows_the_best_of_its_own(tmp_path: Path) -> None:
    first = finished(tmp_path / "a", {"adaptive": "adaptive", "reform": "reform"}, RUNS)
    second = finished(tmp_path / "b", {"adaptive": "adaptive", "plan": "skills_first"}, RUNS)
    assert cli.main(["report", str(first), str(second), f"results={tmp_path}"]) == 0
    said = answers(Beside(tmp_path / "beside" / "a-b"))
    assert said.pop("The likeliest").startswith("Adaptive (both) ")
    assert said["The likeliest of a"].startswith("Reform (a), ")
    assert said["The likeliest of b"].startswith("Plan (b), ")


@pytest.mark.usefixtures("tables_alone")
def test_few_runs_choose_nothing(tmp_path: Path) -> None:
    assert said_of(tmp_path, 3) == {
        "The likeliest": "3 runs of each scenario are too few to tell which is likeliest."
    }


@pytest.mark.usefixtures("tables_alone")
def test_out_of_reach_the_nearest_is_named_and_persons_are_compared(tmp_path: Path) -> None:
    far = {"year": 2035, "national": 9_000, "provincial": 10_000, "city": 50_000, "counting": "certificates"}
    said = said_of(tmp_path, RUNS, targets=far)
    assert "in any of its runs. Nearest comes Plan (b): national leading craftsmen" in said["The nearest"]
    assert said["The nearest of a"].startswith("Frozen (a): on average \N{MINUS SIGN}")
    assert "national leading craftsmen against Plan (b) in the same runs." in said["The nearest of a"]


def said_of(results: Path, runs: int, **facts: Any) -> dict[str, str]:
    """The answer about a comparison of one scenario and one of a better one."""
    first = finished(results / "a", {"frozen": "frozen"}, runs, **facts)
    second = finished(results / "b", {"plan": "adaptive"}, runs, **facts)
    assert cli.main(["report", str(first), str(second), f"results={results}"]) == 0
    return answers(Beside(results / "beside" / "a-b"))


def test_titles_decide_nothing(results: Path) -> None:
    sides = read_sides([results / "compare" / "mine", results / "colleague" / "compare" / "theirs"])
    other = [{**record, "title": "Another", "sentence": "Other words."} for record in sides[0].scenarios]
    renamed = type(sides[1])(sides[1].folder, "theirs", sides[1].manifest, other)
    assert {joined.places for joined in join([sides[0], renamed])} == {(0, 1)}
