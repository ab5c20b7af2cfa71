"""Colours that colour-blind readers and grey print can tell apart; line, mark and hatch say it again."""

from typing import Final, NamedTuple

from experiments.pages.scenario import Scenario


class Look(NamedTuple):
    """How one scenario is drawn in every figure; ``letters`` is dark enough to read as text."""

    colour: str
    line: str | tuple[int, tuple[float, ...]]
    marker: str
    letters: str


# Dark and light alternate, so that neighbours in the order differ in grey as well. Where colours come near
# each other for somebody, line and mark differ.
LOOKS: Final = (
    Look("#5f6770", (0, (4, 1.6)), "s", "#4d545c"),
    Look("#0b5394", "-", "o", "#0b5394"),
    Look("#d97a00", (0, (5, 1.2, 1.2, 1.2)), "^", "#a35a00"),
    Look("#8a1f5c", (0, (1.2, 1.2)), "D", "#8a1f5c"),
    Look("#2a9d8f", (0, (8, 1.5)), "v", "#1b7268"),
    Look("#7fa8d9", (0, (2.5, 1.2, 1, 1.2, 1, 1.2)), "P", "#3a6ba5"),
    Look("#3d2b7a", (0, (6, 1, 2, 1)), "X", "#3d2b7a"),
    Look("#c9a227", (0, (3, 2)), "<", "#7d6408"),
    Look("#1d2733", (0, (0.8, 2)), "p", "#1d2733"),
    Look("#d1618f", (0, (9, 1.5, 3, 1.5)), ">", "#a83765"),
    Look("#4a6b1f", (0, (2, 0.8)), "h", "#4a6b1f"),
    Look("#9a8478", (0, (5, 1, 0.8, 1, 0.8, 1)), "d", "#6f5b50"),
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
    """The look of a scenario, by its place in the comparison; past the last, colours get other marks."""
    round_, place = divmod(scenario.place, len(LOOKS))
    other = LOOKS[(place + 5 * round_) % len(LOOKS)]
    return LOOKS[place]._replace(marker=other.marker, line=other.line)
