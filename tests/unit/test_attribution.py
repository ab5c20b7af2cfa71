"""Attribution: fair shares that sum to the whole, coalitions of families, and an answer in words."""

import math
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.outcomes.intervals import mean_interval
from experiments.questions.attribute import shapley
from experiments.questions.attribute.futures import LEVERS, Future, cells, members, mixed, players, pulled
from experiments.questions.attribute.page import write_report
from experiments.questions.attribute.shapley import NAMES, Lived, outcomes, pairs, shares, totals
from experiments.questions.attribute.words import finding, jam, sentence
from experiments.runs.execute import Executor, Here
from experiments.runs.inputs import multiplied, without_assumed
from experiments.runs.life import read_world
from experiments.runs.progress import Lines
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, Worker
from sim.categories import FAMILIES
from sim.inputs import Inputs
from sim.policy.scenario import read_scenario
from sim.targets import TARGET_TIERS, Targets
from tests.attributed import answered, made_up
from tests.country import CONFIGS, FROZEN, INPUTS, REFORM
from tests.refusals import refused

CATALOGUE = INPUTS.catalogue
NUMBERS = st.floats(-1e6, 1e6)
GAMES = st.integers(1, 4).flatmap(lambda number: st.lists(NUMBERS, min_size=2**number, max_size=2**number))


@given(GAMES)
@settings(deadline=None, max_examples=50)
def test_shares_are_what_each_adds_over_all_orders_and_sum_to_the_whole(game: list[float]) -> None:
    worth, number = np.array(game), len(game).bit_length() - 1
    added = np.zeros(number)
    for order in permutations(range(number)):
        before = 0
        for player in order:
            added[player] += worth[before | 1 << player] - worth[before]
            before |= 1 << player
    found = shapley.values(worth)
    assert found == pytest.approx(added / math.factorial(number), abs=1e-5)
    assert found.sum() == pytest.approx(worth[-1] - worth[0], abs=1e-5)


def test_players_that_only_work_together_interact() -> None:
    worth = np.array([0.0, 1.0, 2.0, 10.0, 0.0, 1.0, 2.0, 10.0])  # the third player does nothing
    found = shapley.interactions(worth)
    assert found[0, 1] == found[1, 0] == 7.0
    assert (found[2] == 0.0).all()
    assert (np.diag(found) == 0.0).all()
    assert shapley.values(worth)[2] == 0.0


def test_a_number_of_coalitions_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="3 coalitions"):
        shapley.values(np.zeros(3))


def test_the_families_and_what_else_differs_are_the_players() -> None:
    assert players(REFORM, FROZEN, CATALOGUE) == FAMILIES
    assert players(FROZEN, FROZEN, CATALOGUE) == ()
    poorer = replace(FROZEN, labour_demand_growth_per_year=-0.02, delivery_factor=0.5)
    assert players(poorer, FROZEN, CATALOGUE) == ("delivery", "intakes")


def test_nobody_is_the_baseline_and_all_are_the_scenario() -> None:
    everyone = players(REFORM, FROZEN, CATALOGUE)
    nothing, whole = (mixed(REFORM, FROZEN, one, CATALOGUE) for one in ((), everyone))
    assert replace(nothing, name="", title="", sentence="") == replace(FROZEN, name="", title="", sentence="")
    assert whole.paths == REFORM.paths
    skills = mixed(REFORM, FROZEN, ("skills",), CATALOGUE)
    assert {CATALOGUE[path.measure].family for path in skills.paths} == {"skills"}
    assert members(5, ("a", "b", "c")) == ("a", "c")


def test_proven_measures_have_no_assumed_effects() -> None:
    grades = {
        family: {
            effect.evidence
            for one in without_assumed(CATALOGUE, ("skills",))
            if one.family == family
            for effect in one.effects
        }
        for family in FAMILIES
    }
    assert "C" not in grades["skills"]
    assert "C" in grades["delivery"]


def moved(lever: str, inputs: Inputs, draw: int) -> Inputs:
    """Inputs in which a lever was pulled."""
    ((name, factor),) = pulled(lever, REFORM)[1]
    return multiplied(inputs, name, factor, draw)


def test_each_lever_moves_one_number_by_a_hundredth() -> None:
    assert pulled("", REFORM) == (REFORM, ())
    more, factors = pulled("places", REFORM)
    assert (more.quota_per_year, factors) == ((5_050, 1_010, 202), ())
    for lever, kind, name, factor in (
        ("nominations", "rates", "nomination_per_year", 1.01),
        ("completion", "rates", "cultivation_completion", 1.01),
        ("retention", "law", "leave_recognised_factor", 0.99),
    ):
        before, after = (getattr(one, kind).values(3)[name] for one in (INPUTS, moved(lever, INPUTS, 3)))
        assert after == pytest.approx(before * factor)
        assert pulled(lever, REFORM)[0] == REFORM
    bound = Inputs.read(CONFIGS, {"cultivation_completion": 0.985})
    assert moved("completion", bound, 3).rates.values(3)["cultivation_completion"] == 0.99


DELIVERY = read_scenario(
    {
        **{key: value for key, value in FROZEN.as_dict().items() if key != "measures"},
        "name": "delivery",
        "families": {"delivery": {"start": "2025-01", "level": 0.8}},
    },
    CATALOGUE,
)
TARGETS = Targets(2026, national=1, provincial=1, city=1)


def lived(folder: Path, *asked: Future) -> Any:
    world = read_world({}, "prior", 5_000)
    progress, store = Lines(1), LifeStore(folder)
    with Executor(store, Here(Worker(store, progress, Means())), progress) as live:
        return outcomes(live.records(cells(world, (FROZEN, DELIVERY), asked, 1, TARGETS.year)), TARGETS)


def test_futures_share_their_history_and_do_not_depend_on_each_other(tmp_path: Path) -> None:
    together = lived(
        tmp_path / "one", Future(()), Future(("delivery",)), Future(("delivery",), ("delivery",))
    )
    alone = lived(tmp_path / "two", Future(("delivery",)))
    assert together.shape == (3, len(NAMES))
    assert (together[1] == alone[0]).all()
    assert (together[0] != together[1]).any()


def test_estimates_come_with_intervals_and_sum() -> None:
    lived = made_up(np.random.default_rng(1))
    found, whole = shares(lived), totals(lived).set_index("outcome")
    for outcome, rows in found.groupby("outcome"):
        assert rows["mean"].sum() == pytest.approx(whole.loc[outcome, "mean"])
        assert (rows["low"] < rows["mean"]).all()
        assert rows.set_index("player")["assumed"]["skills"] == pytest.approx(30.0)
    assert (whole["narrower"] > 3).all()
    both = pairs(lived)
    assert both["mean"].to_numpy() == pytest.approx(20.0, abs=3.0)
    assert mean_interval(np.array([1.0, 1.0])) == {"mean": 1.0, "low": 1.0, "high": 1.0}


def test_an_answer_in_words(tmp_path: Path) -> None:
    answer = answered(tmp_path / "one", made_up(np.random.default_rng(1)))
    assert "delivery brings most" in finding(answer, "national")
    said = sentence(answer, "national")
    assert said.startswith("Skills first against Frozen: +1")
    assert "Skills and delivery help each other" in said
    assert "evidence C" in said
    assert jam(answer, "city").startswith("1 % more who pass the evaluation would bring most, +19;")


@pytest.mark.parametrize("nothing", [False, True])
def test_the_page_stands_even_when_nothing_changes(tmp_path: Path, nothing: bool) -> None:
    lived = made_up(np.random.default_rng(1))
    if nothing:
        lived = Lived(("skills",), *(np.ones((2, number, len(NAMES))) for number in (2, 2, len(LEVERS))))
    page = write_report(answered(tmp_path / "one", lived).folder).read_text(encoding="utf-8")
    assert page.count("<figcaption") == len(TARGET_TIERS)
    assert "nan" not in page.replace("financ", "").lower().split("<main>")[1].split("data:")[0]
    assert "&lt;one&gt;" in page
    assert ("no family changes the number" in page) == nothing


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("scenario=frozen", "nothing differs"),
        ("draws=1", "a whole number from 2 to 10,000"),
        ("draws=5000", "those that stand twice would narrow intervals"),
        ("baseline=frozn", "did you mean 'frozen'?"),
        ("agents=10", "too few"),
        ("name=../x", "name"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    word: str, said: str, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(["attribute", word, f"results={results}"], capsys)


def test_tables_are_read_as_they_were_written(tmp_path: Path) -> None:
    lived = made_up(np.random.default_rng(2))
    answer = answered(tmp_path / "one", lived)
    pd.testing.assert_frame_equal(answer.table("shares"), shares(lived))
