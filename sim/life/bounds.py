"""Compile a month: its random keys, and for each decision a bound that no worker's probability exceeds."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTHS_PER_YEAR
from sim.chance import Purpose, make_keys, probability
from sim.compiled import compiled, one_after_another
from sim.law import Law
from sim.life import ageing
from sim.life.attitudes import fill_terms
from sim.life.decisions import TABLE, Most
from sim.life.draws import HEADS
from sim.life.surroundings import DECISIONS, OLD_EXIT, TERMS, WORDS, Month, Surroundings
from sim.rates import Rates
from sim.records import RATE_FIELDS, Table

STEP_YEARS: Final = 1.0 / MONTHS_PER_YEAR
ROUNDING: Final = 1e-12  # relative: a bound multiplies the same factors as a hazard, in another order


def filling(number: int, largest: Most) -> Callable[..., None]:
    """What fills in the largest yearly hazard of one decision."""

    def filled(highest: Rates, law: Law, around: Surroundings, most: NDArray[np.float64]) -> None:
        most[number] = largest(highest, law, around)

    return filled


fill_all = one_after_another([filling(row.number, row.most) for row in TABLE if row.most])


@compiled
def fill_bounds(highest: Table, law: Table, around: Surroundings, most: NDArray[np.float64]) -> None:
    """Fill in the largest yearly hazard of each decision; ``highest``: of each rate, shape (1,)."""
    fill_all(highest[0], law[0], around, most)


def hazard_bounds(rates: Table, law: Table, around: Surroundings) -> NDArray[np.float64]:
    """Largest yearly hazard of each decision over all workers, shape (OLD_EXIT + 1,)."""
    highest = rates.view(np.float64).reshape(rates.size, -1).max(axis=0).view(RATE_FIELDS)
    most = np.zeros(OLD_EXIT + 1)
    fill_bounds(highest, law, around, most)
    return most


@compiled
def screening_bounds(most_per_year: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The highest head of each decision that may mean an event; with one above it there can be none."""
    bounds = np.empty(most_per_year.size, np.uint8)
    for decision in range(bounds.size):
        chance = probability(most_per_year[decision] * STEP_YEARS) * (1.0 + ROUNDING)
        bounds[decision] = min(HEADS, max(1, int(np.ceil(chance * HEADS)))) - 1
    return bounds


def compile_month(
    now: int, seed: int, law: Law, met: tuple[Table, Table, Surroundings], *, screening: bool = True
) -> Month:
    """Keys and bounds of one month; without screening every decision is taken exactly for everybody.

    ``met``: rates by province, the law as a record, and what workers meet.
    """
    rates, law_record, around = met
    most = hazard_bounds(rates, law_record, around)
    terms = np.zeros(rates.size, TERMS)
    fill_terms(rates, law_record, terms)
    return Month(
        **dated(now, seed, law),
        step_years=STEP_YEARS,
        review_months=int(law.review_months),
        bounds=screening_bounds(most) if screening else np.full(OLD_EXIT + 1, HEADS - 1, dtype=np.uint8),
        review_share=min(1.0, law.attitude_speed_per_year * float(law.review_months) / 12.0),
        terms=terms,
    )


def dated(now: int, seed: int, law: Law) -> dict[str, Any]:
    """What of a month changes from one to the next even when rates and surroundings stay: date and keys."""
    return {
        "now": now,
        "old_birth": now - ageing.youngest_retirement_months(law),
        "screen_keys": make_keys(seed, now, Purpose.SCREENING, WORDS),
        "draw_keys": make_keys(seed, now, Purpose.DECISION, DECISIONS),
        "choice_keys": make_keys(seed, now, Purpose.CONSEQUENCE, DECISIONS),
    }
