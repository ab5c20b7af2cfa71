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

from experiments.outcomes.published import published_units
from experiments.tables.handed_in import Row, read_rows
from experiments.tables.quantities import PER_CENT, known_units, number_of, powers_between, whole_of
from sim.calendar import END, START, year_of
from sim.categories import PROVINCE_CODES
from sim.errors import InputError
from sim.outcomes.published import PROVINCIAL, PUBLISHED
from sim.outcomes.seen_year import SeenYear
from sim.policy.provinces import half_width, province_code

ALL: Final = "all"
COUNTRY: Final = ("", ALL, "national", "china", "全国", "中国")
FIRST_YEAR, LAST_YEAR = year_of(START) + 1, year_of(END)
FIRST_FLOW_YEAR: Final = 1990
COLUMNS: Final = ("indicator", "year", "value")
FLOW_COLUMNS: Final = ("origin_code", "dest_code", "year", "value")
# A figure without a unit, or a percentage that may be a share, is refused when it is off what was published
# by a power of ten, give or take this share of one; published figures change by a third of a power at most
# from one to the next.
ABOUT_A_POWER: Final = 0.2
WHOLE_PER_CENT: Final = 100.0
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
        Columns indicator, province ("all" or the code), year, observed and unit, both as published where the
        model knows the indicator, then given and given_unit, as they stood there; in the order of the file.

    Raises
    ------
    InputError
        Naming the file, the line and what was expected, for the first thing that is wrong.
    """
    seen: set[tuple[str, str, int]] = set()
    rows = []
    for row in read_rows(path, COLUMNS):
        where, cells = row
        indicator = cells["indicator"]
        if not indicator:
            raise InputError(f"{where}: the indicator is empty; expected a name as in national_series.csv")
        key = (indicator, _province(cells.get("province", ""), where), whole_year(cells["year"], where))
        if key in seen:
            raise InputError(
                f"{where}: {indicator} of {key[2]} stands there twice; expected one row for each year"
            )
        seen.add(key)
        rows.append((*key, *_figure(key, row)))
    return pd.DataFrame(rows, columns=list(no_rows()))


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


def whole_year(text: str, where: str, first: int = FIRST_YEAR) -> int:
    """Read a year that the model lives."""
    year = whole_of(text, "年")
    if year is None or not first <= year <= LAST_YEAR or not year.is_integer():
        raise InputError(f"{where}: year '{text}' is not one of the run; expected {first} to {LAST_YEAR}")
    return int(year)


def amount(text: str, where: str, powers: int = 0) -> tuple[float, str]:
    """Read a number that is not negative, times a power of ten, and the unit behind it."""
    found = number_of(text)
    value = float(found[0].scaleb(powers)) if found else math.nan
    if found is None or not 0.0 <= value < math.inf:
        shown = f"'{text}'" if text else "missing"
        raise InputError(f"{where}: the value is {shown}; expected a number that is not negative, as 28836.5")
    return value, found[1].strip()


def _province(text: str, where: str) -> str:
    """Code of a province, or all."""
    return ALL if half_width(text).casefold() in COUNTRY else province_code(text, where)


def _figure(key: tuple[str, str, int], row: Row) -> tuple[float, str, str, str]:
    """The figure in its published unit, that unit, and both as given."""
    where, cells = row
    given, column = cells["value"], half_width(cells.get("unit", ""))
    value, behind = amount(given, where)
    if column and behind and behind != column:
        raise InputError(f"{where}: the value is in '{behind}' and the unit is '{column}'; leave one of them")
    unit, published = column or behind, published_units().get(key[0])
    if published is None:  # the model does not speak about it
        return value, unit, given, unit
    powers = powers_between(unit, published) if unit else 0
    if not unit or (powers == 0 and published == PER_CENT):
        _check_size(key, value, f"{given.removesuffix(behind).strip()} {unit or 'without a unit'}", where)
    if powers is None:
        raise InputError(
            f"{where}: {key[0]} is in '{unit}'; expected {published}, known are {known_units(published)}"
        )
    value, _ = amount(given, where, powers)
    if powers > 0 and published == PER_CENT and value > WHOLE_PER_CENT:
        raise InputError(f"{where}: {key[0]} is {given} in '{unit}', more than the whole; mend the unit")
    return value, published, given, unit


def _check_size(key: tuple[str, str, int], value: float, given: str, where: str) -> None:
    """Refuse a figure that is off what was published by a power of ten."""
    indicator, province, year = key
    known = published_figures().get((indicator, province), {})
    if not known or value == 0.0:
        return
    nearest = min(known, key=lambda other: abs(other - year))
    powers, published = math.log10(value / known[nearest]), published_units()[indicator]
    if round(powers) != 0 and abs(powers - round(powers)) <= ABOUT_A_POWER:
        raise InputError(
            f"{where}: {indicator} is {given}, and was published as {known[nearest]:.10g} {published} of "
            f"{nearest}; mend the value, or write its unit: {known_units(published)}"
        )


@cache
def published_figures() -> Mapping[tuple[str, str], Mapping[int, float]]:
    """Published figures above 0 by indicator and province, then year."""
    from experiments.outcomes.observed import figures

    found: dict[tuple[str, str], dict[int, float]] = {}
    for indicator, province, year, value in figures().itertuples(index=False, name=None):
        if value > 0.0:
            found.setdefault((indicator, province), {})[year] = value
    return found


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
