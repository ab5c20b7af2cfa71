"""Tables of observed figures that somebody hands in: read, checked line by line, and refused in one line.

Those that the model has no value to compare with are listed with the reason.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from experiments.outcomes.given import ALL, FIRST_YEAR, amount, read_given, whole_year
from experiments.tables.handed_in import read_rows
from sim.categories import PROVINCE_CODES
from sim.errors import InputError
from sim.outcomes.published import PROVINCIAL, PUBLISHED
from sim.outcomes.seen_year import SeenYear
from sim.policy.provinces import province_code

FIRST_FLOW_YEAR: Final = 1990
FLOW_COLUMNS: Final = ("origin_code", "dest_code", "year", "value")
Key = tuple[int, str, str, str]  # year, province, group, indicator
NO_INDICATOR: Final = "the model has no such indicator"
COUNTRY_ONLY: Final = "the model has it for the whole country only"
PROVINCES_ONLY: Final = "the model has it for single provinces only"
NO_VALUE: Final = "the model has no value of this year"


def read_observed(path: Path) -> pd.DataFrame:
    """Read figures of the form indicator, year, value, with province and unit if given.

    Returns
    -------
    pandas.DataFrame
        Columns of :class:`Given`, in the order of the file.

    Raises
    ------
    InputError
        Naming the file, the line and what was expected, for the first thing that is wrong.
    """
    return pd.DataFrame([given for _, given in read_given(path)], columns=list(no_rows()))


def read_flows(path: Path) -> pd.DataFrame:
    """Read flows of the form origin_code, dest_code, year, value; columns origin, dest, year, value.

    Raises
    ------
    InputError
        Naming the file, the line and what was expected, for the first thing that is wrong.
    """
    seen: set[tuple[str, str, int]] = set()
    rows = []
    for where, cells in read_rows(path, FLOW_COLUMNS):
        origin, dest = (province_code(cells[column], where) for column in ("origin_code", "dest_code"))
        key = (origin, dest, whole_year(cells["year"], where, FIRST_FLOW_YEAR))
        if key in seen:
            raise InputError(f"{where}: the flow from {origin} to {dest} stands there twice")
        seen.add(key)
        value, unit = amount(cells["value"], where)
        if unit:
            raise InputError(f"{where}: the value is '{cells['value']}'; write persons, without a unit")
        rows.append((*key, value))
    flows = pd.DataFrame(rows, columns=["origin", "dest", "year", "value"])
    between = flows[flows["origin"] != flows["dest"]].groupby("year")["value"].sum()
    for year in flows["year"].unique():
        if between.get(year, 0.0) == 0.0:
            raise InputError(f"{path} has nobody of {year} outside the own province; leave that year out")
    return flows


def no_rows() -> pd.DataFrame:
    """No figures."""
    texts = dict.fromkeys(("unit", "given", "given_unit"), str)
    columns = {"indicator": str, "province": str, "year": int, "observed": float, **texts}
    return pd.DataFrame(columns=list(columns)).astype(columns)


def no_flows() -> pd.DataFrame:
    """No flows."""
    columns = {"origin": str, "dest": str, "year": int, "value": float}
    return pd.DataFrame(columns=list(columns)).astype(columns)


def split(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows that the model can speak about; the others with ``reason`` and the ``nearest`` name it knows."""
    keys = zip(rows["indicator"], rows["province"], rows["year"].tolist(), strict=True)
    reasons = pd.Series([_reason(*key) for key in keys], rows.index, dtype=object)
    return rows[reasons == ""].reset_index(drop=True), without_value(rows, reasons)


def without_value(rows: pd.DataFrame, reasons: "pd.Series[str]") -> pd.DataFrame:
    """The rows that have a reason why they cannot be compared."""
    lacking = rows.assign(reason=reasons)[reasons != ""].reset_index(drop=True)
    names = [*PUBLISHED, *PROVINCIAL]
    nearest = [
        next(iter(get_close_matches(name, names, 1)), "") if reason == NO_INDICATOR else ""
        for name, reason in zip(lacking["indicator"], lacking["reason"], strict=True)
    ]
    return lacking.assign(nearest=nearest)


def _reason(indicator: str, province: str, year: int) -> str:
    """Why the model has nothing to compare a figure with; empty when it has."""
    if indicator not in PUBLISHED and indicator not in PROVINCIAL:
        return NO_INDICATOR
    if indicator in PUBLISHED and province != ALL:
        return COUNTRY_ONLY
    if indicator in PROVINCIAL and province == ALL:
        return PROVINCES_ONLY
    return "" if has_value(indicator, year) else NO_VALUE


@cache
def has_value(indicator: str, year: int) -> bool:
    """Whether the years from the first recorded one to this suffice; some figures sum several years."""
    seen, code = SeenYear(year, _Recorded(), defaultdict(lambda: 1.0)), str(PROVINCE_CODES[0])
    value = (
        PUBLISHED[indicator].value(seen) if indicator in PUBLISHED else PROVINCIAL[indicator][2](seen, code)
    )
    return math.isfinite(value)


class _Recorded(Mapping[Key, float]):
    """A record in which everything is 1 from the first year on: whatever is asked, only years can lack."""

    def __getitem__(self, key: Key) -> float:
        if key[0] < FIRST_YEAR:
            raise KeyError(key)
        return 1.0

    def __iter__(self) -> Iterator[Key]:
        return iter(())

    def __len__(self) -> int:
        return 0
