"""The wage of a worker: level of province and sector x grade x education x experience x settlement."""

from sim.compiled import inlined, place_of
from sim.life.arithmetic import either
from sim.life.surroundings import World
from sim.workforce.columns import EMPLOYED, Workers


@inlined
def wage_yuan_month(i: int, workers: Workers, world: World) -> float:
    """Monthly wage in yuan of the year; what a worker out of work would be offered."""
    enterprise = place_of(max(0, int(workers.enterprise[i])))
    pays_by_skill = int(world.around.pay_by_skill[enterprise]) * int(workers.status[i] == EMPLOYED)
    months = float(world.month.now - int(workers.entered[i]))
    years = min(months / 12.0, world.law.experience_years_most)
    market = world.around.markets[workers.province[i], workers.sector[i]]
    wage = market.wage[place_of(pays_by_skill), workers.grade[i], workers.education[i]]
    wage *= 1.0 + world.law.experience_wage_per_year * years
    return float(wage * either(workers.settled[i] != 0, world.law.settled_wage, 1.0))
