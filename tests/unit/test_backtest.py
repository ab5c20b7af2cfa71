"""Backtest: reading and refusing tables, scores on hand-made numbers, likeness of flows."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.belief.flows import likeness
from experiments.belief.observed import read_flows, read_observed, split
from experiments.belief.scores import (
    by_indicator,
    last_value,
    overall,
    predictive,
    score_rows,
    trend,
    widened,
    with_naive,
)
from sim.errors import InputError

HEAD = "indicator,year,value,province,unit\n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "figures.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_is_read_with_provinces_by_code_or_name(tmp_path: Path) -> None:
    text = HEAD + "migrant_mean_age,2023,43.1,,years\nfloating_pop_from_other_provinces,2020,8e6,Beijing,\n"
    text += "floating_pop_from_other_provinces,2020,1e6,上海,persons\nsomething_else,2022,5,all,\n"
    rows = read_observed(written(tmp_path, text))
    assert rows["province"].tolist() == ["all", "110000", "310000", "all"]
    known, unknown = split(rows)
    assert len(known) == 3
    assert unknown["indicator"].tolist() == ["something_else"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indicator,value\na,1\n", "no column 'year'"),
        (HEAD, "no rows"),
        ("", "not a CSV file"),
        (HEAD + "migrant_mean_age,2014,38,,\n", "line 2: year '2014'.*expected 2015 to 2035"),
        (HEAD + "migrant_mean_age,2036,38,,\n", "line 2: year '2036'"),
        (HEAD + "migrant_mean_age,2020.5,38,,\n", "line 2: year"),
        (HEAD + "migrant_mean_age,2020,,,\n", "line 2: the value is missing"),
        (HEAD + "migrant_mean_age,2020,-1,,\n", "line 2: the value is '-1'"),
        (HEAD + "migrant_mean_age,2020,nan,,\n", "line 2: the value"),
        (HEAD + "migrant_mean_age,2020,many,,\n", "line 2: the value is 'many'"),
        (HEAD + "migrant_mean_age,2020,40,,\nmigrant_mean_age,2020,41,all,\n", "line 3: .*twice"),
        (HEAD + "migrant_mean_age,2020,40,Atlantis,\n", "line 2: unknown province 'Atlantis'"),
        (HEAD + "employment_secondary,2020,4e8,,persons\n", "line 2: .*expected 10k persons"),
        (HEAD + "other,2020,4,,%\nother,2021,4,,persons\n", "line 3: .*expected %"),
        (HEAD + ",2020,4,,%\n", "line 2: the indicator is empty"),
    ],
)
def test_a_bad_table_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_observed(written(tmp_path, text))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"):
        read_observed(tmp_path / "none.csv")
    with pytest.raises(InputError, match="not a CSV file"):
        read_observed(tmp_path)
    with pytest.raises(InputError, match="not a CSV file"):
        read_observed(written(tmp_path, HEAD + "年,2020,1,,\n", "utf-16"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_whatever_stands_in_a_file_only_one_error_comes_out(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.csv"
    for head in (b"", HEAD.encode()):
        path.write_bytes(head + content)
        for read in (read_observed, read_flows):
            with suppress(InputError):
                read(path)


def test_flows_are_read_and_refused(tmp_path: Path) -> None:
    head = "origin_code,dest_code,year,value\n"
    flows = read_flows(written(tmp_path, head + "110000,120000,2020,5\n"))
    assert flows.to_numpy().tolist() == [["110000", "120000", 2020, 5.0]]
    for line, said in (
        ("110000,999999,2020,5", "unknown province '999999'"),
        ("110000,120000,2020,-5", "not negative"),
        ("110000,120000,2020,5\n110000,120000,2020,5", "twice"),
    ):
        with pytest.raises(InputError, match=said):
            read_flows(written(tmp_path, head + line + "\n"))


def rows(*observed: float, first_year: int = 2022) -> pd.DataFrame:
    years = range(first_year, first_year + len(observed))
    return pd.DataFrame({"indicator": "a", "province": "all", "year": years, "observed": observed})


def test_the_range_holds_the_draws_and_the_models_own_error() -> None:
    low, high = predictive(np.full((1, 20), 100.0), np.array([0.1]))
    assert (low[0], high[0]) == pytest.approx((100 - 16.4, 100 + 16.4), abs=0.6)
    low, high = predictive(np.arange(101.0)[None], np.array([0.0]))
    assert (low[0], high[0]) == pytest.approx((5.0, 95.0), abs=0.5)


def test_own_error_grows_beyond_the_fitted_years_and_is_the_median_for_the_unknown() -> None:
    table = rows(1.0, 1.0, 1.0, 1.0, first_year=2021)
    assert widened({"a": 0.02}, table, 2021) == pytest.approx(0.02 * np.sqrt([1, 2, 3, 4]))
    assert widened({"b": 0.02, "c": 0.04, "d": 0.06}, table, 2024)[0] == pytest.approx(0.04)
    assert widened({}, table, 2021) == pytest.approx(0.0)


def test_errors_coverage_and_naive_forecasts() -> None:
    scored = score_rows(rows(100.0, 110.0), np.array([[101.0, 103.0], [150.0, 152.0]]), np.zeros(2))
    assert scored["error_percent"].tolist() == pytest.approx([2.0, 100 * (151 / 110 - 1)])
    assert scored["inside"].tolist() == [False, False]
    figures = rows(80.0, 85.0, 90.0, 95.0, 500.0, first_year=2018)
    scored = with_naive(scored, figures, known_until=2021)
    assert scored["last_value"].tolist() == [95.0, 95.0]
    assert scored["trend"].tolist() == pytest.approx([100.0, 105.0])
    table = by_indicator(scored)
    assert table["beats_naive"].tolist() == [False]
    assert table["last_value_error_percent"][0] == pytest.approx((5.0 + 100 * 15 / 110) / 2)
    found = overall(scored, table)
    assert (found["rows"], found["coverage"], found["indicators_better_than_naive"]) == (2, 0.0, 0)


def test_naive_forecasts_of_fitted_years_know_only_the_years_before() -> None:
    figures = rows(10.0, 20.0, 30.0, first_year=2018)
    scored = with_naive(
        score_rows(rows(30.0, first_year=2020), np.array([[30.0, 30.0]]), np.zeros(1)), figures, 2021
    )
    assert (scored["last_value"][0], scored["trend"][0]) == pytest.approx((20.0, 30.0))
    nothing = with_naive(
        score_rows(rows(30.0, first_year=2018), np.array([[30.0]]), np.zeros(1)), figures, 2021
    )
    assert np.isnan(nothing["trend"][0])
    assert overall(nothing, by_indicator(nothing))["indicators_with_naive"] == 0


def test_single_figures_and_gaps_have_a_trend() -> None:
    assert trend({2018: 7.0}, 2022) == last_value({2018: 7.0}) == 7.0
    assert trend({2010: 100.0, 2018: 1.0, 2020: 3.0}, 2022) == pytest.approx(5.0)


def test_likeness_of_equal_and_of_opposite_flows() -> None:
    flow = np.zeros((31, 31))
    flow[0, 1], flow[2, 3], flow[5, 5] = 10.0, 30.0, 999.0
    same = likeness(flow, 7.0 * flow)
    assert same == pytest.approx(
        {"correlation": 1.0, "origin_share_correlation": 1.0, "dissimilarity": 0.0, "common_part": 1.0}
    )
    other = np.zeros((31, 31))
    other[0, 1], other[4, 3] = 10.0, 30.0
    found = likeness(flow, other)
    assert (found["dissimilarity"], found["common_part"]) == pytest.approx((0.75, 0.25))
