"""Work: leaving the industry, losing, finding and changing jobs."""

from typing import Final

import numpy as np

from sim.alias import draw_enterprise
from sim.categories import SECTORS
from sim.chance import Word
from sim.compiled import inlined
from sim.law import Law
from sim.life import flows
from sim.life.ageing import age_band
from sim.life.arithmetic import largest
from sim.life.draws import choices, strikes, strikes_within, time_left
from sim.life.flows import Counts
from sim.life.surroundings import AGAIN, JOB, LEAVE, Surroundings, World
from sim.rates import Rates
from sim.workforce.columns import (
    APPRENTICESHIP,
    ATTITUDE_UNIT,
    EMPLOYED,
    EMPLOYER_COURSE,
    NO_COURSE,
    UNEMPLOYED,
    Workers,
)

SECTOR_COUNT: Final = len(SECTORS)
MOST_NEWNESS: Final = 2.0  # of a job on its first day


@inlined
def dissatisfaction(i: int, workers: Workers) -> float:
    """How far satisfaction lies below one half, from -0.5 to 0.5."""
    return 0.5 - float(workers.satisfaction[i]) * ATTITUDE_UNIT


@inlined
def leave_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of leaving the industry for services or home."""
    hazard = world.rates[workers.province[i]].leave_industry_per_year
    hazard *= world.law.leave_age_factor[age_band(world.month.now - int(workers.birth[i]))]
    hazard *= world.law.leave_grade_factor[workers.grade[i]]
    hazard *= max(0.0, 1.0 + world.law.leave_dissatisfaction_slope * dissatisfaction(i, workers))
    if workers.status[i] == UNEMPLOYED:
        hazard *= world.law.leave_unemployed_factor
    if workers.tier[i] > 0 or workers.candidate[i] > 0:
        hazard *= world.law.leave_recognised_factor
    return float(hazard)


@inlined
def most_leave_per_year(highest: Rates, law: Law, _around: Surroundings) -> float:
    """Largest hazard of leaving the industry of any worker."""
    return float(
        highest.leave_industry_per_year
        * largest(law.leave_age_factor)
        * largest(law.leave_grade_factor)
        * (1.0 + 0.5 * law.leave_dissatisfaction_slope)
        * max(1.0, law.leave_unemployed_factor)
        * max(1.0, law.leave_recognised_factor)
    )


@inlined
def newness(years_in_job: float, law: Law) -> float:
    """Factor on quitting: 2 in a new job, 1 after ``quit_years_half``, then on towards 0."""
    return MOST_NEWNESS * law.quit_years_half / (years_in_job + law.quit_years_half)


@inlined
def quit_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of quitting the enterprise."""
    firm = workers.enterprise[i]
    hazard = world.rates[workers.province[i]].quit_per_year
    hazard *= world.law.quit_age_factor[age_band(world.month.now - int(workers.birth[i]))]
    hazard *= newness(float(world.month.now - int(workers.hired[i])) / 12.0, world.law)
    hazard *= max(0.0, 1.0 + world.law.quit_dissatisfaction_slope * dissatisfaction(i, workers))
    if world.around.democratic[firm]:
        hazard *= world.law.quit_democratic_factor
    if world.around.pay_by_skill[firm] and workers.grade[i] > 0:
        hazard *= world.law.quit_pay_by_skill_factor
    if workers.settled[i]:
        hazard *= world.law.quit_settled_factor
    elif workers.away[i]:
        hazard *= world.law.quit_migrant_factor
    return float(hazard)


@inlined
def lose_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of losing the job, higher where labour demand is short of supply."""
    province = workers.province[i]
    return float(
        world.rates[province].lose_job_per_year
        * world.around.markets[province, workers.sector[i]].lose_factor
    )


@inlined
def find_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of finding a job while out of work."""
    province = workers.province[i]
    return float(
        world.rates[province].find_job_per_year
        * world.around.markets[province, workers.sector[i]].find_factor
    )


@inlined
def end_job_per_year(i: int, workers: Workers, world: World) -> float:
    """Hazard of losing or quitting the job; zero for those without."""
    if workers.status[i] != EMPLOYED:
        return 0.0
    return quit_per_year(i, workers, world) + lose_per_year(i, workers, world)


@inlined
def most_job_per_year(highest: Rates, law: Law, around: Surroundings) -> float:
    """Largest hazard of any change of job of an employed worker."""
    quitting = (
        highest.quit_per_year
        * largest(law.quit_age_factor)
        * MOST_NEWNESS
        * (1.0 + 0.5 * law.quit_dissatisfaction_slope)
        * max(1.0, law.quit_democratic_factor)
        * max(1.0, law.quit_pay_by_skill_factor)
        * max(1.0, law.quit_settled_factor, law.quit_migrant_factor)
    )
    return float(quitting + highest.lose_job_per_year * largest(around.markets["lose_factor"]))


@inlined
def draw_sector(province: int, u: float, world: World) -> int:
    """A sector of the province with chances by labour demand."""
    sector = 0
    while sector < SECTOR_COUNT - 1 and u >= world.around.places[province].sector_chances[sector]:
        sector += 1
    return sector


@inlined
def take_job(i: int, workers: Workers, world: World, enterprise: int, sector: int) -> None:
    """Start work in an enterprise this month."""
    workers.enterprise[i] = enterprise
    workers.sector[i] = sector
    workers.status[i] = EMPLOYED
    workers.hired[i] = world.month.now


@inlined
def lose_job(i: int, workers: Workers, world: World) -> None:
    """Be out of work from this month; courses end without effect and applications lapse."""
    workers.enterprise[i] = -1
    workers.status[i] = UNEMPLOYED
    workers.hired[i] = world.month.now
    workers.training[i] = 0


@inlined
def leave(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Decide on leaving the industry."""
    if strikes(LEAVE, draw_head, workers.identity[i], leave_per_year(i, workers, world), world):
        flows.depart(i, flows.LEFT, workers, counts.flows)


@inlined
def seek_or_change_job(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Decide on the job: those at work on losing or quitting it, the others on finding one."""
    if workers.status[i] == EMPLOYED:
        change_job(i, workers, world, draw_head, counts)
    else:
        find_job(i, workers, world, draw_head, counts)


@inlined
def find_job(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Decide on finding a job, for a worker out of work."""
    identity, finding = workers.identity[i], find_per_year(i, workers, world)
    if strikes(JOB, draw_head, identity, finding, world):
        end_search(i, workers, world, JOB, counts)
        decide_again(i, workers, world, time_left(JOB, draw_head, identity, finding, world), counts)


@inlined
def change_job(i: int, workers: Workers, world: World, draw_head: Word, counts: Counts) -> None:
    """Decide on losing or quitting the job, with or without the next one at hand."""
    identity = workers.identity[i]
    quitting, losing = quit_per_year(i, workers, world), lose_per_year(i, workers, world)
    if strikes(JOB, draw_head, identity, quitting + losing, world):
        left = time_left(JOB, draw_head, identity, quitting + losing, world)
        lose_or_quit(i, workers, world, JOB, (quitting, losing), counts)
        decide_again(i, workers, world, left, counts)


@inlined
def decide_again(i: int, workers: Workers, world: World, left: float, counts: Counts) -> None:
    """Decide on one more change in the share of the step that is left, as one is after the first."""
    identity = workers.identity[i]
    if workers.status[i] == UNEMPLOYED:
        if strikes_within(left, AGAIN, identity, find_per_year(i, workers, world), world):
            end_search(i, workers, world, AGAIN, counts)
        return
    quitting, losing = quit_per_year(i, workers, world), lose_per_year(i, workers, world)
    if strikes_within(left, AGAIN, identity, quitting + losing, world):
        lose_or_quit(i, workers, world, AGAIN, (quitting, losing), counts)


@inlined
def end_search(i: int, workers: Workers, world: World, decision: int, counts: Counts) -> None:
    """Find a job; which, the draws of the decision say."""
    flows.count(counts.flows, flows.FOUND_JOBS, i, workers)
    be_hired(i, workers, world, decision)


@inlined
def lose_or_quit(
    i: int, workers: Workers, world: World, decision: int, per_year: tuple[float, float], counts: Counts
) -> None:
    """Quit or lose the job, by chances in proportion to these two hazards; the next one may be at hand."""
    quitting, losing = per_year
    kind, _, _ = choices(decision, workers.identity[i], world)
    if kind * (quitting + losing) >= quitting:
        flows.count(counts.flows, flows.LOST_JOBS, i, workers)
        lose_job(i, workers, world)
        return
    flows.count(counts.flows, flows.QUITS, i, workers)
    if kind * (quitting + losing) < quitting * world.law.quit_to_unemployment_share:
        lose_job(i, workers, world)
        return
    flows.count(counts.flows, flows.JOB_CHANGES, i, workers)
    if workers.courses[i] > 0:
        counts.enterprises[workers.enterprise[i], flows.POACHED] += np.int64(workers.weight[i])
    be_hired(i, workers, world, decision)


@inlined
def be_hired(i: int, workers: Workers, world: World, decision: int) -> None:
    """Start work in an enterprise of the province, mostly in the same sector; the old one's courses end."""
    _, place, side = choices(decision, workers.identity[i], world)
    province, sector = int(workers.province[i]), int(workers.sector[i])
    if side < world.law.change_sector_share:
        sector = draw_sector(province, side / world.law.change_sector_share, world)
    around = world.around
    enterprise = draw_enterprise(province, sector, place, around.enterprises, around.cell_start)
    take_job(i, workers, world, enterprise, sector)
    if workers.training[i] == EMPLOYER_COURSE or workers.training[i] == APPRENTICESHIP:
        workers.training[i] = NO_COURSE
