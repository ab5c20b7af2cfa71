"""Figures in memory by indicator and group: millions of rows as small arrays, of which few become a frame."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

KEYS: Final = ("scenario", "draw", "seed", "year", "province", "group", "indicator", "unit")
RUN: Final = ["scenario", "draw", "seed"]


@dataclass(frozen=True)
class Figures:
    """Rows of a table of figures.

    Attributes
    ----------
    levels
        By key, each of its words or numbers once.
    codes
        By key, the place of each row's among the levels; shape (rows,).
    value
        Shape (rows,), none of them nan.
    """

    levels: dict[str, pd.Index]
    codes: dict[str, NDArray[np.int32]]
    value: NDArray[np.float64]

    @classmethod
    def of(cls, tables: Iterable[pa.Table]) -> "Figures":
        """The rows of tables, of which one is in memory; what could not be measured is not recorded."""
        known: dict[str, dict[Any, int]] = {name: {} for name in KEYS}
        codes: dict[str, list[NDArray[np.int32]]] = {name: [] for name in KEYS}
        values = []
        for table in tables:
            measured = ~np.isnan(table["value"].to_numpy())
            values.append(table["value"].to_numpy()[measured])
            for name in KEYS:
                codes[name].append(_codes(table[name], known[name])[measured])
        levels = {name: pd.Index(list(found)) for name, found in known.items()}
        return cls(
            levels, {name: np.concatenate(parts) for name, parts in codes.items()}, np.concatenate(values)
        )

    def __len__(self) -> int:
        return len(self.value)

    @property
    def years(self) -> NDArray[np.int64]:
        """The year of each row."""
        return self.levels["year"].to_numpy()[self.codes["year"]]

    def until(self, year: int) -> "Figures":
        """The rows up to a year."""
        wanted = self.years <= year
        if wanted.all():
            return self
        codes = {name: codes[wanted] for name, codes in self.codes.items()}
        return Figures(self.levels, codes, self.value[wanted])

    @cached_property
    def series(self) -> dict[tuple[str, str], NDArray[np.int64]]:
        """Rows of each indicator and group, in the order in which they first stand in the table."""
        indicators, groups = self.levels["indicator"], self.levels["group"]
        codes = self.codes["indicator"] * len(groups) + self.codes["group"]
        small = np.min_scalar_type(len(indicators) * len(groups))  # which numpy sorts many times faster
        order = np.argsort(codes.astype(small), kind="stable")
        found = np.split(order, np.flatnonzero(np.diff(codes[order])) + 1) if len(self) else []
        found.sort(key=lambda rows: int(rows[0]))
        names = (divmod(int(codes[rows[0]]), len(groups)) for rows in found)
        return {(indicators[one], groups[two]): rows for (one, two), rows in zip(names, found, strict=True)}

    def frame(self, indicator: str, group: str) -> pd.DataFrame:
        """The rows of a series, keys as categories; KeyError for one that is not there."""
        rows = self.series[indicator, group]
        columns: dict[str, Any] = {
            name: pd.Categorical.from_codes(codes[rows], self.levels[name])
            for name, codes in self.codes.items()
        }
        return pd.DataFrame({**columns, "value": self.value[rows]})

    def unit(self, indicator: str, group: str) -> str:
        """The unit of a series; KeyError for one that is not there."""
        return str(self.levels["unit"][self.codes["unit"][self.series[indicator, group][0]]])

    def runs(self) -> pd.DataFrame:
        """Scenario, draw and seed of every run, in the order in which they first stand in the table."""
        sizes = [len(self.levels[name]) for name in RUN]
        each = np.ravel_multi_index([self.codes[name] for name in RUN], sizes)
        found = np.unravel_index(pd.unique(each), sizes)
        return pd.DataFrame({name: self.levels[name][at] for name, at in zip(RUN, found, strict=True)})


def _codes(column: pa.ChunkedArray, known: dict[Any, int]) -> NDArray[np.int32]:
    """Places of the values of a column among those that are known, which grow by what is new."""
    parts = [np.empty(0, np.int32)]
    for chunk in column.chunks:
        coded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        places = [known.setdefault(value, len(known)) for value in coded.dictionary.to_pylist()]
        parts.append(np.array(places, np.int32)[coded.indices])
    return np.concatenate(parts)
