"""What is assumed about who goes with whom, where no cross-table is published: the prior of the fit.

Every number here is assumed. It sets only the association between two attributes; the margins set
how many there are of each.
"""

from typing import Final

import numpy as np

from sim.categories import EDUCATION, GRADES
from sim.data import provincial
from sim.data.derived import VALUE_ADDED_YEAR
from sim.workforce.ipf import Array
from sim.workforce.margins import AGE_LIMITS, AXES, MOBILITY, SHAPE

# Age at which each education leaves school, and at work from 16.
SCHOOL_LEAVING_YEARS: Final = (16, 16, 18, 18, 21)
# Fewest years from entry to each grade: the waits of institutional_rules.csv (1, 2, 4, 4, 4) added up.
# With a vocational diploma one enters at grade 4. The last two grades were not awarded in 2014.
GRADE_YEARS: Final = (0, 1, 3, 7, 11, 15, 99, 99)
GRADE_YEARS_VOCATIONAL: Final = (0, 0, 0, 4, 8, 12, 99, 99)
VOCATIONAL: Final = EDUCATION.index("secondary_vocational")  # from here on a diploma counts

MALE_SHARE_BY_SECTOR: Final = (0.80, 0.52, 0.66, 0.88)
# Odds of each education by sector: equipment asks for schooling, construction for little.
EDUCATION_BY_SECTOR: Final = (
    (1.0, 1.0, 1.2, 1.2, 1.2),
    (0.9, 1.1, 1.0, 1.0, 0.8),
    (0.6, 0.8, 1.1, 1.3, 1.5),
    (1.8, 1.2, 0.8, 0.6, 0.6),
)
# Odds of each grade by education, mobility and sector.
GRADE_BY_EDUCATION: Final = (
    (1.0, 0.30, 0.15, 0.06, 0.03, 0.02),
    (1.0, 0.70, 0.45, 0.25, 0.15, 0.10),
    (1.0, 1.00, 0.90, 0.70, 0.50, 0.40),
    (1.0, 1.60, 1.70, 1.50, 1.20, 1.00),
    (1.0, 1.20, 1.60, 1.90, 1.90, 1.90),
)
GRADE_BY_MOBILITY: Final = (
    (1.0, 0.55, 0.45, 0.30, 0.22, 0.20),
    (1.0, 0.65, 0.50, 0.30, 0.20, 0.18),
    (1.0, 0.65, 0.50, 0.30, 0.20, 0.18),
    (1.0, 1.00, 1.00, 1.00, 1.00, 1.00),
)
GRADE_BY_SECTOR: Final = (
    (1.0, 1.1, 1.2, 1.3, 1.3, 1.3),
    (1.0, 0.9, 0.8, 0.7, 0.6, 0.6),
    (1.0, 1.2, 1.3, 1.5, 1.6, 1.6),
    (1.0, 0.8, 0.7, 0.6, 0.5, 0.5),
)
# Elasticity of the odds of each grade to the province's income per head: richer provinces certify more.
GRADE_BY_INCOME: Final = (0.0, 0.3, 0.4, 0.6, 0.7, 0.8)
GRADE_BY_SEX: Final = ((1.0,) * 6, (1.0, 0.95, 0.85, 0.70, 0.55, 0.50))
# Change of the odds with each year of age above 38: builders are older, those who went away younger,
# and each cohort had more schooling than the one before.
AGE_SLOPE_BY_SECTOR: Final = (0.01, -0.01, -0.01, 0.02)
AGE_SLOPE_BY_MOBILITY: Final = (0.025, -0.01, -0.03, 0.0)
AGE_SLOPE_BY_EDUCATION: Final = (0.05, 0.0, 0.0, -0.03, -0.06)
# Workers near or past the statutory age, by sex, for rural and urban hukou: 51-55, 56-59, 60-64.
STAYING_RURAL: Final = ((1.0, 1.0, 1.0), (0.6, 0.3, 0.15))
STAYING_URBAN: Final = ((1.0, 0.9, 0.04), (0.25, 0.02, 0.005))
# Years of slack beyond the minimum at which half of those who ever reach a grade have it.
RIPENING_YEARS: Final = 5.0


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
    ripe[..., 0] = 1 - slack[..., 0] / (slack[..., 0] + 40)
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
    return np.exp(np.outer(slopes, middle - 38))


def _grades(odds: Array | tuple[tuple[float, ...], ...]) -> Array:
    """Odds of the grades awarded in 2014, with zeros for the two that came later."""
    return np.pad(np.array(odds), ((0, 0), (0, 2)))


def _grade_by_province() -> Array:
    income = provincial("gdp_per_capita", VALUE_ADDED_YEAR)
    return _grades(np.power.outer(income / income.mean(), GRADE_BY_INCOME))


def prior_table() -> Array:
    """Prior weights of all cells, in the order of ``AXES``; zero where law or calendar forbid the cell."""
    male = np.array(MALE_SHARE_BY_SECTOR)
    staying = np.ones((len(MOBILITY), SHAPE[4], len(AGE_LIMITS) - 1))
    staying[:, :, -3:] = [STAYING_RURAL] * 3 + [STAYING_URBAN]
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
