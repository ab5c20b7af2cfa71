"""Draws of an enterprise by its size, at the same cost whatever their number: Walker's alias method."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.categories import SECTORS
from sim.compiled import compiled, inlined
from sim.records import Table

SECTOR_COUNT: Final = len(SECTORS)


@compiled
def alias_tables(
    size: NDArray[np.float64], cell_start: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """What each enterprise keeps of its draws, and who gets the rest; one table per province and sector.

    ``cell_start``: first enterprise of each province and sector, and the end of the last, shape (125,).
    """
    threshold, alias = np.ones(size.size), np.arange(size.size).astype(np.int32)
    for cell in range(cell_start.size - 1):
        first, last = cell_start[cell], cell_start[cell + 1]
        scaled = size[first:last] * (float(last - first) / size[first:last].sum())
        small = [first + k for k in range(last - first) if scaled[k] < 1.0]
        large = [first + k for k in range(last - first) if scaled[k] >= 1.0]
        while len(small) > 0 and len(large) > 0:
            low, high = small.pop(), large[-1]
            threshold[low], alias[low] = scaled[low - first], high
            scaled[high - first] -= 1.0 - scaled[low - first]
            if scaled[high - first] < 1.0:
                small.append(large.pop())
    return threshold, alias


@inlined
def draw_enterprise(
    province: int, sector: int, u: float, enterprises: Table, cell_start: NDArray[np.int64]
) -> int:
    """Row of an enterprise of the province and sector; ``enterprises`` has threshold and alias of each."""
    cell = province * SECTOR_COUNT + sector
    first = cell_start[cell]
    scaled = u * float(cell_start[cell + 1] - first)
    row = first + int(scaled)
    if scaled - float(int(scaled)) < enterprises[row].threshold:
        return int(row)
    return int(enterprises[row].alias)
