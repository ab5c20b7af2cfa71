"""Work: leaving the industry, finding, losing and changing jobs."""

from typing import TYPE_CHECKING

from sim.workforce.columns import APPRENTICESHIP, EMPLOYED, EMPLOYER_COURSE, NO_COURSE, UNEMPLOYED
from tests.reference.ageing import age_band
from tests.reference.chance import JOB, LEAVE, SECOND, place_in

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker


def dissatisfaction(worker: "Worker") -> float:
    """How far satisfaction lies below one half."""
    return 0.5 - worker.satisfaction * (1 / 255)


def leave_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of leaving the industry."""
    law = world.law
    hazard = world.rates[worker.province].leave_industry_per_year
    hazard *= law.leave_age_factor[age_band(world.now - worker.birth)]
    hazard *= law.leave_grade_factor[worker.grade]
    hazard *= max(0.0, 1 + law.leave_dissatisfaction_slope * dissatisfaction(worker))
    if worker.status == UNEMPLOYED:
        hazard *= law.leave_unemployed_factor
    if worker.tier > 0 or worker.candidate > 0:
        hazard *= law.leave_recognised_factor
    return hazard


def quit_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of quitting the enterprise."""
    law = world.law
    hazard = world.rates[worker.province].quit_per_year
    hazard *= law.quit_age_factor[age_band(world.now - worker.birth)]
    years_in_job = (world.now - worker.hired) / 12
    hazard *= 2 * law.quit_years_half / (years_in_job + law.quit_years_half)
    hazard *= max(0.0, 1 + law.quit_dissatisfaction_slope * dissatisfaction(worker))
    if worker.enterprise.democratic:
        hazard *= law.quit_democratic_factor
    if worker.enterprise.pay_by_skill and worker.grade > 0:
        hazard *= law.quit_pay_by_skill_factor
    if worker.settled:
        hazard *= law.quit_settled_factor
    elif worker.away:
        hazard *= law.quit_migrant_factor
    return hazard


def lose_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of losing the job, higher where demand for labour is short of supply."""
    market = world.markets[worker.province][worker.sector]
    return world.rates[worker.province].lose_job_per_year * market.lose_factor


def find_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of finding a job."""
    market = world.markets[worker.province][worker.sector]
    return world.rates[worker.province].find_job_per_year * market.find_factor


def leaves(worker: "Worker", world: "Twin", head: float) -> bool:
    """Whether the worker leaves the industry this month."""
    return world.draws.strikes(LEAVE, worker.identity, head, leave_per_year(worker, world))


def find_job(worker: "Worker", world: "Twin", head: float) -> None:
    """Decide on finding a job, for a worker between jobs."""
    finds = find_per_year(worker, world)
    if world.draws.strikes(JOB, worker.identity, head, finds):
        be_hired(worker, world, JOB)
        have_second_chance(worker, world, world.draws.time_left(JOB, worker.identity, head, finds))


def change_job(worker: "Worker", world: "Twin", head: float) -> None:
    """Decide on losing the job or quitting it, with or without the next one at hand."""
    quits, loses = quit_per_year(worker, world), lose_per_year(worker, world)
    if not world.draws.strikes(JOB, worker.identity, head, quits + loses):
        return
    end_job(worker, world, JOB)
    have_second_chance(worker, world, world.draws.time_left(JOB, worker.identity, head, quits + loses))


def have_second_chance(worker: "Worker", world: "Twin", left: float) -> None:
    """Decide on a second change of job in the share of the month that the first one left."""
    if worker.status == EMPLOYED:
        ends = quit_per_year(worker, world) + lose_per_year(worker, world)
        if world.draws.strikes_later(SECOND, worker.identity, left, ends):
            end_job(worker, world, SECOND)
    elif world.draws.strikes_later(SECOND, worker.identity, left, find_per_year(worker, world)):
        be_hired(worker, world, SECOND)


def end_job(worker: "Worker", world: "Twin", decision: int) -> None:
    """Lose the job or quit it, with or without the next one at hand."""
    quits, loses = quit_per_year(worker, world), lose_per_year(worker, world)
    which, _, _ = world.draws.following(decision, worker.identity)
    reached = which * (quits + loses)
    if reached >= quits or reached < quits * world.law.quit_to_unemployment_share:
        be_out_of_work(worker, world)
        return
    if worker.courses > 0:  # somebody else reaps what the enterprise has sown
        worker.enterprise.poached += worker.weight
    be_hired(worker, world, decision)


def be_out_of_work(worker: "Worker", world: "Twin") -> None:
    """Be between jobs from this month; a course ends without effect, an application lapses."""
    worker.enterprise, worker.status = None, UNEMPLOYED
    worker.hired = world.now
    worker.training = NO_COURSE


def be_hired(worker: "Worker", world: "Twin", decision: int) -> None:
    """Start work in an enterprise of the province, mostly in the same sector."""
    _, where, else_ = world.draws.following(decision, worker.identity)
    share = world.law.change_sector_share
    if else_ < share:
        worker.sector = place_in(world.places[worker.province].sector_chances, else_ / share)
    worker.enterprise = world.firms.drawn(worker.province, worker.sector, where)
    worker.status, worker.hired = EMPLOYED, world.now
    if worker.training in (EMPLOYER_COURSE, APPRENTICESHIP):  # they belong to the old enterprise
        worker.training = NO_COURSE
