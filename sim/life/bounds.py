"""Compile a month: its random keys, and for each decision a bound that no worker's probability exceeds."""

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTHS_PER_YEAR
from sim.chance import Purpose, make_keys, probability
from sim.law import Law
from sim.life import ageing, examination, migration, training, work
from sim.life.attitudes import satisfaction_terms
from sim.life.draws import HEADS
from sim.life.surroundings import (
    COURSE,
    DECISIONS,
    EXAMINATION,
    EXIT,
    JOB,
    LEAVE,
    MOVE,
    OLD_EXIT,
    SETTLE,
    Month,
    Surroundings,
)
from sim.rates import Rates

STEP_YEARS: Final = 1.0 / MONTHS_PER_YEAR


def hazard_bounds(rates: Rates, law: Law, around: Surroundings) -> NDArray[np.float64]:
    """Largest yearly hazard of each decision over all workers, shape (DECISIONS + 1,)."""
    highest = Rates._make(np.max(rates, axis=1).tolist())
    settling = float((rates.settle_per_year * rates.openness).max())
    most = np.zeros(DECISIONS + 1)
    most[EXIT], most[OLD_EXIT] = ageing.most_per_year(highest, law)
    most[LEAVE] = work.most_leave_per_year(highest, law)
    most[JOB] = work.most_job_per_year(highest, law, around)
    most[COURSE] = training.most_course_per_year(highest, law, around)
    most[EXAMINATION] = examination.most_examination_per_year(highest, law)
    most[MOVE] = migration.most_move_per_year(highest, law, around)
    most[SETTLE] = migration.most_settle_per_year(settling, law)
    return most


def screening_bounds(most_per_year: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Bounds of the 16-bit heads: a head at or above its bound can never mean an event."""
    chances = (probability(float(hazard) * STEP_YEARS) for hazard in most_per_year)
    return np.array([min(HEADS, math.ceil(chance * HEADS) + 1) for chance in chances], dtype=np.uint64)


def compile_month(
    now: int, seed: int, rates: Rates, law: Law, around: Surroundings, *, screening: bool = True
) -> Month:
    """Keys and bounds of one month; without screening every decision is taken exactly for everybody."""
    most = hazard_bounds(rates, law, around)
    return Month(
        **dated(now, seed, law),
        step_years=STEP_YEARS,
        review_months=int(law.review_months),
        bounds=screening_bounds(most) if screening else np.full(DECISIONS + 1, HEADS, dtype=np.uint64),
        review_share=min(1.0, law.attitude_speed_per_year * float(law.review_months) / 12.0),
        terms=satisfaction_terms(rates, law),
    )


def dated(now: int, seed: int, law: Law) -> dict[str, Any]:
    """What of a month changes from one to the next even when rates and surroundings stay: date and keys."""
    return {
        "now": now,
        "old_birth": now - ageing.youngest_retirement_months(law),
        "screen_keys": make_keys(seed, now, Purpose.SCREENING, 2),
        "draw_keys": make_keys(seed, now, Purpose.DECISION, DECISIONS),
        "choice_keys": make_keys(seed, now, Purpose.CONSEQUENCE, DECISIONS),
    }
