"""Training: courses of the enterprise, applications for subsidised places, apprenticeships."""

from typing import TYPE_CHECKING

from sim.workforce.columns import (
    APPRENTICESHIP,
    EMPLOYED,
    EMPLOYER_COURSE,
    NO_COURSE,
    WAITING,
)
from tests.reference.chance import COURSE, chosen

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker


def eager(worker: "Worker", slope: float) -> float:
    """Factor by which engagement raises applying; 1 at an engagement of 0.4."""
    return max(0.0, 1 + slope * (worker.engagement * (1 / 255) - 0.4))


def start_per_year(worker: "Worker", world: "Twin") -> tuple[float, float, float]:
    """Hazards of a course of the enterprise, of an application, and of an apprenticeship."""
    law, rates = world.law, world.rates[worker.province]
    eagerness = eager(worker, law.course_engagement_slope)
    employer = rates.employer_course_per_year * worker.enterprise.effort * eagerness
    application = rates.subsidised_application_per_year * eagerness
    young = world.now - worker.birth < 12 * law.apprentice_age_years
    apprenticeship = rates.apprenticeship_per_year if worker.grade == 0 and young else 0.0
    return employer, application, apprenticeship


def start(worker: "Worker", world: "Twin", programme: int) -> None:
    """Enter a programme that ends after its months."""
    worker.training = programme
    worker.course_end = world.now + world.course_months[programme]


def finish(worker: "Worker", world: "Twin") -> None:
    """Gain skill, less with every course since the last grade."""
    gain = world.rates[worker.province].course_skill_gain
    for _ in range(min(worker.courses, 3)):
        gain *= world.law.course_diminishing
    if worker.training == APPRENTICESHIP:
        gain *= world.law.apprenticeship_gain_factor
    worker.skill = min(65535, worker.skill + int(gain * 65535))
    worker.courses = min(255, worker.courses + 1)
    worker.training = NO_COURSE


def train(worker: "Worker", world: "Twin", head: float) -> None:
    """Finish a course that ends this month; decide on starting or applying for the next."""
    if worker.training > WAITING and worker.course_end == world.now:
        finish(worker, world)
    if worker.training != NO_COURSE or worker.status != EMPLOYED:
        return
    hazards = start_per_year(worker, world)
    employer, application, apprenticeship = hazards
    if not world.draws.strikes(COURSE, worker.identity, head, employer + application + apprenticeship):
        return
    which, _, _ = world.draws.following(COURSE, worker.identity)
    programme = (EMPLOYER_COURSE, WAITING, APPRENTICESHIP)[chosen(which, hazards)]
    if programme == WAITING:
        worker.training = WAITING
    else:
        start(worker, world, programme)
