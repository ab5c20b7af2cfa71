"""Skill: learning by doing up to a ceiling, fading without work."""

from typing import TYPE_CHECKING

from sim.workforce.columns import EMPLOYED

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker


def review(worker: "Worker", world: "Twin", lot: float) -> None:
    """Learn or forget what one review period brings.

    The result is rounded down after adding ``lot``, a number in [0, 1), so that the mean is right.
    """
    law, skill = world.law, worker.skill * (1 / 65535)
    years = world.review_months / 12
    if worker.status == EMPLOYED:
        ceiling = law.skill_ceiling[worker.grade] + law.skill_ceiling_per_course * min(worker.courses, 3)
        change = max(0.0, ceiling - skill) * world.rates[worker.province].learning_per_year * years
    else:
        change = -skill * law.fade_per_year * years
    worker.skill = min(65535, max(0, int((skill + change) * 65535 + lot)))
