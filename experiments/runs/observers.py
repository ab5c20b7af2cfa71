"""What a plan may want of a life beyond its record: noted year by year while it is lived."""

from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.calendar import year_of
from sim.targets import TARGET_TIERS

if TYPE_CHECKING:
    from sim.model import WorkforceModel

Arrays = dict[str, NDArray[Any]]


class Observer(Protocol):
    """Notes something of a model; the simulation does not depend on it."""

    def note(self, model: "WorkforceModel") -> None:
        """Look at a model: at the end of 2014, and then at the end of every year."""

    def arrays(self) -> Arrays:
        """All that was noted, the first axis by year; ``year`` names them."""


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


OBSERVERS: Final[dict[str, type[Observer]]] = {"homes": Homes, "reviews": Reviews}
