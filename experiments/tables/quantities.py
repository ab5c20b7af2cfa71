"""Numbers and units as people write them; what could be read in two ways is not read."""

import re
from decimal import Decimal
from typing import Final

from sim.policy.provinces import half_width

# 28836, 28,836, 28 836, 28_836, 38.6, 2.8e4; behind it may stand a unit, which begins with a letter or sign.
NUMBER: Final = re.compile(
    r"(?=[+-]?\.?[0-9])"
    r"(?P<number>[+-]?(?:[0-9]{1,3}(?P<mark>[,_ '\u00a0])[0-9]{3}(?:(?P=mark)[0-9]{3})*|[0-9]*)"
    r"(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?)"
    r"\s*(?P<rest>(?:[^\W\d_]|[%‰]).*)?"
)
PERSONS, PER_CENT, YEARS, YUAN_MONTH, YUAN_YEAR = "persons", "%", "years", "yuan/month", "yuan/yr"
# By kind, each way to write its unit and the power of ten that it is worth.
WORDS: Final[dict[str, dict[str, int]]] = {
    PERSONS: dict.fromkeys(
        ("persons", "person", "people", "workers", "人", "名", "人次", "person-times", "person times"), 0
    ),
    PER_CENT: dict.fromkeys(("%", "percent", "per cent", "百分比"), 0)
    | dict.fromkeys(("‰", "per mille", "permille", "千分比"), -1)
    | dict.fromkeys(("share", "fraction", "小数"), 2),
    YEARS: dict.fromkeys(("years", "year", "岁", "周岁", "年"), 0),
}
YUAN: Final = re.compile(
    r"(?:yuan|rmb|cny|人民币|元)\s*(?:/|a |per |每)?\s*(?:(?P<month>month|个?月)|(?P<year>year|yr|annum|年))"
)
SCALE: Final = re.compile(
    r"(?:(?P<power>1[0,]*)|(?P<word>(?:ten|hundred|thousand|million|billion|bn|mn|k|m)(?=s?[^a-z]|s?$))s?"
    r"|(?P<sign>[十百千万亿]))[\s-]*(?:of )?"
)
POWERS: Final = {
    "ten": 1, "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9,
    "十": 1, "百": 2, "千": 3, "万": 4, "亿": 8,
}  # fmt: skip
UNSAID: Final = re.compile(r"\(3-yr sum\)|nominal|名义")
KNOWN: Final = {
    PERSONS: "persons (人), thousand persons (千人), 10k persons (万人), million persons (百万人)",
    PER_CENT: "%, ‰, share",
    YEARS: "years (岁)",
    YUAN_MONTH: "yuan/month (元/月), thousand yuan/month (千元/月)",
    YUAN_YEAR: "yuan/yr (元/年), thousand yuan/yr (千元/年)",
}


def number_of(text: str) -> tuple[Decimal, str] | None:
    """The number that a text begins with, and the unit behind it; None where there is none.

    ``27,5``, ``2,8836`` and ``28.836,5`` are none: whether a comma groups thousands or parts decimals is
    clear only before three digits. Nor is what a computer cannot hold.
    """
    found = NUMBER.fullmatch(half_width(text).strip())
    if found is None:
        return None
    number = found["number"]
    plain = number.replace(found["mark"], "") if found["mark"] else number
    held = float(plain)
    lost = held == 0.0 and re.search("[1-9]", plain.lower().partition("e")[0])
    return None if lost or held in (float("inf"), -float("inf")) else (Decimal(plain), found["rest"] or "")


def whole_of(text: str, unit: str) -> float | None:
    """The number of a text that may end with one unit; None where there is none or another unit."""
    found = number_of(text)
    return float(found[0]) if found and found[1].strip() in ("", unit) else None


def unit_of(text: str) -> tuple[str, int] | None:
    """Kind and power of ten of a unit; None for a unit that is not known.

    The kind is empty for a power alone, such as ``10k`` or ``万``.
    """
    rest = " ".join(UNSAID.sub("", half_width(text).casefold()).split())
    power = 0
    while rest and (scale := SCALE.match(rest)):
        power += scale["power"].count("0") if scale["power"] else POWERS[scale["word"] or scale["sign"]]
        rest = rest[scale.end() :]
    if not rest:
        return ("", power) if text.strip() else None
    kind, worth = _kind_of(rest) or ("", 0)
    return (kind, power + worth) if kind and (power == 0 or kind not in (PER_CENT, YEARS)) else None


def _kind_of(word: str) -> tuple[str, int] | None:
    """Kind and power of ten of a unit without a scale."""
    for kind, words in WORDS.items():
        if word in words:
            return kind, words[word]
    yuan = YUAN.fullmatch(word)
    return None if yuan is None else (YUAN_MONTH if yuan["month"] else YUAN_YEAR, 0)


def powers_between(unit: str, published: str) -> int | None:
    """Power of ten that leads from one unit to the published one; None where none does."""
    if unit.casefold() == published.casefold():
        return 0
    given, wanted = unit_of(unit), unit_of(published)
    if given is None or wanted is None:
        return None
    kind = wanted[0] or PERSONS  # so many ten thousands are ten thousands of persons
    same = given[0] == kind or (given[0] == "" and kind == PERSONS)
    return given[1] - wanted[1] if same else None


def known_units(published: str) -> str:
    """Units that lead to the published one, in words."""
    found = unit_of(published)
    return KNOWN[(found[0] if found else "") or PERSONS]
