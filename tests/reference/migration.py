"""Migration: moving between provinces, returning, leaving the township, settling."""

from typing import TYPE_CHECKING, Final

from sim.categories import HUKOU
from sim.workforce.columns import LOCAL, OUTGOING
from tests.reference.ageing import age_band
from tests.reference.chance import JOB, MOVE, SETTLE, chosen, place_in
from tests.reference.work import be_hired

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker

RURAL, URBAN = HUKOU.index("rural"), HUKOU.index("urban")
MOVING, RETURNING, LEAVING_TOWNSHIP = range(3)
USUAL_SKILL: Final = 0.4  # at which skill neither helps nor hinders settling


def move_age_factor(worker: "Worker", world: "Twin") -> float:
    """Factor of age on leaving home, by steps of five years."""
    step = (world.now - worker.birth - 15 * 12) // (5 * 12)
    return float(world.law.move_age_factor[min(max(step, 0), 7)])


def move_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of moving to another province."""
    law, origin = world.law, worker.province
    hazard = world.rates[origin].move_out_per_year * world.places[origin].push
    hazard *= move_age_factor(worker, world)
    hazard *= law.move_education_factor[worker.education]
    if origin != worker.home:
        hazard *= law.move_again_factor
    if worker.settled:
        hazard *= law.return_settled_factor
    return hazard


def return_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of going home, to the province or, inside it, to the township."""
    left_township = worker.away == OUTGOING and worker.hukou == RURAL
    if worker.province == worker.home and not left_township:
        return 0.0
    hazard = world.rates[worker.province].return_home_per_year
    hazard *= world.law.return_age_factor[age_band(world.now - worker.birth)]
    if worker.settled:
        hazard *= world.law.return_settled_factor
    return hazard


def leave_township_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of leaving the township for work in the same province."""
    if worker.hukou != RURAL or worker.away != LOCAL:
        return 0.0
    return world.rates[worker.province].leave_township_per_year * move_age_factor(worker, world)


def settle_per_year(worker: "Worker", world: "Twin") -> float:
    """Hazard of gaining urban rights where the worker lives."""
    at_home = worker.province == worker.home
    if worker.settled or (worker.hukou == URBAN and at_home):
        return 0.0
    law, rates = world.law, world.rates[worker.province]
    hazard = rates.settle_per_year * rates.openness
    if at_home:
        hazard *= law.settle_local_factor
    years = (world.now - worker.arrival) / 12
    hazard *= 2 * years / (years + law.settle_years_half)
    hazard *= max(0.0, 1 + law.settle_skill_slope * (worker.skill * (1 / 65535) - USUAL_SKILL))
    return hazard


def migrate(worker: "Worker", world: "Twin", head: float) -> None:
    """Decide on moving to another province, returning, or leaving the township."""
    moves = move_per_year(worker, world)
    returns = return_per_year(worker, world)
    leaves = leave_township_per_year(worker, world)
    if not world.draws.strikes(MOVE, worker.identity, head, moves + returns + leaves):
        return
    which, where, _ = world.draws.following(MOVE, worker.identity)
    kind = chosen(which, (moves, returns, leaves))
    if kind == MOVING:
        arrive(worker, world, place_in(world.destinations[worker.home][worker.province], where))
    elif kind == LEAVING_TOWNSHIP:
        worker.away, worker.arrival = OUTGOING, world.now
    elif worker.province != worker.home:
        arrive(worker, world, worker.home)
    else:
        worker.away = LOCAL


def arrive(worker: "Worker", world: "Twin", province: int) -> None:
    """Live in another province from this month, with a job there; urban rights stay behind."""
    worker.province = province
    worker.arrival = world.now
    worker.settled = 0
    worker.away = LOCAL if province == worker.home else OUTGOING
    be_hired(worker, world, JOB)


def settle(worker: "Worker", world: "Twin", head: float) -> None:
    """Decide on gaining urban hukou and urban rights."""
    if world.draws.strikes(SETTLE, worker.identity, head, settle_per_year(worker, world)):
        worker.settled, worker.hukou = 1, URBAN
