"""Numbers as a planner reads them: thousands separators, units, ranges, no false precision."""

import math
import re
import unicodedata
from collections.abc import Callable, Sequence

from experiments.pages.language import language, say

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
UNSEEN = ("Cf", "Mn", "Me")  # categories of letters that take no room
MYRIADS = (("万亿", 1e12), ("亿", 1e8), ("万", 1e4))  # what Chinese counts large numbers in

Formatter = Callable[[float], str]


def width_of(text: str) -> int:
    """Letters that a text is as wide as: a Chinese sign is two, a mark that is not seen none."""
    return sum(
        0 if unicodedata.category(letter) in UNSEEN else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def with_unit(number: str, unit: str) -> str:
    """A number and its unit; Chinese sets no space between them."""
    return f"{number}{unit}" if language() == "zh" else f"{number}{SPACE}{unit}"


def parted(text: str) -> tuple[str, str]:
    """The number and the unit of a formatted value; no unit when there is none."""
    found = re.fullmatch(rf"(.*\d){SPACE}?(\D*)", text)
    return (found[1], found[2]) if found else (text, "")


def unit_said_once(first: str, last: str) -> str:
    """The first of two values without the unit of the last; Chinese repeats signs of size and of per cent."""
    number, unit = parted(first)
    whole = language() == "zh" and any(sign in unit for sign in ("%", *dict(MYRIADS)))
    return number if unit == parted(last)[1] and not whole else first


def missing() -> str:
    """What stands in the place of a number that the store lacks."""
    return say("not recorded")


def known(value: float | None) -> bool:
    """True for a finite number."""
    return value is not None and math.isfinite(value)


def significant(value: float, digits: int = 3) -> float:
    """The value rounded to so many significant digits."""
    if not known(value) or value == 0:
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def written(value: float, form: str) -> str:
    """The value in a format of Python, with a true minus sign, and with none before a zero."""
    text = format(value, form)
    return text.lstrip("-") if not text.strip("-0.,") else text.replace("-", MINUS)


def grouped(value: float, decimals: int = 0) -> str:
    """The value with thousands separators."""
    return written(value, f",.{decimals}f") if known(value) else missing()


def persons(value: float) -> str:
    """Heads: exact below 10,000, then three or four digits, then millions."""
    if not known(value):
        return missing()
    size = abs(value)
    if size >= 999_500:
        return _large(value)
    if size >= 100_000:
        return grouped(round(value, -3))
    if size >= 10_000:
        return grouped(round(value, -1))
    return grouped(value)


def _large(value: float) -> str:
    """Millions; in Chinese, what it counts large numbers in."""
    hundreds = abs(value) >= 99.95e6
    if language() == "zh":
        return in_myriads(value, digits=4 if hundreds else 3)
    return with_unit(grouped(value / 1e6, 0 if hundreds else 1), "million")


def in_myriads(value: float, least: str = "万", digits: int = 3) -> str:
    """``1,200万``, ``350亿``, ``2.01万亿``: the largest sign that the rounded number fills, or the least."""
    rounded = abs(significant(value, digits))
    signs = MYRIADS[: [sign for sign, _ in MYRIADS].index(least) + 1]
    sign, size = next((pair for pair in signs if rounded >= pair[1]), signs[-1])
    return f"{plain(value / size, digits)}{sign}"


def percent(share: float) -> str:
    """A share as per cent; small and near-certain shares never read as nothing or all."""
    if not known(share):
        return missing()
    points = share * 100
    if points == 0:
        return per_cent("0")
    if 0 < points < 0.1:
        return per_cent(f"<{SPACE}0.1")
    if 99.9 < points < 100:
        return per_cent(f">{SPACE}99.9")
    one_decimal = abs(points) < 9.95 or 99 < points < 100
    return per_cent(grouped(points, 1 if one_decimal else 0))


def per_cent(number: str) -> str:
    """A number with the sign."""
    return with_unit(number, "%")


def chance(probability: float) -> str:
    """A probability from few runs: whole per cent."""
    return per_cent(grouped(probability * 100)) if known(probability) else missing()


def rough(share: float) -> str:
    """Whole per cent of a part that is known roughly; what is small never reads as nothing."""
    return say("less than {share}", share=chance(0.01)) if 0 < share < 0.01 else chance(share)


def of_runs(share: float, runs: int) -> str:
    """``15 of 24 runs``, ``all 24 runs``, ``none of the 24 runs``."""
    hits = round(share * runs)
    if hits == 0:
        return say("none of the {runs}", runs=count(runs, "run"))
    if hits == runs:
        return say("all {runs}", runs=count(runs, "run"))
    return say("{hits} of {runs}", hits=grouped(hits), runs=count(runs, "run"))


def yuan(value: float) -> str:
    """Yuan, to the nearest ten."""
    return with_unit(grouped(round(value, -1)), say("yuan")) if known(value) else missing()


def billion_yuan(value_million: float) -> str:
    """Million yuan as billion yuan, three significant digits."""
    return with_unit(in_billions(value_million), say("billion yuan")) if known(value_million) else missing()


def in_billions(value_million: float) -> str:
    """The same where a title says the unit, which in Chinese is yuan: ``350亿``, ``2.01万亿``."""
    if not known(value_million):
        return missing()
    if language() == "zh" and value_million:
        return in_myriads(value_million * 1e6, least="亿")
    return plain(value_million / 1e3)


def plain(value: float, digits: int = 3) -> str:
    """Any number with three significant digits."""
    if not known(value):
        return missing()
    rounded = significant(value, digits)
    if rounded == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    return grouped(rounded, min(decimals, 4))


def exact(value: float) -> str:
    """A number that was chosen, such as a parameter: up to four significant digits, no zeros added."""
    if not known(value):
        return missing()
    rounded = significant(value, 4)
    if abs(rounded) >= 1000:
        return grouped(rounded)
    return written(rounded, ".6f").rstrip("0").rstrip(".") or "0"


def points(value: float) -> str:
    """Points on a scale from 0 to 100."""
    return with_unit(grouped(value, 1), say("points")) if known(value) else missing()


def years(value: float) -> str:
    """A duration in years."""
    return with_unit(grouped(value, 1), say("years")) if known(value) else missing()


def age(value: float) -> str:
    """An age in years, which other languages say with a word of its own."""
    return say("{number}\N{NO-BREAK SPACE}years", number=grouped(value, 1)) if known(value) else missing()


def month(text: str) -> str:
    """A month such as ``2027-01``; in Chinese ``2027年1月``."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    return f"{found[1]}年{int(found[2])}月" if found and language() == "zh" else text


def signed(value: float, formatter: Formatter) -> str:
    """The formatted value with a plus sign when it is above zero."""
    text = formatter(value)
    return f"+{text}" if known(value) and value > 0 and text != formatter(0.0) else text


def span(low: float, high: float, formatter: Formatter) -> str:
    """A range; a unit that both ends share is said once."""
    first, last = formatter(low), formatter(high)
    if first == last:
        return first
    first = unit_said_once(first, last)
    if MINUS in first + last or "<" in first + last:
        return say("{low} to {high}", low=first, high=last)
    return f"{first}{DASH}{last}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items as in a sentence: ``a, b and c``; ``last`` is ``and`` or ``or``."""
    if len(items) < 2:
        return "".join(items)
    if any(say(", ") in item for item in items):
        return clauses(items, "; ")  # with commas of their own
    mark = "、" if language() == "zh" else ", "
    text = "{items} and {one}" if last == "and" else "{items} or {one}"
    return say(text, items=mark.join(items[:-1]), one=items[-1])


def bracketed(text: str, inside: str) -> str:
    """``62 % (45-77 %)``."""
    return say("{text} ({inside})", text=text, inside=inside)


def clauses(items: Sequence[str], mark: str = ", ") -> str:
    """Parts of a sentence, or of a cell, with a comma or another mark between them."""
    return say(mark).join(items)


def count(number: int, thing: str, things: str | None = None) -> str:
    """``1 run``, ``24 runs``; a catalogue knows it as ``{number} runs``."""
    return say(
        f"{{number}} {thing if number == 1 and language() == 'en' else things or thing + 's'}",
        number=grouped(number),
    )


def sentence_start(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def by_unit(unit: str) -> Formatter:
    """The formatter that fits a unit of the indicator table."""
    lowered = unit.lower()
    if lowered.startswith("million yuan"):
        return billion_yuan
    for start, formatter in (
        ("persons", persons), ("person-times", persons), ("share", percent), ("yuan", yuan),
        ("points", points), ("years", years),
    ):  # fmt: skip
        if lowered.startswith(start):
            return formatter
    return plain
