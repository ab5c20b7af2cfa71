"""Adaptation: plans, perfect foresight, regret, the closing of the gap and alarms, on small tables."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments import cli
from experiments.questions.adapt import figures
from experiments.questions.adapt.estimates import (
    alarms,
    chances,
    closing,
    costs,
    futures,
    mean,
    menu,
    regret,
    responses,
    tables,
    verdicts,
    worth,
)
from experiments.questions.adapt.foresight import FIXED, FORESIGHT, MONITORED, Lived, foreseen
from experiments.questions.adapt.page import write_report
from experiments.questions.adapt.plans import FIXED as FIXED_PLAN
from experiments.questions.adapt.plans import OUTPUTS, Plan, most_places, plans, reviews, scaled
from experiments.questions.adapt.words import Answer, in_words
from experiments.runs import machine
from experiments.runs.files import write_json
from sim.policy.scenario import load_scenario
from sim.targets import TARGET_TIERS, Targets
from tests.country import CONFIGS, INPUTS

ADAPTIVE = load_scenario("adaptive", CONFIGS / "scenario", INPUTS.catalogue)
RULE = ADAPTIVE.monitoring
assert RULE is not None
LINES = {key: value for key, value in RULE.as_dict().items() if key != "targets"}  # as a file has them
TARGETS = Targets(2035, national=100, provincial=1_000, city=10_000)
NO, YES = False, True
SET = (FIXED_PLAN, Plan(0.5, 0.0), Plan(1.0, 1.0))
# Share of every target that is attained, and cost: the fixed plan, half of it, all places, with the rule.
ATTAINED = (
    (1.1, 0.9, 1.2, 1.1),
    (0.9, 0.8, 1.0, 1.05),
    (0.8, 0.7, 0.9, 0.95),
    (1.2, 1.0, 1.3, 1.2),
    (0.9, 0.8, 1.0, 0.97),
)
COSTS = (100.0, 50.0, 101.0, 110.0)


def made_up(attained: Any = ATTAINED, behind: Any = (0, 1, 1, 1, 1)) -> Lived:
    """Five futures: reached anyhow, saved by the rule, lost anyhow, a false alarm, and too weak a one."""
    found = np.zeros((len(attained), len(SET) + 1, len(OUTPUTS)))
    heads = np.array([TARGETS.required(tier) for tier in TARGET_TIERS])
    found[..., :3] = np.array(attained)[..., None] * heads
    found[..., OUTPUTS.index("cost")] = COSTS
    found[..., OUTPUTS.index("dearest")] = np.array(COSTS) / 10
    found[:, -1, OUTPUTS.index("2029_national")] = behind
    return Lived(SET, RULE, 1.2, TARGETS, found)


def test_every_level_goes_with_every_share_of_places_and_the_fixed_plan_comes_first() -> None:
    assert plans([0.5, 1.0], [0.0, 1.0]) == ((1, 0), (0.5, 0), (0.5, 1), (1, 1))
    assert plans([0.5], [1.0]) == ((1, 0), (0.5, 1))


def test_the_places_of_a_rule_are_those_of_its_responses_in_time() -> None:
    # Responses of 2029 and 2031 are in force in January of 2031 and 2033; eight intakes count.
    assert reviews(RULE, 2035) == (2029, 2031, 2033)
    assert most_places(ADAPTIVE, 2035) == pytest.approx((4 + 2 * 1.1 + 2 * 1.1**2) / 8)
    assert most_places(replace(ADAPTIVE, monitoring=None), 2035) == 1.0
    assert (
        most_places(ADAPTIVE, 2028) == most_places(replace(ADAPTIVE, quota_per_year=(0, 0, 0)), 2035) == 1.0
    )


def test_a_scaled_plan_has_its_intensities_and_places_and_no_rule() -> None:
    found = scaled(ADAPTIVE, Plan(1.5, 1.0), 2035)
    assert {path.level for path in found.paths} == {1.0}
    assert {path.level for path in scaled(ADAPTIVE, Plan(0.5, 0.0), 2035).paths} == {0.4}
    assert found.quota_per_year == tuple(
        round(most_places(ADAPTIVE, 2035) * seats) for seats in (5_000, 1_000, 200)
    )
    assert found.monitoring is None
    same = scaled(ADAPTIVE, FIXED_PLAN, 2035)
    assert replace(same, name="", monitoring=RULE) == replace(ADAPTIVE, name="")
    paths = (replace(ADAPTIVE.paths[0], level_by_province=((3, 0.9), (4, 0.2))),)
    own = scaled(replace(ADAPTIVE, paths=paths), Plan(2.0, 0.0), 2035).paths[0]
    assert own.level_by_province == ((3, 1.0), (4, 0.4))


def test_foresight_takes_the_cheapest_that_suffices_else_the_nearest() -> None:
    margin = np.array([[1.1, 1.0, 1.3], [0.9, 0.97, 0.8], [0.9, 0.9, 0.8], [1.1, 1.2, 0.9]])
    cost = np.array([[3.0, 2.0, 1.0], [1.0, 2.0, 3.0], [2.0, 1.0, 3.0], [2.0, 2.0, 1.0]])
    may = np.ones((4, 3), dtype=bool)
    may[0, 2] = False
    assert foreseen(margin, cost, may).tolist() == [1, 1, 1, 0]


def test_plans_above_the_budget_are_not_for_foresight_except_those_compared() -> None:
    lived = made_up()
    lean = replace(lived, rule=replace(RULE, budget_million_yuan_per_year=9_000.0))
    assert lived.affordable.all()
    assert lean.affordable[0].tolist() == [YES, YES, NO, YES]
    assert lived.chosen.tolist() == [0, 2, 3, 1, 2]
    assert lean.chosen.tolist() == [0, 3, 3, 1, 3]


def test_chances_costs_and_what_the_rule_is_worth() -> None:
    lived = made_up()
    found = chances(lived).set_index(["target", "who"])
    assert found["probability"].xs("all").to_dict() == {FIXED: 0.4, MONITORED: 0.6, FORESIGHT: 0.8}
    assert found.loc[("city", FIXED), "mean"] == pytest.approx(9_800)
    assert found.loc[("city", FIXED), "lacking"] == pytest.approx((1_000 + 2_000 + 1_000) / 5)
    assert (found["low"] < found["probability"]).all()
    money = costs(lived).set_index("who")
    assert money.loc[MONITORED, "added_mean"] == pytest.approx(10.0)
    assert money.loc[FIXED, "added_high"] == 0.0
    row = worth(lived).set_index("target").loc["all"]
    assert row["gained"] == pytest.approx(0.2)
    assert row["gap"] == pytest.approx(0.4)
    assert (row["helped"], row["won"], row["lost"], row["closed"]) == (2, 1, 0, 0.5)


def test_a_gap_that_is_not_there_is_not_closed_and_divides_by_nothing() -> None:
    reached = np.array([YES, NO, NO])
    none = closing(reached, np.array([NO, NO, NO]), reached)
    assert (none["helped"], none["won"], none["lost"]) == (0, 0, 1)
    assert np.isnan(none["closed"])
    assert np.isnan(none["closed_high"])
    whole = closing(reached, np.array([YES, YES, NO]), np.array([YES, YES, NO]))
    assert whole["closed"] == 1.0
    assert 0.0 < whole["closed_low"] < 1.0


def test_regret_in_yuan_and_in_craftsmen() -> None:
    found = regret(made_up()).set_index(["who", "measure"])
    money = found.xs("billion_yuan", level="measure")
    assert money.loc[FIXED, ["futures", "mean", "most"]].tolist() == [
        2,
        25.0,
        50.0,
    ]  # nothing, and half in vain
    assert money.loc[MONITORED, ["futures", "most"]].tolist() == [3, 60.0]
    assert money.loc[MONITORED, "mean"] == pytest.approx((10 + 9 + 60) / 3)
    assert found.loc[(FIXED, "national"), "mean"] == pytest.approx((10 + 15 + 10) / 5)
    assert found.loc[(MONITORED, "national"), "mean"] == pytest.approx(3 / 5)
    assert found.loc[(MONITORED, "national"), "most"] == pytest.approx(3.0)


def test_means_of_few_values_have_no_interval() -> None:
    assert np.isnan(mean(np.array([]))["mean"])
    one = mean(np.array([2.0]))
    assert one["mean"] == 2.0
    assert np.isnan(one["low"])


def test_alarms_are_right_false_missed_or_quiet() -> None:
    verdict = verdicts(np.array([YES, YES, NO, NO, NO]), np.array([NO, YES, NO, YES, YES]))
    assert verdict == {"right": 1, "false": 1, "missed": 1, "quiet": 2}
    found = alarms(made_up()).set_index("target")
    assert found.loc["all"].tolist() == found.loc["national"].tolist() == [3, 1, 0, 1]
    assert found.loc["city"].tolist() == [0, 0, 3, 2]  # nobody looked at the city


def test_responses_by_review_and_futures_one_by_one() -> None:
    lived = made_up()
    lived.found[1, -1, OUTPUTS.index("2031_city")] = 1.0
    lived.found[0, -1, OUTPUTS.index("2031_city")] = 1.0
    found = responses(lived).set_index("year")
    assert found.loc[2029, ["in_force", "responded", "false", "first"]].tolist() == ["2031-01", 4, 1, 4]
    assert found.loc[2031, ["responded", "false", "first", "city"]].tolist() == [2, 1, 1, 2]
    assert found.loc[2033, "responded"] == 0
    table = futures(lived)
    assert table["responses"].tolist() == ["2031", "2029 2031", "2029", "2029", "2029"]
    assert table["level"].tolist()[3] == 0.5
    assert table["level"].isna().tolist() == [NO, NO, YES, NO, NO]
    assert menu(lived)["chosen"].tolist() == [0.2, 0.2, 0.4, 0.2]


SETTINGS: dict[str, Any] = {
    "scenario": {"name": "adaptive", "title": "<Adaptive>", "monitoring": LINES},
    "levels": [0.5, 1], "places": [0, 1], "draws": 5, "agents": 5_000, "name": "one",
    "targets": {"year": 2035, "national": 100, "provincial": 1_000, "city": 10_000},
}  # fmt: skip


def written(folder: Path, lived: Lived) -> Answer:
    folder.mkdir()
    for name, table in tables(lived).items():
        table.to_csv(folder / f"{name}.csv", index=False)
    facts = {"settings": SETTINGS, "most_places": lived.most, "created": "2026-01-01T00:00:00+00:00"}
    write_json(folder / "summary.json", facts)
    return Answer(folder)


def test_an_answer_in_words(tmp_path: Path) -> None:
    answer = written(tmp_path / "one", made_up())
    said = in_words(answer.folder).translate({0xA0: " ", 0x2013: "-"})
    assert "40 % (12-77 %) with the fixed plan, 60 % (23-88 %) with monitoring, 80 % (38-96 %)" in said
    assert "+20 percentage points" in said
    assert (
        "In 2 futures the fixed plan misses a target that another plan would have reached. In 1 of them"
        in said
    )
    assert "it closes 50 % (9-91 %) of the gap" in said
    assert "the rule responds in 4 of 5 futures. In 1 of these it does so for nothing" in said
    assert "Where it does not respond, no target is missed." in said
    assert answer.best_kept()["places"] == 1.0
    assert "The fixed plan with 20 % more places from 2027 on reaches all three in 4 futures for 101" in said
    assert "no measure at all" not in said


@pytest.mark.parametrize(
    ("right", "false", "said"),
    [
        (0, 0, "The rule never responds"),
        (3, 0, "The rule responds in 3 of 5 futures, never for nothing"),
        (3, 1, "The rule responds in 4 of 5 futures, in 1 of these for nothing"),
    ],
)
def test_the_title_of_responses(right: int, false: int, said: str) -> None:
    answer: Any = SimpleNamespace(number=5, row=lambda table, target: {"right": right, "false": false})
    assert figures.responding(answer) == said


NOTHING = ((0.9, 0.9, 0.9, 0.9),) * 3
WORSE = ((1.1, 1.1, 1.1, 0.9),) * 2


@pytest.mark.parametrize(
    ("attained", "behind", "said"),
    [
        (ATTAINED, (0, 1, 1, 1, 1), "the rule saves 1 of them"),
        (NOTHING, (0, 0, 0), "there is no gap to close"),
        (NOTHING, (1, 1, 1), "it reaches all three in no future"),
        (WORSE, (1, 1), "In 2 futures it loses what the fixed plan reaches"),
    ],
)
def test_the_page_stands_whatever_was_found(tmp_path: Path, attained: Any, behind: Any, said: str) -> None:
    answer = written(tmp_path / "one", made_up(attained, behind))
    page = write_report(answer.folder).read_text(encoding="utf-8")
    assert page.count("<figcaption") == 2
    assert "&lt;Adaptive&gt;" in page
    assert said in page
    text = page.split("<main>")[1].split("data:")[0]
    assert "nan" not in text.lower()
    assert "not recorded" not in page


@pytest.mark.slow
def test_a_rule_is_compared_from_the_command_line_and_nothing_is_lived_twice(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "compile_once", lambda: None)
    words = [
        "adapt", "draws=2", "agents=5000", "levels=[1]", "places=[0,1]", "targets.year=2028", "threads=1",
        "scenario.monitoring.first_review=2027", "scenario.monitoring.every_years=1", f"results={results}",
        "scenario.monitoring.delay_months=0", "scenario.monitoring.threshold=9",
    ]  # fmt: skip
    assert cli.main(words) == 0
    folder = results / "adapt" / "default"
    assert f"Page: {folder / 'report.html'}" in capsys.readouterr().out
    found = pd.read_csv(folder / "futures.csv", dtype={"responses": str})
    assert found["responses"].tolist() == ["2027", "2027"]
    assert (found["monitored_billion_yuan"] > found["fixed_billion_yuan"]).all()  # more intensity in 2028
    assert json.loads((folder / "summary.json").read_text(encoding="utf-8"))["most_places"] == 1.0
    before = {path: path.stat().st_mtime_ns for path in (results / "lives").iterdir()}
    assert before
    assert cli.main(words) == 0
    assert {path: path.stat().st_mtime_ns for path in (results / "lives").iterdir()} == before
    assert cli.main(["report", "adapt/default", f"results={results}"]) == 0


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("scenario=reform", "scenario reform has no monitoring rule: take scenario=adaptive"),
        ("targets.year=2030", "comes before 2030 ends"),
        ("scenario.monitoring.delay_months=12.5", "write a whole number"),
        ("levels=[]", "levels is empty"),
        ("levels=[a]", "levels"),
        ("levels=0.5", "'levels=[one,two]'"),
        ("places=[1.5]", "each of places=1.5 must be 0 to 1"),
        ("draws=1", "a whole number from 2 to 10,000"),
        ("draws=5000", "those that stand twice would narrow intervals"),
        ("agents=10", "too few"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    word: str, said: str, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["adapt", word, f"results={results}"]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
