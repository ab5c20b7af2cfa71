"""Which scenario to choose: one rule over probabilities, shortfalls and prices, in every case.

It says what the runs show and no more: "in half of its runs or more" is a count, and whether that is also
more likely than not is told apart, by the interval.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from experiments.pages.likelihood import FEWEST_RUNS

LIKELY: Final = 0.5  # more likely than not
SAME: Final = 1e-9  # shares and prices that differ by less are equal

Kind = Literal["few", "never", "rarely", "unpriced", "choice"]


class Option(NamedTuple):
    """What is known of one scenario.

    Attributes
    ----------
    place
        Its place in the order of the page.
    probability, low, high
        Share of the runs that reach all targets, with its 95 % interval.
    runs
        Number of runs.
    attained
        Mean of the worst tier over what is required of it.
    price
        Million yuan; None when it is not recorded.
    """

    place: int
    probability: float
    low: float
    high: float
    runs: int
    attained: float
    price: float | None


class Verdict(NamedTuple):
    """What the options come to.

    Attributes
    ----------
    kind
        ``few``: too few runs to choose by. ``never``: no run of any option reaches all targets. ``rarely``:
        none does in half of its runs. ``unpriced``: some do, at prices that are not known. ``choice``: some
        do, and the cheapest of them is known.
    best
        The surest, or the nearest when none reaches them; several when they are equal.
    cheapest
        The cheapest of those that reach all targets in half of their runs or more; of equal ones the surest.
        Only with ``choice``.
    sure
        Whether the interval of the chosen lies on the same side of a half as its share: without this,
        the runs do not show that it is more, or less, likely than not.
    apart
        Whether the interval of the best lies above that of the cheapest.
    """

    kind: Kind
    best: tuple[Option, ...]
    cheapest: Option | None = None
    sure: bool = True
    apart: bool = False


def choose(options: Sequence[Option]) -> Verdict:
    """Choose among one or more options."""
    if min(option.runs for option in options) < FEWEST_RUNS:
        return Verdict("few", _best(options))
    if all(option.probability <= 0.0 for option in options):
        most = max(option.attained for option in options)
        return Verdict("never", tuple(option for option in options if option.attained >= most - SAME))
    best = _best(options)
    enough = [option for option in options if option.probability >= LIKELY]
    if not enough:
        return Verdict("rarely", best, sure=best[0].high < LIKELY)
    if any(option.price is None for option in options):
        return Verdict("unpriced", best, sure=best[0].low >= LIKELY)
    lowest = min(_price(option) for option in enough)
    cheapest = _best([option for option in enough if _price(option) <= lowest + SAME])[0]
    best = _cheapest(best)
    return Verdict("choice", best, cheapest, cheapest.low >= LIKELY, best[0].low > cheapest.high)


def _best(options: Sequence[Option]) -> tuple[Option, ...]:
    """Those that reach all targets in the largest share of their runs."""
    most = max(option.probability for option in options)
    return tuple(option for option in options if option.probability >= most - SAME)


def _cheapest(options: Sequence[Option]) -> tuple[Option, ...]:
    lowest = min(_price(option) for option in options)
    return tuple(option for option in options if _price(option) <= lowest + SAME)


def _price(option: Option) -> float:
    assert option.price is not None
    return option.price
