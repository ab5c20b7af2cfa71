"""Named tuples as tables of records: one array instead of dozens, which compiled code takes gladly."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.law import Law
from sim.rates import Rates

Table = NDArray[np.void]
RATE_FIELDS: Final = np.dtype([(name, np.float64) for name in Rates._fields])


def law_record(law: Law) -> Table:
    """The law as one record, shape (1,), with the fields of :class:`sim.law.Law`."""
    numbers = np.concatenate([np.ravel(value) for value in law])
    return numbers.view(_law_fields(tuple(np.shape(value) for value in law)))


def rate_records(rates: Rates) -> Table:
    """The rates as one record per province, shape (31,), with the fields of :class:`sim.rates.Rates`."""
    by_province = np.concatenate(rates).reshape(len(rates), -1).T
    return np.ascontiguousarray(by_province).view(RATE_FIELDS)[:, 0]


@cache
def _law_fields(shapes: tuple[tuple[int, ...], ...]) -> np.dtype[np.void]:
    """Fields of the law, one number after the other."""
    return np.dtype([(name, np.float64, shape) for name, shape in zip(Law._fields, shapes, strict=True)])
