"""Iterative proportional fitting of a many-way table to margins (Deming and Stephan 1940)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


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
    sums = table.sum(axis=tuple(axis for axis in range(table.ndim) if axis not in margin.axes))
    for place, axis in enumerate(margin.axes):
        if axis in margin.groups:
            member = np.eye(margin.target.shape[place])[margin.groups[axis]]
            sums = np.moveaxis(np.tensordot(sums, member, axes=(place, 0)), -1, place)
    return np.asarray(sums, dtype=np.float64)


def _spread(factor: Array, margin: Margin, dimensions: int) -> Array:
    """Give every cell of the table the factor of its group, by broadcasting."""
    for place, axis in enumerate(margin.axes):
        if axis in margin.groups:
            factor = np.take(factor, margin.groups[axis], axis=place)
    shape = [1] * dimensions
    for place, axis in enumerate(margin.axes):
        shape[axis] = factor.shape[place]
    spread: Array = factor.reshape(shape)
    return spread


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
    fitted: Array = table / table.sum()
    for _ in range(rounds):
        worst = 0.0
        for margin in margins:
            found = achieved(fitted, margin)
            worst = max(worst, float(np.abs(found - margin.target).max()))
            factor = np.divide(margin.target, found, out=np.zeros_like(found), where=found > 0)
            fitted *= _spread(factor, margin, table.ndim)
        if worst <= tolerance:
            return fitted
    raise ValueError(f"margins cannot be met together: a share is still {worst:.2g} away from its target")
