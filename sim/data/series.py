"""Published figures as plain series, provincial arrays and matrices in the order of the codes."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.categories import PROVINCE_CODES, PROVINCES
from sim.data.files import load
from sim.errors import InputError

Array = NDArray[np.float64]

REGIONS: Final = ("East", "Central", "West", "Northeast")
HAINAN: Final = PROVINCE_CODES.index(460000)
GUANGDONG: Final = PROVINCE_CODES.index(440000)


def _frozen(array: Array) -> Array:
    """Make a cached array read-only, because every caller shares it."""
    array.setflags(write=False)
    return array


@cache
def _national() -> dict[str, dict[int, float]]:
    rows = load("national_series")
    found: dict[str, dict[int, float]] = {}
    for name, year, value in zip(rows["indicator"], rows["year"], rows["value"], strict=True):
        found.setdefault(str(name), {})[int(year)] = float(value)
    return found


def indicators() -> tuple[str, ...]:
    """Names of all national indicators."""
    return tuple(_national())


def series(indicator: str) -> dict[int, float]:
    """National yearly figures of one indicator, in the unit of ``national_series.csv``.

    Raises
    ------
    InputError
        If the file has no such indicator.
    """
    if indicator not in _national():
        raise InputError(f"national_series.csv has no indicator {indicator}: see its first column")
    return dict(_national()[indicator])


@cache
def provincial(indicator: str, year: int) -> Array:
    """One indicator of ``provincial_series.csv`` by province, shape ``(31,)``; nan where unpublished.

    Raises
    ------
    InputError
        If the file has no such indicator for the year.
    """
    rows = load("provincial_series")
    rows = rows[(rows["indicator"] == indicator) & (rows["year"] == year)]
    if rows.empty:
        raise InputError(f"provincial_series.csv has no indicator {indicator} for {year}")
    return _frozen(rows.set_index("code")["value"].reindex(PROVINCE_CODES).to_numpy(np.float64, copy=True))


def _square(name: str) -> Array:
    table = load(name).set_index("code")
    columns = [str(code) for code in PROVINCE_CODES]
    square: Array = table.loc[list(PROVINCE_CODES), columns].to_numpy(np.float64, copy=True)
    return square


@cache
def distances_km() -> Array:
    """Great-circle distances between the capitals in km, shape ``(31, 31)``."""
    return _frozen(_square("capital_distances_km"))


@cache
def adjacency() -> Array:
    """Land borders, 1 or 0, shape ``(31, 31)``; Hainan, an island, is linked to Guangdong."""
    borders = _square("adjacency")
    borders[HAINAN, GUANGDONG] = borders[GUANGDONG, HAINAN] = 1.0
    return _frozen(borders)


@cache
def migration_matrix(year: int) -> Array:
    """Sampled persons by origin (row) and destination (column), shape ``(31, 31)``, 2000 or 2005.

    The diagonal holds moves inside a province. Cells that were not published are nan: in 2005 the
    rows of Hainan and Tibet have no moves to other provinces.
    """
    rows = load(f"migration_od_{year}")
    table = rows.pivot(index="origin_code", columns="dest_code", values="persons_sample")
    codes = list(PROVINCE_CODES)
    return _frozen(table.reindex(index=codes, columns=codes).to_numpy(np.float64, copy=True))


@cache
def migration_in_out(period: str) -> Array:
    """Five-year migrants in and out of each province, persons, shape ``(31, 2)``."""
    rows = load("migration_in_out")
    rows = rows[rows["period"] == period].set_index("code").reindex(PROVINCE_CODES)
    return _frozen(rows[["in_millions", "out_millions"]].to_numpy(np.float64) * 1e6)


@cache
def region_of_province() -> NDArray[np.int64]:
    """Index in ``REGIONS`` of each province, shape ``(31,)``."""
    regions = load("provinces").set_index("code")["region4"].reindex(PROVINCE_CODES)
    found = np.array([REGIONS.index(region) for region in regions], dtype=np.int64)
    assert found.shape == (PROVINCES,)
    return found
