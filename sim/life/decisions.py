"""The table of decisions: what a worker's month consists of, in its order.

The passes over the workers, the bounds of screening and the check of the bounds follow from it.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from sim.chance import Word
from sim.law import Law
from sim.life import ageing, attitudes, examination, migration, skill, training, work
from sim.life.flows import Counts
from sim.life.surroundings import (
    COURSE,
    EXAMINATION,
    EXIT,
    JOB,
    LEAVE,
    MOVE,
    OLD_EXIT,
    REVIEW,
    SETTLE,
    Surroundings,
    World,
)
from sim.rates import Rates
from sim.workforce.columns import Workers

Decide = Callable[[int, Workers, World, Word, Counts], None]
Hazard = Callable[[int, Workers, World], float]
Most = Callable[[Rates, Law, Surroundings], float]


class Decision(NamedTuple):
    """One row.

    Attributes
    ----------
    number
        Of its head, flag and bound.
    name
        In messages.
    decide
        Decides for one worker, given the decision's head, and writes; none for a further bound of a decision.
    hazard, most
        Yearly hazard of one worker as far as it is screened, zero for others; and the largest of any worker,
        from the highest of each rate. None for a decision that no head screens.
    """

    number: int
    name: str
    decide: Decide | None = None
    hazard: Hazard | None = None
    most: Most | None = None


TABLE: Final = (
    Decision(EXIT, "exit of the younger",
             ageing.retire, ageing.young_exit_per_year, ageing.most_young_exit_per_year),
    Decision(OLD_EXIT, "exit of the older", None, ageing.old_exit_per_year, ageing.most_old_exit_per_year),
    Decision(LEAVE, "leaving", work.leave, work.leave_per_year, work.most_leave_per_year),
    Decision(JOB, "change of job", work.seek_or_change_job, work.end_job_per_year, work.most_job_per_year),
    Decision(COURSE, "course", training.train, training.course_per_year, training.most_course_per_year),
    Decision(REVIEW, "skill", skill.learn_or_fade),
    Decision(EXAMINATION, "examination",
             examination.examine, examination.sit_per_year, examination.most_examination_per_year),
    Decision(MOVE, "move", migration.migrate, migration.any_move_per_year, migration.most_move_per_year),
    Decision(SETTLE, "settling",
             migration.settle_down, migration.settle_per_year, migration.most_settle_per_year),
    Decision(REVIEW, "attitudes", attitudes.feel_and_tell),
)  # fmt: skip
