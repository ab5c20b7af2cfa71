"""Figures that nobody published, derived from those that were; each function says how.

The evidence mark of everything here is ``derived``; what is ``assumed`` in it stands in the constants,
each with its range.
"""

from functools import cache
from typing import Final

import numpy as np

from sim.categories import PROVINCE_CODES, PROVINCES, SECTORS
from sim.constants import constant, whole
from sim.data.files import load
from sim.data.series import Array, provincial, series

TEN_THOUSAND: Final = 10_000.0
VALUE_ADDED_YEAR: Final = 2019  # the earliest in the file

INDUSTRY_PRODUCTIVITY_ELASTICITY: Final = constant("industry_productivity_elasticity")
CONSTRUCTION_PRODUCTIVITY_ELASTICITY: Final = constant("construction_productivity_elasticity")
CONSTRUCTION_SHARE: Final = constant("construction_share")
EQUIPMENT_SHARE_OF_MANUFACTURING: Final = constant("equipment_share_of_manufacturing")
EQUIPMENT_INCOME_ELASTICITY: Final = constant("equipment_income_elasticity")
RESOURCE_PROVINCES: Final = whole("resource_provinces")
RESOURCE_WEIGHT: Final = constant("resource_weight")
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


@cache
def secondary_employment() -> dict[int, float]:
    """Persons employed in the secondary sector, from 2014 to the last published year.

    Published shares (2012, 2017, 2019) times total employment (2011, 2017, and 2017 again for 2019,
    because totals from 2021 on are on the revised basis), then the published persons from 2021 on; linear
    between these anchors.
    """
    shares, totals = series("employment_secondary_share"), series("employment_total")
    unrevised = {year: total for year, total in totals.items() if year < REVISED}
    anchors = {year: share / 100 * between(unrevised, year) for year, share in shares.items()}
    anchors |= series("employment_secondary")
    return {year: between(anchors, year) * TEN_THOUSAND for year in range(2014, max(anchors) + 1)}


def total_employment(year: int, growth_per_year: float) -> float:
    """Persons employed in all sectors: as published, unrevised before 2021; then ``growth_per_year``."""
    totals = series("employment_total")
    last = max(totals)
    basis = {known: total for known, total in totals.items() if (known < REVISED) == (year < REVISED)}
    return between(basis, year) * TEN_THOUSAND * (1.0 + growth_per_year) ** max(0, year - last)


@cache
def sector_shares() -> Array:
    """Share of each sector in national secondary employment, shape ``(4,)``.

    Mining and utilities: what manufacturing leaves of the employees of industrial legal units in 2018.
    """
    manufacturing = (
        series("manufacturing_legal_unit_employees")[2018] / series("industry_legal_unit_employees")[2018]
    )
    industry = 1.0 - CONSTRUCTION_SHARE
    shares = {
        "mining_utilities": industry * (1 - manufacturing),
        "light_manufacturing": industry * manufacturing * (1 - EQUIPMENT_SHARE_OF_MANUFACTURING),
        "equipment_manufacturing": industry * manufacturing * EQUIPMENT_SHARE_OF_MANUFACTURING,
        "construction": CONSTRUCTION_SHARE,
    }
    found = np.array([shares[sector] for sector in SECTORS])
    found.setflags(write=False)
    return found


@cache
def provincial_employment() -> Array:
    """Share of each province and sector in national secondary employment, shape ``(31, 4)``.

    Industry and construction are spread by value added over labour productivity, which is taken to
    rise with income per head. Inside industry, provinces of resources get a double weight in mining
    and utilities and richer ones more equipment manufacturing. Rows are then scaled to the provinces'
    industry and columns to the national sectors. Replace this function when provincial figures are
    found.
    """
    income = provincial("gdp_per_capita", VALUE_ADDED_YEAR)
    income = income / income.mean()
    industry = (
        provincial("industrial_value_added", VALUE_ADDED_YEAR) / income**INDUSTRY_PRODUCTIVITY_ELASTICITY
    )
    construction = (
        provincial("construction_value_added", VALUE_ADDED_YEAR)
        / income**CONSTRUCTION_PRODUCTIVITY_ELASTICITY
    )
    sectors = sector_shares()
    industry_total = 1.0 - CONSTRUCTION_SHARE
    spread = np.ones((PROVINCES, 3)) * sectors[:3]
    spread[np.isin(PROVINCE_CODES, RESOURCE_PROVINCES), 0] *= RESOURCE_WEIGHT
    spread[:, 2] *= income**EQUIPMENT_INCOME_ELASTICITY
    for _ in range(200):
        spread *= (industry / industry.sum() * industry_total / spread.sum(axis=1))[:, None]
        spread *= sectors[:3] / spread.sum(axis=0)
    employment = np.column_stack([spread, construction / construction.sum() * CONSTRUCTION_SHARE])
    employment /= employment.sum()
    employment.setflags(write=False)
    return employment


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
