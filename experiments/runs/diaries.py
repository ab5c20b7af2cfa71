"""Diaries: the state of some workers at the end of each year after the fork, noted while a future is lived.

Followed are agents that stand in the workforce at the fork: some that their identity draws, and all who are
in cultivation then. Nothing of the simulation depends on it.
"""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import END, FORK_YEAR, year_of

if TYPE_CHECKING:
    from sim.model import WorkforceModel
    from sim.records import Table

FOLLOWED: Final = 10_000  # agents drawn, about; a smaller population is followed whole
COPIED: Final = {
    "weight": np.uint16, "birth": np.uint16, "sex": np.uint8, "hukou": np.uint8, "home": np.uint8,
    "province": np.uint8, "settled": np.uint8, "education": np.uint8, "sector": np.uint8, "status": np.uint8,
    "grade": np.uint8, "training": np.uint8, "courses": np.uint8, "satisfaction": np.uint8,
    "tier": np.uint8, "candidate": np.uint8,
}  # fmt: skip
PAGE: Final = np.dtype([("identity", np.uint64), ("wage", np.float32), *COPIED.items()])  # wage: yuan a month
YEARS: Final = tuple(range(FORK_YEAR, year_of(END) + 1))


class Diary:
    """What is known of the followed agents.

    Attributes
    ----------
    slots
        Where they stand, ascending; shape (agents,).
    drawn
        Whom their identity draws, a fair sample of all; the others are followed as candidates.
    pages
        One table of ``PAGE`` for each year that was noted, shape (agents,). Status 0: left the workforce.
    """

    def __init__(self) -> None:
        self.slots: NDArray[np.int64] = np.empty(0, np.int64)
        self.drawn: NDArray[np.bool_] = np.empty(0, np.bool_)
        self.pages: list[Table] = []

    def _choose(self, model: "WorkforceModel") -> None:
        """Choose whom to follow."""
        from sim.outcomes.paired import PART
        from sim.workforce.columns import VACANT

        population = model.state.population
        share = min(1.0, FOLLOWED / population.agents)
        below = np.uint64(min(2**64 - 1, int(share * 2**64)))
        slots, drawn = [], []
        for first in range(0, population.slots, PART):  # a population of hundreds of millions is no problem
            status, identity, candidate = (
                getattr(population.workers, name)[first : first + PART]
                for name in ("status", "identity", "candidate")
            )
            chosen = (status != VACANT) & ((identity <= below) | (candidate > 0))
            slots.append(first + np.flatnonzero(chosen))
            drawn.append(identity[chosen] <= below)
        self.slots, self.drawn = np.concatenate(slots), np.concatenate(drawn)

    def note(self, model: "WorkforceModel") -> None:
        """Add the page of a year that has just ended; on the first, choose whom to follow."""
        from sim.compiled import fitting_threads
        from sim.outcomes.paired import wages
        from sim.workforce.columns import VACANT, Workers

        if not self.pages:
            self._choose(model)
        part = Workers._make(column[self.slots] for column in model.state.population.workers)
        wage = np.empty(self.slots.size)
        with fitting_threads(self.slots.size):
            wages(part, *model.world(), wage)
        page = np.zeros(self.slots.size, PAGE)
        page["identity"], page["wage"] = part.identity, wage
        for name in COPIED:
            page[name] = getattr(part, name)
        if self.pages:
            gone = (page["identity"] != self.pages[0]["identity"]) | (page["status"] == VACANT)
            page[gone] = np.zeros((), PAGE)
            page["identity"] = self.pages[0]["identity"]
        self.pages.append(page)

    @property
    def complete(self) -> bool:
        """Whether every year from the fork to the end is noted."""
        return len(self.pages) == len(YEARS)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it: ``slots`` and ``drawn`` of shape (agents,), ``pages`` of shape (years, agents)."""
        return {"slots": self.slots, "drawn": self.drawn, "pages": np.stack(self.pages)}

    @classmethod
    def taken_from(cls, arrays: dict[str, NDArray[Any]]) -> "Diary":
        """A diary that goes on."""
        diary = cls()
        diary.slots, diary.drawn, diary.pages = arrays["slots"], arrays["drawn"], list(arrays["pages"])
        return diary
