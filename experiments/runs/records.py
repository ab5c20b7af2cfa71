"""What models recorded, as arrays: nothing that a question makes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.outcomes.record import Columns, Name, Record

Array = NDArray[np.float64]
NATION = "all"  # province and group of a figure of everybody


@dataclass(frozen=True)
class Records:
    """Records of some lives of the same years.

    Attributes
    ----------
    names
        Province, group and indicator of each column.
    years
        Of the rows of each life, ascending.
    figures
        Shape (lives, years, names), in the unit of the indicator.
    """

    names: tuple[Name, ...]
    years: tuple[int, ...]
    figures: Array

    @cached_property
    def places(self) -> dict[Name, int]:
        """Column of each name."""
        return {name: place for place, name in enumerate(self.names)}

    def path(self, indicator: str, group: str = NATION, province: str = NATION) -> Array:
        """A figure in every year, shape (lives, years); KeyError for one that is not recorded."""
        values: Array = self.figures[:, :, self.places[province, group, indicator]]
        return values

    def at(self, year: int, indicator: str, group: str = NATION, province: str = NATION) -> Array:
        """A figure at the end of a year, shape (lives,); KeyError or ValueError for one not recorded."""
        values: Array = self.path(indicator, group, province)[:, self.years.index(year)]
        return values

    def since(self, year: int, indicator: str, group: str = NATION, province: str = NATION) -> Array:
        """A figure in every year after one, shape (lives, years)."""
        return self.path(indicator, group, province)[:, np.array(self.years) > year]

    def of_life(self, life: int) -> "ValuesOfLife":
        """The figures of one life by year, province, group and indicator."""
        return ValuesOfLife(self, life)

    def table(self, life: int) -> pd.DataFrame:
        """One life as ``WorkforceModel.indicators`` gives it: a row for each year and name."""
        columns = Columns(self.names, np.array(self.years, np.int32), self.figures[life])
        return Record(columns).table()


class ValuesOfLife(Mapping[tuple[int, str, str, str], float]):
    """One life of some records, looked up in place."""

    def __init__(self, records: Records, life: int) -> None:
        self._places, self._figures = records.places, records.figures[life]
        self._rows = {year: row for row, year in enumerate(records.years)}

    def __getitem__(self, key: tuple[int, str, str, str]) -> float:
        year, *name = key
        return float(self._figures[self._rows[year], self._places[tuple(name)]])  # type: ignore[index]

    def __iter__(self) -> Iterator[tuple[int, str, str, str]]:
        return ((year, *name) for year in self._rows for name in self._places)

    def __len__(self) -> int:
        return len(self._rows) * len(self._places)
