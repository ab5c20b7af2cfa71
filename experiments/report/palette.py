"""Colours that colour-blind readers and grey print can tell apart; line, mark and hatch say it again."""

from typing import Final, NamedTuple

from experiments.report.reading import Scenario


class Look(NamedTuple):
    """How one scenario is drawn in every figure; ``letters`` is dark enough to read as text."""

    colour: str
    line: str | tuple[int, tuple[float, ...]]
    marker: str
    letters: str


# Dark and light alternate, so that neighbours in the order differ in grey as well.
LOOKS: Final = (
    Look("#5f6770", (0, (4, 1.6)), "s", "#4d545c"),
    Look("#0b5394", "-", "o", "#0b5394"),
    Look("#d97a00", (0, (5, 1.2, 1.2, 1.2)), "^", "#a35a00"),
    Look("#8a1f5c", (0, (1.2, 1.2)), "D", "#8a1f5c"),
    Look("#2a9d8f", (0, (8, 1.5)), "v", "#1b7268"),
    Look("#7fa8d9", (0, (2.5, 1.2, 1, 1.2, 1, 1.2)), "P", "#3a6ba5"),
)


class Fill(NamedTuple):
    """How one part of a bar is filled."""

    colour: str
    hatch: str
    letters: str


FILLS: Final = (
    Fill("#0b5394", "", "#ffffff"),
    Fill("#9dc3e6", "", "#1d2733"),
    Fill("#f2b56b", "////", "#1d2733"),
    Fill("#c9772a", "", "#ffffff"),
    Fill("#ffffff", "\\\\\\\\", "#1d2733"),
)
BETTER: Final = Fill("#0b5394", "", "#ffffff")
WORSE: Final = Fill("#e0903c", "////", "#1d2733")
# Light to dark in equal steps of lightness: reads the same in grey.
SEQUENCE: Final = ("#f3f7fb", "#d3e3f0", "#a9cbe3", "#73abd0", "#3f86b8", "#155f96", "#083a63")


def look(scenario: Scenario) -> Look:
    """The look of a scenario, by its place in the comparison."""
    return LOOKS[scenario.place % len(LOOKS)]
