"""The record of a run: the indicators of every year, as a long table."""

from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.categories import PROVINCE_CODES
from sim.outcomes.indicators import INDICATORS

Numbers = NDArray[np.floating[Any]] | NDArray[np.integer[Any]]
Name = tuple[str, str, str]  # province, group and indicator of a row


class Columns(NamedTuple):
    """The rows of a record; the same few thousand names come back every year.

    Attributes
    ----------
    names
        Each name once, in the order of first use.
    year, name, value
        One element per row, ``name`` as the place in ``names``.
    """

    names: list[Name]
    year: NDArray[np.int32]
    name: NDArray[np.int32]
    value: NDArray[np.float64]


NOTHING: Final = Columns([], np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))


class Record:
    """Rows of (year, province, group, indicator, value), collected year by year."""

    def __init__(self, columns: Columns = NOTHING) -> None:
        self._places = {name: place for place, name in enumerate(columns.names)}
        self._years: list[int] = columns.year.tolist()
        self._names: list[int] = columns.name.tolist()
        self._values: list[float] = columns.value.tolist()
        self._national: dict[int, dict[str, float]] = {}
        of_country = {place: name[2] for name, place in self._places.items() if name[:2] == ("all", "all")}
        for year, name, value in zip(self._years, self._names, self._values, strict=True):
            if name in of_country:
                self._national.setdefault(year, {})[of_country[name]] = value

    def columns(self) -> Columns:
        """All rows so far."""
        year, name = np.array(self._years, np.int32), np.array(self._names, np.int32)
        return Columns(list(self._places), year, name, np.array(self._values, np.float64))

    def copy(self) -> "Record":
        """An independent copy."""
        return Record(self.columns())

    def add(self, year: int, indicator: str, value: float, group: str = "all", province: str = "all") -> None:
        """Note one number in the unit of the indicator; KeyError when ``INDICATORS`` does not know it."""
        if indicator not in INDICATORS:
            raise KeyError(f"indicator {indicator} is not in the table of indicators")
        name = (province, group, indicator)
        self._years.append(year)
        self._names.append(self._places.setdefault(name, len(self._places)))
        self._values.append(float(value))
        if province == group == "all":
            self._national.setdefault(year, {})[indicator] = float(value)

    def add_provinces(self, year: int, indicator: str, values: Numbers, group: str = "all") -> None:
        """Note one number for each province, and their sum for the country; shape (31,)."""
        self.add(year, indicator, float(values.sum()), group)
        for code, value in zip(PROVINCE_CODES, values, strict=True):
            self.add(year, indicator, value, group, str(code))

    def add_shares(
        self, year: int, indicator: str, part: Numbers, whole: Numbers, group: str = "all"
    ) -> None:
        """Note the ratio of two sums for each province and the country; shapes (31,)."""
        self.add(year, indicator, ratio(part.sum(), whole.sum()), group)
        for code, p, w in zip(PROVINCE_CODES, part, whole, strict=True):
            self.add(year, indicator, ratio(p, w), group, str(code))

    def table(self) -> pd.DataFrame:
        """Long table with year, province, group, indicator, unit, value."""
        columns = self.columns()
        words = pd.DataFrame(columns.names, columns=["province", "group", "indicator"], dtype=str)
        words["unit"] = [INDICATORS[indicator].unit for indicator in words["indicator"]]
        frame = words.take(columns.name).reset_index(drop=True)
        frame.insert(0, "year", columns.year.astype(np.int64))
        frame["value"] = columns.value
        return frame

    def national(self, year: int) -> dict[str, float]:
        """The numbers of a year for the whole country and all groups, by indicator."""
        return self._national.get(year, {})


def ratio(part: float, whole: float) -> float:
    """Quotient, or nan when there is nothing to compare with."""
    return float(part / whole) if whole else float("nan")
