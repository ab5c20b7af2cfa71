"""One worker: what it is, and its month as a list of decisions in order."""

from typing import TYPE_CHECKING

import mesa

from sim.workforce.columns import COLUMNS, EMPLOYED, NO_COURSE, VACANT
from tests.reference import ageing, attitudes, examination, migration, skill, training, work
from tests.reference.chance import COURSE, EXAMINATION, EXIT, JOB, LEAVE, MOVE, REVIEW, SETTLE
from tests.reference.enterprises import Enterprise

if TYPE_CHECKING:
    from tests.reference.twin import Twin


class Worker(mesa.Agent):  # type: ignore[misc]
    """One agent of the workforce.

    The attributes are the columns of :mod:`sim.workforce.columns`: codes, months since January 1930, and
    whole steps of skill (1/65535) and attitudes (1/255). ``enterprise`` is the enterprise itself, or None
    between jobs. ``slot`` is the place in the engine's table; it decides nothing.
    """

    identity: int
    weight: int
    birth: int
    sex: int
    hukou: int
    home: int
    province: int
    away: int
    arrival: int
    settled: int
    education: int
    sector: int
    enterprise: Enterprise | None
    status: int
    hired: int
    entered: int
    grade: int
    graded: int
    skill: int
    training: int
    course_end: int
    courses: int
    satisfaction: int
    engagement: int
    tier: int
    candidate: int
    decided: int

    def __init__(self, model: "Twin", slot: int) -> None:
        super().__init__(model)
        self.slot = slot

    def step(self) -> None:
        """Live one month."""
        world: Twin = self.model
        heads = world.draws.heads(self.identity)
        lot = heads[REVIEW] + 1 / 512  # the middle of a head's 256th part: rounds evenly up and down
        if ageing.goes(self, world, heads[EXIT]) or work.leaves(self, world, heads[LEAVE]):
            self.depart()
            return
        if self.status == EMPLOYED:
            work.change_job(self, world, heads[JOB])
        else:
            work.find_job(self, world, heads[JOB])
        training.train(self, world, heads[COURSE])
        reviewed = (self.birth + world.now) % world.review_months == 0
        if reviewed:
            skill.review(self, world, lot)
        examination.examine(self, world, heads[EXAMINATION])
        migration.migrate(self, world, heads[MOVE])
        migration.settle(self, world, heads[SETTLE])
        if reviewed:
            attitudes.review(self, world, lot)
            attitudes.tell_enterprise(self)

    def depart(self) -> None:
        """Leave the workforce for good; the slot is free for a newcomer."""
        self.status, self.weight = VACANT, 0
        self.training, self.tier, self.candidate = NO_COURSE, 0, 0
        self.model.vacate(self)

    def twin(self, slot: int) -> "Worker":
        """Another agent with the same life so far."""
        other = Worker(self.model, slot)
        for name in COLUMNS:
            setattr(other, name, getattr(self, name))
        return other
