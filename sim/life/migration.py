"""Migration: leaving the township, moving between provinces by gravity, returning, settling."""

from typing import Final

from sim.categories import HUKOU, PROVINCES
from sim.chance import Word
from sim.compiled import inlined
from sim.constants import constant
from sim.law import Law
from sim.life import flows
from sim.life.ageing import age_band, age_step
from sim.life.arithmetic import largest
from sim.life.draws import choices, strikes
from sim.life.flows import Counts
from sim.life.surroundings import JOB, MOVE, SETTLE, Surroundings, World
from sim.life.work import be_hired
from sim.rates import Rates
from sim.workforce.columns import LOCAL, OUTGOING, SKILL_UNIT, Workers

RURAL: Final = HUKOU.index("rural")
URBAN: Final = HUKOU.index("urban")
USUAL_SKILL: Final = constant("usual_skill")  # neither helps nor hinders settling


@inlined
def move_age_factor(i: int, workers: Workers, world: World) -> float:
    """Factor of age on leaving township or province."""
    return float(world.law.move_age_factor[age_step(world.month.now - int(workers.birth[i]))])


@inlined
def move_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of moving to another province, by gravity, for the first time or again."""
    province = workers.province[i]
    hazard = world.rates[province].move_out_per_year * world.around.places[province].push
    hazard *= move_age_factor(i, workers, world)
    hazard *= world.law.move_education_factor[workers.education[i]]
    if province != workers.home[i]:
        hazard *= world.law.move_again_factor
    if workers.settled[i]:
        hazard *= world.law.return_settled_factor
    return float(hazard)


@inlined
def return_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of returning: to the home province, or to the township for those who left it."""
    away_from_province = workers.province[i] != workers.home[i]
    if not away_from_province and (workers.away[i] == LOCAL or workers.hukou[i] == URBAN):
        return 0.0
    hazard = world.rates[workers.province[i]].return_home_per_year
    hazard *= world.law.return_age_factor[age_band(world.month.now - int(workers.birth[i]))]
    if workers.settled[i]:
        hazard *= world.law.return_settled_factor
    return float(hazard)


@inlined
def leave_township_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of leaving the township for work in the same province, for rural hukou at home."""
    if workers.hukou[i] != RURAL or workers.away[i] != LOCAL:
        return 0.0
    leaving = world.rates[workers.province[i]].leave_township_per_year
    return float(leaving * move_age_factor(i, workers, world))


@inlined
def any_move_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of any move."""
    moving = move_per_year(i, workers, world) + return_per_year(i, workers, world)
    return moving + leave_township_per_year(i, workers, world)


@inlined
def most_move_per_year(highest: Rates, law: Law, around: Surroundings) -> float:
    """Largest hazard of any move."""
    age = largest(law.move_age_factor)
    moving = (
        highest.move_out_per_year * largest(around.places["push"]) * age * largest(law.move_education_factor)
    )
    moving *= max(1.0, law.move_again_factor) * max(1.0, law.return_settled_factor)
    returning = highest.return_home_per_year * largest(law.return_age_factor)
    returning *= max(1.0, law.return_settled_factor)
    return float(moving + returning + highest.leave_township_per_year * age)


@inlined
def draw_destination(i: int, workers: Workers, world: World, u: float) -> int:
    """Another province with chances by gravity, seen from home and from the present place."""
    home, origin = workers.home[i], workers.province[i]
    destination = 0
    while destination < PROVINCES - 1 and u >= world.around.destinations[home, origin, destination]:
        destination += 1
    return destination


@inlined
def arrive(i: int, workers: Workers, world: World, province: int) -> None:
    """Live in another province from this month; urban rights stay behind."""
    workers.province[i] = province
    workers.arrival[i] = world.month.now
    workers.settled[i] = 0
    at_home = province == workers.home[i]
    workers.away[i] = LOCAL if at_home else OUTGOING


@inlined
def settle_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of gaining urban rights, rising with years of residence and skill."""
    if workers.settled[i] or (workers.hukou[i] == URBAN and workers.province[i] == workers.home[i]):
        return 0.0
    province = workers.province[i]
    hazard = world.rates[province].settle_per_year * world.rates[province].openness
    if province == workers.home[i]:
        hazard *= world.law.settle_local_factor
    years = float(world.month.now - int(workers.arrival[i])) / 12.0
    hazard *= 2.0 * years / (years + world.law.settle_years_half)
    skill = float(workers.skill[i]) * SKILL_UNIT
    hazard *= max(0.0, 1.0 + world.law.settle_skill_slope * (skill - USUAL_SKILL))
    return float(hazard)


@inlined
def most_settle_per_year(highest: Rates, law: Law, _around: Surroundings) -> float:
    """Largest hazard of settling."""
    place = highest.settle_per_year * highest.openness * max(1.0, law.settle_local_factor)
    return float(place * 2.0 * (1.0 + (1.0 - USUAL_SKILL) * law.settle_skill_slope))


@inlined
def settle(i: int, workers: Workers) -> None:
    """Gain urban hukou and urban rights where the worker lives."""
    workers.settled[i] = 1
    workers.hukou[i] = URBAN


@inlined
def migrate(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Decide on moving to another province, returning, or leaving the township."""
    moving = move_per_year(i, workers, world)
    returning = return_per_year(i, workers, world)
    leaving = leave_township_per_year(i, workers, world)
    identity, total = workers.identity[i], moving + returning + leaving
    if not strikes(MOVE, draw_head, identity, total, world):
        return
    kind, place, _ = choices(MOVE, identity, world)
    if kind * total < moving:
        flows.count(counts.flows, flows.MOVED_OUT, i, workers)
        arrive(i, workers, world, draw_destination(i, workers, world, place))
        flows.count(counts.flows, flows.MOVED_IN, i, workers)
        be_hired(i, workers, world, JOB)
    elif kind * total < moving + returning:
        flows.count(counts.flows, flows.RETURNED, i, workers)
        if workers.province[i] != workers.home[i]:
            arrive(i, workers, world, int(workers.home[i]))
            be_hired(i, workers, world, JOB)
        workers.away[i] = LOCAL
    else:
        flows.count(counts.flows, flows.LEFT_TOWNSHIP, i, workers)
        workers.away[i] = OUTGOING
        workers.arrival[i] = world.month.now


@inlined
def settle_down(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Decide on gaining urban rights."""
    if strikes(SETTLE, draw_head, workers.identity[i], settle_per_year(i, workers, world), world):
        flows.count(counts.flows, flows.SETTLED, i, workers)
        settle(i, workers)
