"""Long tables of figures, laid wide."""

from typing import Any

import numpy as np
import pandas as pd


def wide(rows: pd.DataFrame, index: list[str], columns: str) -> pd.DataFrame:
    """The column ``value`` with one of the keys laid across; what no row holds is nan.

    Many times faster than ``unstack`` of pandas, because words and places are never compared row by row.

    Parameters
    ----------
    rows
        One value for each combination of keys, whose words are categories.
    index, columns
        The keys that stay at the left, and the one that goes across, both in the order of the rows.
    """
    levels, codes = zip(*(_coded(rows[name]) for name in (*index, columns)), strict=True)
    sizes = [len(level) for level in levels[:-1]]
    down, keys = pd.factorize(np.ravel_multi_index(codes[:-1], sizes))
    across, order = pd.factorize(codes[-1])
    values = np.full((len(keys), len(order)), np.nan)
    values[down, across] = rows["value"].to_numpy(dtype=float)
    left: Any = np.unravel_index(keys, sizes)
    labels = pd.MultiIndex(levels[:-1], left, names=index, verify_integrity=False)
    # Not copied: another order in memory would sum to other last digits.
    return pd.DataFrame(values, labels, levels[-1].take(order).rename(columns), copy=False)


def _coded(keys: pd.Series) -> tuple[pd.Index, Any]:
    """Each different key once, in order, and the place of each row's."""
    if not isinstance(keys.dtype, pd.CategoricalDtype):
        places, different = pd.factorize(keys, sort=True)
        return pd.Index(different), places
    levels, codes = keys.cat.categories, keys.cat.codes.to_numpy()
    used = np.flatnonzero(np.bincount(codes, minlength=len(levels)))
    used = used[np.argsort(levels[used])]
    places = np.empty(len(levels), np.intp)
    places[used] = np.arange(len(used))
    levels = levels[used]
    return levels if pd.api.types.is_integer_dtype(levels.dtype) else levels.astype(str), places[codes]
