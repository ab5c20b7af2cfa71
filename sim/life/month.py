"""A worker's month: the decisions in order, over all workers, block by block, on all cores.

In each block a branch-free pass draws eight bytes, the head of a decision each, and compares them with
upper bounds of the decisions' probabilities. Each decision then goes over the few workers that its bound lets
through, and decides exactly: the head becomes the top of a longer draw, so that screening never changes
an outcome. Decisions look at nobody but their worker, so one pass over the block for each decision
equals one month for each worker.
"""

from typing import NamedTuple

import numpy as np
from numba import get_thread_id, prange
from numpy.typing import NDArray

from sim.chance import Word, bits
from sim.compaction import flag_within, positions_of
from sim.compiled import inlined, lean, parallel, place_of
from sim.life import ageing, attitudes, examination, migration, skill, training, work
from sim.life.draws import HEADS, head
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
    World,
)
from sim.records import Table
from sim.workforce.columns import BLOCK, EMPLOYED, UNEMPLOYED, VACANT, Workers


class Scratch(NamedTuple):
    """Working space of one block: draws and flags by worker, and the workers of one decision."""

    draws: NDArray[np.uint64]  # (BLOCK,) the heads of all decisions
    flags: NDArray[np.uint8]  # (BLOCK,) bit d: the worker may be concerned by decision d
    chosen: NDArray[np.uint16]  # (BLOCK,)


@lean
def screen(first: int, workers: Workers, month: Month, scratch: Scratch) -> None:
    """Flag for each decision the workers of a block whom it may concern."""
    key, old_exit_bound = month.screen_key, np.uint8(month.bounds[OLD_EXIT])
    now, old_birth = np.uint16(month.now), np.uint16(month.old_birth)
    mask = np.uint16(month.review_months - 1)
    identity = workers.identity[first : first + BLOCK]
    birth = workers.birth[first : first + BLOCK]
    status = workers.status[first : first + BLOCK]
    course_end = workers.course_end[first : first + BLOCK]
    flags, draws = scratch.flags, scratch.draws
    for j in range(BLOCK):
        draws[j] = bits(key, identity[j])
    flag_within(draws, month.bounds, flags)
    for j in range(BLOCK):
        concerned = flags[j] & np.uint8(~(1 << REVIEW))
        leaving = np.uint8(birth[j] <= old_birth) & np.uint8(np.uint8(head(draws[j], EXIT)) <= old_exit_bound)
        concerned |= np.uint8(leaving << np.uint8(EXIT))
        concerned |= np.uint8(np.uint8(course_end[j] == now) << np.uint8(COURSE))
        concerned |= np.uint8(np.uint8(status[j] == np.uint8(UNEMPLOYED)) << np.uint8(JOB))
        reviewed = np.uint16(np.uint16(birth[j] + now) & mask) == np.uint16(0)
        concerned |= np.uint8(np.uint8(reviewed) << np.uint8(REVIEW))
        flags[j] = concerned if status[j] != np.uint8(VACANT) else np.uint8(0)


@inlined
def listed(decision: int, scratch: Scratch) -> int:
    """List the workers of the block whom a decision may concern; returns how many."""
    return positions_of(1 << decision, scratch.flags, scratch.chosen)


@inlined
def slot(first: int, place: np.uint16) -> tuple[int, int]:
    """Slot of a place in a block, and the place."""
    return place_of(first + int(place)), place_of(int(place))


@inlined
def rounding(draw: Word) -> float:
    """The number in (0, 1) that rounds a reviewed worker's skill and attitudes without bias."""
    return (float(head(draw, REVIEW)) + 0.5) / float(HEADS)


@lean
def leave_or_work(first: int, workers: Workers, world: World, counts: Counts, scratch: Scratch) -> None:
    """First half of a month: age and retire, leave, lose or find or change the job, train."""
    chosen, draws = scratch.chosen, scratch.draws
    for k in range(listed(EXIT, scratch)):
        i, j = slot(first, chosen[k])
        ageing.retire(i, workers, world, head(draws[j], EXIT), counts)
    for k in range(listed(LEAVE, scratch)):
        i, j = slot(first, chosen[k])
        if workers.status[i] != VACANT:
            work.leave(i, workers, world, head(draws[j], LEAVE), counts)
    for k in range(listed(JOB, scratch)):
        i, j = slot(first, chosen[k])
        if workers.status[i] == EMPLOYED:
            work.change_job(i, workers, world, head(draws[j], JOB), counts)
        elif workers.status[i] == UNEMPLOYED:
            work.find_job(i, workers, world, head(draws[j], JOB), counts)
    for k in range(listed(COURSE, scratch)):
        i, j = slot(first, chosen[k])
        if workers.status[i] != VACANT:
            training.train(i, workers, world, head(draws[j], COURSE), counts)


@lean
def rise_or_move(first: int, workers: Workers, world: World, counts: Counts, scratch: Scratch) -> None:
    """Second half of a month: examination, then moves and settlement."""
    chosen, draws = scratch.chosen, scratch.draws
    for k in range(listed(EXAMINATION, scratch)):
        i, j = slot(first, chosen[k])
        if workers.status[i] != VACANT:
            examination.examine(i, workers, world, head(draws[j], EXAMINATION), counts)
    for k in range(listed(MOVE, scratch)):
        i, j = slot(first, chosen[k])
        if workers.status[i] != VACANT:
            migration.migrate(i, workers, world, head(draws[j], MOVE), counts)
    for k in range(listed(SETTLE, scratch)):
        i, j = slot(first, chosen[k])
        if workers.status[i] != VACANT:
            migration.settle_down(i, workers, world, head(draws[j], SETTLE), counts)


@lean
def review_skills(first: int, workers: Workers, world: World, scratch: Scratch) -> None:
    """Learning or fading of those who are reviewed."""
    chosen, draws = scratch.chosen, scratch.draws
    for k in range(listed(REVIEW, scratch)):
        i, j = slot(first, chosen[k])
        if workers.status[i] != VACANT:
            skill.review_skill(i, workers, world, rounding(draws[j]))


@lean
def review_attitudes(first: int, workers: Workers, world: World, counts: Counts, scratch: Scratch) -> None:
    """Satisfaction and engagement of those who are reviewed, and what their enterprises hear of it."""
    chosen, draws = scratch.chosen, scratch.draws
    for k in range(listed(REVIEW, scratch)):
        i, j = slot(first, chosen[k])
        if workers.status[i] != VACANT:
            attitudes.review_attitudes(i, workers, world, rounding(draws[j]))
            attitudes.tell_enterprise(i, workers, counts)


@lean
def live_block(first: int, workers: Workers, world: World, counts: Counts, scratch: Scratch) -> None:
    """One month of the workers in one block: every worker's decisions in their order."""
    screen(first, workers, world.month, scratch)
    leave_or_work(first, workers, world, counts, scratch)
    review_skills(first, workers, world, scratch)
    rise_or_move(first, workers, world, counts, scratch)
    review_attitudes(first, workers, world, counts, scratch)


@parallel
def live_month(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, counts: Counts
) -> None:
    """One month of all workers; ``counts`` has a leading axis for the threads."""
    for block in prange(workers.status.size // BLOCK):
        thread = get_thread_id()
        own = Counts(counts.flows[thread], counts.enterprises[thread])
        scratch = Scratch(np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.uint8), np.empty(BLOCK, np.uint16))
        live_block(block * BLOCK, workers, World(rates, law[0], around, month), own, scratch)
