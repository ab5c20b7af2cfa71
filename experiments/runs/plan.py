"""A plan: which lives to live, those that share a history together, and what is wanted of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from experiments.runs.life import FUTURE_YEARS, HISTORY_YEARS, Life
from sim.calendar import FORK_YEAR, START, year_of

RECORD = "record"  # name of what is kept of every life
MOST_TOGETHER = 50  # lives of a job, so that little is lost when one is stopped


@dataclass(frozen=True)
class Cell:
    """Lives that share a history: the same chance and knowledge.

    Up to the fork they are the same country, but for how each reads the craftsman programme.

    Attributes
    ----------
    lives
        At least one.
    extras
        Names of ``OBSERVERS``: what is wanted of each life beyond its record.
    baseline
        The life with which each other is compared, worker by worker, if that is wanted.
    """

    lives: tuple[Life, ...]
    extras: tuple[str, ...] = ()
    baseline: Life | None = None

    def wanted(self, life: Life) -> set[str]:
        """What shall be kept of a life."""
        paired = self.baseline is not None and life != self.baseline  # one of another name is compared too
        return {RECORD, *self.extras, *([paired_with(self.baseline)] if paired and self.baseline else [])}

    @property
    def compared(self) -> bool:
        """Whether the baseline has to be lived for others."""
        base = self.baseline
        return base is not None and any(life != base for life in self.lives)

    def years(self) -> int:
        """Simulated years, the history included."""
        again = self.compared and self.baseline not in self.lives
        until, histories = self.lives[0].until, len({life.scenario.programme for life in self.lives})
        return years_of_a_cell(len(self.lives) + again, until) + (histories - 1) * years_of_a_cell(0, until)

    def cut(self, size: int) -> "Iterator[Cell]":
        """The same lives in cells of so many at most, each with the history again; no pairs are parted."""
        size = len(self.lives) if self.compared else size
        for first in range(0, len(self.lives), size):
            yield replace(self, lives=self.lives[first : first + size])


def paired_with(baseline: Life) -> str:
    """Name of what a baseline changes in the lives of the workers of another life."""
    return f"paired-{baseline.run_id}"


def years_of_a_cell(lives: int, until: int) -> int:
    """Simulated years of a history and so many futures."""
    return min(until, FORK_YEAR) - year_of(START) + lives * max(0, until - FORK_YEAR)


def cells(lives: Iterable[Life], extras: tuple[str, ...] = ()) -> list[Cell]:
    """Lives by history, in the order of first use; each life once."""
    found: dict[str, dict[str, Life]] = {}
    for life in lives:
        found.setdefault(life.history_id, {})[life.run_id] = life
    return [Cell(tuple(together.values()), extras) for together in found.values()]


def jobs(plan: list[Cell], processes: int) -> list[list[Cell]]:
    """Cells packed into jobs, ever smaller ones, so that all processes end at about the same time.

    Few cells are cut: living a history once more costs less than waiting. Many small ones go together.
    """
    if processes == 1:
        return [plan] if plan else []
    left = sum(len(cell.lives) for cell in plan)
    size = max(1, min(MOST_TOGETHER, -(-left // (4 * processes))))
    least = -(-2 * HISTORY_YEARS // FUTURE_YEARS)  # futures that a history is worth living again for
    packed: list[list[Cell]] = []
    room = 0
    for part in (part for cell in plan for part in cell.cut(max(size, least))):
        if len(part.lives) > room:
            packed.append([])
            room = min(MOST_TOGETHER, -(-left // (2 * processes)))
        packed[-1].append(part)
        room -= len(part.lives)
        left -= len(part.lives)
    return packed
