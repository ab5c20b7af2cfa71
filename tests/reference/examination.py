"""The ladder of grades: who sits the examination and passes, and the grades that are appointed."""

from typing import TYPE_CHECKING, Final

from sim.calendar import month_index
from sim.categories import GRADES, SENIOR_TECHNICIAN
from sim.workforce.columns import EMPLOYED
from tests.reference.chance import EXAMINATION
from tests.reference.training import eager

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker

TOP_GRADE: Final = len(GRADES) - 1
APPOINTED_FROM: Final = month_index(2022)


def is_eligible(worker: "Worker", world: "Twin") -> bool:
    """Whether the worker is at work, has waited long enough and knows enough for the next grade."""
    if worker.status != EMPLOYED or worker.grade == TOP_GRADE:
        return False
    law, grade = world.law, worker.grade
    waited = world.now - worker.graded >= 12 * law.grade_wait_years[grade]
    return waited and worker.skill * (1 / 65535) >= law.grade_standard[grade]


def sit_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of sitting the examination, or of being considered for appointment."""
    law, rates = world.law, world.rates[worker.province]
    if worker.grade >= SENIOR_TECHNICIAN:
        return rates.appointment_per_year if world.now >= APPOINTED_FROM else 0.0
    hazard = rates.examination_per_year * law.examination_grade_factor[worker.grade]
    hazard *= eager(worker, law.examination_engagement_slope)
    if worker.courses == 0:
        hazard *= law.examination_without_course_factor
    return hazard


def pass_chance(worker: "Worker", world: "Twin") -> float:
    """Chance of passing, rising with the skill above the standard."""
    law = world.law
    margin = worker.skill * (1 / 65535) - law.grade_standard[worker.grade]
    chance = world.rates[worker.province].examination_pass + law.pass_skill_slope * (margin - 0.04)
    return min(0.99, max(0.05, chance))


def examine(worker: "Worker", world: "Twin", head: float) -> None:
    """Decide on sitting the examination, and on its result."""
    if not is_eligible(worker, world):
        return
    if not world.draws.strikes(EXAMINATION, worker.identity, head, sit_per_year(worker, world)):
        return
    if worker.grade < SENIOR_TECHNICIAN:
        _, luck, _ = world.draws.following(EXAMINATION, worker.identity)
        if luck >= pass_chance(worker, world):
            return
    worker.grade += 1
    worker.graded = world.now
    worker.courses = 0
