"""A plan: which lives to live, those that share a history together, and what is wanted of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from experiments.runs.life import FUTURE_YEARS, HISTORY_YEARS, Life
from sim.calendar import FORK, START, year_of

MOST_TOGETHER = 50  # lives of a job, so that little is lost when one is stopped


@dataclass(frozen=True)
class Cell:
    """Lives that share a history: the same chance and knowledge, before 2025 the same country.

    Attributes
    ----------
    lives
        At least one.
    extras
        Names of ``OBSERVERS``: what is wanted of each life beyond its record.
    """

    lives: tuple[Life, ...]
    extras: tuple[str, ...] = ()

    def years(self) -> int:
        """Simulated years, the history included."""
        return years_of_a_cell(len(self.lives), self.lives[0].until)

    def cut(self, size: int) -> "Iterator[Cell]":
        """The same lives in cells of so many at most, each with the history once more."""
        for first in range(0, len(self.lives), size):
            yield replace(self, lives=self.lives[first : first + size])


def years_of_a_cell(lives: int, until: int) -> int:
    """Simulated years of a history and so many futures."""
    return min(until, year_of(FORK)) - year_of(START) + lives * max(0, until - year_of(FORK))


def cells(lives: Iterable[Life], extras: tuple[str, ...] = ()) -> list[Cell]:
    """Lives by history, in the order of first use; each life once."""
    found: dict[str, dict[str, Life]] = {}
    for life in lives:
        found.setdefault(life.history_id, {})[life.run_id] = life
    return [Cell(tuple(together.values()), extras) for together in found.values()]


def jobs(plan: list[Cell], processes: int) -> list[list[Cell]]:
    """Cells packed into jobs, some for each process, so that none is idle for long at the end.

    Few cells are cut: living a history once more costs less than waiting. Many small ones go together.
    """
    if processes == 1:
        return [[cell] for cell in plan]
    lives = sum(len(cell.lives) for cell in plan)
    size = max(1, min(MOST_TOGETHER, -(-lives // (4 * processes))))
    least = -(-2 * HISTORY_YEARS // FUTURE_YEARS)  # futures that a history is worth living again for
    packed: list[list[Cell]] = []
    room = 0
    for cell in plan:
        for part in cell.cut(max(size, least)):
            if len(part.lives) > room:
                packed.append([])
                room = size
            packed[-1].append(part)
            room -= len(part.lives)
    return packed
