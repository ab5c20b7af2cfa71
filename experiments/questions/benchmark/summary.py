"""From seconds to figures: medians with their range, ratios within a repetition, shares of the calendar."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any, NamedTuple

from sim.calendar import MONTHS_PER_YEAR

JANUARY, DECEMBER = 1, 12
QUARTER_ENDS = (3, 6, 9, 12)


class Turn(NamedTuple):
    """What a contender did in one repetition."""

    worker_months: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Worker-months in a second."""
        return self.worker_months / self.seconds


class Step(NamedTuple):
    """How long one month of the engine took."""

    calendar_month: int
    seconds: float


def spread(values: Iterable[float]) -> dict[str, float]:
    """Median and range."""
    known = list(values)
    return {"median": median(known), "low": min(known), "high": max(known)}


def ratios(turns: Sequence[Turn], base: Sequence[Turn]) -> list[float]:
    """Speed beside another contender's in the same repetition: what slows the machine slows both."""
    return [turn.per_second / other.per_second for turn, other in zip(turns, base, strict=True)]


def calendar_shares(steps: Sequence[Step]) -> dict[str, float]:
    """Shares of months, quarters and years in the time of a year.

    A month that neither ends a quarter nor begins a year is the measure. What the ends of quarters take
    beyond it is the quarters'; what January and December take beyond that is the years'.
    """
    by_month = {
        month: median([step.seconds for step in steps if step.calendar_month == month])
        for month in range(JANUARY, DECEMBER + 1)
    }
    special = (JANUARY, *QUARTER_ENDS)
    plain = median([seconds for month, seconds in by_month.items() if month not in special])
    quarter = median([by_month[month] for month in QUARTER_ENDS[:3]])
    quarters = len(QUARTER_ENDS) * max(0.0, quarter - plain)
    years = max(0.0, by_month[JANUARY] - plain) + max(0.0, by_month[DECEMBER] - max(plain, quarter))
    months = MONTHS_PER_YEAR * plain
    total = months + quarters + years
    return {"months": months / total, "quarters": quarters / total, "years": years / total}


def contender_summary(turns: Sequence[Turn], base: Sequence[Turn]) -> dict[str, Any]:
    """Speed and ratio of one contender, with all turns."""
    return {
        "worker_months": [turn.worker_months for turn in turns],
        "seconds": [turn.seconds for turn in turns],
        "worker_months_per_second": spread(turn.per_second for turn in turns),
        "ratio": spread(ratios(turns, base)),
    }


def bytes_per_further_worker(sizes: Sequence[dict[str, Any]]) -> float | None:
    """Peak memory that a further worker costs, between the smallest and the largest population."""
    if len(sizes) < 2:
        return None
    first, last = (pick(sizes, key=lambda size: size["agents"]) for pick in (min, max))
    return float((last["peak_bytes"] - first["peak_bytes"]) / (last["agents"] - first["agents"]))


def sizes_that_fit(
    sizes: Sequence[int], needed: Sequence[int], free: int | None
) -> tuple[list[int], list[dict[str, Any]]]:
    """Numbers of agents that fit into memory, and those that do not with the reason.

    Parameters
    ----------
    sizes
        Numbers of agents.
    needed
        Bytes that each of them needs, about.
    free
        Bytes that are free; None when the system does not say.
    """
    fitting, left_out = [], []
    for agents, size in zip(sizes, needed, strict=True):
        if free is None or size <= free:
            fitting.append(agents)
        else:
            reason = f"needs about {size / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free"
            left_out.append({"agents": agents, "reason": reason})
    return fitting, left_out
