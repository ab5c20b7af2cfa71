"""What a plan may want of a life beyond its record: noted year by year while it is lived."""

from typing import TYPE_CHECKING, Any, Final, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from experiments.runs.diaries import Diary
from sim.calendar import year_of
from sim.targets import TARGET_TIERS

if TYPE_CHECKING:
    from sim.model import WorkforceModel

Arrays = dict[str, NDArray[Any]]


class Observer(Protocol):
    """Notes something of a model; the simulation does not depend on it."""

    def note(self, model: "WorkforceModel") -> None:
        """Look at a model: where the observer begins, and then at the end of every year."""

    def arrays(self) -> Arrays:
        """All that was noted."""

    @classmethod
    def taken_from(cls, arrays: Arrays) -> Self:
        """An observer that has noted so much, and goes on."""


class Homes:
    """Persons by home province (rows) and province of residence: ``stocks`` of shape (years, 31, 31)."""

    def __init__(self) -> None:
        self._years: list[int] = []
        self._stocks: list[NDArray[Any]] = []

    def note(self, model: "WorkforceModel") -> None:
        """Copy the table."""
        self._years.append(year_of(model.month))
        self._stocks.append(model.state.homes.copy())

    def arrays(self) -> Arrays:
        """Years and stocks."""
        return {"year": np.array(self._years), "stocks": np.stack(self._stocks)}

    @classmethod
    def taken_from(cls, arrays: Arrays) -> Self:
        """Go on from years and stocks."""
        homes = cls()
        homes._years, homes._stocks = arrays["year"].tolist(), list(arrays["stocks"])
        return homes


class Reviews:
    """Which tiers the monitoring rule found behind: ``behind`` of shape (years, 3), as ``TARGET_TIERS``."""

    def __init__(self) -> None:
        self._years: list[int] = []
        self._behind: list[list[bool]] = []

    def note(self, model: "WorkforceModel") -> None:
        """Ask the planner; nobody is behind while no review is due."""
        year = year_of(model.month)
        behind = model.planner.behind(year)
        self._years.append(year)
        self._behind.append([tier in behind for tier in TARGET_TIERS])

    def arrays(self) -> Arrays:
        """Years and flags."""
        return {"year": np.array(self._years), "behind": np.array(self._behind)}

    @classmethod
    def taken_from(cls, arrays: Arrays) -> Self:
        """Go on from years and flags."""
        reviews = cls()
        reviews._years, reviews._behind = arrays["year"].tolist(), arrays["behind"].tolist()
        return reviews


OBSERVERS: Final[dict[str, type[Observer]]] = {"homes": Homes, "reviews": Reviews, "diary": Diary}
FROM_FORK: Final = ("diary", "reviews")  # begin with the futures; the others at the end of 2014
