"""Labour markets of the 31 provinces and 4 sectors: demand, tightness, wages, chances of a job."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import FORK_YEAR, START, year_of
from sim.data import provincial_employment, secondary_employment
from sim.data.figures import Figures
from sim.law import Law
from sim.policy.scenario import Scenario

Array = NDArray[np.float64]
LOWEST_FACTOR, HIGHEST_FACTOR = 0.0, 25.0  # of the factors that follow tightness
LOWEST_PULL, HIGHEST_PULL = 0.25, 4.0  # of tightness on the choice of another sector


def growth_in(income: dict[int, float], year: int) -> float:
    """Growth in a year, the same in all years between two figures."""
    first = max(known for known in income if known < year)
    last = min(known for known in income if known >= year)
    return (income[last] / income[first]) ** (1.0 / (last - first)) - 1


class Market(NamedTuple):
    """What a worker meets in a market."""

    wage_level: float
    wage_mean: float
    find_factor: float
    lose_factor: float


class LabourMarkets:
    """State of the markets, in arrays of shape (31, 4)."""

    def __init__(self, law: Law, scenario: Scenario, figures: Figures) -> None:
        self.law, self.scenario, self.figures = law, scenario, figures
        self.published = secondary_employment(figures)
        income = figures.of("migrant_monthly_income")
        self.trend = {year: growth_in(income, year) for year in range(min(income) + 1, max(income) + 1)}
        self.wage_level = self.wage_mean = np.zeros((31, 4))
        self.supply = self.tightness = np.ones((31, 4))
        self.asked = self.demand(START)

    def national_demand(self, year: int) -> float:
        """Persons asked for at the end of a year: published, then growing as law or scenario say."""
        if year <= min(self.published):
            return self.published[min(self.published)]
        if year in self.published:
            return self.published[year]
        growth = self.outlook("labour_demand_growth_per_year", year)
        return self.national_demand(year - 1) * (1 + growth)

    def outlook(self, growth: str, year: int) -> float:
        """Growth a year where nothing is published: the law's, or after the fork the scenario's, if any."""
        stated = getattr(self.scenario, growth) if year > FORK_YEAR else None
        return getattr(self.law, growth) if stated is None else stated

    def year_end(self, year: int) -> Array:
        """Persons asked for in each market at the end of a year."""
        first = min(self.published)
        return self.national_demand(max(year, first)) * provincial_employment(max(year, first), self.figures)

    def demand(self, month: int) -> Array:
        """Persons asked for at the end of a month, on the line between two ends of years."""
        year, past = year_of(month), (month % 12 + 1) / 12
        before, after = self.year_end(year - 1), self.year_end(year)
        return before + past * (after - before)

    def wanted(self, month: int) -> Array:
        """Workforce that demand at the end of a month calls for: those at work and between two jobs."""
        return self.demand(month) / (1 - self.law.unemployment_frictional)

    def close_quarter(self, month: int, supply: Array, measured_wage: Array) -> None:
        """Measure tightness, and let wages follow it and the trend.

        Nobody at work in a market leaves its mean wage where it was.
        """
        self.supply = np.maximum(supply, 1)
        self.asked = self.demand(month)
        self.tightness = self.wanted(month) / self.supply
        year = year_of(month)
        trend = self.trend.get(year, self.outlook("wage_growth_per_year", year))
        growth = trend + self.law.tightness_wage_elasticity * np.clip(self.tightness - 1, -0.5, 0.5)
        mean = np.where(measured_wage > 0, measured_wage, self.wage_mean)
        self.wage_level = np.round(self.wage_level * (1 + growth) ** 0.25, 6)
        self.wage_mean = np.round(mean * (1 + growth) ** 0.25, 6)

    def provincial_wage(self) -> Array:
        """Mean wage of each province, weighted by the workforce."""
        return (self.wage_mean * self.supply).sum(axis=1) / self.supply.sum(axis=1)

    def as_met(self) -> list[list[Market]]:
        """The markets as workers meet them, by province and sector."""
        find = np.round(np.clip(self.tightness**2.0, LOWEST_FACTOR, HIGHEST_FACTOR), 12)
        lose = np.round(np.clip(self.tightness**-2.0, LOWEST_FACTOR, HIGHEST_FACTOR), 12)
        columns = (self.wage_level, self.wage_mean, find, lose)
        by_province = zip(*(column.tolist() for column in columns), strict=True)
        return [[Market(*market) for market in zip(*rows, strict=True)] for rows in by_province]

    def sector_chances(self) -> list[list[float]]:
        """Cumulative chances of the sectors of each province for those who change it."""
        pull = np.maximum(self.asked, 1) * np.clip(self.tightness, LOWEST_PULL, HIGHEST_PULL)
        return np.round(np.cumsum(pull / pull.sum(axis=1, keepdims=True), axis=1), 12).tolist()
