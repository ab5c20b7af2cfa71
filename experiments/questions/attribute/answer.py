"""An answer as it lies in its folder, and as words and figures read it."""

from functools import cached_property
from pathlib import Path
from typing import Any, Final

from experiments.answers.read import AnswerFolder
from experiments.pages.labels import FAMILY_LABELS, labels_of_ends
from experiments.pages.language import say
from experiments.questions.attribute.keys import AttributeKeys
from experiments.tables.rows import records

TABLES: Final = ("shares", "interactions", "levers", "totals")


class Answer(AnswerFolder[AttributeKeys]):
    """The tables of one attribution."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, AttributeKeys)

    def shares(self, outcome: str) -> list[dict[str, Any]]:
        """Part of each player in an outcome, the largest first."""
        return self._largest_first("shares", outcome)

    def pairs(self, outcome: str) -> list[dict[str, Any]]:
        """What every two players add together beyond what each adds alone, the strongest first."""
        return self._largest_first("interactions", outcome)

    def levers(self, outcome: str) -> list[dict[str, Any]]:
        """What one per cent more at each place adds, the largest first."""
        return self._largest_first("levers", outcome)

    def total(self, outcome: str) -> dict[str, Any]:
        """Both ends of an outcome and their difference."""
        return self._largest_first("totals", outcome)[0]

    def _largest_first(self, name: str, outcome: str) -> list[dict[str, Any]]:
        table = self.table(name)
        rows = table[table["outcome"] == outcome].sort_values("mean", ascending=False, key=abs, kind="stable")
        return records(rows)

    @property
    def baseline(self) -> str:
        """The scenario that the difference is from, in words."""
        return self._labels[0]

    @property
    def scenario(self) -> str:
        """The scenario whose difference is explained, in words."""
        return self._labels[1]

    @cached_property
    def _labels(self) -> tuple[str, str]:
        """What baseline and scenario are called: two, also when a scenario was changed by the command."""
        return labels_of_ends(*self.facts["titles"])


def player_label(player: str) -> str:
    """A player in words."""
    return FAMILY_LABELS.get(player) or say("Intakes and assumptions")
