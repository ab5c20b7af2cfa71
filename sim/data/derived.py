"""Figures that nobody published, derived from those that were; each function says how.

The evidence mark of everything here is ``derived``; what is ``assumed`` in it stands in the constants,
each with its range.
"""

from functools import cache
from typing import Final

import numpy as np

from sim.categories import PROVINCES
from sim.constants import constant
from sim.data.figures import ALL, Figures
from sim.data.files import load
from sim.data.series import Array, provincial, series

TEN_THOUSAND: Final = 10_000.0
VALUE_ADDED_YEAR: Final = 2019  # the earliest in the file
CENSUS_YEAR: Final = 2020

EQUIPMENT_SHARE_OF_MANUFACTURING: Final = constant("equipment_share_of_manufacturing")
EQUIPMENT_INCOME_ELASTICITY: Final = constant("equipment_income_elasticity")
REVISED: Final = 2021  # the first year of employment on the basis of the census of 2020
FIRST_BIRTH_YEAR: Final = 1990  # before the series begins births are taken to stand at its first value


def between(anchors: dict[int, float], year: int) -> float:
    """Linear interpolation between anchor years; constant before the first and after the last."""
    years = sorted(anchors)
    return float(np.interp(year, years, [anchors[known] for known in years]))


@cache
def births() -> dict[int, float]:
    """Births per year, persons, 1990 to 2021; before 1995 assumed equal to 1995."""
    rows = load("births")
    known = {
        int(year): float(value) * TEN_THOUSAND
        for year, value in zip(rows["year"], rows["value"], strict=True)
    }
    return {year: between(known, year) for year in range(FIRST_BIRTH_YEAR, max(known) + 1)}


def secondary_employment(figures: Figures = ALL) -> dict[int, float]:
    """Persons employed in the secondary sector, from 2014 to the last year that is known.

    Published shares (2012, 2017, 2019) times total employment (2011, 2017, and 2017 again for 2019,
    because totals from 2021 on are on the revised basis), then the published persons from 2021 on; linear
    between these anchors.
    """
    shares, totals = figures.of("employment_secondary_share"), figures.of("employment_total")
    unrevised = {year: total for year, total in totals.items() if year < REVISED}
    anchors = {year: share / 100 * between(unrevised, year) for year, share in shares.items()}
    anchors |= figures.of("employment_secondary")
    return {year: between(anchors, year) * TEN_THOUSAND for year in range(2014, max(anchors) + 1)}


def total_employment(year: int, growth_per_year: float, figures: Figures = ALL) -> float:
    """Persons employed in all sectors: as known, unrevised before 2021; then ``growth_per_year``."""
    totals = figures.of("employment_total")
    last = max(totals)
    basis = {known: total for known, total in totals.items() if (known < REVISED) == (year < REVISED)}
    basis = basis or totals  # nothing is known on the revised one
    return between(basis, year) * TEN_THOUSAND * (1.0 + growth_per_year) ** max(0, year - last)


@cache
def _census() -> Array:
    """Employed of the census by province, persons, shape ``(31, 3)``.

    Columns: mining and utilities, manufacturing, construction.
    """
    counted = {
        name: provincial(f"employed_{name}_census", CENSUS_YEAR)
        for name in ("mining", "utilities", "manufacturing", "construction")
    }
    mining_utilities = counted["mining"] + counted["utilities"]
    return np.column_stack((mining_utilities, counted["manufacturing"], counted["construction"]))


def _migrants_in_construction(year: int, figures: Figures = ALL) -> float:
    """Migrant workers in construction for each one in manufacturing."""
    construction, manufacturing = (
        figures.of(f"migrant_share_{name}") for name in ("construction", "manufacturing")
    )
    both = construction.keys() & manufacturing.keys()
    return between({known: construction[known] / manufacturing[known] for known in both}, year)


def sector_shares(year: int, figures: Figures = ALL) -> Array:
    """Share of each sector in national secondary employment, shape ``(4,)``.

    Those of the census of 2020, moved to other years: construction over manufacturing goes as among migrant
    workers, of whom it is published (assumed to hold for all), and mining and utilities keep their share of
    industry.
    """
    mining_utilities, manufacturing, construction = _census().sum(axis=0)
    moved = _migrants_in_construction(year, figures) / _migrants_in_construction(CENSUS_YEAR)
    construction = construction * moved
    found = np.array(
        [
            mining_utilities,
            manufacturing * (1 - EQUIPMENT_SHARE_OF_MANUFACTURING),
            manufacturing * EQUIPMENT_SHARE_OF_MANUFACTURING,
            construction,
        ]
    )
    return np.asarray(found / found.sum())


def provincial_employment(year: int, figures: Figures = ALL) -> Array:
    """Share of each province and sector in national secondary employment, shape ``(31, 4)``.

    Provinces have their shares of the census of 2020 in mining and utilities, manufacturing and construction
    in all years (assumed: nothing is held of their industry before it), the sectors the shares of the year.
    """
    return _provinces_in_sectors() * sector_shares(year, figures)


@cache
def _provinces_in_sectors() -> Array:
    """Share of each province in the sectors of the country, shape ``(31, 4)``.

    Richer provinces make more equipment.
    """
    census = _census() / _census().sum(axis=0)
    income = provincial("gdp_per_capita", VALUE_ADDED_YEAR)
    kinds = np.array([1 - EQUIPMENT_SHARE_OF_MANUFACTURING, EQUIPMENT_SHARE_OF_MANUFACTURING])
    made = np.column_stack((np.ones(PROVINCES), (income / income.mean()) ** EQUIPMENT_INCOME_ELASTICITY))
    for _ in range(200):
        made *= kinds / made.sum(axis=0)
        made *= (census[:, 1] / made.sum(axis=1))[:, None]
    shares = np.column_stack((census[:, 0], made / made.sum(axis=0), census[:, 2]))
    shares.setflags(write=False)
    return shares


@cache
def skilled_workers(year: int) -> tuple[float, float]:
    """Skilled and highly skilled workers of the whole economy, persons, at the end of ``year``.

    Highly skilled: linear between the published 2010, 2015, 2017 and 2021. Skilled: the published
    2017 and 2021, and for 2010 the highly skilled over their share of 2009; geometric in between,
    because the stock more than doubled.
    """
    high = series("high_skilled_workers")
    share_2009 = series("high_skilled_share_of_skilled")[2009] / 100
    skilled = {2010: high[2010] / share_2009} | series("skilled_workers")
    logarithms = {known: float(np.log(persons)) for known, persons in skilled.items()}
    return float(np.exp(between(logarithms, year))) * TEN_THOUSAND, between(high, year) * TEN_THOUSAND
