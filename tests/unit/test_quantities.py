"""Numbers and units: read where they have one meaning, else not read."""

import pytest

from experiments.tables.quantities import number_of, powers_between


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("28836", 28836, ""),
        ("28,836", 28836, ""),
        ("1,234,567.5", 1234567.5, ""),
        ("28 836", 28836, ""),
        ("28_836", 28836, ""),
        ("\uff12\uff18\uff18\uff13\uff16", 28836, ""),
        ("2.8836e4", 28836, ""),
        (".5", 0.5, ""),
        ("5.", 5, ""),
        ("27.5%", 27.5, "%"),
        ("27.5 \uff05", 27.5, "%"),
        ("2018年", 2018, "年"),
        ("288.36百万人", 288.36, "百万人"),
        ("-1", -1, ""),
        ("+1", 1, ""),
    ],
)
def test_a_number_with_one_meaning_is_read(text: str, number: float, unit: str) -> None:
    found = number_of(text)
    assert found is not None
    assert (float(found[0]), found[1]) == (number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "27,5",
        "2,8836",
        "28.836,5",
        "1,000_000",
        "1__000",
        "28 83",
        "12-31",
        "",
        "NA",
        "nan",
        "inf",
        "½",
        "'5",
        "=5",
        "1e999",
        "1e-999",
        "9" * 400,
        "\uff0e",
        "\u0665",
    ],
)
def test_what_could_be_two_numbers_or_none_is_not_read(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    ("unit", "published", "powers"),
    [
        ("10,000 persons", "10k persons", 0),
        ("ten thousand people", "10k persons", 0),
        ("万", "10k persons", 0),
        ("hundred million", "10k persons", 4),
        ("billions of persons", "10k persons", 5),
        ("亿", "10k persons", 4),
        ("百 万 人", "10k persons", 2),
        ("千人", "persons", 3),
        ("1000 persons", "persons", 3),
        ("人", "10k persons", -4),
        ("万人次", "10k person-times", 0),
        ("10k (3-yr sum)", "10k (3-yr sum)", 0),
        ("\uff05", "%", 0),
        ("Share", "%", 2),
        ("RMB per month", "yuan/month nominal", 0),
        ("thousand yuan a month", "yuan/month nominal", 3),
        ("千元/年", "yuan/yr nominal", 3),
    ],
)
def test_units_of_a_kind_are_powers_of_ten_apart(unit: str, published: str, powers: int) -> None:
    assert powers_between(unit, published) == powers


@pytest.mark.parametrize(
    ("unit", "published"),
    [
        ("bananas", "10k persons"),
        ("元", "10k persons"),
        ("亿元", "yuan/yr nominal"),
        ("元/月", "yuan/yr nominal"),
        ("千元", "yuan/month nominal"),
        ("thousand", "yuan/month nominal"),
        ("万", "%"),
        ("百%", "%"),
        ("%", "years"),
        ("months", "years"),
        ("836", "10k persons"),
        ("5 persons", "10k persons"),
        ("万人/月", "10k persons"),
        ("ratio", "%"),
        ("real yuan/yr", "yuan/yr nominal"),
        ("²", "10k persons"),
    ],
)
def test_other_units_are_not_taken(unit: str, published: str) -> None:
    assert powers_between(unit, published) is None
