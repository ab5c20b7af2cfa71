"""Nomination: which workers enterprises and unions put forward for a tier, and with what score.

An agent stands for k persons, so its nominees are a binomial number of persons, each with a jury's
judgement of its own. At one agent per person this is a plain chance of being nominated.
"""

from typing import Final, NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from sim.categories import SENIOR_TECHNICIAN
from sim.chance import bits, mix, probability, uniform
from sim.compaction import positions_of
from sim.compiled import compiled, inlined, lean, parallel, place_of
from sim.constants import constant
from sim.law import Law
from sim.life.ageing import statutory_age_months
from sim.life.training import eagerness
from sim.records import Table
from sim.workforce.columns import ATTITUDE_UNIT, BLOCK, EMPLOYED, SKILL_UNIT, Workers

CITY, PROVINCIAL, NATIONAL = 1, 2, 3
SCORE_YEARS_MOST: Final = constant("score_years_most")
CHANCE_MOST: Final = constant("nomination_most")
SCORE_SALT: Final = np.uint64(0x5851F42D4C957F2D)
NOMINEES_MOST: Final = 4096  # of one agent in one year; even 20,000 agents expect fewer than 200


class Nominees(NamedTuple):
    """People put forward; one entry per person."""

    slot: NDArray[np.int64]
    score: NDArray[np.float64]  # points
    ticket: NDArray[np.uint64]  # random, breaks ties and becomes the identity of a split person


@inlined
def nomination_per_year(
    i: int, workers: Workers, rates: Table, law: Law, call: tuple[int, int, int]
) -> float:
    """Hazard of being put forward for a tier; zero for those who are not eligible.

    ``call`` is (tier, month, months of cultivation). Nobody is eligible who would reach the statutory
    age during cultivation.
    """
    tier, now, months = call
    grade, held = workers.grade[i], workers.tier[i]
    if workers.status[i] != EMPLOYED or workers.candidate[i] > 0 or held >= tier:
        return 0.0
    if now - int(workers.birth[i]) + months > statutory_age_months(i, workers):
        return 0.0
    factor = 0.0
    if tier == CITY and grade >= law.nomination_grade:
        factor = law.nomination_grade_factor[grade]
    elif tier == PROVINCIAL and held == CITY:
        factor = law.nomination_provincial_factor[0]
    elif tier == PROVINCIAL and grade >= SENIOR_TECHNICIAN:
        factor = law.nomination_provincial_factor[1]
    elif tier == NATIONAL and held == PROVINCIAL:
        factor = law.nomination_national_factor[0]
    elif tier == NATIONAL and grade >= SENIOR_TECHNICIAN:
        factor = law.nomination_national_factor[1]
    factor *= eagerness(i, workers, law.nomination_engagement_slope)
    return float(rates[workers.province[i]].nomination_per_year * factor)


@inlined
def merit(i: int, workers: Workers, law: Law, now: int) -> float:
    """Points for what a worker is known to be, before the jury's judgement."""
    weight = law.score_weight
    years = min(SCORE_YEARS_MOST, float(now - int(workers.entered[i])) / 12.0)
    return float(
        weight[0] * float(workers.skill[i]) * SKILL_UNIT
        + weight[1] * workers.grade[i]
        + weight[2] * years
        + weight[3] * workers.tier[i]
        + weight[4] * float(workers.engagement[i]) * ATTITUDE_UNIT
    )


@inlined
def binomial(persons: int, chance: float, u: float) -> int:
    """Number of persons, by inversion: the chance is small, so few terms are needed."""
    term, factor, left = 1.0, 1.0 - chance, persons
    while left > 0:  # (1 - chance) ** persons by squaring: equal on every machine, unlike a library power
        if left & 1:
            term *= factor
        factor *= factor
        left >>= 1
    number, odds = 0, chance / (1.0 - chance)
    while u >= term and number < min(persons, NOMINEES_MOST):
        u -= term
        term *= odds * float(persons - number) / float(number + 1)
        number += 1
    return number


@lean
def flag_block(first: int, workers: Workers, law: Law, tier: int, flags: NDArray[np.uint8]) -> None:
    """Flag those in a block whose grade or tier may make them eligible."""
    lowest = np.uint8(np.ceil(law.nomination_grade) if tier == CITY else SENIOR_TECHNICIAN)
    below = np.uint8(tier - 1 if tier > CITY else NATIONAL + 1)  # for a city tier the grade alone counts
    grade, held = workers.grade[first : first + BLOCK], workers.tier[first : first + BLOCK]
    status = workers.status[first : first + BLOCK]
    for j in range(BLOCK):
        flags[j] = ((grade[j] >= lowest) | (held[j] == below)) & (status[j] == np.uint8(EMPLOYED))


@inlined
def nominees_of(
    i: int, workers: Workers, rates: Table, law: Law, call: tuple[int, int, int], key: np.uint64
) -> int:
    """Number of nominees of one agent; ``call`` is (tier, month, months of cultivation)."""
    if call[1] - int(workers.entered[i]) < law.front_line_years * 12.0:
        return 0
    hazard = nomination_per_year(i, workers, rates, law, call)
    if hazard == 0.0:
        return 0
    return binomial(
        int(workers.weight[i]), min(CHANCE_MOST, probability(hazard)), uniform(key, workers.identity[i])
    )


@lean
def count_block(
    first: int,
    persons: tuple[Workers, Table, Law],
    call: tuple[int, int, int],
    key: np.uint64,
    number: NDArray[np.uint16],
    space: tuple[NDArray[np.uint8], NDArray[np.uint16]],
) -> None:
    """Fill ``number`` for one block."""
    workers, rates, law = persons
    flags, chosen = space
    flag_block(first, workers, law, call[0], flags)
    for k in range(positions_of(1, flags, chosen)):
        i = place_of(first + int(chosen[k]))
        number[i] = nominees_of(i, workers, rates, law, call, key)


@parallel
def count_nominees(
    workers: Workers,
    rates: Table,
    law: Table,
    call: tuple[int, int, int],
    key: np.uint64,
    number: NDArray[np.uint16],
) -> None:
    """Fill ``number``, zero before, with the nominees of each slot; ``call`` as in :func:`nominate`."""
    for block in prange(workers.status.size // BLOCK):
        space = np.empty(BLOCK, np.uint8), np.empty(BLOCK, np.uint16)
        count_block(block * BLOCK, (workers, rates, law[0]), call, key, number, space)


@compiled
def put_forward(
    number: NDArray[np.uint16], workers: Workers, law: Table, date: tuple[int, np.uint64], nominees: Nominees
) -> None:
    """Fill in the nominees of all slots, ``number`` of each; ``date`` is (month, key)."""
    now, key, own = date[0], date[1], law[0]
    place = 0
    for i in range(number.size):
        if number[i] == 0:
            continue
        known, luck = merit(i, workers, own, now), bits(key ^ SCORE_SALT, workers.identity[i])
        for ordinal in range(number[i]):
            ticket = mix(luck + np.uint64(ordinal))
            judgement = 0.0  # sum of four uniforms: bell-shaped, bounded, equal on every machine
            for part in range(4):
                judgement += float((ticket >> np.uint64(16 * part)) & np.uint64(0xFFFF)) / 65536.0
            nominees.slot[place] = i
            nominees.ticket[place] = mix(ticket)
            nominees.score[place] = known + own.score_weight[5] * (judgement - 2.0)
            place += 1


def nominate(
    workers: Workers, rates: Table, law: Table, call: tuple[int, int, int], key: np.uint64
) -> Nominees:
    """All nominees of a round of one tier; ``call`` is (tier, month, months of cultivation)."""
    number = np.zeros(workers.status.size, np.uint16)
    count_nominees(workers, rates, law, call, key, number)
    persons = int(number.sum(dtype=np.int64))
    nominees = Nominees(np.empty(persons, np.int64), np.empty(persons), np.empty(persons, np.uint64))
    put_forward(number, workers, law, (call[1], key), nominees)
    return nominees
