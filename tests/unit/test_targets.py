import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.outcomes.attainment import TARGET_COLUMNS, assess, wilson_interval, worth
from sim.targets import Targets

TARGETS = Targets(year=2035, national=2_000, provincial=10_000, city=50_000)


def indicators(runs: list[dict[str, list[float]]], years: tuple[int, ...] = (2034, 2035)) -> pd.DataFrame:
    """Recognised persons of scenario 'one' by run, tier and year; half as many still active."""
    rows = [
        ("one", 0, seed, year, "all", f"tier={tier}", indicator, persons * factor)
        for seed, run in enumerate(runs)
        for tier, path in run.items()
        for year, persons in zip(years, path, strict=True)
        for indicator, factor in (("recognised", 1.0), ("recognised_active", 0.5))
    ]
    return pd.DataFrame(
        rows, columns=["scenario", "draw", "seed", "year", "province", "group", "indicator", "value"]
    )


REACHES_ALL = {"national": [1_900, 2_000], "provincial": [10_000, 10_500], "city": [49_000, 51_000]}
MISSES_NATIONAL = {"national": [1_700, 1_800], "provincial": [9_000, 10_500], "city": [49_000, 51_000]}


def test_one_row_per_scenario_and_target() -> None:
    table = assess(indicators([REACHES_ALL, MISSES_NATIONAL]), TARGETS, ["one"])
    assert tuple(table.columns) == TARGET_COLUMNS
    assert list(table["target"]) == ["national", "provincial", "city", "all"]
    national, provincial, _, together = (row for _, row in table.iterrows())
    assert (national["runs"], national["probability"]) == (2, 0.5)
    assert (national["mean"], national["gap"]) == (1_900, -100)
    assert national["active_mean"] == 950
    assert (provincial["probability"], provincial["year_reached_p50"]) == (1.0, 2035)
    assert (together["probability"], together["year_reached_p50"]) == (0.5, 2035)
    assert pd.isna(together["required"])


def test_all_needs_the_three_tiers_in_the_same_run() -> None:
    misses_city = {**REACHES_ALL, "city": [40_000, 49_999]}
    table = assess(indicators([misses_city, MISSES_NATIONAL]), TARGETS, ["one"]).set_index("target")
    assert table["probability"].to_dict() == {"national": 0.5, "provincial": 1.0, "city": 0.5, "all": 0.0}


def test_year_is_empty_when_fewer_than_half_of_the_runs_get_there() -> None:
    table = assess(indicators([REACHES_ALL, MISSES_NATIONAL, MISSES_NATIONAL]), TARGETS, ["one"])
    assert pd.isna(table["year_reached_p50"][0])


def test_years_after_the_target_do_not_count() -> None:
    early = Targets(year=2034, national=2_000, provincial=10_000, city=50_000)
    table = assess(indicators([REACHES_ALL]), early, ["one"]).set_index("target")
    assert table["probability"].to_dict() == {"national": 0.0, "provincial": 1.0, "city": 0.0, "all": 0.0}


def test_active_counts_those_still_in_the_trade() -> None:
    active = Targets(year=2035, national=1_000, provincial=5_000, city=26_000, counting="active")
    table = assess(indicators([REACHES_ALL]), active, ["one"]).set_index("target")
    assert table.loc["national", "mean"] == 1_000
    assert table["probability"].to_dict() == {"national": 1.0, "provincial": 1.0, "city": 0.0, "all": 0.0}


def test_a_tier_without_rows_counts_as_nobody() -> None:
    run = {tier: path for tier, path in REACHES_ALL.items() if tier != "national"}
    table = assess(indicators([run]), TARGETS, ["one"]).set_index("target")
    assert table["probability"].to_dict() == {"national": 0.0, "provincial": 1.0, "city": 1.0, "all": 0.0}


@pytest.mark.parametrize(
    ("wrong", "message"), [({"counting": "heads"}, "certificates or active"), ({"city": 0}, "at least 1")]
)
def test_targets_that_mean_nothing_are_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Targets(**{"year": 2035, "national": 1, "provincial": 1, "city": 1, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("successes", "runs", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_interval_equals_published_values(successes: int, runs: int, low: float, high: float) -> None:
    # Newcombe (1998), table I, method 3: 81 of 263 gives 0.2553 to 0.3662.
    assert wilson_interval(successes, runs) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("draws", "independent"), [([0, 0, 0], 3), ([1, 2, 3], 3), ([1, 1, 2, 2], 2), ([1, 2, 3, 3], 16 / 6)]
)
def test_runs_that_repeat_a_draw_are_worth_less(draws: list[int], independent: float) -> None:
    assert worth(draws) == pytest.approx(independent)


def test_the_interval_is_as_wide_as_the_runs_are_worth() -> None:
    runs = indicators([REACHES_ALL, MISSES_NATIONAL, REACHES_ALL, MISSES_NATIONAL])
    runs["draw"] = runs["seed"] // 2 + 1
    national = assess(runs, TARGETS, ["one"]).iloc[0]
    assert (national["probability_low"], national["probability_high"]) == wilson_interval(1, 2)
    assert (national["runs"], national["probability"]) == (4, 0.5)


@given(st.integers(1, 10_000).flatmap(lambda runs: st.tuples(st.integers(0, runs), st.just(runs))))
def test_wilson_interval_holds_the_share(case: tuple[int, int]) -> None:
    successes, runs = case
    low, high = wilson_interval(successes, runs)
    assert 0.0 <= low <= successes / runs <= high <= 1.0
    assert low < high
