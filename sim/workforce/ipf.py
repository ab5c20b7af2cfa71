"""Iterative proportional fitting of a many-way table to margins (Deming and Stephan 1940)."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled, place_of

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
LANES: Final = 8


class Margin(NamedTuple):
    """Known shares along some axes of the table.

    Attributes
    ----------
    name, source : str
        What is known, and from where, for the page that compares margins with their sources.
    axes : tuple of int
        Axes of the table, in rising order, that the target runs over.
    target : ndarray
        Shares that sum to one, one axis for each of ``axes``.
    groups : mapping of int to ndarray of int
        For axes known only in groups of their categories: the group of each category.
    """

    name: str
    source: str
    axes: tuple[int, ...]
    target: Array
    groups: Mapping[int, Labels] = MappingProxyType({})


def achieved(table: Array, margin: Margin) -> Array:
    """Shares of the table along the axes and groups of the margin, in the shape of its target."""
    sums = np.bincount(group_of_cells(table.shape, margin), table.ravel(), margin.target.size)
    return np.asarray(sums, np.float64).reshape(margin.target.shape)


def group_of_cells(shape: tuple[int, ...], margin: Margin) -> NDArray[np.uint16]:
    """For each cell of a table the place in the margin's target, both read row by row, shape (cells,)."""
    groups = tuple((axis, tuple(labels.tolist())) for axis, labels in margin.groups.items())
    return _group_of_cells(shape, margin.axes, margin.target.shape, groups)


@cache
def _group_of_cells(
    shape: tuple[int, ...],
    along: tuple[int, ...],
    target: tuple[int, ...],
    groups: tuple[tuple[int, tuple[int, ...]], ...],
) -> NDArray[np.uint16]:
    labels = {axis: np.array(of_axis) for axis, of_axis in groups}
    codes = np.ogrid[tuple(slice(size) for size in shape)]
    of_axes = [labels[axis][codes[axis]] if axis in labels else codes[axis] for axis in along]
    group = np.ravel_multi_index(np.broadcast_arrays(*of_axes), target)
    cells = np.broadcast_to(group, shape).astype(np.uint16).ravel()
    cells.setflags(write=False)
    return cells


@compiled
def scale_and_sum(
    table: Array, factor: Array, group: NDArray[np.uint16], next_group: NDArray[np.uint16], sums: Array
) -> None:
    """Multiply each cell by the factor of its group, and add it up in its group of the next margin.

    ``sums`` has shape (groups, LANES): neighbouring cells are added to lanes of their own, because an
    addition that waits for the one before it takes three times as long.
    """
    for place in range(table.size):
        cell = place_of(place)
        value = table[cell] * factor[group[cell]]
        table[cell] = value
        sums[next_group[cell], place_of(place % LANES)] += value


def fit(table: Array, margins: Sequence[Margin], tolerance: float = 1e-7, rounds: int = 500) -> Array:
    """The table nearest to ``table`` (in relative entropy) that has all the margins.

    Parameters
    ----------
    table : ndarray
        Prior weights, any scale; cells of zero stay zero.
    margins : sequence of Margin
        Targets; each sums to one.
    tolerance : float
        Largest allowed absolute difference of a share from its target.
    rounds : int
        Rounds over all margins before giving up.

    Raises
    ------
    ValueError
        If the margins contradict each other or the zeros of the table.
    """
    groups = [group_of_cells(table.shape, margin) for margin in margins]
    targets = [margin.target.ravel() for margin in margins]
    fitted = (table / table.sum()).ravel()
    sums = np.bincount(groups[0], fitted, targets[0].size)
    for _ in range(rounds):
        worst = 0.0
        for place, target in enumerate(targets):
            worst = max(worst, float(np.abs(sums - target).max()))
            factor = np.divide(target, sums, out=np.zeros_like(sums), where=sums > 0)
            following = (place + 1) % len(margins)
            lanes = np.zeros((targets[following].size, LANES))
            scale_and_sum(fitted, factor, groups[place], groups[following], lanes)
            sums = lanes.sum(axis=1)
        if worst <= tolerance:
            return fitted.reshape(table.shape)
    raise ValueError(f"margins cannot be met together: a share is still {worst:.2g} away from its target")
