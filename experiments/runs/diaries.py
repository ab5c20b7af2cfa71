"""Diaries: the state of some workers at the end of each year after the fork, noted while a future is lived.

Followed are agents that stand in the workforce at the fork: some that their identity draws, and all who are
in cultivation then. Nothing of the simulation depends on it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.calendar import END, FORK, year_of

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
YEARS: Final = tuple(range(year_of(FORK), year_of(END) + 1))
SLOTS, DRAWN, PAGES = "diary.slots", "diary.drawn", "diary.pages"


@dataclass
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

    slots: NDArray[np.int64]
    drawn: NDArray[np.bool_]
    pages: "list[Table]"

    @classmethod
    def open(cls, model: "WorkforceModel") -> "Diary":
        """Choose whom to follow from a model at the fork, and note the first page."""
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
        diary = cls(np.concatenate(slots), np.concatenate(drawn), [])
        diary.note(model)
        return diary

    def note(self, model: "WorkforceModel") -> None:
        """Add the page of a year that has just ended."""
        from sim.compiled import fitting_threads
        from sim.outcomes.paired import wages
        from sim.workforce.columns import VACANT, Workers

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
        """All of it as arrays, for a checkpoint."""
        return {SLOTS: self.slots, DRAWN: self.drawn, PAGES: np.stack(self.pages)}

    @classmethod
    def taken_from(cls, arrays: dict[str, NDArray[Any]]) -> "Diary | None":
        """Take a diary out of the arrays of a checkpoint; None when it holds none."""
        if PAGES not in arrays:
            return None
        return cls(arrays.pop(SLOTS), arrays.pop(DRAWN), list(arrays.pop(PAGES)))

    def write(self, path: Path) -> None:
        """Write a row per year and agent."""
        pages = np.concatenate(self.pages)
        columns = {name: pages[name] for name in PAGE.names or ()}
        years = np.repeat(np.array(YEARS, np.int16), self.slots.size)
        drawn = np.tile(self.drawn, len(YEARS))
        pq.write_table(pa.table({"year": years, "drawn": drawn, **columns}), path, compression="zstd")


def read_diary(path: Path) -> "tuple[Table, NDArray[np.bool_]]":
    """Read what :meth:`Diary.write` wrote: tables of ``PAGE``, shape (years, agents), and who was drawn."""
    table = pq.read_table(path)
    pages = np.empty(table.num_rows, PAGE)
    for name in PAGE.names or ():
        pages[name] = table[name].to_numpy()
    drawn = table["drawn"].to_numpy().reshape(len(YEARS), -1)[0]
    return pages.reshape(len(YEARS), -1), drawn
