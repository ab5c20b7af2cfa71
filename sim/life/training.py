"""Training: employer courses, applying for subsidised places, apprenticeships, and what a course leaves."""

from typing import Final

from sim.chance import Word
from sim.compiled import inlined
from sim.constants import constant
from sim.law import Law
from sim.life import flows
from sim.life.arithmetic import largest
from sim.life.draws import choices, is_open, strikes
from sim.life.flows import Counts
from sim.life.surroundings import COURSE, Surroundings, World
from sim.rates import Rates
from sim.workforce.columns import (
    APPRENTICESHIP,
    ATTITUDE_UNIT,
    EMPLOYED,
    EMPLOYER_COURSE,
    NO_COURSE,
    WAITING,
    Workers,
)

COURSES_MOST: Final = int(constant("courses_most"))  # beyond which courses add nothing
USUAL_ENGAGEMENT: Final = constant("usual_engagement")  # where eagerness is 1


@inlined
def eagerness(i: int, workers: Workers, slope: float) -> float:
    """Factor by which engagement raises applying; 1 at the usual engagement."""
    return max(0.0, 1.0 + slope * (float(workers.engagement[i]) * ATTITUDE_UNIT - USUAL_ENGAGEMENT))


@inlined
def most_eagerness(slope: float) -> float:
    """Largest eagerness of any worker, at an engagement of 1."""
    return 1.0 + (1.0 - USUAL_ENGAGEMENT) * slope


@inlined
def employer_course_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of starting a course of the enterprise."""
    return float(
        world.rates[workers.province[i]].employer_course_per_year
        * world.around.enterprises[workers.enterprise[i]].effort
        * eagerness(i, workers, world.law.course_engagement_slope)
    )


@inlined
def application_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of applying for a subsidised place."""
    return float(
        world.rates[workers.province[i]].subsidised_application_per_year
        * eagerness(i, workers, world.law.course_engagement_slope)
    )


@inlined
def apprenticeship_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of starting a new-type apprenticeship, for the young without a grade."""
    young = world.month.now - int(workers.birth[i]) < world.law.apprentice_age_years * 12.0
    if workers.grade[i] == 0 and young:
        return float(world.rates[workers.province[i]].apprenticeship_per_year)
    return 0.0


@inlined
def course_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of starting or applying for any course; zero for those out of work."""
    if workers.status[i] != EMPLOYED:
        return 0.0
    employer = employer_course_per_year(i, workers, world)
    return employer + application_per_year(i, workers, world) + apprenticeship_per_year(i, workers, world)


@inlined
def most_course_per_year(highest: Rates, law: Law, around: Surroundings) -> float:
    """Largest hazard of starting or applying for any course."""
    employer = highest.employer_course_per_year * largest(around.enterprises["effort"])
    applying = highest.subsidised_application_per_year
    eager = most_eagerness(law.course_engagement_slope)
    return float((employer + applying) * eager + highest.apprenticeship_per_year)


@inlined
def start_course(i: int, workers: Workers, world: World, programme: int) -> None:
    """Enter a programme; it ends after its months."""
    workers.training[i] = programme
    workers.course_end[i] = world.month.now + int(world.law.course_months[programme])


@inlined
def finish_course(i: int, workers: Workers, world: World) -> None:
    """Gain skill with decreasing returns and open the next examination."""
    gain = world.rates[workers.province[i]].course_skill_gain
    for _ in range(min(int(workers.courses[i]), COURSES_MOST)):
        gain *= world.law.course_diminishing
    if workers.training[i] == APPRENTICESHIP:
        gain *= world.law.apprenticeship_gain_factor
    workers.skill[i] = min(65535, int(workers.skill[i]) + int(gain * 65535.0))
    workers.courses[i] = min(255, int(workers.courses[i]) + 1)
    workers.training[i] = NO_COURSE


@inlined
def train(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Finish a course that ends this month; decide on starting or applying for the next."""
    if workers.training[i] > WAITING and workers.course_end[i] == world.month.now:
        finish_course(i, workers, world)
    may_start = workers.training[i] == NO_COURSE and workers.status[i] == EMPLOYED
    if not (may_start and is_open(COURSE, draw_head, world)):
        return
    employer = employer_course_per_year(i, workers, world)
    applying = application_per_year(i, workers, world)
    apprentice = apprenticeship_per_year(i, workers, world)
    identity, total = workers.identity[i], employer + applying + apprentice
    if not strikes(COURSE, draw_head, identity, total, world):
        return
    kind, _, _ = choices(COURSE, identity, world)
    if kind * total < employer:
        flows.count(counts.flows, flows.EMPLOYER_COURSES, i, workers)
        start_course(i, workers, world, EMPLOYER_COURSE)
    elif kind * total < employer + applying:
        flows.count(counts.flows, flows.APPLICATIONS, i, workers)
        workers.training[i] = WAITING
    else:
        flows.count(counts.flows, flows.APPRENTICESHIPS, i, workers)
        start_course(i, workers, world, APPRENTICESHIP)
