"""Skill: learning by doing up to a ceiling, fading without work."""

from sim.chance import Word
from sim.compiled import inlined
from sim.life.arithmetic import either
from sim.life.draws import rounding
from sim.life.flows import Counts
from sim.life.surroundings import World
from sim.life.training import COURSES_MOST
from sim.workforce.columns import EMPLOYED, SKILL_UNIT, Workers


@inlined
def review_skill(i: int, workers: Workers, world: World, u: float) -> None:
    """Move skill by the learning or fading of one review period; ``u`` rounds without bias."""
    years = float(world.month.review_months) / 12.0
    skill = float(workers.skill[i]) * SKILL_UNIT
    courses = min(int(workers.courses[i]), COURSES_MOST)
    ceiling = world.law.skill_ceiling[workers.grade[i]] + world.law.skill_ceiling_per_course * courses
    learnt = max(0.0, ceiling - skill) * world.rates[workers.province[i]].learning_per_year * years
    faded = -skill * world.law.fade_per_year * years
    change = either(workers.status[i] == EMPLOYED, learnt, faded)
    workers.skill[i] = min(65535, max(0, int((skill + change) * 65535.0 + u)))


@inlined
def learn_or_fade(i: int, workers: Workers, world: World, draw_head: Word, _counts: Counts) -> None:
    """Review the skill of a worker who is due."""
    review_skill(i, workers, world, rounding(draw_head))
