"""Probabilities in the calibrated words of the Intergovernmental Panel on Climate Change.

Source: Mastrandrea and others (2010), Guidance note on consistent treatment of uncertainties, table 1.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from experiments.pages.language import say
from experiments.pages.words import bracketed, chance, known, missing, span

if TYPE_CHECKING:
    import pandas as pd

FEWEST_RUNS: Final = 5


class Word(NamedTuple):
    """A likelihood word with the probabilities it stands for."""

    text: str
    low: float
    high: float


SCALE: Final = (
    Word("virtually certain", 0.99, 1.0),
    Word("very likely", 0.90, 1.0),
    Word("likely", 0.66, 1.0),
    Word("about as likely as not", 0.33, 0.66),
    Word("unlikely", 0.0, 0.33),
    Word("very unlikely", 0.0, 0.10),
    Word("exceptionally unlikely", 0.0, 0.01),
)


def word(probability: float) -> str:
    """The narrowest word of the scale that holds the probability."""
    fitting = [entry for entry in SCALE if entry.low <= probability <= entry.high]
    return say(min(fitting, key=lambda entry: entry.high - entry.low).text)


def in_words(probability: float, low: float, high: float, runs: int) -> str:
    """Likelihood in words, no stronger than the runs allow: the words of all that the interval holds.

    An interval that spans several words says its first and its last. When all runs agree, only the nearer end
    is open: 24 successes in 24 runs do not show that a target is virtually certain.
    """
    if not (known(probability) and known(low) and known(high)):
        return missing()
    if runs < FEWEST_RUNS:
        return say("too few runs")
    first, last = word(low), word(high)
    if first == last:
        return first
    if probability >= 1:
        return say("at least {word}", word=first)
    if probability <= 0:
        return say("at most {word}", word=last)
    return say("{low} to {high}", low=first, high=last)


def of_row(row: "pd.Series") -> tuple[float, float, float]:
    """A probability and the ends of its interval, from a row of targets.csv."""
    return float(row["probability"]), float(row["probability_low"]), float(row["probability_high"])


def with_interval(probability: float, low: float, high: float) -> str:
    """``62 % (45-77 %)``; the probability alone when the interval is not recorded."""
    if not (known(low) and known(high)):
        return chance(probability)
    return bracketed(chance(probability), span(low, high, chance))
