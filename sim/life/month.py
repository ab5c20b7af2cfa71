"""A worker's month: the decisions in order, over all workers, block by block, on all cores.

In each block a branch-free pass draws eight bytes, the head of a decision each, and compares them with
upper bounds of the decisions' probabilities. Each decision then goes over the few workers that its bound lets
through, and decides exactly: the head becomes the top of a longer draw, so that screening never changes
an outcome. Decisions look at nobody but their worker, so one pass over the block for each decision
equals one month for each worker. Which decisions there are, :mod:`sim.life.decisions` says.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numba import get_thread_id, prange
from numpy.typing import NDArray

from sim.chance import bits
from sim.compaction import flag_within, positions_of
from sim.compiled import inlined, lean, one_after_another, parallel, place_of
from sim.life.decisions import TABLE, Decide
from sim.life.draws import head
from sim.life.flows import Counts
from sim.life.surroundings import COURSE, EXIT, JOB, OLD_EXIT, REVIEW, WORDS, Month, Surroundings, World
from sim.records import Table
from sim.workforce.columns import BLOCK, UNEMPLOYED, VACANT, Workers


class Scratch(NamedTuple):
    """Working space of one block: draws and flags by worker, and the workers of one decision."""

    draws: NDArray[np.uint64]  # (WORDS, BLOCK) the heads of all decisions, eight a word
    flags: NDArray[np.uint8]  # (WORDS, BLOCK) a bit for each head: its decision may concern the worker
    chosen: NDArray[np.uint16]  # (BLOCK,)


@inlined
def flag(decision: int, concerned: np.bool_) -> np.uint8:
    """The flag of a decision among the eight of its word, for those whom it concerns."""
    return np.uint8(np.uint8(concerned) << np.uint8(decision % 8))


@inlined
def draw_heads(first: int, workers: Workers, month: Month, scratch: Scratch) -> None:
    """Draw the heads of all decisions, and flag those that are at most their bounds."""
    identity = workers.identity[first : first + BLOCK]
    for word in range(WORDS):
        draws, key = scratch.draws[word], month.screen_keys[word]
        for j in range(BLOCK):
            draws[j] = bits(key, identity[j])
        flag_within(draws, month.bounds[8 * word : 8 * word + 8], scratch.flags[word])


@lean
def screen(first: int, workers: Workers, month: Month, scratch: Scratch) -> None:
    """Flag for each decision the workers of a block whom it may concern."""
    draw_heads(first, workers, month, scratch)
    now, old_birth = np.uint16(month.now), np.uint16(month.old_birth)
    old_bound = np.uint8(month.bounds[OLD_EXIT])
    mask = np.uint16(month.review_months - 1)
    birth = workers.birth[first : first + BLOCK]
    status = workers.status[first : first + BLOCK]
    course_end = workers.course_end[first : first + BLOCK]
    draws, flags = scratch.draws[EXIT // 8], scratch.flags[0]
    for j in range(BLOCK):
        concerned = flags[j] & np.uint8(~(1 << REVIEW))
        concerned |= flag(EXIT, (birth[j] <= old_birth) & (np.uint8(head(draws[j], EXIT)) <= old_bound))
        concerned |= flag(COURSE, course_end[j] == now)
        concerned |= flag(JOB, status[j] == np.uint8(UNEMPLOYED))
        concerned |= flag(REVIEW, np.uint16(np.uint16(birth[j] + now) & mask) == np.uint16(0))
        flags[j] = concerned if status[j] != np.uint8(VACANT) else np.uint8(0)


@inlined
def listed(decision: int, scratch: Scratch) -> int:
    """List the workers of the block whom a decision may concern; returns how many."""
    return positions_of(1 << decision % 8, scratch.flags[decision // 8], scratch.chosen)


def pass_of(number: int, decide: Decide) -> Callable[..., None]:
    """The pass of one decision over the workers of a block."""

    def decided(first: int, workers: Workers, world: World, counts: Counts, scratch: Scratch) -> None:
        for k in range(listed(number, scratch)):
            i = place_of(first + int(scratch.chosen[k]))
            if workers.status[i] != VACANT:
                draw = scratch.draws[number // 8, place_of(int(scratch.chosen[k]))]
                decide(i, workers, world, head(draw, number), counts)

    return decided


decide_all = one_after_another([pass_of(row.number, row.decide) for row in TABLE if row.decide])


@lean
def live_block(first: int, workers: Workers, world: World, counts: Counts, scratch: Scratch) -> None:
    """One month of the workers in one block: every worker's decisions in their order."""
    screen(first, workers, world.month, scratch)
    decide_all(first, workers, world, counts, scratch)


@parallel
def live_month(
    workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, counts: Counts
) -> None:
    """One month of all workers; ``counts`` has a leading axis for the threads."""
    for block in prange(workers.status.size // BLOCK):
        thread = get_thread_id()
        own = Counts(counts.flows[thread], counts.enterprises[thread])
        draws, flags = np.empty((WORDS, BLOCK), np.uint64), np.empty((WORDS, BLOCK), np.uint8)
        scratch = Scratch(draws, flags, np.empty(BLOCK, np.uint16))
        live_block(block * BLOCK, workers, World(rates, law[0], around, month), own, scratch)
