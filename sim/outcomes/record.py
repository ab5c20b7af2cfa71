"""The record of a run: a row of the same indicators for every year, each named once."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.categories import PROVINCE_CODES
from sim.outcomes.indicators import INDICATORS

Numbers = NDArray[np.floating[Any]] | NDArray[np.integer[Any]]
Name = tuple[str, str, str]  # province, group and indicator of a column
ALL: Final = "all"  # everybody, or the whole country


class Columns(NamedTuple):
    """A record as one table.

    Attributes
    ----------
    names
        Of the columns, in the order of a year.
    years
        Of the rows, shape (years,).
    figures
        In the units of the indicators, shape (years, names).
    """

    names: tuple[Name, ...]
    years: NDArray[np.int32]
    figures: NDArray[np.float64]


NOTHING: Final = Columns((), np.empty(0, np.int32), np.empty((0, 0)))


class Record:
    """Indicators year by year; the first year says which there are, and each further one has the same."""

    def __init__(self, columns: Columns = NOTHING) -> None:
        self._names = list(columns.names)
        self._places = {name: place for place, name in enumerate(columns.names)}
        self._rows: dict[int, list[float]] = dict(
            zip(columns.years.tolist(), columns.figures.tolist(), strict=True)
        )

    def columns(self) -> Columns:
        """All years so far; ValueError when a year lacks an indicator of the first."""
        if any(len(row) != len(self._names) for row in self._rows.values()):
            raise ValueError("a record has other names in one year than in another")
        figures = np.array(list(self._rows.values()), np.float64).reshape(len(self._rows), len(self._names))
        return Columns(tuple(self._names), np.array(list(self._rows), np.int32), figures)

    def copy(self) -> "Record":
        """An independent copy."""
        twin = Record()
        twin._names, twin._places = self._names.copy(), self._places.copy()
        twin._rows = {year: row.copy() for year, row in self._rows.items()}
        return twin

    def add(self, year: int, indicator: str, value: float, group: str = ALL) -> None:
        """Note one number of the country in the unit of the indicator; KeyError for an unknown indicator."""
        self._note(year, of_groups(indicator, (group,)), [float(value)])

    def add_groups(self, year: int, indicator: str, values: Numbers, groups: Sequence[str]) -> None:
        """Note one number of the country for each group; shape (groups,)."""
        self._note(year, of_groups(indicator, tuple(groups)), values.tolist())

    def add_places(
        self, year: int, indicator: str, country: float, provinces: Numbers, group: str = ALL
    ) -> None:
        """Note one number for the country, and one for each province; shape (31,)."""
        self._note(year, of_provinces(indicator, group), [float(country), *provinces.tolist()])

    def add_provinces(self, year: int, indicator: str, values: Numbers, group: str = ALL) -> None:
        """Note one number for each province, and their sum for the country; shape (31,)."""
        self.add_places(year, indicator, values.sum(), values, group)

    def add_shares(self, year: int, indicator: str, part: Numbers, whole: Numbers, group: str = ALL) -> None:
        """Note the ratio of two sums for each province and the country; shapes (31,)."""
        self.add_places(year, indicator, ratio(part.sum(), whole.sum()), ratios(part, whole), group)

    def _note(self, year: int, names: tuple[Name, ...], values: list[float]) -> None:
        """Add to the row of a year; ValueError for other names than the first year has there."""
        row = self._rows.setdefault(year, [])
        if len(self._rows) == 1:
            self._places |= {name: len(row) + place for place, name in enumerate(names)}
            self._names += names
        elif tuple(self._names[len(row) : len(row) + len(names)]) != names:
            raise ValueError(f"a record has other names in {year} than before: {names[0]}")
        row += values

    def table(self) -> pd.DataFrame:
        """Long table with year, province, group, indicator, unit, value."""
        names, years, figures = self.columns()
        words = pd.DataFrame(list(names), columns=["province", "group", "indicator"], dtype=str)
        words["unit"] = [INDICATORS[indicator].unit for indicator in words["indicator"]]
        frame = words.take(np.tile(np.arange(len(names)), len(years))).reset_index(drop=True)
        frame.insert(0, "year", np.repeat(years.astype(np.int64), len(names)))
        frame["value"] = figures.ravel()
        return frame

    def national(self, year: int, indicator: str) -> float:
        """The number of a year for the whole country and all groups; nan for one that is not recorded."""
        place = self._places.get((ALL, ALL, indicator))
        return float("nan") if place is None or year not in self._rows else self._rows[year][place]


@cache
def of_groups(indicator: str, groups: tuple[str, ...]) -> tuple[Name, ...]:
    """Names of an indicator for groups of the country; KeyError when ``INDICATORS`` does not know it."""
    return tuple((ALL, group, known(indicator)) for group in groups)


@cache
def of_provinces(indicator: str, group: str) -> tuple[Name, ...]:
    """Names of an indicator for the country and each province; KeyError like :func:`of_groups`."""
    return tuple((province, group, known(indicator)) for province in (ALL, *map(str, PROVINCE_CODES)))


def known(indicator: str) -> str:
    """The indicator, if it has a unit and a definition; else KeyError."""
    if indicator not in INDICATORS:
        raise KeyError(f"indicator {indicator} is not in the table of indicators")
    return indicator


def ratio(part: float, whole: float) -> float:
    """Quotient, or nan when there is nothing to compare with."""
    return float(part / whole) if whole else float("nan")


def ratios(part: Numbers, whole: Numbers) -> NDArray[np.float64]:
    """Quotients, nan where there is nothing to compare with; shapes (n,)."""
    unknown = np.full(np.shape(whole), np.nan)
    return np.divide(part, whole, out=unknown, where=whole != 0)
