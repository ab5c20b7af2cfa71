"""Figures of the country that a user adds to the published ones."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import pandas as pd

from sim.data.figures import DRIVING
from sim.data.series import series

FILE: Final = "data.csv"  # in the folder of an answer, and of a study: data=[FILE] asks with them again


class OwnFigure(NamedTuple):
    """One national figure, in the unit in which the indicator is published."""

    indicator: str
    year: int
    value: float
    unit: str
    evidence: str = ""
    source: str = ""

    @property
    def drives(self) -> bool:
        """Whether a life takes it in place of the growth that is assumed after the last published year."""
        return self.indicator in DRIVING and self.year > max(series(self.indicator))


def driving(figures: Iterable[OwnFigure]) -> list[tuple[str, int, float]]:
    """Indicator, year and value of those that decide a life, whatever else their files hold."""
    return sorted((one.indicator, one.year, one.value) for one in figures if one.drives)


def own_figures(rows: Iterable[Iterable[Any]]) -> tuple[OwnFigure, ...]:
    """The figures of rows that were kept as plain lists."""
    return tuple(OwnFigure(*row) for row in rows)


def table_of(figures: Iterable[OwnFigure]) -> pd.DataFrame:
    """A row for each, in columns as those of ``national_series.csv``."""
    return pd.DataFrame(list(figures), columns=list(OwnFigure._fields))
