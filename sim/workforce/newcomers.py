"""Newcomers: school leavers by birth cohort, vocational graduates with a grade, adults who fill the gap."""

from typing import Final, NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from sim.alias import draw_enterprise
from sim.calendar import year_of
from sim.categories import PROVINCES, SECTORS
from sim.chance import Word, bits, mix, uniforms
from sim.compiled import inlined, parallel
from sim.constants import constant, constants
from sim.data import births, provincial
from sim.law import Law
from sim.rates import Rates
from sim.records import Table
from sim.workforce.columns import EMPLOYED, LOCAL, OUTGOING, Workers

SOURCES: Final = ("school", "vocational", "adult")
SCHOOL, VOCATIONAL, ADULT = 0, 1, 2
SOURCE_CELLS: Final = PROVINCES * len(SECTORS) * len(SOURCES)
MEAN_SCHOOL_LEAVING_YEARS: Final = int(constant("school_leaving_mean_years"))
FIRST_IDENTITY: Final = np.uint64(0xA5A5000000000000)  # apart from the first population
QUARTERS: Final = 4
GAP_MOST: Final = constant("adult_entry_gap_most")
GRADE_4_SHARE: Final = constant("vocational_grade_4_share")
UNSKILLED: Final = constant("unskilled_skill")
SKILL_SPREAD: Final = constant("newcomer_skill_spread")
SATISFACTION: Final = constants("newcomer_satisfaction")
ENGAGEMENT: Final = constants("newcomer_engagement")
SATISFACTION_SPREAD: Final = SATISFACTION[1] - SATISFACTION[0]
ENGAGEMENT_SPREAD: Final = ENGAGEMENT[1] - ENGAGEMENT[0]
CELL_SHIFT: Final = np.uint64(24)


class Entrants(NamedTuple):
    """Tables from which newcomers draw who they are."""

    first: NDArray[np.int64]  # (SOURCE_CELLS + 1,) running number of agents by cell
    rural: NDArray[np.float64]  # (31, 4) chance of rural hukou by market
    outside: NDArray[np.float64]  # (31,) chance of another home, given rural hukou
    education: NDArray[np.float64]  # (3, 5) cumulative: from school, rural adults, urban adults
    homes: NDArray[np.float64]  # (31 residence, 31 home) cumulative
    enterprises: Table  # (enterprises,) with threshold and alias, see sim.alias
    cell_start: NDArray[np.int64]  # (125,) first enterprise of each province x sector
    now: int
    quarter: int
    key: np.uint64
    weight: int  # persons per agent


def school_leavers(month: int) -> NDArray[np.float64]:
    """Young people who reach the usual age of entry in the quarter that ends, by province, shape (31,)."""
    population = provincial("population_census", 2020)
    cohort = births()[year_of(month) - MEAN_SCHOOL_LEAVING_YEARS] / QUARTERS
    return np.asarray(cohort * population / population.sum(), dtype=np.float64)


def entrant_persons(
    month: int, gap: NDArray[np.float64], supply: NDArray[np.float64], rates: Rates
) -> NDArray[np.float64]:
    """Persons who enter in a quarter by province, sector and source, shape (31, 4, 3).

    School leavers enter also where there is no gap, but fewer where demand is below supply, and none where
    there is none. Adults close a share of what is still missing, as far as so many can come in a quarter.

    Parameters
    ----------
    month
        The last of the quarter.
    gap, supply
        Persons missing from the workforce, and in it; shapes (31, 4).
    rates
        Shares of school leavers, of those with a grade, and of the gap that adults close.
    """
    wanted = np.maximum(gap, 0.0) + 1.0
    sector_share = wanted / wanted.sum(axis=1, keepdims=True)
    leavers = school_leavers(month) * rates.school_entry_share
    young = leavers[:, None] * sector_share * np.clip(1.0 + gap / supply, 0.0, 1.0)
    vocational = young * rates.vocational_entry_share[:, None]
    missing = np.clip(gap - young, 0.0, GAP_MOST * supply)
    adults = missing * rates.adult_entry_share[:, None]
    return np.stack((young - vocational, vocational, adults), axis=2)


def to_agents(persons: NDArray[np.float64], persons_per_agent: int, key: np.uint64) -> NDArray[np.int64]:
    """Whole agents in each cell, rounded up or down by lot so that the mean is exact; flat, ``(cells,)``."""
    flat = persons.ravel() / persons_per_agent
    lot = uniforms(key, np.arange(flat.size, dtype=np.uint64))
    return np.asarray(np.floor(flat + lot), dtype=np.int64)


@inlined
def piece(word: Word, which: int) -> float:
    """One of the four 16-bit pieces of a random word, as a number in [0, 1)."""
    return float((word >> np.uint64(16 * which)) & np.uint64(0xFFFF)) / 65536.0


@inlined
def long_piece(word: Word, shift: int) -> float:
    """Thirty-two bits of a random word, as a number in [0, 1)."""
    return float((word >> np.uint64(shift)) & np.uint64(0xFFFFFFFF)) / 4294967296.0


@inlined
def come_from(
    i: int, workers: Workers, entrants: Entrants, law: Law, source: int, words: tuple[Word, Word]
) -> None:
    """Hukou, home, and whether the newcomer has left the township."""
    province, word = int(workers.province[i]), words[1]
    rural_share = entrants.rural[province, workers.sector[i]]
    if source == VOCATIONAL:
        rural_share *= law.vocational_rural_factor
    rural, outside = piece(words[0], 1) < rural_share, entrants.outside[province]
    home, away, u = province, LOCAL, piece(word, 0)
    if rural and u < outside:
        away, home = OUTGOING, 0
        while home < PROVINCES - 1 and long_piece(word, 16) >= entrants.homes[province, home]:
            home += 1
    elif rural and u >= outside + (1.0 - outside) * law.entrant_local_share:
        away = OUTGOING
    workers.hukou[i] = 0 if rural else 1
    workers.settled[i] = 0
    workers.home[i] = home
    workers.away[i] = away
    workers.arrival[i] = entrants.now if away == OUTGOING else workers.birth[i]


@inlined
def come_with(
    i: int, workers: Workers, entrants: Entrants, law: Law, source: int, words: tuple[Word, Word]
) -> None:
    """Education, grade, skill and first attitudes."""
    education, grade = 0, 0
    row = 0 if source == SCHOOL else 1 + int(workers.hukou[i])
    if source == VOCATIONAL:
        education, grade = (4, 2) if piece(words[0], 3) < GRADE_4_SHARE else (3, 1)
    else:
        while education < 4 and piece(words[0], 3) >= entrants.education[row, education]:
            education += 1
    if source == ADULT:
        u = piece(words[1], 2)
        while grade < 7 and u >= law.adult_entrant_grade[grade]:
            u -= law.adult_entrant_grade[grade]
            grade += 1
    skill = law.grade_standard[grade - 1] if grade > 0 else UNSKILLED
    workers.education[i] = education
    workers.grade[i] = grade
    workers.skill[i] = int((skill + SKILL_SPREAD * piece(words[1], 0)) * 65535.0)
    workers.satisfaction[i] = int(SATISFACTION[0] + SATISFACTION_SPREAD * piece(words[1], 1))
    workers.engagement[i] = int(ENGAGEMENT[0] + ENGAGEMENT_SPREAD * (1.0 - piece(words[1], 1)))


@inlined
def arrive(i: int, workers: Workers, entrants: Entrants, law: Law, cell: int, identity: Word) -> Word:
    """Fill the slot of one newcomer, but for the job; returns the random word left over."""
    one = bits(entrants.key, identity)
    two = bits(entrants.key + np.uint64(1), identity)
    three = bits(entrants.key + np.uint64(2), identity)
    source, market = cell % len(SOURCES), cell // len(SOURCES)
    ages = law.adult_entry_age_years if source == ADULT else law.school_entry_age_years
    workers.identity[i] = identity
    workers.weight[i] = entrants.weight
    workers.birth[i] = entrants.now - int((ages[0] + piece(one, 2) * (ages[1] - ages[0])) * 12.0)
    workers.sex[i] = 1 if piece(one, 0) < law.entrant_female_share else 0
    workers.province[i] = market // len(SECTORS)
    workers.sector[i] = market % len(SECTORS)
    workers.hired[i] = entrants.now
    workers.entered[i] = entrants.now
    workers.graded[i] = entrants.now
    workers.training[i] = 0
    workers.course_end[i] = 0
    workers.courses[i] = 0
    workers.tier[i] = 0
    workers.candidate[i] = 0
    workers.decided[i] = 0
    come_from(i, workers, entrants, law, source, (one, two))
    come_with(i, workers, entrants, law, source, (one, bits(entrants.key + np.uint64(3), identity)))
    return three


@inlined
def place_one(n: int, slots: NDArray[np.int64], workers: Workers, entrants: Entrants, law: Law) -> None:
    """Fill the n-th slot; who comes depends on quarter, cell and ordinal, not on the slot."""
    i = slots[n]
    cell = int(np.searchsorted(entrants.first, n, side="right")) - 1
    label = np.uint64(entrants.quarter * SOURCE_CELLS + cell) << CELL_SHIFT
    identity = mix(FIRST_IDENTITY + label + np.uint64(n - entrants.first[cell]))
    word = arrive(i, workers, entrants, law, cell, identity)
    province, sector = int(workers.province[i]), int(workers.sector[i])
    workers.enterprise[i] = draw_enterprise(
        province, sector, long_piece(word, 32), entrants.enterprises, entrants.cell_start
    )
    workers.status[i] = EMPLOYED


@parallel
def place(slots: NDArray[np.int64], workers: Workers, entrants: Entrants, law: Table) -> None:
    """Fill vacant slots with newcomers."""
    for n in prange(slots.size):
        place_one(n, slots, workers, entrants, law[0])
