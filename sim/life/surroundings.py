"""What a worker meets: the month, the labour market, the enterprises; plain arrays, read only."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.law import Law
from sim.records import Table

# The number of a decision is that of its head, flag, bound and keys; sim.life.decisions says what it does.
EXIT, LEAVE, JOB, COURSE, EXAMINATION, MOVE, SETTLE, REVIEW = range(8)
DECISIONS: Final = 8
WORDS: Final = -(-DECISIONS // 8)  # screening draws of 64 bits, each of eight heads
OLD_EXIT: Final = 8 * WORDS  # the exit bound of those who may retire
AGAIN: Final = REVIEW  # a second change of job takes the draws that reviews leave free: they need a head only

TERMS: Final = np.dtype(
    [  # parts of the target of satisfaction, weighted
        ("trained", np.float64, (4,)),  # by courses finished, 3 for those in a course
        ("participation", np.float64, (2,)),  # by democratic management
        ("respect", np.float64, (8, 4)),  # by grade and tier
        ("rights", np.float64, (2,)),  # by being a migrant without urban rights
        ("engagement", np.float64, (2,)),  # level by democratic management, not weighted
    ],
    align=True,
)


class Month(NamedTuple):
    """Date, random keys and screening bounds of one month."""

    now: int
    step_years: float
    review_months: int
    old_birth: int  # born in this month or before: of an age at which retirement is possible
    screen_keys: NDArray[np.uint64]  # (WORDS,) the heads of all decisions
    draw_keys: NDArray[np.uint64]  # (DECISIONS,) the low bits of each decision's draw
    choice_keys: NDArray[np.uint64]  # (DECISIONS,) what follows from the decision
    bounds: NDArray[np.uint8]  # (OLD_EXIT + 1,) the highest head that may mean an event
    review_share: float  # part of the way to their target that attitudes move at a review
    terms: Table  # (31,) of TERMS


PLACE: Final = np.dtype(
    [
        ("push", np.float64),  # factor on leaving the province
        ("sector_chances", np.float64, (4,)),  # cumulative
    ],
    align=True,
)
MARKET: Final = np.dtype(
    [
        ("wage", np.float64, (2, 8, 5)),  # yuan a month by pay by skill, grade and education
        ("wage_mean", np.float64),  # yuan a month
        ("find_factor", np.float64),  # on finding a job
        ("lose_factor", np.float64),  # on losing it
    ],
    align=True,
)
ENTERPRISE: Final = np.dtype(
    [
        ("effort", np.float64),  # training effort, 1 is the mean of 2014
        ("threshold", np.float64),  # of the alias method
        ("alias", np.int32),
    ],
    align=True,
)


class Surroundings(NamedTuple):
    """Provinces, labour markets and enterprises as the decisions read them: tables of records."""

    places: Table  # (31,) of PLACE
    destinations: NDArray[np.float64]  # (31 home, 31 origin, 31 destination) cumulative chances
    markets: Table  # (31, 4) of MARKET
    enterprises: Table  # (enterprises,) of ENTERPRISE: what few workers ask for
    # What every review asks for stands apart, so that it fits into the processor's caches.
    climate: NDArray[np.float64]  # (enterprises,) mean satisfaction of its workers, 0 to 1
    democratic: NDArray[np.uint8]  # (enterprises,)
    pay_by_skill: NDArray[np.uint8]  # (enterprises,)
    cell_start: NDArray[np.int64]  # (125,) first enterprise of each province x sector


class World(NamedTuple):
    """All that a decision may look at beside the worker's own columns.

    Each pass over the workers puts it together inside its loop: compiled code can neither take the record of
    the law into a parallel loop nor give it back from a function.
    """

    rates: Table  # (31,) records with the fields of sim.rates.Rates
    law: Law  # for the type checker: at run time one record of sim.records.law_record, with the same fields
    around: Surroundings
    month: Month
