"""Summaries of a run: quantiles, inequality, ratios, the record and the paired comparison."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.calendar import FORK_YEAR
from sim.outcomes import paired
from sim.outcomes.census import GROUP_NAMES, MARKS, WAGE_BINS, WAGE_STEP_YUAN, take_census
from sim.outcomes.paired import GROUPS, LIFE, compare_lives, lives
from sim.outcomes.record import Record, ratio
from sim.outcomes.yearly import gini, weighted_quantile
from sim.workforce.columns import EMPLOYED, UNEMPLOYED
from tests.country import FROZEN, future, past

HISTOGRAMS = st.lists(st.integers(0, 50), min_size=3, max_size=60).filter(lambda heads: sum(heads) > 0)


def histogram(**heads: int) -> np.ndarray:
    """Persons by wage in yuan, e.g. ``_5025=3``."""
    table = np.zeros(WAGE_BINS)
    for wage, persons in heads.items():
        table[int(wage[1:]) // WAGE_STEP_YUAN] += persons
    return table


def test_quantiles_of_wages() -> None:
    table = histogram(_5000=1, _5050=2, _5100=1)
    assert weighted_quantile(table[None], 0.5)[0] == pytest.approx(5_075)
    assert weighted_quantile(table[None], 0.25)[0] == pytest.approx(5_050)
    assert math.isnan(weighted_quantile(np.zeros((1, 5)), 0.5)[0])


@given(HISTOGRAMS)
def test_quantiles_rise_with_the_share_and_lie_in_the_histogram(heads: list[int]) -> None:
    table = np.array(heads, float)
    found = [weighted_quantile(table[None], share)[0] for share in (0.1, 0.5, 0.9)]
    assert found == sorted(found)
    lowest, highest = np.flatnonzero(table)[[0, -1]]
    assert lowest * WAGE_STEP_YUAN <= found[0]
    assert found[-1] <= (highest + 1) * WAGE_STEP_YUAN


def test_gini_of_known_distributions() -> None:
    assert gini(histogram(_5000=7)) == pytest.approx(0.0)
    half = histogram(_1000=1, _3000=1)
    assert gini(half) == pytest.approx(0.5 - 1025 / (1025 + 3025), abs=1e-9)
    assert math.isnan(gini(np.zeros(5)))


@given(HISTOGRAMS)
def test_gini_lies_between_nought_and_one_and_ignores_scale(heads: list[int]) -> None:
    table = np.array(heads, float)
    assert -1e-12 <= gini(table) < 1.0
    assert gini(table * 3) == pytest.approx(gini(table))


def test_a_ratio_to_nothing_is_unknown() -> None:
    assert ratio(1.0, 4.0) == 0.25
    assert math.isnan(ratio(1.0, 0.0))


def test_the_record_refuses_unknown_indicators_and_copies_independently() -> None:
    record = Record()
    with pytest.raises(KeyError, match="happiness"):
        record.add(2025, "happiness", 1.0)
    record.add(2025, "workers", 2)
    twin = record.copy()
    twin.add(2026, "workers", 3)
    assert len(record.table()) == 1
    assert len(twin.table()) == 2
    assert twin.national(2026, "workers") == 3.0
    assert math.isnan(twin.national(2026, "employed"))
    assert twin.table().iloc[0].tolist() == [2025, "all", "all", "workers", "persons", 2.0]


def test_a_record_of_years_with_other_names_is_refused() -> None:
    record = Record()
    record.add(2015, "workers", 1.0)
    record.add(2015, "skilled", 1.0)
    record.add(2016, "workers", 1.0)
    with pytest.raises(ValueError, match="other names in 2016"):
        record.add(2016, "employed", 1.0)
    with pytest.raises(ValueError, match="other names in one year"):
        record.columns()
    record.add(2016, "skilled", 1.0)
    assert record.columns().figures.shape == (2, 2)


def test_shares_of_the_country_are_ratios_of_sums() -> None:
    record, part, whole = Record(), np.arange(31.0), np.full(31, 40.0)
    record.add_shares(2025, "settled_share", part, whole)
    table = record.table().set_index("province")["value"]
    assert table["all"] == pytest.approx(part.sum() / whole.sum())
    assert table["120000"] == pytest.approx(1 / 40)


def lived(number: int, **columns: list[float]) -> np.ndarray:
    """So many comparable lives of one person each that differ in the columns named."""
    table = np.zeros(number, LIFE)
    table["identity"], table["weight"], table["comparable"] = np.arange(1, number + 1), 1, True
    for name, values in columns.items():
        table[name] = values
    return table


def test_better_unchanged_and_worse_are_shares_of_persons() -> None:
    base = lived(4, wage=[1000.0] * 4, weight=[1, 2, 9, 4], hukou=[0, 0, 1, 1])
    other = lived(4, wage=[1005.0, 1000.5, 999.5, 997.0], weight=[9, 9, 3, 9])
    table = compare_lives([base], [other]).set_index(["outcome", "group"])
    persons, better, unchanged, worse, mean = table.loc[("wage", "all")].tolist()[1:]
    assert (persons, better, worse) == (10.0, 0.1, 0.4)
    assert unchanged == pytest.approx(0.5)
    assert mean == pytest.approx((5 + 1 - 1.5 - 12) / 10)
    assert table.loc[("wage", "hukou=rural"), "better"] == pytest.approx(1 / 3)
    assert table.loc[("wage", "hukou=urban"), "worse"] == pytest.approx(4 / 7)
    assert math.isnan(table.loc[("wage", "sex=female"), "better"])


def test_only_the_same_lives_under_both_policies_are_compared() -> None:
    base, other = lived(5), lived(4)
    base["comparable"][0] = other["comparable"][1] = False
    other["identity"][2] = 99
    table = compare_lives([base], [other])
    assert set(table.loc[table["group"] == "all", "persons"]) == {1.0}


def test_a_comparison_in_parts_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    base = past().fork(FROZEN)
    base.run_to(FORK_YEAR + 2)
    other = future()
    whole = compare_lives(lives(base), lives(other))
    monkeypatch.setattr(paired, "PART", 1_000)
    assert sum(1 for _ in lives(base)) == -(-base.state.population.slots // 1_000)
    pd.testing.assert_frame_equal(whole, compare_lives(lives(base), lives(other)), rtol=1e-12)


def test_groups_of_a_comparison_hold_everybody_once() -> None:
    table = compare_lives(lives(future()), lives(future())).set_index(["outcome", "group"])["persons"]
    for key in GROUPS:
        parts = [table["wage", name] for name in table["wage"].index if name.startswith(f"{key}=")]
        assert sum(parts) == table["wage", "all"], key


def test_the_census_agrees_with_the_columns() -> None:
    model = future()
    workers = model.state.population.workers
    census = take_census(workers, *model.world())
    weight = workers.weight.astype(np.int64)
    everybody, at_work = census.provinces[:, 0], census.provinces[:, 1]
    assert np.array_equal(everybody, np.bincount(workers.province, weight, 31).astype(np.int64))
    employed = workers.status == EMPLOYED
    assert at_work.sum() == weight[employed].sum()
    for name, column, code in (
        ("sector=construction", "sector", 3), ("hukou=urban", "hukou", 1), ("sex=female", "sex", 1),
        ("grade=grade_3", "grade", 3), ("education=senior_secondary", "education", 2),
    ):  # fmt: skip
        of_group = census.groups[GROUP_NAMES.index(name), 0]
        assert of_group == weight[(getattr(workers, column) == code) & (workers.status > 0)].sum(), name
    points = (weight * workers.satisfaction)[workers.status > 0].sum()
    assert census.groups[0, 3] == points
    assert census.wages[:31].sum() == at_work.sum()
    marks = dict(zip(MARKS, census.marks.sum(axis=0), strict=True))
    outside = (workers.home != workers.province) & (workers.status > 0)
    assert marks["inter_provincial"] == weight[outside].sum()
    assert marks["settled_inter_provincial"] == weight[outside & (workers.settled == 1)].sum()
    rural = (workers.hukou == 0) & (workers.status > 0)
    assert marks["rural"] == weight[rural].sum() == marks["outgoing"] + marks["local"]
    assert (workers.status == UNEMPLOYED).any()
    assert np.array_equal(census.tiers[:, 0].sum(axis=1), everybody)
