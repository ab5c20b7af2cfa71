"""The heaviest decisions in vectorised numpy, over all workers: a peer of the engine.

It covers job (quitting and losing), course, examination, and the review of skill and attitudes, with the
hazards and the random numbers of the engine. It says who is struck, and what the reviewed become. It covers
nothing else: no retirement, leaving, moves or settlement, no consequences, no institutions. So it does less
than a month of the engine, and its speed flatters it.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import month_index
from sim.categories import GRADES, SENIOR_TECHNICIAN
from sim.life.surroundings import COURSE, EXAMINATION, JOB, REVIEW, World
from sim.workforce.columns import ATTITUDE_UNIT, EMPLOYED, NO_COURSE, SKILL_UNIT, VACANT, Workers

SLICE = 65_536  # workers at a time: what is computed between stays in the cache
COURSES_MOST, USUAL_ENGAGEMENT = 3, 0.4
HEADS = 256  # values of a head
APPOINTED_FROM = month_index(2022)
Floats = NDArray[np.float64]
Words = NDArray[np.uint64]


class Decided(NamedTuple):
    """Who is struck, and what the reviewed become, in one slice of workers."""

    job: NDArray[np.intp]
    course: NDArray[np.intp]
    examination: NDArray[np.intp]
    reviewed: NDArray[np.intp]
    skill: NDArray[np.uint16]
    satisfaction: NDArray[np.uint8]
    engagement: NDArray[np.uint8]


def some(workers: Workers, chosen: Any) -> Workers:
    """The columns of some workers, chosen by a slice or by their indices."""
    columns: list[Any] = [column[chosen] for column in workers]
    return Workers(*columns)


def mix(x: Words) -> Words:
    """Scramble 64 bits, as :func:`sim.chance.mix` does."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def bits(key: np.uint64, identity: Words) -> Words:
    """64 random bits of each worker, as :func:`sim.chance.bits` gives them."""
    return mix(mix(identity ^ key) + key)


def head(draw: Words, decision: int) -> Floats:
    """The decision's head in each screening draw, as a number in [0, 1)."""
    return ((draw >> np.uint64(8 * decision)) & np.uint64(0xFF)) / HEADS


def struck(decision: int, u: Floats, identity: Words, per_year: Floats, world: World) -> NDArray[np.intp]:
    """Indices of the workers to whom an event of this yearly hazard happens this month."""
    expected = per_year * world.month.step_years
    close = np.flatnonzero(u < expected)
    low = (bits(world.month.draw_keys[decision], identity[close]) >> np.uint64(11)) * 2.0**-53
    return close[u[close] + low / HEADS < -np.expm1(-expected[close])]


def job_per_year(w: Workers, world: World) -> Floats:
    """Hazard of quitting or losing the job; 0 for those without one."""
    law, province = world.law, w.province
    around, firm = world.around, w.enterprise
    band = np.clip((world.month.now - w.birth.astype(np.int64) - 180) // 120, 0, 4)
    quitting = world.rates["quit_per_year"][province] * np.asarray(law.quit_age_factor)[band]
    years_in_job = (world.month.now - w.hired.astype(np.int64)) / 12.0
    quitting *= 2.0 * law.quit_years_half / (years_in_job + law.quit_years_half)
    dissatisfaction = 0.5 - w.satisfaction * ATTITUDE_UNIT
    quitting *= np.maximum(0.0, 1.0 + law.quit_dissatisfaction_slope * dissatisfaction)
    quitting *= np.where(around.democratic[firm] != 0, law.quit_democratic_factor, 1.0)
    paid = (around.pay_by_skill[firm] != 0) & (w.grade > 0)
    quitting *= np.where(paid, law.quit_pay_by_skill_factor, 1.0)
    migrant = np.where(w.away != 0, law.quit_migrant_factor, 1.0)
    quitting *= np.where(w.settled != 0, law.quit_settled_factor, migrant)
    losing = world.rates["lose_job_per_year"][province]
    losing = losing * world.around.markets["lose_factor"][province, w.sector]
    return np.where(w.status == EMPLOYED, quitting + losing, 0.0)


def eagerness(w: Workers, slope: float) -> Floats:
    """Factor by which engagement raises applying."""
    factor: Floats = np.maximum(0.0, 1.0 + slope * (w.engagement * ATTITUDE_UNIT - USUAL_ENGAGEMENT))
    return factor


def course_per_year(w: Workers, world: World) -> Floats:
    """Hazard of starting or applying for any course; 0 for those who may not."""
    law, rates, province = world.law, world.rates, w.province
    eager = eagerness(w, law.course_engagement_slope)
    employer = rates["employer_course_per_year"][province] * world.around.enterprises["effort"][w.enterprise]
    applying = rates["subsidised_application_per_year"][province]
    age_months = world.month.now - w.birth.astype(np.int64)
    young = (w.grade == 0) & (age_months < law.apprentice_age_years * 12.0)
    apprentice = np.where(young, rates["apprenticeship_per_year"][province], 0.0)
    may_start = (w.training == NO_COURSE) & (w.status == EMPLOYED)
    return np.where(may_start, (employer + applying) * eager + apprentice, 0.0)


def examination_per_year(w: Workers, world: World) -> Floats:
    """Hazard of sitting the examination or being appointed; 0 for those who are not eligible."""
    law, rates, province = world.law, world.rates, w.province
    below = np.minimum(w.grade, len(GRADES) - 2)
    waited = world.month.now - w.graded.astype(np.int64) >= np.asarray(law.grade_wait_years)[below] * 12.0
    able = w.skill * SKILL_UNIT >= np.asarray(law.grade_standard)[below]
    sitting = rates["examination_per_year"][province]
    sitting = sitting * np.asarray(law.examination_grade_factor)[np.minimum(below, SENIOR_TECHNICIAN - 1)]
    sitting *= eagerness(w, law.examination_engagement_slope)
    sitting *= np.where(w.courses == 0, law.examination_without_course_factor, 1.0)
    begun = float(world.month.now >= APPOINTED_FROM)
    appointed = rates["appointment_per_year"][province] * begun
    hazard = np.where(w.grade >= SENIOR_TECHNICIAN, appointed, sitting)
    eligible = (w.status == EMPLOYED) & (w.grade < len(GRADES) - 1) & waited & able
    return np.where(eligible, hazard, 0.0)


def reviewed_skill(w: Workers, world: World, u: Floats) -> NDArray[np.uint16]:
    """Skill after one review period of learning or fading."""
    law, years = world.law, world.month.review_months / 12.0
    skill = w.skill * SKILL_UNIT
    ceiling = np.asarray(law.skill_ceiling)[w.grade]
    ceiling = ceiling + law.skill_ceiling_per_course * np.minimum(w.courses, COURSES_MOST)
    learnt = np.maximum(0.0, ceiling - skill) * world.rates["learning_per_year"][w.province] * years
    change = np.where(w.status == EMPLOYED, learnt, -skill * law.fade_per_year * years)
    return np.clip((skill + change) * 65535.0 + u, 0.0, 65535.0).astype(np.uint16)


def wage_yuan_month(w: Workers, world: World) -> Floats:
    """Monthly wage in yuan of the year."""
    law, employed = world.law, w.status == EMPLOYED
    by_skill = np.where(employed, world.around.pay_by_skill[w.enterprise], 0)
    years = np.minimum((world.month.now - w.entered.astype(np.int64)) / 12.0, law.experience_years_most)
    wage = world.around.markets["wage"][w.province, w.sector, by_skill, w.grade, w.education]
    wage *= 1.0 + law.experience_wage_per_year * years
    wage *= np.where(w.settled != 0, law.settled_wage, 1.0)
    return np.asarray(wage)


def satisfaction_target(w: Workers, world: World) -> Floats:
    """What satisfaction relaxes to."""
    law, rates, province = world.law, world.rates, w.province
    employed, around, firm = w.status == EMPLOYED, world.around, w.enterprise
    relative = wage_yuan_month(w, world) / world.around.markets["wage_mean"][province, w.sector]
    courses = np.minimum(w.courses, COURSES_MOST) / float(COURSES_MOST)
    heard = np.where(employed & (around.democratic[firm] != 0), law.participation_democratic, 0.0)
    migrant = (w.away != 0) & (w.settled == 0)
    respect = rates["respect"][province] + law.respect_per_grade * w.grade + law.respect_per_tier * w.tier
    parts = (
        np.clip(0.5 + law.satisfaction_wage_slope * (relative - 1.0), 0.0, 1.0),
        np.where(w.training != NO_COURSE, 1.0, courses),
        np.clip(rates["participation"][province] + heard, 0.0, 1.0),
        np.clip(respect, 0.0, 1.0),
        np.clip(rates["rights"][province] * np.where(migrant, law.migrant_rights_factor, 1.0), 0.0, 1.0),
        np.where(employed, around.climate[firm], law.climate_out_of_work),
    )
    target = np.zeros(w.status.size)
    for weight, part in zip(law.satisfaction_weight, parts, strict=True):
        target += weight * part
    return target


def engagement_target(w: Workers, satisfaction: NDArray[np.uint8], world: World) -> Floats:
    """What engagement relaxes to, looking at the new satisfaction."""
    law, around = world.law, world.around
    heard = (w.status == EMPLOYED) & (around.democratic[w.enterprise] != 0)
    target = world.rates["engagement_level"][w.province] + np.where(heard, law.engagement_democratic, 0.0)
    target += law.engagement_satisfaction * (satisfaction * ATTITUDE_UNIT - 0.5)
    return np.asarray(np.clip(target, 0.0, 1.0))


def relaxed(state: NDArray[np.uint8], target: Floats, share: float, u: Floats) -> NDArray[np.uint8]:
    """The attitude after moving the share of the way to its target, rounded without bias."""
    return np.clip(state + share * (target * 255.0 - state) + u, 0.0, 255.0).astype(np.uint8)


def decide(w: Workers, world: World) -> Decided:
    """Decide for the workers of one slice."""
    month, identity = world.month, w.identity
    draw = bits(month.screen_keys[0], identity)
    due = (w.birth.astype(np.int64) + month.now) % month.review_months == 0
    reviewed = np.flatnonzero(due & (w.status != VACANT))
    r, u = some(w, reviewed), head(draw, REVIEW)[reviewed] + 0.5 / HEADS
    share = min(1.0, world.law.attitude_speed_per_year * month.review_months / 12.0)
    satisfaction = relaxed(r.satisfaction, satisfaction_target(r, world), share, u)
    return Decided(
        job=struck(JOB, head(draw, JOB), identity, job_per_year(w, world), world),
        course=struck(COURSE, head(draw, COURSE), identity, course_per_year(w, world), world),
        examination=struck(
            EXAMINATION, head(draw, EXAMINATION), identity, examination_per_year(w, world), world
        ),
        reviewed=reviewed,
        skill=reviewed_skill(r, world, u),
        satisfaction=satisfaction,
        engagement=relaxed(r.engagement, engagement_target(r, satisfaction, world), share, u),
    )


def decide_all(workers: Workers, world: World) -> int:
    """Decide for all workers, slice by slice; returns how many events there are."""
    events = 0
    for first in range(0, workers.status.size, SLICE):
        decided = decide(some(workers, slice(first, first + SLICE)), world)
        events += decided.job.size + decided.course.size + decided.examination.size
    return events
