"""The wage of a worker: level of province and sector x grade x education x experience x settlement."""

from sim.compiled import inlined
from sim.life.surroundings import World
from sim.workforce.columns import EMPLOYED, Workers


@inlined
def wage_yuan_month(i: int, workers: Workers, world: World) -> float:
    """Monthly wage in yuan of the year; what a worker out of work would be offered."""
    province = workers.province[i]
    pays_by_skill = 0
    if workers.status[i] == EMPLOYED:
        pays_by_skill = int(world.around.enterprises[workers.enterprise[i]].pay_by_skill)
    years = min(float(world.month.now - int(workers.entered[i])) / 12.0, world.law.experience_years_most)
    wage = world.around.markets[province, workers.sector[i]].wage_level
    wage *= world.around.places[province].grade_wage[pays_by_skill, workers.grade[i]]
    wage *= world.law.education_wage[workers.education[i]]
    wage *= 1.0 + world.law.experience_wage_per_year * years
    if workers.settled[i]:
        wage *= world.law.settled_wage
    return float(wage)
