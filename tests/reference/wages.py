"""The wage of a worker."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker


def wage_yuan_month(worker: "Worker", world: "Twin") -> float:
    """Monthly wage; between jobs, what would be offered."""
    law, place = world.law, world.places[worker.province]
    by_skill = worker.enterprise is not None and worker.enterprise.pay_by_skill
    years = min((world.now - worker.entered) / 12, law.experience_years_most)
    wage = world.markets[worker.province][worker.sector].wage_level
    wage *= place.grade_wage[1 if by_skill else 0][worker.grade]
    wage *= law.education_wage[worker.education]
    wage *= 1 + law.experience_wage_per_year * years
    if worker.settled:
        wage *= law.settled_wage
    return wage
