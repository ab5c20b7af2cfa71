"""Months lived in several equal parts, to see what the length of the step does to the results."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.chance import mix
from sim.life.surroundings import Month

NO_REVIEW: Final = 65536  # a review period so long that nobody is ever due


def rekeyed(keys: NDArray[np.uint64], part: int) -> NDArray[np.uint64]:
    """Keys of a later part of the month, independent of those of the month."""
    return np.array([mix(key + np.uint64(part)) for key in keys], dtype=np.uint64)


def part_of(month: Month, part: int, parts: int) -> Month:
    """One of the equal parts of a month, counted from 0; the only part of one is the month itself.

    The bounds stay those of the whole month, which no part exceeds. Courses end in the first part that
    finds them due. Reviews, which move by whole periods, belong to the last part.
    """
    if parts == 1:
        return month
    last = part == parts - 1
    keys = {name: getattr(month, name) for name in ("screen_keys", "draw_keys", "choice_keys")}
    if part > 0:
        keys = {name: rekeyed(values, part) for name, values in keys.items()}
    review_months = month.review_months if last else NO_REVIEW
    return month._replace(step_years=month.step_years / parts, review_months=review_months, **keys)
