"""Death and retirement, with the statutory ages that rise since January 2025."""

from typing import TYPE_CHECKING, Final

from sim.calendar import month_index
from sim.categories import EDUCATION, HUKOU, SEX, TECHNICIAN
from tests.reference.chance import EXIT

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker

MAN: Final = SEX.index("male")
RURAL: Final = HUKOU.index("rural")
HIGHER_VOCATIONAL: Final = EDUCATION.index("higher_vocational")


def age_band(age_months: int) -> int:
    """Index of the age band 16-24, 25-34, 35-44, 45-54, 55 and over."""
    return min(4, max(0, (age_months - 180) // 120))


def delay(birth: int, first_year: int, births_per_month: int, most: int) -> int:
    """Months by which retirement is put off: one more for every few months of birth."""
    first = month_index(first_year)
    return 0 if birth < first else min(most, (birth - first) // births_per_month + 1)


def statutory_age(worker: "Worker") -> int:
    """Age in months at which retirement is due."""
    if worker.sex == MAN:
        return 720 + delay(worker.birth, 1965, 4, 36)
    if worker.education == HIGHER_VOCATIONAL or worker.grade >= TECHNICIAN:
        return 660 + delay(worker.birth, 1970, 4, 36)
    return 600 + delay(worker.birth, 1975, 2, 60)


def death_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of death at the worker's age."""
    age = world.now - worker.birth
    return world.law.mortality_per_year[min(5, max(0, (age - 180) // 120))]


def retirement_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of retiring: mostly at the statutory age, some early, rural workers often later."""
    law, age = world.law, world.now - worker.birth
    if age >= statutory_age(worker):
        kept_on = worker.hukou == RURAL and age < 12 * law.last_age_years
        return law.retire_at_age_per_year * (law.kept_on_rural_factor if kept_on else 1.0)
    if age >= 12 * law.early_retirement_age_years:
        return world.rates[worker.province].retire_early_per_year
    return 0.0


def goes(worker: "Worker", world: "Twin", head: float) -> bool:
    """Whether the worker dies or retires this month; the model does not care which."""
    hazard = death_per_year(worker, world) + retirement_per_year(worker, world)
    return world.draws.strikes(EXIT, worker.identity, head, hazard)
