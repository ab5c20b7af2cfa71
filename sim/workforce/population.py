"""The population: slots that are filled and vacated, copied for a fork, and grown."""

from typing import Final

import numpy as np
from numba import literal_unroll
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.workforce.columns import BLOCK, COLUMNS, VACANT, Workers, empty_columns
from sim.workforce.slots import count_between, slots_between

HEADROOM: Final = 1.02  # slots per agent at the start


def padded(slots: float) -> int:
    """Slots rounded up to whole blocks."""
    return -(-int(slots) // BLOCK) * BLOCK


@compiled
def copy_entries(columns: Workers, source: NDArray[np.int64], target: NDArray[np.int64]) -> None:
    """Copy entries of all columns to other places."""
    for column in literal_unroll(columns):
        for n in range(source.size):
            column[target[n]] = column[source[n]]


class Population:
    """All workers as columns; a worker's slot decides nothing about its life."""

    def __init__(self, workers: Workers, persons_per_agent: int, regions: NDArray[np.int64]) -> None:
        """``regions``: first slot of each province and sector, and the end of the last, shape (125,)."""
        self.workers = workers
        self.persons_per_agent = persons_per_agent
        self.regions = regions

    @property
    def slots(self) -> int:
        """Number of slots, filled or vacant."""
        return int(self.workers.status.size)

    @property
    def agents(self) -> int:
        """Number of filled slots."""
        return self.slots - count_between(self.workers.status, VACANT, VACANT)

    @property
    def persons(self) -> int:
        """Persons that the agents stand for."""
        return int(self.workers.weight.sum(dtype=np.int64))

    def take_slots(self, number: int) -> NDArray[np.int64]:
        """Vacant slots to fill, lowest first; grows the population when they do not suffice."""
        return self._vacant(number)[:number]

    def take_slots_near(self, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
        """Vacant slots for newcomers, province by province and sector by sector.

        Those who work in the same place then stand near each other, and so does what they share in
        memory: their enterprises above all. Whom the region of a market cannot hold gets a slot elsewhere,
        from the end.

        Parameters
        ----------
        wanted : shape (124,)
            Newcomers by market.
        """
        vacant = self._vacant(int(wanted.sum()))
        at = np.searchsorted(vacant, self.regions)
        near = np.minimum(np.diff(at), wanted)
        market = np.repeat(np.arange(wanted.size), wanted)
        ordinal = np.arange(market.size) - (np.cumsum(wanted) - wanted)[market]
        fits = ordinal < near[market]
        inside = (at[market] + ordinal)[fits]
        spare = np.ones(vacant.size, bool)
        spare[inside] = False
        slots = np.empty(market.size, np.int64)
        slots[fits] = vacant[inside]
        slots[~fits] = vacant[spare][::-1][: market.size - inside.size]
        return slots

    def _vacant(self, number: int) -> NDArray[np.int64]:
        """All vacant slots, at least ``number``."""
        vacant = slots_between(self.workers.status, VACANT, VACANT)
        if vacant.size < number:
            self._grow(padded(self.slots + max(number - vacant.size, self.slots // 50)))
            vacant = slots_between(self.workers.status, VACANT, VACANT)
        return vacant

    def _grow(self, slots: int) -> None:
        larger = empty_columns(slots)
        for name in COLUMNS:
            getattr(larger, name)[: self.slots] = getattr(self.workers, name)
        self.workers = larger

    def split(
        self, parents: NDArray[np.int64], identities: NDArray[np.uint64], together: int
    ) -> NDArray[np.int64]:
        """Let persons become agents of their own, some of those of one parent agent together.

        A parent is named once for each of its persons. When all are named, the first agent is the parent.

        Parameters
        ----------
        parents : shape (persons,)
            Slots of the agents that they come from.
        identities : shape (persons,)
            Of each person; an agent takes that of the first of its persons.
        together
            Persons of an agent at most.

        Returns
        -------
        ndarray of shape (agents,)
            Slots of the agents that the persons are now, in the order of their parents' slots.
        """
        order = np.argsort(parents, kind="stable")
        parent, begin, named = np.unique(parents[order], return_index=True, return_counts=True)
        agents = -(-named // together)
        source = np.repeat(parent, agents)
        ordinal = np.arange(source.size) - np.repeat(np.cumsum(agents) - agents, agents)
        first = np.repeat(begin, agents) + together * ordinal
        persons = np.diff(first, append=order.size)
        part = (ordinal > 0) | (np.repeat(named, agents) < self.workers.weight[source])
        slots = source.copy()
        slots[part] = self.take_slots(int(part.sum()))
        source, target = source[part], slots[part]
        copy_entries(self.workers, source, target)
        self.workers.identity[target] = identities[order[first[part]]]
        self.workers.weight[target] = persons[part]
        np.subtract.at(self.workers.weight, source, persons[part].astype(np.uint16))
        return slots

    def copy(self) -> "Population":
        """An independent copy."""
        workers = Workers._make(column.copy() for column in self.workers)
        return Population(workers, self.persons_per_agent, self.regions)
