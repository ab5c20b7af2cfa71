"""A study of sensitivity as it lies in its folder, and as words and figures read it."""

from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.answers.read import AnswerFolder
from experiments.outcomes.attained import MEANINGS
from experiments.pages.labels import TARGET_LABELS, labels_of_ends
from experiments.pages.language import Labels, say
from experiments.pages.words import sentence_start
from experiments.questions.sensitivity.keys import SensitivityKeys
from experiments.tables.rows import records
from sim.targets import TARGET_TIERS

LEVEL, DIFFERENCE = KINDS = ("level", "difference")
TIERS: Final = tuple(f"{tier}_attainment" for tier in TARGET_TIERS)
WIDER: Final = tuple(name for name in MEANINGS if name not in TIERS)
TABLES: Final = ("morris", "sobol")
MATTERS: Final = 0.02  # total index below which a number is not named
EFFECT: Final = "{meaning} at full intensity"  # as the register of assumptions calls the effect of a measure
GRADES: Final = Labels({
    "A": "measured in China",
    "B": "derived, or measured elsewhere",
    "C": "only assumed",
})  # fmt: skip


class Answer(AnswerFolder[SensitivityKeys]):
    """The tables of one study."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, SensitivityKeys)

    def shares(self, outcome: str, kind: str = LEVEL) -> list[dict[str, Any]]:
        """Indices of the numbers that were kept, the largest first."""
        table = self.indices
        rows = table[(table["outcome"] == outcome) & (table["kind"] == kind)]
        return records(rows.sort_values("total", ascending=False, kind="stable"))

    def moving(self, outcome: str, kind: str = LEVEL) -> list[dict[str, Any]]:
        """Those that are worth a name."""
        return [row for row in self.shares(outcome, kind) if row["total"] > MATTERS]

    def converged(self, outcome: str, kind: str = LEVEL) -> bool:
        """Whether the indices of an outcome are known well."""
        return bool(self.facts["converged"][f"{outcome} {kind}"])

    @property
    def indices(self) -> pd.DataFrame:
        """Indices of the numbers that were kept, by outcome and kind."""
        return self.table("sobol")

    @property
    def screening(self) -> pd.DataFrame:
        """Effects of all uncertain numbers, by outcome and kind."""
        return self.table("morris")

    @cached_property
    def ends(self) -> tuple[str, str]:
        """What baseline and scenario are called."""
        return labels_of_ends(*self.facts["titles"])


def outcome_label(outcome: str) -> str:
    """An outcome in words."""
    if outcome in TIERS:
        return TARGET_LABELS[outcome.removesuffix("_attainment")]
    return sentence_start(MEANINGS[outcome])


def meaning(row: dict[str, Any]) -> str:
    """An uncertain number in words, as part of a sentence."""
    text = row["meaning"]
    if "." in row["factor"]:  # a measure's effect
        text = EFFECT.format(meaning=text)
    return say(text).rstrip(".\N{IDEOGRAPHIC FULL STOP}")
