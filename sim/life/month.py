"""A worker's month: the decisions in order, over all workers, block by block, on all cores.

In each block a branch-free pass draws one 16-bit head per decision and compares it with an upper
bound of that decision's probability. The few workers that any bound lets through are then decided
exactly: the head becomes the top of a longer draw, so that screening never changes an outcome.
"""

from typing import NamedTuple

import numpy as np
from numba import get_thread_id, prange
from numpy.typing import NDArray

from sim.chance import bits
from sim.compiled import inlined, lean, parallel
from sim.life import ageing, attitudes, examination, migration, skill, training, work
from sim.life.draws import HEAD_MASK, choices, head, is_open
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
    Month,
    Surroundings,
    Table,
    World,
)
from sim.workforce.columns import BLOCK, EMPLOYED, UNEMPLOYED, VACANT, Workers


class Scratch(NamedTuple):
    """Working space of one block."""

    flagged: NDArray[np.uint8]  # (BLOCK,)
    chosen: NDArray[np.uint16]  # (BLOCK + 1,)


@inlined
def live(i: int, workers: Workers, world: World, counts: Counts) -> None:
    """One month of one worker, the decisions in their order."""
    identity = workers.identity[i]
    one = bits(world.month.screen_keys[0], identity)
    two = bits(world.month.screen_keys[1], identity)
    old = workers.birth[i] <= world.month.old_birth
    if is_open(OLD_EXIT if old else EXIT, head(one, EXIT), world):
        if ageing.retire(i, workers, world, head(one, EXIT), counts):
            return
    if is_open(LEAVE, head(one, LEAVE), world):
        if work.leave(i, workers, world, head(one, LEAVE), counts):
            return
    if workers.status[i] != EMPLOYED:
        work.find_job(i, workers, world, head(one, JOB), counts)
    elif is_open(JOB, head(one, JOB), world):
        work.change_job(i, workers, world, head(one, JOB), counts)
    training.train(i, workers, world, head(one, COURSE), counts)
    under_review = is_under_review(workers.birth[i], world.month)
    rounding, _, _ = choices(REVIEW, identity, world) if under_review else (0.0, 0.0, 0.0)
    if under_review:
        skill.review_skill(i, workers, world, rounding)
    if is_open(EXAMINATION, head(two, 0), world):
        examination.examine(i, workers, world, head(two, 0), counts)
    if is_open(MOVE, head(two, 1), world):
        migration.migrate(i, workers, world, head(two, 1), counts)
    if is_open(SETTLE, head(two, 2), world):
        migration.settle_down(i, workers, world, head(two, 2), counts)
    if under_review:
        attitudes.review_attitudes(i, workers, world, rounding)
        attitudes.tell_enterprise(i, workers, counts)


@inlined
def is_under_review(birth: int, month: Month) -> bool:
    """Is this one of the months in which the worker's skill and attitudes are reviewed?"""
    return ((np.uint16(birth) + np.uint16(month.now)) & np.uint16(month.review_months - 1)) == 0


@lean
def screen(
    first: int, workers: Workers, month: Month, flagged: NDArray[np.uint8], chosen: NDArray[np.uint16]
) -> int:
    """List in ``chosen`` the workers of a block whom some decision may concern; returns how many."""
    key_one, key_two, bound = month.screen_keys[0], month.screen_keys[1], month.bounds
    exit_bound, old_exit_bound, leave_bound = bound[EXIT], bound[OLD_EXIT], bound[LEAVE]
    job_bound, course_bound, examination_bound = bound[JOB], bound[COURSE], bound[EXAMINATION]
    move_bound, settle_bound = bound[MOVE], bound[SETTLE]
    now, old_birth = np.uint16(month.now), np.uint16(month.old_birth)
    mask = np.uint16(month.review_months - 1)
    identity = workers.identity[first : first + BLOCK]
    birth = workers.birth[first : first + BLOCK]
    status = workers.status[first : first + BLOCK]
    course_end = workers.course_end[first : first + BLOCK]
    for j in range(BLOCK):
        one, two = bits(key_one, identity[j]), bits(key_two, identity[j])
        concerned = (
            ((one & HEAD_MASK) < (old_exit_bound if birth[j] <= old_birth else exit_bound))
            | (head(one, LEAVE) < leave_bound)
            | (head(one, JOB) < job_bound)
            | (head(one, COURSE) < course_bound)
            | (head(two, 0) < examination_bound)
            | (head(two, 1) < move_bound)
            | (head(two, 2) < settle_bound)
            | (np.uint16(np.uint16(birth[j] + now) & mask) == np.uint16(0))
            | (course_end[j] == now)
            | (status[j] == np.uint8(UNEMPLOYED))
        )
        flagged[j] = np.uint8(concerned & (status[j] != np.uint8(VACANT)))
    number = 0
    for j in range(BLOCK):
        chosen[number] = j
        number += flagged[j]
    return number


@lean
def live_block(first: int, workers: Workers, world: World, counts: Counts, scratch: Scratch) -> None:
    """One month of the workers in one block."""
    number = screen(first, workers, world.month, scratch.flagged, scratch.chosen)
    for k in range(number):
        live(first + int(scratch.chosen[k]), workers, world, counts)


@parallel
def live_month(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, counts: Counts
) -> None:
    """One month of all workers; ``counts`` has a leading axis for the threads."""
    for block in prange(workers.status.size // BLOCK):  # type: ignore[attr-defined]
        thread = get_thread_id()
        own = Counts(counts.flows[thread], counts.enterprises[thread])
        scratch = Scratch(np.empty(BLOCK, np.uint8), np.empty(BLOCK + 1, np.uint16))
        live_block(block * BLOCK, workers, World(rates, law[0], around, month), own, scratch)
