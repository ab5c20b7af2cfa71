"""Where the ladder leaks: places offered to a tier, and what becomes of them by the last year."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.language import say
from experiments.pages.scenario import Scenario
from experiments.pages.words import known, percent, persons
from experiments.questions.compare.reading import Comparison

LOSSES: Final = ("unfilled", "failed", "lost", "in_cultivation")
LOSS_LABELS: Final = {
    "completed": "certified",
    "in_cultivation": "still in cultivation",
    "failed": "failed",
    "lost": "lost on the way",
    "unfilled": "not filled",
}


@dataclass(frozen=True)
class Account:
    """Places of one tier from the first intake to the last year, mean over the runs.

    ``places`` is ``completed`` plus the four losses.
    """

    scenario: Scenario
    tier: str
    places: float
    completed: float
    unfilled: float
    failed: float
    lost: float
    in_cultivation: float
    nominated: float
    required: float

    def size(self, loss: str) -> str:
        """One of the losses as persons and as a share of places."""
        persons_lost = float(getattr(self, loss))
        if not self.places:
            return persons(persons_lost)
        share = percent(persons_lost / self.places)
        return say("{persons} ({share} of places)", persons=persons(persons_lost), share=share)

    def remedy(self, loss: str) -> str:
        """Whether undoing one of the losses would be enough; empty when the target is reached."""
        if not known(self.required) or self.completed >= self.required:
            return ""
        if self.completed + float(getattr(self, loss)) >= self.required:
            return say("enough to close the mean gap")
        return say("not enough alone to close the mean gap")


def account(comparison: Comparison, scenario: Scenario, tier: str) -> Account:
    """The account of one scenario and tier; raises NotRecorded."""

    def total(indicator: str) -> float:
        matrix = comparison.of(scenario, comparison.runs(indicator, f"tier={tier}"))
        return float(matrix.sum(axis=1).mean())

    def total_or_missing(indicator: str) -> float:
        return total(indicator) if comparison.has(indicator, f"tier={tier}") else float("nan")

    places, selected, completed = total("quota"), total("selected"), total("completed")
    failed, lost = total("failed"), total("lost")
    if comparison.has("in_cultivation", f"tier={tier}"):
        still = comparison.of(scenario, comparison.runs("in_cultivation", f"tier={tier}"))
        in_cultivation = float(still.iloc[:, -1].mean())
    else:
        in_cultivation = max(0.0, selected - completed - failed - lost)
    return Account(
        scenario=scenario,
        tier=tier,
        places=places,
        completed=completed,
        unfilled=max(0.0, places - selected),
        failed=failed,
        lost=lost,
        in_cultivation=in_cultivation,
        nominated=total_or_missing("nominated"),
        required=_required(comparison, scenario, tier),
    )


def accounts(comparison: Comparison, tier: str) -> list[Account]:
    """The account of each scenario."""
    return [account(comparison, scenario, tier) for scenario in comparison.scenarios]


def as_table(rows: list[Account]) -> pd.DataFrame:
    """Accounts as a table, a row per scenario and tier."""
    names = ("places", "nominated", "completed", *LOSSES, "required")
    return pd.DataFrame(
        [
            {"scenario": row.scenario.name, "tier": row.tier, **{name: getattr(row, name) for name in names}}
            for row in rows
        ]
    )


def _required(comparison: Comparison, scenario: Scenario, tier: str) -> float:
    try:
        return float(comparison.target(scenario, tier)["required"])
    except NotRecorded:
        return float("nan")
