"""The first national round: what a life names of it, and how draws are kept by it."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.questions.calibrate.ensemble import Histories
from experiments.questions.calibrate.first_round import FirstRound
from experiments.questions.calibrate.fit import UNIDENTIFIED, narrowed
from experiments.runs.life import read_world
from experiments.runs.records import Records
from sim.outcomes.first_round import NAMED_IN, PUBLISHED_SHARE, TRIALS, named_over_selected, weights
from tests.country import future

NATIONAL = "tier=national"


def test_a_life_tells_how_many_of_the_first_round_it_named() -> None:
    rows = future().indicators().set_index(["year", "province", "group", "indicator"])["value"]
    share = named_over_selected(rows.to_dict())
    assert share == rows[2025, "all", NATIONAL, "recognised"] / rows[2024, "all", NATIONAL, "selected"]
    assert rows[2024, "all", NATIONAL, "selected"] == 220
    assert 0.7 < share < 1.0
    none = {(2024, "all", NATIONAL, "selected"): 0.0, (2025, "all", NATIONAL, "completed"): 0.0}
    assert np.isnan(named_over_selected(none))


def test_the_weight_is_a_binomial_likelihood_of_fewer_trials() -> None:
    assert (2025, pytest.approx(200 / 220), 55.0) == (NAMED_IN, PUBLISHED_SHARE, TRIALS)
    share = np.linspace(0.02, 0.98, 49)
    exact = stats.binom.logpmf(50, 55, share) - stats.binom.logpmf(50, 55, 50 / 55)  # 50 of 55 is 200 of 220
    assert weights(share) == pytest.approx(np.exp(exact), rel=1e-9)
    assert weights(np.array([PUBLISHED_SHARE]))[0] == pytest.approx(1.0)
    assert weights(np.array([0.0, 1.0, np.nan])).tolist() == [0.0, 0.0, 0.0]


def test_draws_are_kept_as_the_round_says_and_only_when_it_is_known() -> None:
    """An ensemble whose shares are even from 0.75 to 1: those kept follow the likelihood."""
    named = np.random.default_rng(1).uniform(0.75, 1.0, 40_000)
    matching = np.arange(named.size) % 2 == 0
    for until in (2018, 2021, 2023):
        before = FirstRound(until, 1)
        assert before.keep(matching, np.full(named.size, np.nan)) is matching
        assert before.facts() == {}
    one = FirstRound(2024, 1)
    kept = one.keep(matching, named)
    assert not (kept & ~matching).any()
    expected = np.average(named, weights=weights(named))
    assert named[kept].mean() == pytest.approx(expected, abs=0.002)
    assert kept.sum() / matching.sum() == pytest.approx(weights(named).mean(), rel=0.05)
    told = one.facts()
    assert (told["matching"], told["kept"], told["trials"]) == (20_000, kept.sum(), TRIALS)
    assert told["mean_of_kept"] == pytest.approx(named[kept].mean())
    assert np.array_equal(kept, FirstRound(2024, 1).keep(matching, named))


def test_a_parameter_that_the_round_informs_is_listed_as_informed() -> None:
    left = pd.Series({"quit_per_year": 0.5, "completion_national": 1.0, "fade_per_year": 0.97})
    after = pd.Series(
        {"fade_per_year": UNIDENTIFIED + 0.01, "completion_national": 0.7, "quit_per_year": 0.6}
    )
    found = narrowed(left, after)
    assert found.to_dict() == {"quit_per_year": 0.5, "completion_national": 0.7, "fade_per_year": 0.97}
    assert list(found.index) == ["quit_per_year", "completion_national", "fade_per_year"]


@pytest.mark.parametrize(("until", "lived"), [(2021, 2021), (2023, 2023), (2024, 2025), (2026, 2026)])
def test_lives_go_on_until_the_round_is_named(until: int, lived: int) -> None:
    asked: list[Any] = []

    def records(cells: list[Any]) -> Records:
        asked.extend(cell.lives[0] for cell in cells)
        years = tuple(range(2015, asked[0].until + 1))
        names = (("all", NATIONAL, "selected"), ("all", NATIONAL, "completed"))
        figures = np.zeros((len(cells), len(years), 2))
        for life in range(len(cells)):
            for row, year in enumerate(years):
                figures[life, row] = 220.0 * (year == 2024), (180.0 + life) * (year == 2025)
        return Records(names, years, figures)

    live: Any = SimpleNamespace(records=records)
    targets = pd.DataFrame({"indicator": [], "province": [], "year": []})
    histories = Histories(read_world({}, "prior", 5_000), ["quit_per_year"], targets, until, live)
    figures, named = histories.with_first_round(np.zeros((1, 2)), [1, 2])
    assert {life.until for life in asked} == {lived}
    assert figures.shape == (0, 2)
    known = lived >= NAMED_IN
    assert named == pytest.approx([180 / 220, 181 / 220] if known else [np.nan] * 2, nan_ok=True)
