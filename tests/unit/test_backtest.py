"""Backtest: reading and refusing tables, scores on hand-made numbers, likeness of flows."""

from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.questions.backtest.observed import read_flows, read_observed, split
from experiments.questions.backtest.scores import (
    by_indicator,
    last_value,
    likeness,
    overall,
    predictive,
    score_rows,
    trend,
    widened,
    with_naive,
    with_values,
)
from experiments.questions.backtest.words import units_in_words
from sim.errors import InputError
from sim.outcomes.published import PUBLISHED

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
        ("", "no rows"),
        (HEAD + "migrant_mean_age,2014,38,,\n", "line 2: year '2014'.*expected 2015 to 2035"),
        (HEAD + "migrant_mean_age,2036,38,,\n", "line 2: year '2036'"),
        (HEAD + "migrant_mean_age,2020.5,38,,\n", "line 2: year"),
        (HEAD + "migrant_mean_age,2020,,,\n", "line 2: the value is missing"),
        (HEAD + "migrant_mean_age,2020,-1,,\n", "line 2: the value is '-1'"),
        (HEAD + "migrant_mean_age,2020,nan,,\n", "line 2: the value"),
        (HEAD + "migrant_mean_age,2020,many,,\n", "line 2: the value is 'many'"),
        (HEAD + "migrant_mean_age,2020,40,,\nmigrant_mean_age,2020,41,all,\n", "line 3: .*twice"),
        (HEAD + "migrant_mean_age,2020,40,Atlantis,\n", "line 2: unknown province 'Atlantis'"),
        (HEAD + "employment_secondary,2020,4e8,,yuan\n", "line 2: .*'yuan'; expected 10k persons, known are"),
        (HEAD + "employment_secondary,2020,21,,%\n", "line 2: .*expected 10k persons"),
        (
            HEAD + "employment_secondary,2020,21万人,,%\n",
            "line 2: the value is in '万人' and the unit is '%'",
        ),
        (HEAD + "migrant_monthly_income,2020,4,,千元\n", "expected yuan/month.*千元/月"),
        (HEAD + "employment_secondary_share,2019,27.5,,share\n", "more than the whole"),
        (HEAD + "employment_secondary_share,2019,0.275,,\n", "0.275 without a unit, and was published as 2"),
        (HEAD + "employment_secondary_share,2019,0.275,,%\n", "0.275 %, and was published as .*share"),
        (HEAD + "migrant_workers_total,2018,288.36,,\n", "288.36 without a unit.*million persons"),
        (HEAD + "migrant_workers_total,2018,28,836\n", "line 2: '28,836' is one number in two cells"),
        (HEAD + 'migrant_workers_total,2018,"27,5",,\n', "line 2: the value is '27,5'"),
        (HEAD + "migrant_workers_total,2018,28836²,,\n", "'²'; expected 10k persons"),
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
    with pytest.raises(InputError, match="cannot read"):
        read_observed(tmp_path)


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "observed"),
    [
        ("migrant_workers_total", "288.36", "百万人", 28836.0),
        ("migrant_workers_total", "28.836", "千万人", 28836.0),
        ("migrant_workers_total", "288360", "thousand", 28836.0),
        ("migrant_workers_total", "288.36", "Million Persons", 28836.0),
        ("migrant_workers_total", "2.8836", "亿人", 28836.0),
        ("migrant_workers_total", "28836万人", "", 28836.0),
        ("migrant_workers_total", "288360000", "persons", 28836.0),
        ("employment_secondary_share", "0.275", "share", 27.5),
        ("employment_secondary_share", "275", "‰", 27.5),
        ("employment_secondary_share", "27.5%", "", 27.5),
        ("migrant_monthly_income", "3.962", "千元/月", 3962.0),
        ("avg_wage_nonprivate", "9.0501", "万元/年", 90501.0),
        ("migrant_mean_age", "40.8", "岁", 40.8),
        ("skill_assessments_taken", "1200", "万人次", 1200.0),
        ("subsidised_training_2019_2021", "8300", "10k person-times (3-yr sum)", 8300.0),
        ("migrant_workers_total", "28836.25", "", 28836.25),
        ("migrant_workers_total", "0", "", 0.0),
    ],
)
def test_units_lead_to_the_published_one_exactly(
    indicator: str, value: str, unit: str, observed: float, tmp_path: Path
) -> None:
    (row,) = read_observed(written(tmp_path, HEAD + f"{indicator},2019,{value},,{unit}\n")).to_dict("records")
    assert (row["observed"], row["given"]) == (observed, value)
    assert row["unit"] == (PUBLISHED[indicator].unit)


def test_figures_that_the_model_has_no_value_for_are_parted_before_anything_is_lived(tmp_path: Path) -> None:
    text = (
        HEAD
        + "five_year_inter_provincial_migrants,2018,3000,,\nfive_year_inter_provincial_migrants,2019,3000,,\n"
    )
    text += "new_type_apprentices_2019_2021,2016,5,,万人\nmigrant_mean_age,2015,38.6,GD,\nNA,2015,1,,\n"
    text += "floating_pop_from_other_provinces,2020,8e6,,persons\nmigrant_mean_aged,2015,38.6,,\n"
    known, others = split(read_observed(written(tmp_path, text)))
    assert known["year"].tolist() == [2019]
    assert others["reason"].tolist() == [
        "the model has no value of this year",
        "the model has no value of this year",
        "the model has it for the whole country only",
        "the model has no such indicator",
        "the model has it for single provinces only",
        "the model has no such indicator",
    ]
    assert others["nearest"].tolist() == ["", "", "", "", "", "migrant_mean_age"]


def test_rows_without_a_value_are_no_misses_and_a_figure_of_0_has_no_error_in_per_cent() -> None:
    given = rows(100.0, 0.0, 100.0).assign(given="100", given_unit="", unit="%")
    simulated = np.array([[99.0, 101.0], [1.0, 3.0], [np.nan, 100.0]])
    backtest = SimpleNamespace(rows=given, not_compared=split(given)[1].iloc[:0])
    compared, values, others = with_values(backtest, SimpleNamespace(figures=simulated))
    assert (compared["year"].tolist(), others["year"].tolist()) == ([2022, 2023], [2024])
    scored = with_naive(score_rows(compared, values, np.zeros(2)), rows(50.0, first_year=2021), 2021)
    found = overall(scored, by_indicator(scored))
    assert (found["rows"], found["mean_error_percent"], found["coverage"]) == (2, 0.0, 0.5)
    only = by_indicator(scored[scored["observed"] == 0.0])
    assert only["beats_naive"].isna().all()


def test_without_any_row_nothing_is_scored() -> None:
    scored = score_rows(rows(), np.empty((0, 3)), np.empty(0))
    assert by_indicator(with_naive(scored, rows(50.0), 2021)).empty


def test_the_terminal_says_which_units_were_taken_and_which_may_be_wrong() -> None:
    table = rows(0.275, 28.0).assign(
        indicator="employment_secondary_share", unit="%", given=["0.275", "28.0"], given_unit=["%", np.nan],
        mean=[27.6, 27.9],
    )  # fmt: skip
    without, far = units_in_words(table)
    assert without == "Without a unit, taken as published: employment_secondary_share (%)."
    assert far.endswith("of 2022 is given as 0.275 %; the model has 27.6 %.")


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
    assert flows.equals(read_flows(written(tmp_path, head + "110000.0,天津,2020年,5\n", "gb18030")))
    for line, said in (
        ("110000,999999,2020,5", "unknown province '999999'"),
        ("110000,120000,2020,-5", "not negative"),
        ("110000,120000,2020,5\nBJ,天津市,2020,5", "line 3: .*twice"),
        ("110000,120000,2020,5万", "write persons, without a unit"),
        ("110000,110000,2020,5\nBJ,TJ,2020,0", "nobody of 2020 outside the own province"),
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


def test_a_single_flow_and_one_that_nobody_simulates_have_no_correlation() -> None:
    flow = np.full((31, 31), np.nan)
    flow[0, 1] = 10.0
    found = likeness(flow, np.zeros((31, 31)))
    assert np.isnan(found["correlation"])
    assert (found["dissimilarity"], found["common_part"]) == (0.5, 0.0)
