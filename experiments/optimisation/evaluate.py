"""Candidates are lived in cells: pairs of a seed and a draw that all of them share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from experiments.optimisation.levers import Candidate, Space
from experiments.optimisation.lives import Futures
from experiments.optimisation.scores import Score
from experiments.runs.files import canonical

if TYPE_CHECKING:
    from experiments.kept import Kept
    from experiments.runs.progress import Progress, Years

TOGETHER: Final = 4  # futures of one history that are lived, and kept, together
AGENTS_AS_DEAR_AS_A_LIFE: Final = 110_000  # what institutions take is as much as these


@dataclass(frozen=True)
class Cells:
    """Cells ``first`` to ``first + number - 1``, each with the seed and the draw of its number."""

    first: int
    number: int
    agents: int

    def numbers(self) -> range:
        """Seed and draw of each cell."""
        return range(self.first, self.first + self.number)

    def parts(self, candidates: int) -> int:
        """Parts that the futures of so many candidates come in."""
        return self.number * -(-candidates // TOGETHER)

    @property
    def effort(self) -> int:
        """What one future takes, about, in a unit that all sizes of a population share."""
        return max(1, round(4 * (1.0 + self.agents / AGENTS_AS_DEAR_AS_A_LIFE)))


class Weighted:
    """Counts each part as so many years of work, because populations differ in size."""

    def __init__(self, progress: "Years", weight: int) -> None:
        self.progress, self.weight = progress, weight

    def year(self, year: int, /) -> None:
        """Count a part that is done."""
        for _ in range(self.weight):
            self.progress.year(year)

    def skip(self, years: int, /) -> None:
        """Expect so many parts less."""
        self.progress.skip(years * self.weight)


@dataclass(frozen=True)
class Evaluation:
    """How candidates become scores: what is the same for all of them, and where results are kept."""

    space: Space
    common: Mapping[str, Any]  # knowledge and targets
    kept: "Kept"
    progress: "Progress"

    def __call__(self, candidates: Sequence[Candidate], cells: Cells) -> list[Score]:
        """Live candidates in cells, as far as that is not kept from before."""
        if not candidates:
            return []
        texts = [canonical(self.space.scenario(one)) for one in candidates]
        groups = [tuple(texts[start : start + TOGETHER]) for start in range(0, len(texts), TOGETHER)]
        tasks = [
            Futures(scenarios=group, seed=number, draw=number, agents=cells.agents, **self.common)
            for number in cells.numbers()  # those of one history stand together
            for group in groups
        ]
        lived = self.kept.of(tasks, Weighted(self.progress, cells.effort))
        each = len(groups)
        by_cell = [np.concatenate(lived[start : start + each]) for start in range(0, len(lived), each)]
        stacked = np.stack(by_cell, axis=1)  # candidates, cells, outputs
        return [Score(one, rows) for one, rows in zip(candidates, stacked, strict=True)]
