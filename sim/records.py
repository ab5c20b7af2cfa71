"""Named tuples as tables of records: one array instead of dozens, which compiled code takes gladly."""

import numpy as np
from numpy.typing import NDArray

from sim.law import Law
from sim.rates import Rates

Table = NDArray[np.void]


def law_record(law: Law) -> Table:
    """The law as one record, shape (1,), with the fields of :class:`sim.law.Law`."""
    fields = [(name, np.float64, np.shape(getattr(law, name))) for name in law._fields]
    table = np.zeros(1, np.dtype(fields))
    for name, value in zip(law._fields, law, strict=True):
        table[name] = value
    return table


def rate_records(rates: Rates) -> Table:
    """The rates as one record per province, shape (31,), with the fields of :class:`sim.rates.Rates`."""
    table = np.zeros(rates[0].shape, np.dtype([(name, np.float64) for name in rates._fields]))
    for name, values in zip(rates._fields, rates, strict=True):
        table[name] = values
    return table
