"""Sizes of enterprises by Zipf's law, and the size classes of those that a row stands for.

A small population has fewer rows than the country has enterprises. The largest enterprises, in which much of
the workforce is employed, would be missing from a short list drawn by the same law. So each row keeps a size
of its own, by which workers find it, and stands for a slice of all employment of its market, ordered by size.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.constants import constants

SIZE_CLASSES: Final = constants("size_classes")  # persons: micro, small, medium, large
SUMMED: Final = 4096  # ranks that are summed one by one
DIGITS: Final = 9

Array = NDArray[np.float64]


def enterprise_sizes(rows: NDArray[np.int64], persons: float, exponent: float) -> Array:
    """Persons in each enterprise, largest first in each market, with a mean of ``persons``.

    ``rows``: enterprises by market, shape (124,).
    """
    market = np.repeat(np.arange(rows.size), rows)
    rank = np.arange(market.size) - np.repeat(np.cumsum(rows) - rows, rows)
    size = np.round(((rank + 0.5) / rows[market]) ** (-1.0 / exponent), DIGITS)
    mean = np.bincount(market, size) / rows
    return np.asarray(size * persons / mean[market], dtype=np.float64)


def class_shares(
    size: Array, rows: NDArray[np.int64], enterprises: NDArray[np.int64], persons: float, exponent: float
) -> Array:
    """Share of each size class in the employment that a row stands for, shape (rows, 4); rows sum to 1.

    Parameters
    ----------
    size
        Persons in each row, largest first in each market.
    rows, enterprises
        By market: rows, and the enterprises of the country that they stand for; shape (124,).
    persons, exponent
        Mean size of an enterprise, and the exponent of the power law.
    """
    market = np.repeat(np.arange(rows.size), rows)
    share = size / np.bincount(market, size)[market]
    end = np.cumsum(share) - market  # each market holds 1 in all
    larger = np.clip((_share_above(enterprises, persons, exponent)[:, market] - end) / share + 1.0, 0.0, 1.0)
    mixed = np.diff(larger, axis=0, prepend=0.0, append=1.0).T[:, ::-1]
    own = np.eye(len(SIZE_CLASSES) + 1)[np.searchsorted(SIZE_CLASSES, size)]
    return np.where((rows == enterprises)[market, None], own, mixed)


def _share_above(enterprises: NDArray[np.int64], persons: float, exponent: float) -> Array:
    """Share of employment in enterprises above each bound of a class, highest bound first, (3, 124)."""
    total = _sum_of_powers(enterprises, 1.0 / exponent)
    relative = np.array(SIZE_CLASSES[::-1])[:, None] / persons * total / enterprises
    above = np.clip(np.ceil(relative**-exponent - 0.5), 0, enterprises).astype(np.int64)
    return np.asarray(_sum_of_powers(above, 1.0 / exponent) / total, dtype=np.float64)


def _sum_of_powers(ranks: NDArray[np.int64], power: float) -> Array:
    """Sum of ``(r + 1/2) ** -power`` over ranks r below each of ``ranks``; beyond ``SUMMED`` an integral."""
    first = np.concatenate(([0.0], np.cumsum((np.arange(SUMMED) + 0.5) ** -power)))
    log, rest = np.log(np.maximum(ranks, SUMMED) / SUMMED), 1.0 - power
    beyond = np.expm1(rest * log) / rest if rest != 0.0 else log
    return np.asarray(first[np.minimum(ranks, SUMMED)] + SUMMED**rest * beyond, dtype=np.float64)
