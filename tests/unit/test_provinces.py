"""Names of provinces: one reader for scenarios, commitments, observed figures and flows."""

import pytest

from sim.categories import PROVINCE_CODES
from sim.data import load
from sim.errors import InputError
from sim.policy.provinces import province_code, province_index, province_indices


@pytest.mark.parametrize(
    "name",
    [
        440000,
        440000.0,
        44,
        "440000",
        "440000.0",
        "44",
        "\uff14\uff14",
        "GD",
        "gd",
        "\uff27\uff24",
        "Guangdong",
        " guangdong ",
        "GUANGDONG PROVINCE",
        "Guang-dong",
        "广东",
        "广东省",
        "广东\u3000省",
        "\ufeff广东\u200b",
    ],
)
def test_a_province_is_known_in_any_spelling(name: object) -> None:
    assert province_code(name, "here") == "440000"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("内蒙古自治区", 150000),
        ("内蒙古", 150000),
        ("Inner Mongolia Autonomous Region", 150000),
        ("北京市", 110000),
        ("新疆维吾尔自治区", 650000),
        ("Xinjiang Uygur Autonomous Region", 650000),
        ("广西壮族自治区", 450000),
        ("宁夏回族自治区", 640000),
        ("西藏", 540000),
        ("Xizang", 540000),
        ("Beijing Municipality", 110000),
        ("Shanxi", 140000),
        ("Shaanxi", 610000),
        ("陕西", 610000),
        ("山西", 140000),
    ],
)
def test_full_names_and_those_that_are_alike(name: str, code: int) -> None:
    assert province_code(name, "here") == str(code)


def test_every_published_name_leads_to_its_code() -> None:
    for row in load("provinces").to_dict("records"):
        for column in ("code", "abbr", "short", "name_zh", "name_en"):
            assert PROVINCE_CODES[province_index(row[column], "here")] == row["code"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Guangdon", "did you mean 'Guangdong'"),
        ("黑龙", "did you mean '黑龙江'"),
        (440001, "did you mean '440000'"),
        ("香港", "choose from 上海"),
        ("VV", "choose from AH"),
        (True, "choose from Anhui"),
        (None, "choose from"),
        (4, "choose from 110000"),
        ("a\nb" + "x" * 99, "unknown province 'a bxx"),
        (["GD"], "unknown province"),
    ],
)
def test_what_is_no_province_is_refused_in_one_line(name: object, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        province_index(name, "here")
    assert str(refused.value).startswith("here: unknown province")
    assert "\n" not in str(refused.value)


def test_a_province_stands_once_in_a_list() -> None:
    assert province_indices(["BJ", "广东", 330000.0], "here") == [0, 18, 10]
    with pytest.raises(InputError, match=r"here: '广东' and '440000\.0' are one province; leave one of them"):
        province_indices(["BJ", "广东", 440000.0], "here")
