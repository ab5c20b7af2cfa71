"""The eight-grade ladder: who may sit, who does, who passes, and the two appointed grades."""

from typing import Final

import numpy as np

from sim.calendar import month_index
from sim.categories import GRADES, SENIOR_TECHNICIAN
from sim.chance import Word
from sim.compiled import inlined
from sim.constants import constant, constants
from sim.law import Law
from sim.life import flows
from sim.life.arithmetic import largest
from sim.life.draws import choices, strikes
from sim.life.flows import Counts
from sim.life.surroundings import EXAMINATION, Surroundings, World
from sim.life.training import eagerness, most_eagerness
from sim.rates import Rates
from sim.workforce.columns import EMPLOYED, SKILL_UNIT, Workers

APPOINTED_FROM: Final = month_index(2022)  # institutional_rules.csv: the new eight grades
TOP_GRADE: Final = len(GRADES) - 1
USUAL_MARGIN: Final = constant("usual_margin")
LEAST_CHANCE, MOST_CHANCE = constants("pass_bounds")


@inlined
def is_eligible(i: int, workers: Workers, world: World) -> bool:
    """Whether the worker has the minimum years in the grade and the skill that the next one asks for."""
    grade = workers.grade[i]
    if workers.status[i] != EMPLOYED or grade >= TOP_GRADE:
        return False
    waited = float(world.month.now - int(workers.graded[i])) >= world.law.grade_wait_years[grade] * 12.0
    return bool(waited and float(workers.skill[i]) * SKILL_UNIT >= world.law.grade_standard[grade])


@inlined
def examination_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of sitting the examination, or for the top grades of being considered, once eligible."""
    province = workers.province[i]
    if workers.grade[i] >= SENIOR_TECHNICIAN:
        if world.month.now < APPOINTED_FROM:
            return 0.0
        return float(world.rates[province].appointment_per_year)
    hazard = world.rates[province].examination_per_year
    hazard *= world.law.examination_grade_factor[workers.grade[i]]
    hazard *= eagerness(i, workers, world.law.examination_engagement_slope)
    if workers.courses[i] == 0:
        hazard *= world.law.examination_without_course_factor
    return float(hazard)


@inlined
def sit_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of sitting the examination or being considered; zero for those who are not eligible."""
    return examination_per_year(i, workers, world) if is_eligible(i, workers, world) else 0.0


@inlined
def most_examination_per_year(highest: Rates, law: Law, _around: Surroundings) -> float:
    """Largest hazard of sitting an examination."""
    sitting = highest.examination_per_year * most_eagerness(law.examination_engagement_slope)
    sitting *= max(1.0, law.examination_without_course_factor) * largest(law.examination_grade_factor)
    return float(max(sitting, highest.appointment_per_year))


@inlined
def pass_probability(i: int, workers: Workers, world: World) -> float:
    """Probability of passing, rising with the skill above the standard."""
    margin = float(workers.skill[i]) * SKILL_UNIT - world.law.grade_standard[workers.grade[i]]
    chance = world.rates[workers.province[i]].examination_pass
    chance += world.law.pass_skill_slope * (margin - USUAL_MARGIN)
    return float(min(MOST_CHANCE, max(LEAST_CHANCE, chance)))


@inlined
def promote(i: int, workers: Workers, world: World) -> None:
    """Reach the next grade; its courses are still to be taken."""
    workers.grade[i] += 1
    workers.graded[i] = world.month.now
    workers.courses[i] = 0


@inlined
def examine(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Decide on sitting the examination and on its result; the two top grades are appointed."""
    if not is_eligible(i, workers, world):
        return
    identity, grade = workers.identity[i], int(workers.grade[i])
    if not strikes(EXAMINATION, draw_head, identity, examination_per_year(i, workers, world), world):
        return
    if grade < SENIOR_TECHNICIAN:
        flows.count(counts.flows, flows.EXAMINATIONS_TAKEN, i, workers)
        _, luck, _ = choices(EXAMINATION, identity, world)
        if luck >= pass_probability(i, workers, world):
            return
        flows.count(counts.flows, flows.EXAMINATIONS_PASSED, i, workers)
    waited = np.int64(world.month.now - int(workers.graded[i])) * np.int64(workers.weight[i])
    place = (workers.province[i], workers.sector[i])
    counts.flows[flows.PROMOTION_WAIT + grade + 1, place[0], place[1]] += waited
    flows.count(counts.flows, flows.PROMOTED + grade + 1, i, workers)
    promote(i, workers, world)
