"""What is assumed about who goes with whom, where no cross-table is published: the prior of the fit.

Every number of it is assumed. It sets only the association between two attributes; the margins set
how many there are of each.
"""

from functools import cache
from typing import Final

import numpy as np

from sim.categories import EDUCATION, GRADES
from sim.constants import constant, constants, matrix, whole
from sim.data import provincial
from sim.data.derived import VALUE_ADDED_YEAR
from sim.workforce.ipf import Array
from sim.workforce.margins import AGE_LIMITS, AXES, MOBILITY, SHAPE

SCHOOL_LEAVING_YEARS: Final = whole("school_leaving_years")
GRADE_YEARS: Final = whole("grade_years")
GRADE_YEARS_VOCATIONAL: Final = whole("grade_years_vocational")
VOCATIONAL: Final = EDUCATION.index("secondary_vocational")  # from here on a diploma counts
AWARDED: Final = 6  # grades that were awarded in 2014

MALE_SHARE_BY_SECTOR: Final = constants("male_share_by_sector")
EDUCATION_BY_SECTOR: Final = matrix("education_odds_by_sector", len(EDUCATION))
GRADE_BY_EDUCATION: Final = matrix("grade_odds_by_education", AWARDED)
GRADE_BY_MOBILITY: Final = matrix("grade_odds_by_mobility", AWARDED)
GRADE_BY_SECTOR: Final = matrix("grade_odds_by_sector", AWARDED)
GRADE_BY_SEX: Final = matrix("grade_odds_by_sex", AWARDED)
GRADE_BY_INCOME: Final = constants("grade_income_elasticity")
AGE_SLOPE_BY_SECTOR: Final = constants("age_slope_by_sector")
AGE_SLOPE_BY_MOBILITY: Final = constants("age_slope_by_mobility")
AGE_SLOPE_BY_EDUCATION: Final = constants("age_slope_by_education")
CENTRE_YEARS: Final = 38  # where slopes begin; the margins absorb it
OLD_BANDS: Final = 3  # of workers near or past the statutory age: 51-55, 56-59, 60-64
STAYING_RURAL: Final = matrix("staying_rural", OLD_BANDS)
STAYING_URBAN: Final = matrix("staying_urban", OLD_BANDS)
RIPENING_YEARS: Final = constant("ripening_years")
UNGRADED_YEARS: Final = constant("ungraded_years")


def youngest_years() -> Array:
    """Youngest age at which each education can hold each grade, years, shape ``(5, 8)``."""
    ages = np.empty((len(EDUCATION), len(GRADES)))
    for education, leaving in enumerate(SCHOOL_LEAVING_YEARS):
        years = GRADE_YEARS_VOCATIONAL if education >= VOCATIONAL else GRADE_YEARS
        ages[education] = np.add(leaving, years)
    return ages


def _grade_by_age() -> Array:
    """Chance of holding each grade by age band and education, shape ``(8, 10, 5)``; 0 is impossible."""
    low, high = np.array(AGE_LIMITS[:-1])[:, None, None], np.array(AGE_LIMITS[1:])[:, None, None]
    youngest = youngest_years()[None]
    possible = np.clip((high - youngest) / (high - low), 0, 1)
    slack = np.maximum((np.maximum(low, youngest) + high) / 2 - youngest, 0)
    ripe = slack / (slack + RIPENING_YEARS)
    ripe[..., 0] = 1 - slack[..., 0] / (slack[..., 0] + UNGRADED_YEARS)
    return np.moveaxis(possible * ripe, 2, 0)


def _along(factor: Array, *names: str) -> Array:
    """Place a factor on the named axes of the cell table, for broadcasting."""
    shape = [1] * len(AXES)
    for name, size in zip(names, factor.shape, strict=True):
        shape[AXES.index(name)] = size
    order = np.argsort([AXES.index(name) for name in names])
    return np.transpose(factor, order).reshape(shape)


def _slope(slopes: tuple[float, ...]) -> Array:
    middle = (np.array(AGE_LIMITS[:-1]) + np.array(AGE_LIMITS[1:])) / 2
    return np.exp(np.outer(slopes, middle - CENTRE_YEARS))


def _grades(odds: Array | tuple[tuple[float, ...], ...]) -> Array:
    """Odds of the grades awarded in 2014, with zeros for the two that came later."""
    return np.pad(np.array(odds), ((0, 0), (0, len(GRADES) - AWARDED)))


def _grade_by_province() -> Array:
    income = provincial("gdp_per_capita", VALUE_ADDED_YEAR)
    return _grades(np.power.outer(income / income.mean(), GRADE_BY_INCOME))


@cache
def prior_table() -> Array:
    """Prior weights of all cells, in the order of ``AXES``; zero where law or calendar forbid the cell."""
    male = np.array(MALE_SHARE_BY_SECTOR)
    staying = np.ones((len(MOBILITY), SHAPE[4], len(AGE_LIMITS) - 1))
    staying[:, :, -OLD_BANDS:] = [STAYING_RURAL] * (len(MOBILITY) - 1) + [STAYING_URBAN]
    table = np.ones(SHAPE)
    for factor in (
        _along(np.column_stack([male, 1 - male]), "sector", "sex"),
        _along(np.array(EDUCATION_BY_SECTOR), "sector", "education"),
        _along(_grades(GRADE_BY_EDUCATION), "education", "grade"),
        _along(_grades(GRADE_BY_MOBILITY), "mobility", "grade"),
        _along(_grades(GRADE_BY_SECTOR), "sector", "grade"),
        _along(_grade_by_province(), "province", "grade"),
        _along(_grades(GRADE_BY_SEX), "sex", "grade"),
        _along(_slope(AGE_SLOPE_BY_SECTOR), "sector", "age"),
        _along(_slope(AGE_SLOPE_BY_MOBILITY), "mobility", "age"),
        _along(_slope(AGE_SLOPE_BY_EDUCATION), "education", "age"),
        _along(staying, "mobility", "sex", "age"),
        _along(_grade_by_age(), "grade", "age", "education"),
    ):
        table *= factor
    return table
