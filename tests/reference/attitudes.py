"""Satisfaction (sense of gain and ownership) and engagement (study, participation)."""

from typing import TYPE_CHECKING

from sim.workforce.columns import NO_COURSE
from tests.reference.wages import wage_yuan_month

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker


def clamp01(share: float) -> float:
    """The share, kept between 0 and 1."""
    return min(1.0, max(0.0, share))


def satisfaction_parts(worker: "Worker", world: "Twin") -> tuple[float, ...]:
    """Wage, training, participation, respect, rights, climate: each from 0 to 1."""
    law, rates, firm = world.law, world.rates[worker.province], worker.enterprise
    market = world.markets[worker.province][worker.sector]
    relative = wage_yuan_month(worker, world) / market.wage_mean
    training = 1.0 if worker.training != NO_COURSE else min(worker.courses, 3) / 3
    heard = law.participation_democratic if firm is not None and firm.democratic else 0.0
    respect = rates.respect + law.respect_per_grade * worker.grade
    respect += law.respect_per_tier * worker.tier
    migrant = worker.away and not worker.settled
    return (
        clamp01(0.5 + law.satisfaction_wage_slope * (relative - 1)),
        training,
        clamp01(rates.participation + heard),
        clamp01(respect),
        clamp01(rates.rights * law.migrant_rights_factor if migrant else rates.rights),
        law.climate_out_of_work if firm is None else firm.climate,
    )


def satisfaction_target(worker: "Worker", world: "Twin") -> float:
    """What satisfaction relaxes to: the weighted sum of its parts."""
    target = 0.0
    for weight, part in zip(world.law.satisfaction_weight, satisfaction_parts(worker, world), strict=True):
        target += weight * part
    return target


def engagement_target(worker: "Worker", world: "Twin") -> float:
    """What engagement relaxes to."""
    law, firm = world.law, worker.enterprise
    level = world.rates[worker.province].engagement_level
    if firm is not None and firm.democratic:
        level += law.engagement_democratic
    return clamp01(level + law.engagement_satisfaction * (worker.satisfaction * (1 / 255) - 0.5))


def relaxed(steps: int, target: float, share: float, lot: float) -> int:
    """An attitude in steps of 1/255 after some share of the way to its target, rounded by lot."""
    return min(255, max(0, int(steps + share * (target * 255 - steps) + lot)))


def review(worker: "Worker", world: "Twin", lot: float) -> None:
    """Let satisfaction relax, then engagement, which looks at the new satisfaction."""
    share = min(1.0, world.law.attitude_speed_per_year * world.review_months / 12)
    worker.satisfaction = relaxed(worker.satisfaction, satisfaction_target(worker, world), share, lot)
    worker.engagement = relaxed(worker.engagement, engagement_target(worker, world), share, lot)


def tell_enterprise(worker: "Worker") -> None:
    """Let the enterprise know how satisfied the worker is."""
    if worker.enterprise is not None:
        worker.enterprise.hear(worker.satisfaction, worker.weight)
