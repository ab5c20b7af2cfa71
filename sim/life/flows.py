"""What is counted when it happens: persons (or person-months where named) by province and sector."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.categories import GRADES, PROVINCES, SECTORS, TIERS
from sim.compiled import inlined
from sim.workforce.columns import NO_COURSE, VACANT, Workers

# Single flows, then flows by grade (offset + grade), then by tier (offset + tier).
RETIRED, DIED, LEFT = 0, 1, 2
QUITS, LOST_JOBS, FOUND_JOBS, JOB_CHANGES = 3, 4, 5, 6
EMPLOYER_COURSES, APPLICATIONS, SUBSIDISED_COURSES, APPRENTICESHIPS = 7, 8, 9, 10
EXAMINATIONS_TAKEN, EXAMINATIONS_PASSED = 11, 12
MOVED_OUT, MOVED_IN, RETURNED, LEFT_TOWNSHIP, SETTLED = 13, 14, 15, 16, 17
PROMOTED: Final = 18
PROMOTION_WAIT: Final = PROMOTED + len(GRADES)  # person-months in the grade below
GRADE_LOST: Final = PROMOTION_WAIT + len(GRADES)
CANDIDATE_RETIRED: Final = GRADE_LOST + len(GRADES)
CANDIDATE_LEFT: Final = CANDIDATE_RETIRED + len(TIERS)
CRAFTSMAN_LOST: Final = CANDIDATE_LEFT + len(TIERS)
FLOWS: Final = CRAFTSMAN_LOST + len(TIERS)


# What workers leave behind at their enterprise.
REVIEWED, CLIMATE_SUM, POACHED = 0, 1, 2
ENTERPRISE_TALLIES: Final = 3


class Counts(NamedTuple):
    """Counters of one thread, or with a leading axis of all threads."""

    flows: NDArray[np.int64]  # (FLOWS, 31, 4) persons
    enterprises: NDArray[np.int64]  # (enterprises, ENTERPRISE_TALLIES) persons, or persons x 1/255


def empty_flows(threads: int) -> NDArray[np.int64]:
    """Counters of shape (threads, FLOWS, 31, 4); integer sums do not depend on which thread counts."""
    return np.zeros((threads, FLOWS, PROVINCES, len(SECTORS)), dtype=np.int64)


@inlined
def count(flows: NDArray[np.int64], flow: int, i: int, workers: Workers) -> None:
    """Add the persons that worker ``i`` stands for to a flow of the province and sector it is in."""
    flows[flow, workers.province[i], workers.sector[i]] += np.int64(workers.weight[i])


@inlined
def depart(i: int, flow: int, workers: Workers, flows: NDArray[np.int64]) -> None:
    """Leave for good: count what is lost with the worker and free the slot."""
    count(flows, flow, i, workers)
    count(flows, GRADE_LOST + workers.grade[i], i, workers)
    if workers.candidate[i] > 0:
        lost = CANDIDATE_LEFT if flow == LEFT else CANDIDATE_RETIRED
        count(flows, lost + workers.candidate[i], i, workers)
    if workers.tier[i] > 0:
        count(flows, CRAFTSMAN_LOST + workers.tier[i], i, workers)
    workers.status[i] = VACANT
    workers.weight[i] = 0
    workers.training[i] = NO_COURSE
    workers.candidate[i] = 0
    workers.tier[i] = 0
