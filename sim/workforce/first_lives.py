"""The compiled part of the first population: one plausible past for each agent of each cell.

The columns are handed to a function once per block, never once per worker: handing over 27 arrays
costs more than filling a worker.
"""

from typing import Final, NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from sim.calendar import START
from sim.categories import HUKOU
from sim.chance import TWO_TO_MINUS_53, Word, bits, mix
from sim.compiled import compiled, inlined, parallel
from sim.constants import constant, constants
from sim.workforce.columns import BLOCK, EMPLOYED, LOCAL, OUTGOING, UNEMPLOYED, Workers
from sim.workforce.ipf import Array
from sim.workforce.margins import AGE_LIMITS, INTER_PROVINCIAL, MOBILITY, SHAPE, URBAN
from sim.workforce.prior import GRADE_YEARS, GRADE_YEARS_VOCATIONAL, SCHOOL_LEAVING_YEARS, VOCATIONAL

FIRST_TAG: Final = 1 << 56  # identities of the first population are mix(FIRST_TAG + index)
GOLDEN: Final = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio

SKILL_FLOOR: Final = constants("skill_floor")
SKILL_TOP: Final = constants("skill_top")
PRACTICE_PART: Final = constant("practice_part")
PRACTICE_YEARS_HALF: Final = constant("practice_years_half")
TENURE_YEARS: Final = constant("tenure_years_start")
RESIDENCE_YEARS: Final = constant("residence_years_start")
UNEMPLOYED_MONTHS_MOST: Final = constant("unemployed_months_most")
SETTLING_PER_YEAR: Final = constant("settling_per_year_start")
COURSE_SHARE: Final = constant("trained_share_start")
ATTITUDE_START: Final = constant("attitude_start")
ATTITUDE_SPREAD: Final = constant("attitude_spread_start")
WORKING_AGE_MONTHS: Final = 12 * int(constant("working_age_years"))

_AGE_LIMITS: Final = np.array(AGE_LIMITS, dtype=np.int64)
_LEAVING: Final = np.array(SCHOOL_LEAVING_YEARS, dtype=np.int64)
_GRADE_YEARS: Final = np.array([GRADE_YEARS, GRADE_YEARS_VOCATIONAL], dtype=np.int64)
_SKILL_FLOOR: Final = np.array(SKILL_FLOOR)
_SKILL_WIDTH: Final = np.array(SKILL_TOP) - np.array(SKILL_FLOOR)
_RURAL_LOCAL: Final = MOBILITY.index("rural_local")
_HUKOU_RURAL, _HUKOU_URBAN = HUKOU.index("rural"), HUKOU.index("urban")


class Plan(NamedTuple):
    """What the kernel needs to fill any agent without knowing another.

    Attributes
    ----------
    start, units, units_before, persons_per_unit
        Those of the ``Laying``: which agents are in which cell, and for how many persons they stand.
    migrants_before : ndarray of int64
        Inter-provincial migrants in all cells before.
    home_up_to : ndarray
        Cumulated home shares by residence, shape ``(31, 31)``.
    tilt : ndarray
        Slope of the density of ages by mobility and age band, -1 to 1.
    unemployed : float
        Share of the workforce between jobs.
    keys : ndarray of uint64
        Keys of the random draws, shape ``(5,)``.
    """

    start: NDArray[np.int64]
    units: NDArray[np.int64]
    units_before: NDArray[np.int64]
    persons_per_unit: float
    migrants_before: NDArray[np.int64]
    home_up_to: Array
    tilt: Array
    unemployed: float
    keys: NDArray[np.uint64]


@inlined
def _piece(word: Word, which: int) -> float:
    """One of the four 16-bit pieces of a random word, as a number in (0, 1)."""
    return (float((np.uint64(word) >> np.uint64(16 * which)) & np.uint64(0xFFFF)) + 0.5) / 65536.0


@inlined
def _long_tailed_months(u: float, scale_years: float) -> int:
    """Quantile of the Lomax law of shape 2: the stays of people who leave at different rates."""
    return int(12.0 * scale_years * (1.0 / np.sqrt(1.0 - u) - 1.0))


@inlined
def _centred(u: float, v: float) -> int:
    """An attitude around the usual start, in counts of 1/255."""
    return int(255 * (ATTITUDE_START + ATTITUDE_SPREAD * (u + v - 1)))


@inlined
def _mobility_of(cell: int) -> int:
    return (cell // (SHAPE[4] * SHAPE[5] * SHAPE[6])) % SHAPE[3]


@inlined
def _home(residence: int, ordinal: int, plan: Plan) -> int:
    """Home of the ``ordinal``-th migrant: a Weyl sequence spreads the homes evenly over them."""
    word = np.uint64(ordinal) * np.uint64(GOLDEN) + plan.keys[0]
    u = float(word >> np.uint64(11)) * TWO_TO_MINUS_53
    home = 0
    while plan.home_up_to[residence, home] <= u:
        home += 1
    return home


@inlined
def _persons(i: int, cell: int, plan: Plan) -> int:
    """Persons that an agent of a cell stands for: what it adds to the rounded sum of all before."""
    before = plan.units_before[cell] + (i - plan.start[cell]) * plan.units[cell]
    after = before + plan.units[cell]
    return int(after * plan.persons_per_unit + 0.5) - int(before * plan.persons_per_unit + 0.5)


@compiled
def _cells_of_block(first: int, last: int, start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cell of each agent from ``first`` to before ``last``."""
    cells = np.empty(last - first, dtype=np.int64)
    cell = np.searchsorted(start, first, side="right") - 1
    for i in range(first, last):
        while start[cell + 1] <= i:
            cell += 1
        cells[i - first] = cell
    return cells


@compiled
def _place(workers: Workers, first: int, cells: NDArray[np.int64], plan: Plan) -> None:
    """Identity, weight and the categories of the cell."""
    for n in range(cells.size):
        i, cell = first + n, cells[n]
        rest = cell // (SHAPE[3] * SHAPE[4] * SHAPE[5] * SHAPE[6])
        mobility = _mobility_of(cell)
        province = rest // (SHAPE[1] * SHAPE[2])
        workers.identity[i] = mix(FIRST_TAG + i)
        workers.weight[i] = _persons(i, cell, plan)
        workers.province[i] = province
        workers.sector[i] = (rest // SHAPE[2]) % SHAPE[1]
        workers.grade[i] = rest % SHAPE[2]
        workers.sex[i] = (cell // (SHAPE[5] * SHAPE[6])) % SHAPE[4]
        workers.education[i] = cell % SHAPE[6]
        workers.hukou[i] = _HUKOU_URBAN if mobility == URBAN else _HUKOU_RURAL
        workers.away[i] = OUTGOING if _RURAL_LOCAL < mobility < URBAN else LOCAL
        workers.home[i] = province
        if mobility == INTER_PROVINCIAL:
            ordinal = plan.migrants_before[cell] + i - plan.start[cell]
            workers.home[i] = _home(province, ordinal, plan)


@compiled
def _date(workers: Workers, first: int, cells: NDArray[np.int64], plan: Plan) -> None:
    """Birth, entry and grade: a career that the minimum years of the grade allow."""
    for n in range(cells.size):
        i, band = first + n, (cells[n] // SHAPE[6]) % SHAPE[5]
        tilt = plan.tilt[_mobility_of(cells[n]), band]
        word = bits(plan.keys[1], workers.identity[i])
        grade, education = workers.grade[i], workers.education[i]
        climb = _GRADE_YEARS[1 if education >= VOCATIONAL else 0, grade]
        youngest = _LEAVING[education] + climb
        low = max(_AGE_LIMITS[band], youngest) * 12
        u, other = _piece(word, 0), _piece(word, 1)
        if _piece(word, 2) < abs(tilt):  # the larger of two draws has a rising density
            u = max(u, other) if tilt > 0 else min(u, other)
        age = low + int(u * (_AGE_LIMITS[band + 1] * 12 - low))
        late = _piece(word, 3)
        entered = START - age + _LEAVING[education] * 12 + int((age - youngest * 12) * late * late)
        earliest = entered + climb * 12
        in_grade = bits(plan.keys[2], workers.identity[i])
        workers.birth[i] = START - age
        workers.entered[i] = entered
        workers.graded[i] = (
            entered if grade == 0 else earliest + int((START - earliest) * _piece(in_grade, 0))
        )


@compiled
def _settle(workers: Workers, first: int, last: int, plan: Plan) -> None:
    """Arrival, urban rights, job and date of hire."""
    for i in range(first, last):
        word = bits(plan.keys[2], workers.identity[i])
        arrival = int(workers.birth[i])
        settled = False
        if workers.away[i] == OUTGOING:
            stay = _long_tailed_months(_piece(word, 1), RESIDENCE_YEARS)
            arrival = max(START - stay, arrival + WORKING_AGE_MONTHS)
            settled = _piece(word, 2) < SETTLING_PER_YEAR * (START - arrival) / 12
        u = _piece(word, 3)
        employed = u >= plan.unemployed
        if employed:
            months = _long_tailed_months((u - plan.unemployed) / (1 - plan.unemployed), TENURE_YEARS)
        else:
            months = int(u / plan.unemployed * UNEMPLOYED_MONTHS_MOST)
        workers.arrival[i] = arrival
        workers.settled[i] = 1 if settled else 0
        workers.status[i] = EMPLOYED if employed else UNEMPLOYED
        workers.hired[i] = max(START - months, int(workers.entered[i]), arrival)


@compiled
def _equip(workers: Workers, first: int, last: int, keys: NDArray[np.uint64]) -> None:
    """Skill within the range of the grade, rising with the years in it; courses and attitudes."""
    for i in range(first, last):
        word, more = bits(keys[3], workers.identity[i]), bits(keys[4], workers.identity[i])
        grade = workers.grade[i]
        years = (START - workers.graded[i]) / 12.0
        practice = years / (years + PRACTICE_YEARS_HALF)
        within = PRACTICE_PART * practice + (1 - PRACTICE_PART) * _piece(word, 0)
        workers.skill[i] = int((_SKILL_FLOOR[grade] + _SKILL_WIDTH[grade] * within) * 65535) + 1
        workers.courses[i] = 1 if _piece(word, 1) < COURSE_SHARE else 0
        workers.satisfaction[i] = _centred(_piece(word, 2), _piece(word, 3))
        workers.engagement[i] = _centred(_piece(more, 0), _piece(more, 1))


@parallel
def fill(workers: Workers, plan: Plan) -> None:
    """Fill all agents in place, block by block; each is known from its index alone."""
    agents = plan.start[-1]
    for block in prange((agents + BLOCK - 1) // BLOCK):
        first = block * BLOCK
        last = min(first + BLOCK, agents)
        cells = _cells_of_block(first, last, plan.start)
        _place(workers, first, cells, plan)
        _date(workers, first, cells, plan)
        _settle(workers, first, last, plan)
        _equip(workers, first, last, plan.keys)
