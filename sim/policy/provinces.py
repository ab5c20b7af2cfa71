"""Provinces as people write them: code, abbreviation, English or Chinese name; one reader for all inputs."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from sim.categories import PROVINCE_CODES
from sim.checks import way_out
from sim.data import load
from sim.errors import InputError

NAMES: Final = ("name_en", "short", "name_zh", "abbr")  # columns of the table of provinces
OTHER_NAMES: Final = {"xizang": 540000, "内蒙": 150000}
# What may stand behind a name, in the spelling of ``_plain``.
KIND: Final = re.compile(
    "(province|municipality|(zhuang|hui|uyghur|uygur)?autonomousregion|省|市|(壮族|回族|维吾尔)?自治区)$"
)
CODE: Final = re.compile(r"([0-9]{2})(0000)?(\.0*)?")  # 44, 440000, and 440000.0 as tables of numbers keep it
LONGEST_SHOWN: Final = 40
HALF_WIDTH: Final = {0xFEE0 + letter: letter for letter in range(0x21, 0x7F)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """A text with the full-width letters, digits and signs of Chinese keyboards as plain ones."""
    return text.translate(HALF_WIDTH)


def province_index(name: object, where: str) -> int:
    """Index 0 to 30 of a province, written in any way.

    Raises
    ------
    InputError
        One line that begins with ``where`` and says the nearest name.
    """
    known, written = _index_by_name(), _plain(str(name))
    found = known.get(written, known.get(KIND.sub("", written)))
    if found is None:
        shown = " ".join(str(name).split())[:LONGEST_SHOWN]
        raise InputError(f"{where}: unknown province '{shown}': {way_out(shown, _alike(written))}")
    return found


def province_code(name: object, where: str) -> str:
    """Code of GB/T 2260 of a province, written in any way."""
    return str(PROVINCE_CODES[province_index(name, where)])


def province_indices(names: Iterable[object], where: str) -> list[int]:
    """Indices of provinces, of which each may stand there once, in whatever spelling."""
    found: dict[int, object] = {}
    for name in names:
        index = province_index(name, where)
        if index in found:
            raise InputError(f"{where}: '{found[index]}' and '{name}' are one province; leave one of them")
        found[index] = name
    return list(found)


def _plain(name: str) -> str:
    """A spelling in small letters without spaces, hyphens and signs that nobody sees."""
    text = half_width(name).casefold()
    text = "".join(sign for sign in text if sign not in "-_'\u2019" and unicodedata.category(sign) != "Cf")
    text = "".join(text.split())
    code = CODE.fullmatch(text)
    return f"{code[1]}0000" if code else text


@cache
def _index_by_name() -> Mapping[str, int]:
    """Index 0 to 30 by each name and code, as :func:`_plain` spells them."""
    table = load("provinces").set_index("code").loc[list(PROVINCE_CODES)].reset_index()
    columns = [table[column] for column in ("code", *NAMES)]
    known = {_plain(str(name)): index for names in columns for index, name in enumerate(names)}
    return known | {name: PROVINCE_CODES.index(code) for name, code in OTHER_NAMES.items()}


def _alike(written: str) -> list[str]:
    """Names of the kind that somebody tried to write: codes, abbreviations, English or Chinese ones."""
    if written[:1].isdigit():
        return [str(code) for code in PROVINCE_CODES]
    column = "short" if not written.isascii() else "abbr" if len(written) == 2 else "name_en"
    return load("provinces")[column].tolist()
