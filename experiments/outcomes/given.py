"""Figures that somebody hands in, beside what is published of the same: units, sizes, years, provinces."""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from experiments.outcomes.published import published_units
from experiments.tables.handed_in import Row, read_rows
from experiments.tables.quantities import PER_CENT, known_units, number_of, powers_between, whole_of
from sim.calendar import END, START, year_of
from sim.errors import InputError
from sim.policy.provinces import half_width, province_code

ALL: Final = "all"
COUNTRY: Final = ("", ALL, "national", "china", "全国", "中国")
FIRST_YEAR, LAST_YEAR = year_of(START) + 1, year_of(END)
COLUMNS: Final = ("indicator", "year", "value")
# A figure without a unit, or a percentage that may be a share, is refused when it is off what was published
# by a power of ten, give or take this share of one; published figures change by a third of a power at most
# from one to the next.
ABOUT_A_POWER: Final = 0.2
WHOLE_PER_CENT: Final = 100.0


class Given(NamedTuple):
    """A figure as it was handed in.

    Attributes
    ----------
    indicator, province, year
        What it is of; ``all`` is the country.
    observed, unit
        In the published unit, where the model knows the indicator.
    given, given_unit
        As they stood there.
    """

    indicator: str
    province: str
    year: int
    observed: float
    unit: str
    given: str
    given_unit: str


def read_given(path: Path) -> Iterator[tuple[Row, Given]]:
    """Read figures of the form indicator, year, value, with province and unit if given, in their order.

    Raises
    ------
    InputError
        Naming the file, the line and what was expected, for the first thing that is wrong.
    """
    seen: set[tuple[str, str, int]] = set()
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
        yield row, _figure(key, row)


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


def _figure(key: tuple[str, str, int], row: Row) -> Given:
    """The figure in its published unit, where the model knows the indicator."""
    where, cells = row
    given, column = cells["value"], half_width(cells.get("unit", ""))
    value, behind = amount(given, where)
    if column and behind and behind != column:
        raise InputError(f"{where}: the value is in '{behind}' and the unit is '{column}'; leave one of them")
    unit, published = column or behind, published_units().get(key[0])
    if published is None:  # the model does not speak about it
        return Given(*key, value, unit, given, unit)
    powers = powers_between(unit, published) if unit else 0
    if not unit or (powers == 0 and published == PER_CENT):
        check_size(key, value, f"{given.removesuffix(behind).strip()} {unit or 'without a unit'}", where)
    if powers is None:
        raise InputError(
            f"{where}: {key[0]} is in '{unit}'; expected {published}, known are {known_units(published)}"
        )
    value, _ = amount(given, where, powers)
    if powers > 0 and published == PER_CENT and value > WHOLE_PER_CENT:
        raise InputError(f"{where}: {key[0]} is {given} in '{unit}', more than the whole; mend the unit")
    return Given(*key, value, published, given, unit)


def check_size(key: tuple[str, str, int], value: float, given: str, where: str) -> None:
    """Refuse a figure in the published unit that is off what was published by a power of ten."""
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
