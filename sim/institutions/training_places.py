"""Subsidised training places: how many there are, and who of those waiting gets one."""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numba import get_thread_id, prange
from numpy.typing import NDArray

from sim.categories import PROVINCES, SECTORS
from sim.chance import Word, mix
from sim.compiled import inlined, most_threads, parallel, place_of
from sim.constants import constant
from sim.data import load, series
from sim.law import Law
from sim.rates import Rates
from sim.workforce.columns import SUBSIDISED_COURSE, WAITING, Workers
from sim.workforce.slots import slots_between

TEN_THOUSAND: Final = 1e4
QUARTERS: Final = 4
CAMPAIGN_YEARS: Final = constant("campaign_years")
PLAN_YEARS: Final = constant("plan_years_after_campaign")
LOT_BITS: Final = 56
LOT_SHIFT: Final = np.uint64(64 - LOT_BITS)
BIN_BITS_MOST: Final = 12  # the first bits of a lot name its bin
WAITING_PER_BIN: Final = 256  # or twice as many, in the whole country


class Queue(NamedTuple):
    """Those waiting for a place, and what is counted of them."""

    lot: NDArray[np.uint64]  # (waiting,)
    persons: NDArray[np.int64]  # by province and bin of the lot, or by province and sector
    undecided: NDArray[np.uint8]  # (waiting,) 1 for those at the border
    bin_shift: np.uint64  # a lot without its last so many bits is its bin


@cache
def national_places(year: int) -> float:
    """Subsidised course places of the whole economy in a year, person-times.

    Published totals: 2017, the three years of the skills campaign 2019-2021, and the fourteenth plan
    to September 2025, from which the years after 2021 are derived. Other years take the nearest.
    """
    campaign = series("subsidised_training_2019_2021")[2021] * TEN_THOUSAND / CAMPAIGN_YEARS
    if year <= 2018:
        return series("training_total_person_times")[2017] * TEN_THOUSAND
    if year <= 2021:
        return campaign
    rules = load("institutional_rules")
    row = rules.loc[rules["item"].str.startswith("14th plan subsidised training target / actual"), "value"]
    plan_total = float(str(row.iloc[0]).split("/")[1]) * TEN_THOUSAND
    return (plan_total - campaign) / PLAN_YEARS


def places(year: int, workforce: NDArray[np.float64], rates: Rates, law: Law) -> NDArray[np.int64]:
    """Places for industrial workers by province in one quarter, by share of the workforce, shape (31,)."""
    industrial = national_places(year) * law.industrial_share_of_skilled / QUARTERS
    exact = industrial * workforce / workforce.sum() * rates.subsidised_places_factor
    return np.asarray(np.floor(exact), dtype=np.int64)


@inlined
def draw_lot(n: int, slots: NDArray[np.int64], workers: Workers, key: Word, queue: Queue) -> None:
    """Note the lot of one of those waiting, and its persons under the lot's first bits."""
    i = place_of(slots[n])
    lot = mix(workers.identity[i] ^ key) >> LOT_SHIFT
    queue.lot[n] = lot
    queue.persons[workers.province[i], lot >> queue.bin_shift] += np.int64(workers.weight[i])


@parallel
def draw_lots(slots: NDArray[np.int64], workers: Workers, key: Word, queue: Queue) -> None:
    """Draw a lot for each of those waiting; ``queue.persons`` has a leading axis of threads."""
    for n in prange(slots.size):
        own = Queue(queue.lot, queue.persons[get_thread_id()], queue.undecided, queue.bin_shift)
        draw_lot(n, slots, workers, key, own)


@inlined
def start_course(i: int, workers: Workers, course_end: int, persons: NDArray[np.int64]) -> None:
    """Let one worker begin a subsidised course and count its persons."""
    workers.training[i] = SUBSIDISED_COURSE
    workers.course_end[i] = course_end
    persons[workers.province[i], workers.sector[i]] += np.int64(workers.weight[i])


@inlined
def decide_one(
    n: int, slots: NDArray[np.int64], workers: Workers, border: NDArray[np.int64], queue: Queue, end: int
) -> None:
    """Start whoever is clearly in front of the border of the province; leave those at it undecided."""
    i = place_of(slots[n])
    place = np.int64(queue.lot[n] >> queue.bin_shift) - border[workers.province[i]]
    queue.undecided[n] = place == 0
    if place < 0:
        start_course(i, workers, end, queue.persons)


@parallel
def decide_clear_cases(
    slots: NDArray[np.int64], workers: Workers, border: NDArray[np.int64], queue: Queue, end: int
) -> None:
    """Start those in front of the border; ``queue.persons`` counts them by thread, province and sector."""
    for n in prange(slots.size):
        own = Queue(queue.lot, queue.persons[get_thread_id()], queue.undecided, queue.bin_shift)
        decide_one(n, slots, workers, border, own, end)


def allot(
    workers: Workers, available: NDArray[np.int64], now: int, months: int, key: Word
) -> NDArray[np.int64]:
    """Give the places of each province to those waiting there, by lot; the others go on waiting.

    An agent is never split: one that stands for more persons than a province has places in a quarter
    waits in vain, which matters for small populations only. Tens of millions wait at one agent per
    person, so they are not sorted: a histogram of the lots finds the border, and only those whose lot
    begins like the border's are.

    Returns the persons who started, by province and sector, shape (31, 4). Never exceeds ``available``.
    """
    slots, threads, end = slots_between(workers.training, WAITING, WAITING), most_threads(), now + months
    lot, undecided = np.empty(slots.size, np.uint64), np.empty(slots.size, np.uint8)
    bin_bits = min(BIN_BITS_MOST, max(1, (slots.size // WAITING_PER_BIN).bit_length()))
    shift = np.uint64(LOT_BITS - bin_bits)
    by_lot = np.zeros((threads, PROVINCES, 1 << bin_bits), np.int64)
    draw_lots(slots, workers, key, Queue(lot, by_lot, undecided, shift))
    running = np.cumsum(by_lot.sum(axis=0), axis=1)
    border = (running <= available[:, None]).sum(axis=1)  # the first bin that does not fit as a whole
    started = np.zeros((threads, PROVINCES, len(SECTORS)), np.int64)
    decide_clear_cases(slots, workers, border, Queue(lot, started, undecided, shift), end)
    front = np.take_along_axis(running, np.maximum(border - 1, 0)[:, None], axis=1)[:, 0]
    left = available - np.where(border > 0, front, 0)
    at_border = slots_between(undecided, 1, 1)
    lucky = _first_in_line(workers, slots[at_border], lot[at_border], left)
    workers.training[lucky] = SUBSIDISED_COURSE
    workers.course_end[lucky] = end
    persons: NDArray[np.int64] = started.sum(axis=0)
    np.add.at(persons, (workers.province[lucky], workers.sector[lucky]), workers.weight[lucky])
    return persons


def _first_in_line(
    workers: Workers, slots: NDArray[np.int64], lot: NDArray[np.uint64], left: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Those who get the places left in their province, by lot, until the next one is too many."""
    order = np.lexsort((lot, workers.province[slots]))
    slots = slots[order]
    province, weight = workers.province[slots], workers.weight[slots].astype(np.int64)
    running = np.cumsum(weight)
    before = np.concatenate(([0], np.cumsum(np.bincount(province, weight, PROVINCES))))[:PROVINCES]
    chosen: NDArray[np.int64] = slots[running - before[province].astype(np.int64) <= left[province]]
    return chosen
