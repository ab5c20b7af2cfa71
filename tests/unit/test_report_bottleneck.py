"""What binds each intake: the rule on arrays, its reading from a store, and the words."""

import numpy as np
import pandas as pd
import pytest

from experiments.pages.body import NotRecorded
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import spoken
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.questions.compare.figures import bottleneck as figure
from experiments.questions.compare.figures import ladder_tiers, map_unfilled
from experiments.questions.compare.findings.bottleneck import BINDING, UNKNOWN, binding, by_year, mostly
from experiments.questions.compare.findings.bottleneck_words import (
    MEANINGS,
    NAMES,
    meant,
    most_said,
    phases,
    sentence,
)
from experiments.questions.compare.findings.ladder_years import flows
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections import brief, ladder
from sim.calendar import FORK_YEAR
from tests.synthetic_store import QUOTA, write_store

NAN = float("nan")


def binds(places, unfilled, failed, lost, needed=NAN):
    code = int(binding(np.array([places]), np.array([[unfilled], [failed], [lost]], float), needed)[0])
    return "unknown" if code == UNKNOWN else BINDING[code]


@pytest.mark.parametrize(
    ("numbers", "stage"),
    [
        ((100.0, 20, 5, 5), "candidates"),
        ((100.0, 5, 20, 5), "completion"),
        ((100.0, 5, 5, 20), "retention"),
        ((100.0, 0, 6, 4), "quota"),  # nine of ten places end in certificates
        ((100.0, 0, 7, 4), "completion"),
        ((100.0, 8, 8, 3), "candidates"),  # ties: the stage that comes first
        ((100.0, 3, 8, 8), "completion"),
        ((0.0, 0, 0, 0), "quota"),
        ((100.0, 20, 5, 5, 101.0), "quota"),  # fewer places than the target asks
        ((100.0, 20, 5, 5, 100.0), "candidates"),
        ((NAN, 0, 0, 0), "unknown"),
        ((100.0, 20, NAN, 5), "unknown"),
        ((0.0, NAN, 0, 0), "unknown"),
    ],
)
def test_what_binds(numbers, stage):
    assert binds(*numbers) == stage


def test_the_rule_keeps_the_shape():
    losses = np.stack([np.full((2, 3), 20.0), np.zeros((2, 3)), np.zeros((2, 3))])
    found = binding(np.full((2, 3), 100.0), losses)
    assert found.shape == (2, 3)
    assert (found == BINDING.index("candidates")).all()


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bottleneck")
    write_store(folder, runs=6)
    return Comparison(folder)


def test_an_intake_is_followed_to_its_certificates(comparison):
    table = by_year(comparison, "city")
    assert sorted(set(table["year"])) == list(range(FORK_YEAR + 1, 2035))  # that of 2035 is evaluated later
    whole = table[["certified", "candidates", "completion", "retention"]].sum(axis=1)
    np.testing.assert_allclose(whole, 1.0)
    np.testing.assert_allclose(table[[f"binds_{name}" for name in BINDING]].sum(axis=1), 1.0)
    assert (table["runs"] == 6).all()
    assert (table["needed"] == 50_000 / 11).all()  # intakes of 2024 to 2034
    strongest = table[[f"binds_{name}" for name in BINDING]].to_numpy().argmax(axis=1)
    assert [BINDING[code] for code in strongest] == list(table["binding"])


def test_one_intake_by_hand(comparison):
    def of(name, year):
        return comparison.of(comparison.baseline, comparison.runs(name, "tier=national"))[year].sum()

    row = by_year(comparison, "national").iloc[0]
    assert row["year"] == FORK_YEAR + 1
    assert row["candidates"] == pytest.approx(1 - of("selected", FORK_YEAR + 1) / of("quota", FORK_YEAR + 1))
    assert row["completion"] == pytest.approx(of("failed", FORK_YEAR + 2) / of("quota", FORK_YEAR + 1))
    assert row["certified"] == pytest.approx(of("completed", FORK_YEAR + 2) / of("quota", FORK_YEAR + 1))


def test_reasons_that_are_not_recorded_stay_empty(comparison):
    table = flows(comparison, "city")
    assert table["failed_in_year"].notna().all()
    assert table["left_in_year"].isna().all()


def test_without_intakes_nothing_is_recorded(comparison):
    with pytest.raises(NotRecorded):
        by_year(comparison, "unheard_of")


def test_years_in_a_row_are_one_phase():
    assert phases(["a", "a", "b", "a"], [2025, 2026, 2027, 2028]) == (("a", 2026), ("b", 2027), ("a", 2028))
    assert phases([], []) == ()


def path(comparison, stages, place=0):
    name = comparison.scenarios[place].name
    years = range(2025, 2025 + len(stages))
    return pd.DataFrame({"scenario": name, "year": list(years), "binding": stages})


def test_a_path_in_words(comparison):
    label = comparison.scenarios[0].label
    stages = ["completion"] * 2 + ["quota"] * 2
    assert sentence(comparison, path(comparison, stages)) == (
        "By year of intake: under every scenario completion binds up to 2026, then the quota."
    )
    both = pd.concat([path(comparison, stages), path(comparison, ["retention"] * 4, place=1)])
    assert sentence(comparison, both) == (
        f"By year of intake: under {label} completion binds up to 2026, then the quota; under "
        f"{comparison.scenarios[1].label} retention binds throughout."
    )
    restless = path(comparison, ["quota", "completion", "quota", "completion", "quota"])
    assert "the quota binds in 3 of 5 years" in sentence(comparison, restless)


def test_a_path_in_chinese(comparison):
    with spoken("zh"):
        words = sentence(comparison, path(comparison, ["completion", "quota"]))
    assert "2025年及以前受评价认定制约" in words
    assert "binds" not in words


def test_the_figure_says_what_it_shows(comparison):
    chart = figure.build(comparison)
    assert set(chart.data["tier"]) == set(QUOTA)
    last = chart.data[chart.data["year"] == 2034]["binding"]
    most = max(BINDING, key=list(last).count)
    assert f"in {(last == most).sum()} of {len(last)} in that of 2034" in chart.title


def test_what_binds_is_explained_once():
    assert meant(["completion", "quota", "completion"]) == [
        "The quota is the number of places.",
        "Completion binds where candidates fail the evaluation after cultivation.",
    ]
    assert set(MEANINGS) == set(NAMES) == set(BINDING)


def test_provinces_without_an_empty_place_are_not_ranked(comparison):
    scenario = comparison.scenarios[0]
    none, some = (pd.Series([0.0, worst], list(PROVINCE_LABELS)[:2]) for worst in (0.0, 2.0))
    assert map_unfilled._alternative({scenario: none}).endswith(
        f"{scenario.label}: 0\u00a0% in every province."
    )
    assert f"{scenario.label}: most in" in map_unfilled._alternative({scenario: some})
    assert "every province" not in map_unfilled._alternative({scenario: none * np.nan})


def test_what_binds_most_is_the_first_of_equal_ones():
    assert mostly(["retention", "candidates", "retention"]) == ("retention", 2)
    assert mostly(["retention", "candidates"]) == ("candidates", 1)


@pytest.mark.parametrize(("scenarios", "runs", "seed"), [(1, 2, 1), (2, 3, 2), (3, 2, 3)])
def test_all_places_of_a_page_name_the_same(tmp_path, scenarios, runs, seed):
    store = Comparison(write_store(tmp_path / "store", scenarios=scenarios, runs=runs))
    rng = np.random.default_rng(seed)
    for tier in QUOTA:  # other losses for every store, over those of the made-up lives
        for name in ("failed", "selected"):
            store._national.value[store._national.series[name, f"tier={tier}"]] *= rng.uniform(0.6, 1.0)
    section = {point.lead: point.text for point in ladder.build(store).points}
    table = figure.build(store).data
    for tier in QUOTA:
        for scenario in store.scenarios:
            own = table[(table["tier"] == tier) & (table["scenario"] == scenario.name)]
            clause = most_said(scenario, list(own["binding"]))
            assert clause.lower() in section[TARGET_LABELS[tier]].lower()
            if len(set(own["binding"])) == 1:
                assert f"{NAMES[own['binding'].iloc[0]]} binds throughout" in section[TARGET_LABELS[tier]]
    why = next(point.text for point in brief.points(store) if point.lead == "What holds the numbers back")
    for scenario in store.scenarios:
        every = list(table.loc[table["scenario"] == scenario.name, "binding"])
        assert most_said(scenario, every).lower() in why.lower()
        assert MEANINGS[mostly(every)[0]] in why
    weakest = ladder_tiers.build(store).title
    tier = next(name for name in QUOTA if TARGET_LABELS[name].lower() in weakest)
    label = next(one for one in store.scenarios if f"under {one.label}," in weakest)
    own = table[(table["tier"] == tier) & (table["scenario"] == label.name)]
    assert weakest.endswith(f"what binds is mostly {NAMES[mostly(list(own['binding']))[0]]}")
