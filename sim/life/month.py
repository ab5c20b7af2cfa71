"""A worker's month: the decisions in order, over all workers, block by block, on all cores.

In each block a branch-free pass draws one 16-bit head per decision and compares it with an upper
bound of that decision's probability. The few workers that any bound lets through are then decided
exactly: the head becomes the top of a longer draw, so that screening never changes an outcome.
"""

from typing import NamedTuple

import numpy as np
from numba import prange
from numba.np.ufunc import get_thread_id
from numpy.typing import NDArray

from sim.chance import Word, bits
from sim.compiled import inlined, lean, parallel
from sim.life import ageing, attitudes, examination, migration, skill, training, work
from sim.life.draws import HEAD_MASK, HEADS, head, is_open
from sim.life.flows import Counts
from sim.life.surroundings import (
    COURSE,
    EXAMINATION,
    EXIT,
    JOB,
    LEAVE,
    MOVE,
    OLD_EXIT,
    SETTLE,
    Month,
    Surroundings,
    World,
)
from sim.records import Table
from sim.workforce.columns import BLOCK, EMPLOYED, UNEMPLOYED, VACANT, Workers

EVENT, REVIEWED = np.uint8(1), np.uint8(2)  # flags of the screening


class Scratch(NamedTuple):
    """Working space of one block: flags and draws by worker, and the workers of either flag."""

    draws: NDArray[np.uint64]  # (2, BLOCK) the heads of all decisions, four in each draw
    flags: NDArray[np.uint8]  # (BLOCK,)
    events: NDArray[np.uint16]  # (BLOCK + 1,) whom some decision may concern
    reviews: NDArray[np.uint16]  # (BLOCK + 1,) whose skill and attitudes are reviewed


@inlined
def leave_or_work(i: int, workers: Workers, world: World, one: Word, counts: Counts) -> None:
    """First half of a month: age and retire, leave, lose or find or change the job, train."""
    old = workers.birth[i] <= world.month.old_birth
    exit_head, leave_head = head(one, EXIT), head(one, LEAVE)
    exit_open = is_open(OLD_EXIT if old else EXIT, exit_head, world)
    if exit_open and ageing.retire(i, workers, world, exit_head, counts):
        return
    if is_open(LEAVE, leave_head, world) and work.leave(i, workers, world, leave_head, counts):
        return
    if workers.status[i] != EMPLOYED:
        work.find_job(i, workers, world, head(one, JOB), counts)
    elif is_open(JOB, head(one, JOB), world):
        work.change_job(i, workers, world, head(one, JOB), counts)
    training.train(i, workers, world, head(one, COURSE), counts)


@inlined
def rise_or_move(i: int, workers: Workers, world: World, two: Word, counts: Counts) -> None:
    """Second half of a month: examination, then moves and settlement."""
    if is_open(EXAMINATION, head(two, 0), world):
        examination.examine(i, workers, world, head(two, 0), counts)
    if is_open(MOVE, head(two, 1), world):
        migration.migrate(i, workers, world, head(two, 1), counts)
    if is_open(SETTLE, head(two, 2), world):
        migration.settle_down(i, workers, world, head(two, 2), counts)


@inlined
def rounding(two: Word) -> float:
    """The number in [0, 1) that rounds a reviewed worker's skill and attitudes without bias."""
    return float(head(two, 3)) / float(HEADS)


@lean
def screen(first: int, workers: Workers, month: Month, scratch: Scratch) -> None:
    """Flag the workers of a block whom some decision may concern, and those under review."""
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
    flags, draws_one, draws_two = scratch.flags, scratch.draws[0], scratch.draws[1]
    for j in range(BLOCK):
        one, two = bits(key_one, identity[j]), bits(key_two, identity[j])
        draws_one[j], draws_two[j] = one, two
        concerned = (
            ((one & HEAD_MASK) < (old_exit_bound if birth[j] <= old_birth else exit_bound))
            | (head(one, LEAVE) < leave_bound)
            | (head(one, JOB) < job_bound)
            | (head(one, COURSE) < course_bound)
            | (head(two, 0) < examination_bound)
            | (head(two, 1) < move_bound)
            | (head(two, 2) < settle_bound)
            | (course_end[j] == now)
            | (status[j] == np.uint8(UNEMPLOYED))
        )
        reviewed = np.uint16(np.uint16(birth[j] + now) & mask) == np.uint16(0)
        living = np.uint8(status[j] != np.uint8(VACANT))
        flags[j] = living * (np.uint8(concerned) | np.uint8(np.uint8(reviewed) << np.uint8(1)))


@inlined
def list_flagged(scratch: Scratch) -> tuple[int, int]:
    """List the workers of either flag; returns how many."""
    events, reviews = 0, 0
    for j in range(BLOCK):
        scratch.events[events] = j
        scratch.reviews[reviews] = j
        events += scratch.flags[j] & EVENT
        reviews += scratch.flags[j] >> np.uint8(1)
    return events, reviews


@lean
def live_block(first: int, workers: Workers, world: World, counts: Counts, scratch: Scratch) -> None:
    """One month of the workers in one block: every worker's decisions in their order.

    Decisions look at nobody but their worker, so that a pass over the block for each part of the month
    equals a month for each worker, and its tight loops keep the processor's pipeline full.
    """
    screen(first, workers, world.month, scratch)
    events, reviews = list_flagged(scratch)
    for k in range(events):
        j = int(scratch.events[k])
        leave_or_work(first + j, workers, world, scratch.draws[0, j], counts)
    for k in range(reviews):
        j = int(scratch.reviews[k])
        if workers.status[first + j] != VACANT:
            skill.review_skill(first + j, workers, world, rounding(scratch.draws[1, j]))
    for k in range(events):
        j = int(scratch.events[k])
        if workers.status[first + j] != VACANT:
            rise_or_move(first + j, workers, world, scratch.draws[1, j], counts)
    for k in range(reviews):
        j = int(scratch.reviews[k])
        if workers.status[first + j] != VACANT:
            attitudes.review_attitudes(first + j, workers, world, rounding(scratch.draws[1, j]))
            attitudes.tell_enterprise(first + j, workers, counts)


@parallel
def live_month(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, counts: Counts
) -> None:
    """One month of all workers; ``counts`` has a leading axis for the threads."""
    for block in prange(workers.status.size // BLOCK):
        thread = get_thread_id()
        own = Counts(counts.flows[thread], counts.enterprises[thread])
        chosen = np.empty((2, BLOCK + 1), np.uint16)
        draws = np.empty((2, BLOCK), np.uint64)
        scratch = Scratch(draws, np.empty(BLOCK, np.uint8), chosen[0], chosen[1])
        live_block(block * BLOCK, workers, World(rates, law[0], around, month), own, scratch)
