"""What a user changed from the shipped defaults: found, told on every page, and nothing where nothing was."""

import json
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from experiments import cli
from experiments.answers.assumptions import write_assumptions
from experiments.answers.keys import as_dict
from experiments.answers.user_set import (
    OUTLOOK,
    TARGETS,
    WEAK_DELIVERY,
    changes,
    over_settings,
)
from experiments.command.choices import choose
from experiments.pages.language import spoken
from experiments.pages.unmoved import notes
from experiments.pages.user_set import MOST_SHOWN, UserSet, sentence
from experiments.places import CONFIGS
from experiments.questions.attribute import page as attribution
from experiments.questions.compare import page as comparison
from experiments.questions.compare.findings.unmoved import of_comparison
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections.contents import SECTIONS
from experiments.runs.inputs import read_inputs, scenario_named
from sim.checks import read_yaml
from sim.policy.scenario import read_scenario
from tests.attributed import answered, made_up
from tests.synthetic_store import write_store

Captured = pytest.CaptureFixture[str]
VERBS = ("run", "compare", "sweep", "attribute", "adapt", "optimise", "sensitivity", "backtest")


def user_set(verb: str, *words: str) -> list[dict[str, Any]]:
    """Rows of a command."""
    keys = choose(verb, words)
    settings = as_dict(keys)
    inputs = read_inputs(settings.get("parameters", {}), settings["knowledge"])
    lines = settings["scenarios"].values() if "scenarios" in settings else [settings["scenario"]]
    scenarios = [read_scenario(one, inputs.catalogue) for one in lines]
    return changes(keys, inputs, scenarios)


def test_the_shipped_values_are_those_of_the_files() -> None:
    assert read_yaml(CONFIGS / "targets" / "reform_2035.yaml") == {
        key: one.value for key, one in TARGETS.items()
    }
    frozen = read_yaml(CONFIGS / "scenario" / "frozen.yaml")
    assert {key: frozen.get(key) for key in OUTLOOK} == {key: one.value for key, one in OUTLOOK.items()}
    law = read_inputs({}, "prior").law
    for key in ("labour_demand_growth_per_year", "wage_growth_per_year"):
        assert (OUTLOOK[key].low, OUTLOOK[key].high) == (law[key].low, law[key].high)
    weak = read_yaml(CONFIGS / "scenario" / "weak_delivery.yaml")
    assert weak["delivery_factor"] == WEAK_DELIVERY.value


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_differs_by_default(verb: str) -> None:
    assert user_set(verb) == []


def test_no_shipped_scenario_is_a_change() -> None:
    names = ",".join(path.stem for path in sorted((CONFIGS / "scenario").glob("*.yaml")))
    assert user_set("compare", f"scenarios=[{names}]") == []


@pytest.mark.parametrize(
    ("verb", "word", "kind", "chosen", "shipped"),
    [
        ("compare", "parameters.completion_national=0.95", "world", 0.95, 0.83),
        ("run", "knowledge=prior", "world", "prior", "until_2024"),
        ("backtest", "knowledge=until_2018", "world", "until_2018", "until_2024"),
        ("run", "scenario.labour_demand_growth_per_year=0.02", "world", 0.02, None),
        ("attribute", "scenario.wage_growth_per_year=0.08", "world", 0.08, None),
        ("optimise", "scenario.delivery_factor=0.5", "world", 0.5, 1.0),
        ("compare", "targets.year=2032", "question", 2032, 2035),
        ("report", "targets.national=1500", "question", 1500, 2000),
        ("sensitivity", "targets.counting=active", "question", "active", "certificates"),
        ("run", "scenario.families.skills.level=0.5", "policy", 0.5, 0.8),
        ("run", "scenario.measures.staff_congress.level=0.5", "policy", 0.5, None),
        ("adapt", "scenario.monitoring.threshold=0.9", "policy", 0.9, 1.0),
        ("run", "scenario.quota_per_year.city=5500", "policy", 5500, 5000),
        ("compare", "population=sample", "effort", 400_000, 20_000),
        ("run", "population=tiny", "effort", 20_000, 400_000),
        ("compare", "population=full", "effort", None, 20_000),
        ("attribute", "agents=5000", "effort", 5_000, 20_000),
        ("sweep", "draws=0", "effort", 0, 4),
        ("compare", "draws=0", "effort", 0, None),
    ],
)
def test_whatever_was_changed_is_found(verb: str, word: str, kind: str, chosen: Any, shipped: Any) -> None:
    if verb == "report":
        (row,) = changes(choose("report", [word]), read_inputs({}, "until_2024"))
    else:
        (row,) = user_set(verb, word)
    assert row["key"] == ("population.agents" if word.startswith("population") else word.partition("=")[0])
    assert (row["kind"], row["chosen"], row["shipped"]) == (kind, chosen, shipped)
    assert json.loads(json.dumps(row)) == row, "plain data"


@pytest.mark.parametrize(
    ("value", "outside"), [("0.95", True), ("0.6", True), ("0.91", False), ("0.8", False), ("0.83", False)]
)
def test_a_value_outside_the_range_of_its_source_is_told(value: str, outside: bool) -> None:
    (row,) = user_set("compare", f"parameters.completion_national={value}")
    assert row["outside"] is outside
    said = sentence(row)
    assert f"{value} instead of 0.83" in said
    assert "institutional_rules.csv" in said
    assert ("outside the range 0.75 to 0.91 of its source" in said) is outside


def test_a_calibrated_value_stands_beside_the_central_one() -> None:
    (row,) = user_set("compare", "parameters.quit_per_year=0.2")
    assert row["best_fit"] is None or "calibrated" in sentence(row)
    fitted = read_inputs({}, "until_2024").law.posterior.quantiles
    (row,) = user_set("compare", f"parameters.{next(iter(fitted))}=0.2")
    assert row["best_fit"] is not None
    assert "calibrated" in sentence(row)


def test_parameters_of_every_register_are_found() -> None:
    inputs = read_inputs({}, "until_2024")
    for register in (inputs.rates, inputs.law, inputs.observation, inputs.places):
        one = next(parameter for parameter in register if isinstance(parameter.value, float))
        (row,) = user_set("run", f"parameters.{one.name}={one.value!r}")
        assert row["shipped"] == row["chosen"] == one.value


def test_scenarios_whose_outlook_differs_are_named() -> None:
    inputs = read_inputs({}, "until_2024")
    frozen = scenario_named("frozen", inputs)
    rich = replace(frozen, name="boom", labour_demand_growth_per_year=0.02)
    (row,) = changes(choose("compare", []), inputs, [frozen, rich, replace(rich, name="other")])
    assert list(row["scenarios"]) == ["boom", "other"]
    assert row["outside"]
    said = sentence(row).replace("\N{NO-BREAK SPACE}", "")
    assert "2% instead of as drawn for each run, outside the range" in said


def test_settings_of_a_study_are_told_together() -> None:
    one, two = (
        user_set("run", "parameters.quit_per_year=0.12"),
        user_set("run", "parameters.quit_per_year=0.2"),
    )
    (row,) = over_settings([one, two])
    assert (row["chosen"], row["by_setting"], row["outside"]) == ([0.12, 0.2], True, True)
    assert over_settings([one, one]) == one
    (row,) = over_settings([[], user_set("run", "knowledge=prior")])
    assert row["chosen"] == ["until_2024", "prior"]
    assert over_settings([[], []]) == []


def test_a_banner_shows_one_of_every_kind_and_counts_the_rest() -> None:
    many = ("completion_national", "quit_per_year", "nomination_per_year")
    rows = user_set(
        "run",
        *(f"parameters.{name}=0.5" for name in many),
        "knowledge=prior",
        "targets.year=2032",
        "population=tiny",
    )
    banner = UserSet(rows)
    assert len(banner.shown) == MOST_SHOWN
    assert {row["kind"] for row in banner.shown} == {"world", "question", "effort"}
    assert banner.more == len(rows) - MOST_SHOWN


# pages


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("set_by_user") / "made_up", scenarios=1, runs=2)


@pytest.fixture
def store(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up comparison, and a page of it without figures and with two sections."""
    monkeypatch.setattr(comparison, "FIGURES", ())
    few = [section for section in SECTIONS if section.id in ("answer", "assumptions")]
    monkeypatch.setattr(comparison, "SECTIONS", few)
    return shutil.copytree(written, tmp_path / "made_up")


def with_changes(store: Path, rows: list[dict[str, Any]]) -> None:
    path = store / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "set_by_user": rows}))


def test_a_page_of_defaults_has_no_banner(store: Path) -> None:
    with_changes(store, [])
    page = comparison.write_report(store)
    assert "user-set" not in page.read_text(encoding="utf-8").partition("</style>")[2]
    assert "set_by_user" not in openpyxl.load_workbook(store / "report.xlsx").sheetnames


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("Set by the user, not as shipped", "0.95 instead of 0.83", "outside the range", "And 1 more"),
        ),
        ("zh", ("用户自行设定", "设为0.95", "默认值为0.83", "超出其来源的范围", "另有1项")),
    ],
)
def test_the_banner_stands_before_the_answer(store: Path, language: str, words: tuple[str, ...]) -> None:
    keys = ("knowledge=prior", "targets.year=2032", "targets.counting=active", "population=sample")
    rows = user_set("compare", "parameters.completion_national=0.95", *keys)
    with_changes(store, rows)
    with spoken(language):
        page = comparison.write_report(store)
    html = page.read_text(encoding="utf-8")
    banner = html[html.index("<aside") : html.index("</aside>")]
    assert html.index("<h1>") < html.index("<aside") < html.index("<nav") < html.index('<section id="answer"')
    assert all(word in banner for word in words)
    table = html[html.index('<section id="user-set"') :]
    assert all(row["key"].split("_")[-1] in table for row in rows)
    book = openpyxl.load_workbook(page.with_suffix(".xlsx"))
    assert book.sheetnames[1] == "set_by_user"
    sheet = list(book["set_by_user"].iter_rows(values_only=True))
    assert [row[0] for row in sheet[1:]] == [row["key"] for row in rows]


def test_an_answer_has_the_same_banner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution, "FIGURES", ())
    folder = answered(tmp_path / "made_up", made_up(np.random.default_rng(1))).folder
    told = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    rows = user_set("attribute", "parameters.completion_national=0.95")
    (folder / "summary.json").write_text(json.dumps({**told, "set_by_user": rows}), encoding="utf-8")
    html = attribution.write_report(folder).read_text(encoding="utf-8")
    assert html.index("0.95 instead of 0.83") < html.index("<nav")


# what hardly acts on the numbers


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("scenario.labour_demand_growth_per_year=0.02", "Labour demand hardly acts on the numbers"),
        ("scenario.wage_growth_per_year=0.08", "General wage growth hardly acts on the numbers"),
        ("scenario.families.skills.provinces=[GD]", "Measures in single provinces hardly act"),
        ("scenario.families.skills.level_by_province.GD=1", "Measures in single provinces hardly act"),
    ],
)
def test_what_hardly_acts_is_said(word: str, said: str) -> None:
    (note,) = notes(user_set("run", word))
    assert note.startswith(said)
    assert notes(user_set("run", "scenario.families.skills.level=0.5")) == []


def test_a_comparison_says_by_how_much_its_numbers_differ(tmp_path: Path) -> None:
    store = write_store(tmp_path / "two", scenarios=2, runs=2)
    path = store / "scenarios.json"
    frozen, other = json.loads(path.read_text(encoding="utf-8"))
    outlook = {"labour_demand_growth_per_year": -0.006, "wage_growth_per_year": 0.045}
    rich = {**frozen, **outlook, "name": other["name"], "labour_demand_growth_per_year": 0.02}
    path.write_text(json.dumps([{**frozen, **outlook}, rich]), encoding="utf-8")
    rows = user_set("run", "scenario.labour_demand_growth_per_year=0.02")
    with_changes(store, rows)
    first, second = of_comparison(Comparison(store))
    assert first.startswith("Labour demand hardly")
    assert second.startswith("In this comparison the numbers under")
    ends = Comparison(store).runs("recognised", "tier=city")[2035].groupby(level="scenario").mean()
    assert f"{ends[other['name']] - ends['frozen']:+,.0f}" in second
    assert all(name in second for name in ("National", "Provincial", "City"))


# the table of assumptions


def test_the_row_of_a_changed_number_cites_no_source(tmp_path: Path, store: Path) -> None:
    inputs = read_inputs({"completion_national": 0.95}, "until_2024")
    write_assumptions(tmp_path, inputs.assumptions())
    (row,) = [
        row
        for row in json.loads((tmp_path / "assumptions.json").read_text(encoding="utf-8"))
        if row["name"] == "completion_national"
    ]
    assert (row["value"], row["low"], row["high"]) == (0.95, 0.95, 0.95)
    assert (row["source"], row["evidence"]) == ("set by the user", "user")
    assert (row["shipped_value"], row["shipped_low"], row["shipped_high"]) == (0.83, 0.75, 0.91)
    assert row["shipped_source"].startswith("institutional_rules.csv")
    table = pd.read_csv(tmp_path / "assumptions.csv").set_index("name").loc["completion_national"]
    assert (table["source"], table["shipped_value"]) == ("set by the user", 0.83)
    for name in ("assumptions.json", "assumptions.csv"):
        (store / name).write_bytes((tmp_path / name).read_bytes())
    html = comparison.write_report(store).read_text(encoding="utf-8")
    assert "0.95 (0.83)" in html
    assert "set by the user; as shipped: institutional_rules.csv" in html
    book = openpyxl.load_workbook(BytesIO((store / "report.xlsx").read_bytes()))
    assert "set by the user" in {row[8] for row in book["assumptions"].iter_rows(values_only=True)}


def test_without_a_change_the_table_has_no_shipped_columns(tmp_path: Path) -> None:
    write_assumptions(tmp_path, read_inputs({}, "until_2024").assumptions())
    columns = pd.read_csv(tmp_path / "assumptions.csv").columns
    assert not [name for name in columns if name.startswith("shipped")]


# commands, with a stand-in for the simulation


def test_run_and_compare_tell_and_keep_it(fake: ModuleType, results: Path, capsys: Captured) -> None:
    words = ["population.agents=5000", f"results={results}", "parameters.completion_national=0.95"]
    assert cli.main(["run", *words, "targets.national=1500"]) == 0
    said = capsys.readouterr().out
    assert "Set by the user, not as shipped:" in said
    assert "0.95 instead of 0.83" in said
    assert ", outside the range 0.75 to 0.91 of its source (institutional_rules.csv" in said
    assert "1,500 instead of 2,000" in said
    (run,) = (results / "runs").iterdir()
    kept = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["set_by_user"]
    assert [row["key"] for row in kept] == ["parameters.completion_national", "population.agents"]
    quick = ["report.page=false", "threads=1", "seeds=1"]
    assert cli.main(["compare", *words, "targets.year=2032", *quick]) == 0
    assert "0.95 instead of 0.83" in capsys.readouterr().out
    kept = json.loads((results / "compare" / "default" / "manifest.json").read_text(encoding="utf-8"))
    assert [row["key"] for row in kept["set_by_user"]] == [
        "parameters.completion_national", "targets.year", "population.agents",
    ]  # fmt: skip


def test_a_study_tells_it_on_its_pages(fake: ModuleType, results: Path, capsys: Captured) -> None:
    grid = "grid.parameters.completion_national=[0.8,0.95]"
    words = ["population.agents=5000", "seeds=1", "draws=0", "launcher=basic", "scenarios=[frozen]", grid]
    assert cli.main(["sweep", *words, f"results={results}"]) == 0
    assert "0.8, 0.95 by setting instead of 0.83" in capsys.readouterr().out
    folder = results / "studies" / "sweep" / "default"
    kept = json.loads((folder / "study.json").read_text(encoding="utf-8"))["set_by_user"]
    assert kept[0]["chosen"] == [0.8, 0.95]
    assert cli.main(["report", "targets.city=40000", f"results={results}", "pages=0"]) == 0
    assert "40,000 instead of 50,000" in capsys.readouterr().out
    html = (folder / "report" / "index.html").read_text(encoding="utf-8")
    assert html.index("0.8, 0.95 by setting") < html.index('<section id="targets"')
    assert "40,000 instead of 50,000" in html
