"""Provinces as planners name them: code, abbreviation or English name."""

from collections.abc import Mapping
from functools import cache

from sim.categories import PROVINCE_CODES
from sim.data import load
from sim.errors import InputError
from sim.policy.checks import way_out


@cache
def _index_by_name() -> Mapping[str, int]:
    """Index 0 to 30 by code, abbreviation and English name, in lower case."""
    table = load("provinces").set_index("code").loc[list(PROVINCE_CODES)]
    names = zip(PROVINCE_CODES, table["abbr"], table["name_en"], strict=True)
    return {str(name).lower(): index for index, row in enumerate(names) for name in row}


def province_index(name: object, where: str) -> int:
    """Index 0 to 30 of a province, or InputError with the nearest name."""
    known = _index_by_name()
    index = known.get(str(name).strip().lower())
    if index is None:
        shown = {key.upper() if len(key) == 2 else key.title() for key in known}
        raise InputError(f"{where}: unknown province '{name}': {way_out(str(name).title(), shown)}")
    return index
