"""What an optimisation found, as its page reads it from the folder alone."""

from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.answers.read import AnswerFolder
from experiments.questions.optimise.keys import OptimiseKeys
from experiments.tables.rows import records
from sim.categories import FAMILIES

TABLES: Final = ("candidates", "front")


class Answer(AnswerFolder[OptimiseKeys]):
    """The tables of one optimisation."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, OptimiseKeys)

    @cached_property
    def front(self) -> list[dict[str, Any]]:
        """Mixes of the front, the cheapest first."""
        table = self.table("front").fillna({"role": ""})  # of those that are neither winner nor runner-up
        return records(table.sort_values("cost_billion_yuan", kind="stable"))

    @property
    def searched(self) -> pd.DataFrame:
        """All mixes that were lived in the search."""
        return self.table("candidates")

    @property
    def winner(self) -> dict[str, Any]:
        """The chosen mix, lived in futures that nothing was chosen by."""
        return dict(self.facts["winner"])

    @property
    def runner_up(self) -> dict[str, Any] | None:
        """The next mix, in the same futures."""
        found: dict[str, Any] | None = self.facts.get("runner_up")
        return found

    @property
    def binding(self) -> dict[str, Any] | None:
        """The wish that cannot be kept, its limit, and by how much it is missed."""
        found: dict[str, Any] | None = self.facts["binding"]
        return found

    @property
    def unkept(self) -> list[dict[str, Any]]:
        """The wishes that the chosen mix misses in futures that nothing was chosen by."""
        found: list[dict[str, Any]] = self.facts["unkept"]
        return found

    @property
    def sure(self) -> bool:
        """Whether the interval of the chosen mix lies above the probability that was asked."""
        return bool(self.winner["probability_low"] >= self.keys.probability)

    def on_front(self, role: str) -> dict[str, Any]:
        """Winner or runner-up in the futures of the front, by which it was chosen."""
        return next(row for row in self.front if row["role"] == role)

    def levels(self, row: dict[str, Any]) -> dict[str, float]:
        """Levels of the families that a mix raises."""
        return {family: row[family] for family in FAMILIES if row[family] > 0.0}
