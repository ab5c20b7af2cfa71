"""Attribution: fair shares that sum to the whole, coalitions of families, and an answer in words."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from experiments.outcomes.intervals import mean_interval
from experiments.questions.attribute.futures import (
    LEVERS,
    Future,
    cell,
    futures,
    mixed,
    order,
    players,
    pulled,
)
from experiments.questions.attribute.interactions import interactions, pairs
from experiments.questions.attribute.page import write_report
from experiments.questions.attribute.shapley import NAMES, Lived, added, outcomes, shares, totals
from experiments.questions.attribute.words import finding, jam, sentence
from experiments.runs.execute import Executor, Here
from experiments.runs.files import write_json
from experiments.runs.inputs import multiplied, without_assumed
from experiments.runs.life import read_world
from experiments.runs.progress import Lines
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, Worker
from sim.categories import FAMILIES
from sim.errors import InputError
from sim.inputs import Inputs
from sim.policy.scenario import read_scenario
from sim.targets import TARGET_TIERS, Targets
from tests.attributed import answered, made_up
from tests.country import CONFIGS, FROZEN, INPUTS, REFORM
from tests.refusals import refused

CATALOGUE = INPUTS.catalogue


def played(worth: dict[frozenset[int], float], orders: NDArray[np.int64]) -> Lived:
    """A game as if it had been lived in some orders and their reverses; all outcomes are the same."""

    def along(order: Sequence[int]) -> list[float]:
        return [worth[frozenset(order[:number])] for number in range(len(order) + 1)]

    everything = np.ones(len(NAMES))
    there = np.array([along(list(order)) for order in orders])[:, :, None] * everything
    back = np.array([along(list(order[::-1])) for order in orders])[:, :, None] * everything
    names = tuple(f"p{player}" for player in range(orders.shape[1]))
    return Lived(names, orders, there, back, there[:, -1:], there[:, -1:])


def coalitions(players: int) -> list[frozenset[int]]:
    return [frozenset(one) for size in range(players + 1) for one in combinations(range(players), size)]


@given(st.integers(1, 4), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=50)
def test_over_all_orders_a_share_is_the_shapley_value(players: int, luck: Random) -> None:
    worth = {one: luck.uniform(-1e3, 1e3) for one in coalitions(players)}
    lived = played(worth, np.array(list(permutations(range(players)))))
    found = np.mean(added(lived), axis=(0, 1))[:, 0]
    for player in range(players):
        exact = sum(
            math.factorial(len(one)) * math.factorial(players - len(one) - 1) / math.factorial(players)
            * (worth[one | {player}] - worth[one])
            for one in coalitions(players) if player not in one
        )  # fmt: skip
        assert found[player] == pytest.approx(exact, abs=1e-6)
    assert found.sum() == pytest.approx(worth[frozenset(range(players))] - worth[frozenset()], abs=1e-6)


def by_twos(alone: NDArray[np.float64], together: NDArray[np.float64]) -> dict[frozenset[int], float]:
    """Worth of every coalition of players that interact by twos, of whom ``combinations`` names the twos."""
    number = len(alone)
    gained = dict(zip(combinations(range(number), 2), together, strict=True))
    return {
        one: float(sum(alone[list(one)]) + sum(gained[two] for two in combinations(sorted(one), 2)))
        for one in coalitions(number)
    }


@pytest.mark.parametrize("number", [2, 3, 5, 7])
def test_players_that_interact_by_twos_are_told_apart_exactly(number: int) -> None:
    luck = np.random.default_rng(number)
    alone, together = luck.normal(size=number), luck.normal(size=number * (number - 1) // 2)
    lived = played(by_twos(alone, together), np.stack([order(number, draw) for draw in range(1, 13)]))
    there, back = added(lived)
    met = dict(zip(combinations(range(number), 2), together, strict=True))
    for player in range(number):
        half = sum(gained for two, gained in met.items() if player in two) / 2
        assert (there + back)[:, player] / 2 == pytest.approx(alone[player] + half)  # in every single order
    found = interactions(lived.orders, there - back)
    for line in found:  # no spread, and so the interval is a point
        assert line[:, 0] == pytest.approx(together)


def test_too_few_orders_tell_no_interactions() -> None:
    worth = by_twos(np.ones(7), np.ones(21))
    few = played(worth, np.stack([order(7, draw) for draw in (1, 2)]))
    assert list(pairs(few).columns) == ["outcome", "first", "second", "mean", "low", "high"]
    assert pairs(few).empty


def test_the_interval_of_an_interaction_covers_it_as_often_as_it_says() -> None:
    luck, hits = np.random.default_rng(1), []
    for _ in range(150):
        orders = np.stack([luck.permutation(4) for _ in range(12)])
        games = [by_twos(luck.normal(size=4), luck.normal(1.0, 1.0, 6)) for _ in orders]
        lived = [played(game, one[None]) for game, one in zip(games, orders, strict=True)]
        gained = np.concatenate([np.subtract(*added(one)) for one in lived])
        _, low, high = interactions(orders, gained)
        hits.append((low[:, 0] <= 1.0) & (high[:, 0] >= 1.0))
    assert 0.91 < np.mean(hits) < 0.985


def test_every_player_takes_every_place_about_as_often() -> None:
    found = np.stack([order(7, draw) for draw in range(1, 701)])
    often = np.array([np.bincount(found[:, place], minlength=7) for place in range(7)])
    assert often.min() > 60
    assert often.max() < 145


def test_what_is_lived_goes_both_ways_and_nothing_is_lived_twice() -> None:
    asked = futures(FAMILIES, 3)
    there = [FAMILIES[place] for place in order(7, 3)]
    joining = [set(future.coalition) for future in asked[:8]]
    assert joining == [set(there[:number]) for number in range(8)]
    back = [set(future.coalition) for future in asked[8:14]]
    assert back == [set(there[-number:]) for number in range(1, 7)]
    assert len(asked) == 14 + 8 + len(LEVERS)
    alone = futures(("delivery",), 3)
    assert [future.coalition for future in alone[:2]] == [(), ("delivery",)]


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
        ("completion", "rates", "completion_factor", 1.01),
        ("retention", "law", "leave_recognised_factor", 0.99),
    ):
        before, after = (getattr(one, kind).values(3)[name] for one in (INPUTS, moved(lever, INPUTS, 3)))
        assert after == pytest.approx(before * factor)
        assert pulled(lever, REFORM)[0] == REFORM
    bound = Inputs.read(CONFIGS, {"completion_factor": 1.99})
    assert moved("completion", bound, 3).rates.values(3)["completion_factor"] == 2.0


DELIVERY = read_scenario(
    {
        **{key: value for key, value in FROZEN.as_dict().items() if key != "measures"},
        "name": "delivery",
        "families": {"delivery": {"start": "2027-01", "level": 0.8}},
    },
    CATALOGUE,
)
TARGETS = Targets(2028, national=1, provincial=1, city=1)


def lived(folder: Path, *asked: Future) -> Any:
    world = read_world({}, "prior", 5_000)
    progress, store = Lines(1), LifeStore(folder)
    with Executor(store, Here(Worker(store, progress, Means())), progress) as live:
        return outcomes(live.records([cell(world, (FROZEN, DELIVERY), asked, 1, TARGETS.year)]), TARGETS)


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
        sizes = (2, 2, 2, len(LEVERS))
        same = (np.ones((2, number, len(NAMES))) for number in sizes)
        lived = Lived(("skills",), np.zeros((2, 1), np.int64), *same)
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


def test_a_page_does_not_tell_of_a_method_that_others_used(tmp_path: Path) -> None:
    answer = answered(tmp_path / "one", made_up(np.random.default_rng(1)))
    facts = {name: told for name, told in answer.facts.items() if name != "orders"}
    write_json(answer.folder / "summary.json", facts)
    with pytest.raises(InputError, match="older method; the same command, given again"):
        write_report(answer.folder)
