"""Numbers, ranges and likelihoods as a planner reads them."""

import pytest

from experiments.pages.drawing.plot_parts import billion_tick, counted, percent_tick, short_number
from experiments.pages.language import LANGUAGES, say, spoken
from experiments.pages.likelihood import SCALE, in_words, with_interval, word
from experiments.pages.page import JOINER, unbroken
from experiments.pages.words import (
    DASH,
    MINUS,
    SPACE,
    billion_yuan,
    bracketed,
    by_unit,
    chance,
    exact,
    grouped,
    in_billions,
    listed,
    month,
    of_runs,
    percent,
    persons,
    plain,
    points,
    rough,
    signed,
    span,
    width_of,
    written,
    years,
    yuan,
)
from experiments.questions.adapt.words import gained
from experiments.questions.attribute.words import with_interval as difference


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.2, "0"),
        (1_873.4, "1,873"),
        (-623, f"{MINUS}623"),
        (48_217, "48,220"),
        (123_456, "123,000"),
        (999_700, f"1.0{SPACE}million"),
        (31_420_000, f"31.4{SPACE}million"),
        (216_700_000, f"217{SPACE}million"),
        (float("nan"), "not recorded"),
    ],
)
def test_heads_have_no_false_precision(value, text):
    assert persons(value) == text


@pytest.mark.parametrize("value", [-0.0, -0.004, -1e-9])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_zero_has_no_sign(value, code):
    with spoken(code):
        for formatter in (grouped, persons, percent, points, years, yuan, billion_yuan, chance):
            for said in (formatter(value / 100), signed(value / 100, formatter)):
                assert MINUS not in said
                assert "-" not in said
        for text in (exact(-0.0), plain(-0.0), short_number(-0.0), percent_tick(-0.0), written(-0.0, ".1f")):
            assert text.strip("%\N{NO-BREAK SPACE}") in ("0", "0.0")


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0"),
        (0.0004, "< 0.1"),
        (0.054, "5.4"),
        (0.623, "62"),
        (0.996, "99.6"),
        (0.9999, "> 99.9"),
        (1, "100"),
    ],
)
def test_shares_never_read_as_nothing_or_all_when_they_are_not(share, text):
    assert percent(share) == f"{text} %".replace(" ", SPACE)


def test_units_and_signs():
    assert yuan(5_617) == f"5,620{SPACE}yuan"
    assert billion_yuan(296_123) == f"296{SPACE}billion yuan"
    assert years(1.64) == f"1.6{SPACE}years"
    assert points(52.34) == f"52.3{SPACE}points"
    assert plain(0.27123) == "0.271"
    assert signed(69, grouped) == "+69"
    assert signed(-41, grouped) == f"{MINUS}41"
    assert signed(0.2, grouped) == "0"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.3, "0.3"), (0.05, "0.05"), (1_500, "1,500"), (5, "5"), (0, "0"), (-0.125, f"{MINUS}0.125")],
)
def test_chosen_numbers_gain_no_zeros(value, text):
    assert exact(value) == text


def test_a_range_says_its_unit_once():
    assert span(0.45, 0.62, percent) == f"45{DASH}62{SPACE}%"
    assert span(36.1e6, 38.1e6, persons) == f"36.1{DASH}38.1{SPACE}million"
    assert span(900_000, 1_200_000, persons) == f"900,000{DASH}1.2{SPACE}million"
    assert span(-5, 7, grouped) == f"{MINUS}5 to 7"
    assert span(7, 7, grouped) == "7"


def test_lists_and_counts_of_runs():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["194, enough", "1,224"]) == "194, enough; 1,224", "items with commas of their own"
    assert of_runs(1.0, 24) == "all 24 runs"
    assert of_runs(0.0, 24) == "none of the 24 runs"
    assert of_runs(0.625, 8) == "5 of 8 runs"


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("persons/year", 1_200, "1,200"),
        ("share/year", 0.22, f"22{SPACE}%"),
        ("million yuan/year", 1_500, f"1.50{SPACE}billion yuan"),
        ("yuan/month", 5_604, f"5,600{SPACE}yuan"),
        ("points 0-100", 52.3, f"52.3{SPACE}points"),
        ("index 0-1", 0.2713, "0.271"),
        ("ratio", 1.5812, "1.58"),
    ],
)
def test_units_of_the_indicator_table_have_their_form(unit, value, text):
    assert by_unit(unit)(value) == text


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.995, "virtually certain"),
        (0.95, "very likely"),
        (0.70, "likely"),
        (0.50, "about as likely as not"),
        (0.20, "unlikely"),
        (0.05, "very unlikely"),
        (0.005, "exceptionally unlikely"),
    ],
)
def test_likelihood_words_follow_the_scale(probability, text):
    assert word(probability) == text


def test_the_scale_leaves_no_gap():
    for step in range(1001):
        assert word(step / 1000) in {entry.text for entry in SCALE}


def test_words_are_no_stronger_than_the_runs_allow():
    assert in_words(1.0, 0.86, 1.0, 24) == "at least likely"
    assert in_words(0.0, 0.0, 0.14, 24) == "at most unlikely"
    assert in_words(1.0, 0.992, 1.0, 500) == "virtually certain"
    assert in_words(0.75, 0.3, 0.95, 4) == "too few runs"
    assert in_words(0.67, 0.34, 0.89, 12) == "about as likely as not to likely"
    assert in_words(0.67, 0.30, 0.92, 9) == "unlikely to very likely"
    assert in_words(0.51, 0.41, 0.61, 100) == "about as likely as not"
    assert in_words(0.97, 0.92, 0.985, 100) == "very likely"
    assert in_words(float("nan"), 0, 1, 24) == "not recorded"
    assert with_interval(0.625, 0.31, 0.86) == f"62{SPACE}% (31{DASH}86{SPACE}%)"


def test_chinese_sets_no_space_before_a_unit_and_drops_none_that_is_half_a_number():
    with spoken("zh"):
        assert persons(31_420_000) == "3,140万"
        assert [yuan(7_734), years(3.5), percent(0.41)] == ["7,730元", "3.5年", "41%"]
        assert span(12e6, 15e6, persons) == f"1,200万{DASH}1,500万"
        assert span(0.31, 0.86, percent) == f"31%{DASH}86%"


@pytest.mark.parametrize(
    ("million", "text"),
    [
        (0, "0元"), (3.2, "0.0320亿元"), (29_900, "299亿元"), (999_400, "9,990亿元"), (999_600, "1.00万亿元"),
        (2_010_000, "2.01万亿元"), (-2_010_000, "\N{MINUS SIGN}2.01万亿元"), (float("nan"), "无记录"),
    ],
)  # fmt: skip
def test_chinese_counts_money_by_a_larger_sign_from_ten_thousand_of_the_last_on(million, text):
    with spoken("zh"):
        assert billion_yuan(million) == text
        assert in_billions(million) == text.removesuffix("元")


def test_every_way_to_write_large_numbers_in_chinese_goes_by_the_same_signs():
    with spoken("zh"):
        assert signed(2_010_000, billion_yuan) == "+2.01万亿元"
        assert span(900_000, 2_010_000, billion_yuan) == f"9,000亿元{DASH}2.01万亿元"
        assert [billion_tick(value) for value in (0, 5, 900, 1_000, 2_500)] == [
            "0",
            "50亿",
            "9,000亿",
            "1万亿",
            "2.5万亿",
        ]
        assert [short_number(value) for value in (99_999, 2.5e5, 9.9999e7, 1.5e12)] == [
            "10万",
            "25万",
            "1亿",
            "1.5万亿",
        ]
        assert [persons(value) for value in (99.96e6, 99.996e6, 211.2e6)] == ["9,996万", "1.000亿", "2.112亿"]
        assert [counted(value) for value in (99_960, 1.234e6, 123.4e6)] == ["10.0万", "123万", "1.23亿"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_quotes_inside_quotes_are_single_ones(code):
    single = "\N{LEFT SINGLE QUOTATION MARK}a\N{RIGHT SINGLE QUOTATION MARK}"
    with spoken(code):
        assert say("“{first}”, “{then}”", first="of “a”", then="b") == f"“of {single}”, “b”"
        assert say("“a” and {first}", first="“b”") == "“a” and “b”"
        assert say("“{name}”, “{name}", name="a”") == "“a””, “a”", "unpaired ones stay as they are"


def test_a_scenario_whose_name_ends_with_the_word_does_not_say_it_twice():
    with spoken("zh"):
        for name, end in ((say("Measures frozen"), ""), (say("Full reform"), "情景")):
            said = say("{probability} under {scenario}", probability="5%", scenario=name)
            assert said == f"{name}{end}下实现概率为5%"


def test_months_are_said_as_the_language_says_them():
    assert [month("2027-01"), month("soon")] == ["2027-01", "soon"]
    with spoken("zh"):
        assert [month("2027-01"), month("2030-12"), month("soon")] == ["2027年1月", "2030年12月", "soon"]


def test_no_line_end_parts_a_number_from_its_unit():
    for joined in (f"9,150+万 8,800+万+{DASH}+1.01+亿", "5+个+百+分+点", "2026年返回户籍地", f"8+{DASH}+9 m"):
        assert unbroken(joined.replace("+", "")) == joined.replace("+", JOINER)


def test_answers_say_the_unit_of_an_interval_once():
    rule, family = (
        {"gained": 0.42, "gained_low": 0.25, "gained_high": 0.55},
        {"mean": 2.0, "low": 1.0, "high": 3.0},
    )
    unit = f"{SPACE}percentage points"
    assert gained(rule) == f"+42{unit} (25{DASH}55)"
    assert difference("satisfaction", family) == f"+2.0{SPACE}points (+1.0 to +3.0{SPACE}points)"
    with spoken("zh"):
        assert gained(rule) == bracketed("+42个百分点", f"25{DASH}55")
        assert difference("satisfaction", family) == bracketed("+2.0分", "+1.0至+3.0分")


def test_a_chinese_sign_is_two_letters_wide_and_a_mark_that_turns_none():
    assert width_of("a工b") == 4
    assert width_of("\u202eab\u202c") == 2


def test_a_small_part_never_reads_as_nothing():
    assert rough(0.004) == "less than 1\u00a0%"
    assert rough(0.0) == "0\u00a0%"
    assert rough(0.316) == "32\u00a0%"
