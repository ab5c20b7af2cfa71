"""From the national targets to the provinces: shares, promises, and what is missing."""

import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.outcomes.commitments import Commitment
from experiments.pages.body import NotRecorded
from experiments.pages.scenario import Scenario
from experiments.questions.compare.figures import cascade as figure
from experiments.questions.compare.findings.cascade import Promise, fair_splits, largest_remainder, promises
from experiments.questions.compare.sections import commitments as section
from experiments.questions.compare.supply import CODES, NAMES, by_province
from sim.institutions.recognition import apportion
from sim.outcomes.attainment import wilson_interval

ANHUI, TIBET = "340000", "540000"
WITHOUT_NUMBER = re.compile(r"\b(nan|inf|not recorded)\b")
TIERS = ("national", "provincial", "city")


class Figures:
    """Stands in for the store: one to three runs of two scenarios, all figures in proportion to ``weights``.

    In each year ``weights`` are the places, twice as many qualify, and all places but one are filled.
    """

    last_year = 2026
    counted = "recognised"
    number_of_runs = 3

    def __init__(self, weights=None, promised=(), target=100, tiers=TIERS, qualified=2.0):
        self.weights = np.arange(31.0) if weights is None else np.asarray(weights, dtype=float)
        self.commitments, self.required, self.tiers, self.factor = tuple(promised), target, tiers, qualified
        names = ("frozen", "reform")
        self.scenarios = tuple(Scenario(i, n, n.capitalize(), "") for i, n in enumerate(names))
        self.baseline = self.scenarios[0]

    def provincial(self, indicator, group):
        if group.partition("=")[2] not in self.tiers:
            raise NotRecorded(f"{indicator} by province")
        yearly = {
            "quota": self.weights,
            "qualified": self.factor * self.weights,
            "selected": np.maximum(self.weights - 1, 0),
            "recognised": self.weights,
        }[indicator]
        runs = [(s.name, d, d, year) for s in self.scenarios for d in (1, 2, 3) for year in range(2023, 2027)]
        index = pd.MultiIndex.from_tuples(runs, names=["scenario", "draw", "seed", "year"])
        more = np.array(
            [d if indicator == "recognised" else 0 for _, d, _, _ in runs]
        )  # run d: d persons more
        years = np.array([year - 2023 if indicator == "recognised" else 1 for *_, year in runs])
        return pd.DataFrame(np.outer(years, yearly) + more[:, None], index, CODES)

    def of(self, scenario, rows):
        return rows[rows.index.get_level_values("scenario") == scenario.name]

    def target(self, scenario, tier):
        return pd.Series({"required": self.required})


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 60_000),
    st.lists(st.integers(0, 10_000) | st.floats(0, 1e9), min_size=1, max_size=31).filter(
        lambda w: sum(w) > 0
    ),
)
def test_shares_sum_to_the_target_and_are_those_of_the_model(total, weights):
    shares = largest_remainder(total, weights)
    exact = total * np.array(weights) / sum(weights)
    assert sum(shares) == total
    assert np.abs(np.array(shares) - exact).max() < 1 + 1e-6
    if all(isinstance(weight, int) for weight in weights):
        assert np.abs(np.array(shares) - apportion(total, np.array(weights, float))).sum() <= 2  # ties


def test_the_largest_remainder_gets_the_last_seat_and_ties_go_to_the_first():
    assert largest_remainder(10, [6, 6, 2]) == [4, 4, 2]
    assert largest_remainder(1, [1, 1, 1]) == [1, 0, 0]
    assert largest_remainder(7, [0, 3, 0]) == [0, 7, 0]


def test_nothing_is_shared_out_without_weights():
    assert largest_remainder(10, [0, 0]) == [0, 0]
    assert largest_remainder(0, [1, 2]) == [0, 0]
    assert largest_remainder(5, []) == []


def test_a_promise_is_judged_by_the_runs_that_keep_it():
    expected = 3 * CODES.index(ANHUI)  # and one, two or three more
    promised = [Commitment(ANHUI, "city", expected + 2), Commitment(TIBET, "national", 0)]
    rows = promises(Figures(promised=promised))
    assert [(row.commitment.tier, row.scenario.name) for row in rows] == [
        ("national", "frozen"), ("national", "reform"), ("city", "frozen"), ("city", "reform"),
    ]  # fmt: skip
    city, nothing = rows[2], rows[0]
    assert (city.mean, city.runs, city.probability) == (expected + 2, 3, 2 / 3)
    assert (city.low, city.high) == wilson_interval(2, 3)
    assert city.places == 2 * CODES.index(ANHUI)  # intakes of 2024 and 2025
    assert (city.beyond, city.over) == (0, 0)
    assert (nothing.beyond, nothing.probability) == (-1, 1)


@pytest.mark.parametrize(("persons", "beyond", "words"), [
    (200, 1, "over-committed by 100"), (110, 0, "within the range"), (50, -1, "under-committed by 50"),
])  # fmt: skip
def test_too_much_and_too_little_is_said_in_words(persons, beyond, words):
    promise = Promise(
        Figures().baseline, Commitment(ANHUI, "city", persons), 100, 100, 90, 110, 0.5, 0.2, 0.8, 10
    )
    assert promise.beyond == beyond
    assert section._verdict(promise) == words


def test_a_fair_share_follows_the_qualified_candidates():
    (frozen, reform) = fair_splits(Figures(target=1_000))["city"]
    assert frozen.scenario.name == "frozen"
    assert frozen.shares.sum() == reform.shares.sum() == 1_000
    assert frozen.shares["110000"] == 0  # no candidate at all
    assert frozen.shares["650000"] == round(1_000 * 30 / 465)
    assert frozen.qualified["650000"] == 3 * 2 * 30  # three years
    assert all(one <= two for one, two in pairwise(frozen.shares))


def test_what_is_missing_is_measured_by_the_candidates():
    place = CODES.index(ANHUI)
    data = figure.build(Figures(target=0, promised=[Commitment(ANHUI, "city", 3 * place + 2 + 33)])).data
    rows = data[data["tier"] == "city"].set_index("province")
    assert rows.loc[ANHUI, "missing"] == 33
    assert rows.loc[ANHUI, "missing_per_100_qualified"] == pytest.approx(33 / (3 * 2 * place) * 100)
    assert rows["missing"].sum() == 33  # nothing is asked of the others
    assert np.isnan(rows.loc["110000", "missing_per_100_qualified"])  # it has no candidates


def test_the_table_of_the_provinces_holds_each_tier_and_year():
    table = by_province(Figures(promised=[Commitment(ANHUI, "city", 100)]))
    assert len(table) == 2 * 3 * 3 * 31
    assert set(table["year"]) == {2024, 2025, 2026}
    keys = (table["scenario"] == "reform") & (table["tier"] == "city") & (table["year"] == 2026)
    row = table[keys].set_index("province").loc[ANHUI]
    place = CODES.index(ANHUI)
    assert row["name"] == NAMES[ANHUI]
    assert (row["quota"], row["qualified"], row["unfilled"], row["unfilled_so_far"]) == (
        place,
        2 * place,
        1,
        3,
    )
    assert row["expected_mean"] == 3 * place + 2
    assert (row["expected_p05"], row["expected_p95"]) == pytest.approx((3 * place + 1.1, 3 * place + 2.9))
    assert row["short_of_commitment"] == 100 - (3 * place + 2)
    assert table["commitment"].notna().sum() == 2 * 3


@pytest.mark.parametrize("figures", [
    Figures(target=0, promised=[Commitment(ANHUI, "city", 0)]),
    Figures(weights=np.zeros(31), promised=[Commitment(TIBET, "national", 10)]),
    Figures(weights=[1.0, *[0.0] * 30], promised=[Commitment(TIBET, "city", 10)]),
    Figures(tiers=("city",), promised=[Commitment(TIBET, "city", 10)]),
    Figures(qualified=0.0),
    Figures(tiers=("provincial",)),
], ids=["no target", "no one", "one province", "one tier", "none qualified", "another tier"])  # fmt: skip
def test_nothing_is_divided_by_zero(figures):
    with np.errstate(all="raise"):
        body = section.build(figures)
    texts = [*body.paragraphs, *(point.text for point in body.points)]
    texts += [cell for table in (*body.lead_tables, *body.tables) for row in table.rows for cell in row.cells]
    assert not [text for text in texts if WITHOUT_NUMBER.search(text)]
    if figures.factor * figures.weights.sum() == 0:
        with pytest.raises(NotRecorded, match="qualified candidates"):  # and so no empty map is drawn
            figure.build(figures)
    else:
        chart = figure.build(figures)
        assert not WITHOUT_NUMBER.search(f"{chart.title} {chart.alternative}")


def test_a_store_without_provinces_is_said_to_have_none():
    for build in (section.build, figure.build, by_province):
        with pytest.raises(NotRecorded):
            build(Figures(tiers=()))
