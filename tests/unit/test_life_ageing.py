"""Statutory retirement ages by cohort, age bands and the hazards of leaving for good."""

import numpy as np
import pytest
from numba import njit
from numpy.typing import NDArray

from sim.calendar import month_index
from sim.categories import AGE_BANDS, EDUCATION, GRADES, HUKOU, SEX
from sim.life.ageing import age_band, mortality_per_year, retirement_per_year, statutory_age_months
from sim.life.surroundings import Month, Surroundings, Table, World
from sim.workforce.columns import EMPLOYED, Workers, empty_columns
from tests.country import past

# Decision of the Standing Committee of 13 September 2024, tables 1 to 3: born, years and months.
MEN = [
    ("1950-06", 60, 0), ("1964-12", 60, 0), ("1965-01", 60, 1), ("1965-04", 60, 1), ("1965-05", 60, 2),
    ("1965-09", 60, 3), ("1968-12", 61, 0), ("1970-02", 61, 4), ("1976-08", 62, 11), ("1976-09", 63, 0),
    ("1990-01", 63, 0),
]  # fmt: skip
WOMEN_55 = [
    ("1969-12", 55, 0), ("1970-01", 55, 1), ("1970-04", 55, 1), ("1970-05", 55, 2), ("1981-08", 57, 11),
    ("1981-09", 58, 0), ("1995-05", 58, 0),
]  # fmt: skip
WOMEN_50 = [
    ("1974-12", 50, 0), ("1975-01", 50, 1), ("1975-02", 50, 1), ("1975-03", 50, 2), ("1975-12", 50, 6),
    ("1984-10", 54, 11), ("1984-11", 55, 0), ("2000-01", 55, 0),
]  # fmt: skip
CASES = [
    *(("male", "junior_secondary", "apprentice", *case) for case in MEN),
    *(("male", "higher_vocational", "chief_technician", *case) for case in MEN[:3]),
    *(("female", "higher_vocational", "grade_5", *case) for case in WOMEN_55),
    *(("female", "junior_secondary", "technician", *case) for case in WOMEN_55),
    *(("female", "secondary_vocational", "grade_3", *case) for case in WOMEN_50),
]


@njit
def statutory_ages(workers: Workers) -> NDArray[np.int64]:
    """Statutory age of each worker, months."""
    ages = np.empty(workers.status.size, np.int64)
    for i in range(ages.size):
        ages[i] = statutory_age_months(i, workers)
    return ages


@njit
def bands(ages: NDArray[np.int64]) -> NDArray[np.int64]:
    """Age band of each age in months."""
    found = np.empty(ages.size, np.int64)
    for i in range(ages.size):
        found[i] = age_band(ages[i])
    return found


@njit
def exits(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month
) -> NDArray[np.float64]:
    """Hazards of death and of retirement of each worker, shape (workers, 2)."""
    found = np.empty((workers.status.size, 2), np.float64)
    for i in range(workers.status.size):
        world = World(rates, law[0], around, month)
        found[i, 0] = mortality_per_year(i, workers, world)
        found[i, 1] = retirement_per_year(i, workers, world)
    return found


def born(date: str) -> int:
    year, month = date.split("-")
    return month_index(int(year), int(month))


def people(sex: str, education: str, grade: str, births: list[int]) -> Workers:
    """Workers who differ by birth."""
    workers = empty_columns(len(births))
    workers.status[:] = EMPLOYED
    workers.birth[:] = births
    workers.sex[:] = SEX.index(sex)
    workers.education[:] = EDUCATION.index(education)
    workers.grade[:] = GRADES.index(grade)
    return workers


@pytest.mark.parametrize(("sex", "education", "grade", "birth", "years", "months"), CASES)
def test_statutory_age_by_cohort(
    sex: str, education: str, grade: str, birth: str, years: int, months: int
) -> None:
    age = statutory_ages(people(sex, education, grade, [born(birth)]))[0]
    assert divmod(int(age), 12) == (years, months)


def test_no_cohort_retires_earlier_than_an_older_one() -> None:
    births = list(range(born("1950-01"), born("2015-12")))
    for sex, education in (("male", "primary"), ("female", "primary"), ("female", "higher_vocational")):
        ages = statutory_ages(people(sex, education, "apprentice", births))
        assert set(np.diff(ages)) <= {0, 1}
        retiring_in = np.array(births) + ages
        assert np.all(np.diff(retiring_in) >= 1)


def test_age_bands_begin_where_their_names_say() -> None:
    ages = np.array([15, 16, 24, 25, 34, 35, 44, 45, 54, 55, 70])
    expected = ["16-24", "16-24", "16-24", "25-34", "25-34", "35-44", "35-44", "45-54", "45-54", "55+", "55+"]
    assert [AGE_BANDS[band] for band in bands(ages * 12)] == expected
    assert bands(np.array([25 * 12 - 1, 55 * 12 - 1])).tolist() == [0, 3]


def test_hazards_of_exit_by_age() -> None:
    model = past()
    now, law = model.month, model.law
    early = int(law.early_retirement_age_years * 12)
    births = [now - 240, now - early + 1, now - early, now - 740, now - int(law.last_age_years * 12)]
    workers = people("male", "primary", "apprentice", births)
    workers.hukou[:] = HUKOU.index("urban")
    urban = exits(workers, *model.world())
    workers.hukou[:] = HUKOU.index("rural")
    rural = exits(workers, *model.world())
    assert urban[:2, 1].tolist() == [0.0, 0.0]
    assert urban[2, 1] == model.rates.retire_early_per_year[0]
    assert urban[3, 1] == urban[4, 1] == law.retire_at_age_per_year
    assert rural[3, 1] == pytest.approx(law.retire_at_age_per_year * law.kept_on_rural_factor)
    assert rural[4, 1] == law.retire_at_age_per_year
    assert np.all(np.diff(urban[:, 0]) >= 0)
    assert urban[0, 0] == law.mortality_per_year[0]
    assert urban[4, 0] == law.mortality_per_year[5]
