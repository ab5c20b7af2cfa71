"""Labour markets by province and sector: demand, tightness, wages, and the chances of a job."""

import copy
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.calendar import FORK_YEAR, MONTHS_PER_YEAR, START, year_of
from sim.categories import PROVINCES
from sim.constants import constant, constants, pair
from sim.data import (
    REGIONS,
    provincial,
    provincial_employment,
    region_of_province,
    secondary_employment,
    series,
)
from sim.data.figures import ALL, Figures
from sim.law import Law

DIGITS = 12
FIRST_YEAR = year_of(START)
QUARTERS = 4
INCOME_ELASTICITY = constant("wage_income_elasticity")  # inside a region
SECTOR_WAGE = constants("wage_by_sector")
TIGHTNESS_FIND = constant("tightness_find_elasticity")
TIGHTNESS_LOSE = constant("tightness_lose_elasticity")
CHANGES = pair("tightness_factor_bounds")
SECTOR_PULL = pair("sector_pull_bounds")
TIGHTNESS_WAGE_MOST = constant("tightness_wage_most")
YUAN_DIGITS = 6


def demand_path(
    growth: tuple[float, float], last_year: int, figures: Figures = ALL
) -> dict[int, NDArray[np.float64]]:
    """Persons that the economy asks for at the end of each year by province and sector, shape (31, 4).

    As many as published or added, while they are; then ``growth`` a year until the fork, and after it.
    """
    persons = {year: float(known) for year, known in secondary_employment(figures).items()}
    for year in range(max(persons) + 1, last_year + 1):
        persons[year] = persons[year - 1] * (1.0 + growth[year > FORK_YEAR])
    return {year: number * provincial_employment(year, figures) for year, number in persons.items()}


def wage_growth_path(growth: tuple[float, float], last_year: int, figures: Figures = ALL) -> dict[int, float]:
    """Nominal wage growth of each year: published and added incomes of migrant workers, then ``growth``.

    Between two figures that are some years apart incomes grow evenly.
    """
    income = sorted(figures.of("migrant_monthly_income").items())
    known = {
        year: (later / earlier) ** (1.0 / (last - first)) - 1.0
        for (first, earlier), (last, later) in pairwise(income)
        for year in range(first + 1, last + 1)
    }
    years = range(FIRST_YEAR, last_year + 1)
    return {year: known.get(year, growth[year > FORK_YEAR]) for year in years}


def relative_wages() -> NDArray[np.float64]:
    """Wage of each province and sector relative to the country, shape (31, 4)."""
    region = region_of_province()
    income = provincial("gdp_per_capita", 2019)
    level = np.empty(PROVINCES)
    for index, name in enumerate(REGIONS):
        inside, wage = region == index, series(f"avg_wage_nonprivate_{name}")[2018]
        tilt = (income[inside] / income[inside].mean()) ** INCOME_ELASTICITY
        level[inside] = wage * tilt / tilt.mean()
    return np.outer(level / level.mean(), SECTOR_WAGE)


class LabourMarket:
    """State of the labour markets; arrays of shape (31 provinces, 4 sectors).

    ``figures``: those that drive this life.
    """

    def __init__(self, law: Law, last_year: int, figures: Figures = ALL) -> None:
        self._law, self._last_year, self._figures = law, last_year, figures
        self.demand_factor = 1.0  # on all that the path asks for
        history = (law.labour_demand_growth_per_year, law.wage_growth_per_year)
        self.set_outlook(history, history)
        self.wage_level = relative_wages() * law.first_wage_yuan_month  # until anchored
        self.wage_mean = self.wage_level.copy()
        self.asked = self.demand(START)  # persons, at the last closed quarter
        self.supply = self.asked.copy()
        self.tightness = np.ones_like(self.supply)

    def set_outlook(self, before: tuple[float, float], after: tuple[float, float]) -> None:
        """Choose yearly growth of (labour demand, wages) between published years and fork, and after it."""
        self._demand = demand_path((before[0], after[0]), self._last_year, self._figures)
        self._wage_growth = wage_growth_path((before[1], after[1]), self._last_year, self._figures)

    def copy(self) -> "LabourMarket":
        """An independent copy."""
        twin = copy.copy(self)
        for name in ("wage_level", "wage_mean", "asked", "supply", "tightness"):
            setattr(twin, name, getattr(self, name).copy())
        return twin

    def demand(self, month: int) -> NDArray[np.float64]:
        """Persons asked for at the end of a month, interpolated between year ends, shape (31, 4)."""
        year = year_of(month)
        share = (month % MONTHS_PER_YEAR + 1) / MONTHS_PER_YEAR
        before, after = self._demand[max(year - 1, min(self._demand))], self._demand[year]
        return np.asarray((before + share * (after - before)) * self.demand_factor, dtype=np.float64)

    def wanted(self, month: int) -> NDArray[np.float64]:
        """Workforce that demand calls for, shape (31, 4): those at work and those between two jobs."""
        return self.demand(month) / (1.0 - self._law.unemployment_frictional)

    def anchor_wages(self, mean_yuan_month: float, factor: NDArray[np.float64]) -> None:
        """Set the first levels so that the mean wage of the country is as published.

        ``factor``: mean of all wage factors of the workers in each market at a level of 1, shape (31, 4).
        """
        heads = self.supply
        target = relative_wages()
        target *= mean_yuan_month * heads.sum() / (target * heads).sum()
        self.wage_level = np.round(target / factor, YUAN_DIGITS)
        self.wage_mean = target

    def close_quarter(self, month: int, supply: NDArray[np.int64], wage_mean: NDArray[np.float64]) -> None:
        """Measure tightness and let wages follow it and the trend.

        ``supply``: persons working or looking for work; ``wage_mean``: yuan a month; shapes (31, 4).
        """
        self.supply = np.maximum(supply.astype(np.float64), 1.0)
        self.asked = self.demand(month)
        self.tightness = self.wanted(month) / self.supply
        trend = self._wage_growth[year_of(month)]
        growth = trend + self._law.tightness_wage_elasticity * np.clip(
            self.tightness - 1.0, -TIGHTNESS_WAGE_MOST, TIGHTNESS_WAGE_MOST
        )
        self.wage_level = np.round(self.wage_level * (1.0 + growth) ** (1.0 / QUARTERS), YUAN_DIGITS)
        mean = np.where(wage_mean > 0.0, wage_mean, self.wage_mean)
        self.wage_mean = np.round(mean * (1.0 + growth) ** (1.0 / QUARTERS), YUAN_DIGITS)

    def gap(self, month: int) -> NDArray[np.float64]:
        """Persons missing from supply, shape (31, 4); negative where there are too many."""
        return self.wanted(month) - self.supply

    def find_factor(self) -> NDArray[np.float64]:
        """Factor on finding a job, shape (31, 4)."""
        return self._factor(TIGHTNESS_FIND)

    def lose_factor(self) -> NDArray[np.float64]:
        """Factor on losing the job, shape (31, 4)."""
        return self._factor(-TIGHTNESS_LOSE)

    def _factor(self, elasticity: float) -> NDArray[np.float64]:
        with np.errstate(divide="ignore"):  # where nobody is asked for, the bound holds
            factor = np.clip(self.tightness**elasticity, *CHANGES)
        return np.asarray(np.round(factor, DIGITS), dtype=np.float64)

    def sector_chances(self) -> NDArray[np.float64]:
        """Cumulative chances of sectors in each province, by labour demand, shape (31, 4)."""
        # Where nobody is asked for, no sector pulls more than another.
        wanted = np.maximum(self.asked, 1.0) * np.clip(self.tightness, *SECTOR_PULL)
        return np.round(np.cumsum(wanted / wanted.sum(axis=1, keepdims=True), axis=1), DIGITS)

    def provincial_wage(self) -> NDArray[np.float64]:
        """Mean wage by province, shape (31,), yuan a month."""
        mean: NDArray[np.float64] = (self.wage_mean * self.supply).sum(axis=1) / self.supply.sum(axis=1)
        return mean
