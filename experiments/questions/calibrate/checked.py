"""All that was chosen for `workforce calibrate`, checked."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.questions.calibrate.keys import CalibrateKeys

if TYPE_CHECKING:
    import pandas as pd

    from experiments.runs.life import World
    from experiments.study.launch import Work
    from experiments.tables.change import Change


CANDIDATES, CANDIDATE_SEEDS = 20, 4  # for the best fit: members beside the mean, and seeds of each


@dataclass(frozen=True)
class Plan:
    """All that was chosen for a calibration, checked."""

    keys: CalibrateKeys
    names: list[str]
    targets: "pd.DataFrame"
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self.work.answer

    def years(self) -> int:
        """Simulated years when nothing has to be filled up."""
        from experiments.runs.plan import years_of_a_cell

        chosen = self.keys
        histories = chosen.members * (chosen.rounds + 1) + (1 + CANDIDATES) * CANDIDATE_SEEDS
        return int(histories) * years_of_a_cell(1, chosen.until)

    def seeds(self, first: int) -> range:
        """Chance of each member of an ensemble, a seed of its own."""
        return range(first, first + int(self.keys.members))
