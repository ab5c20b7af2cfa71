"""Where the ladder leaks: places offered to a tier, and what becomes of them by the last year."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from experiments.report.language import say
from experiments.report.reading import Comparison, NotRecorded, Scenario
from experiments.report.words import clauses, known, percent, persons

LOSSES: Final = ("unfilled", "failed", "lost", "in_cultivation")
LOSS_WORDS: Final = {
    "unfilled": "places without a qualified candidate",
    "failed": "people who fail the evaluation",
    "lost": "people who retire, leave or die during cultivation",
    "in_cultivation": "people still in cultivation in the last year",
}
LOSS_LABELS: Final = {
    "completed": "certified",
    "in_cultivation": "still in cultivation",
    "failed": "failed",
    "lost": "lost on the way",
    "unfilled": "place not filled",
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

    @property
    def largest_loss(self) -> str:
        """Name of the largest of the four losses."""
        return max(LOSSES, key=lambda name: float(getattr(self, name)))

    @property
    def quota_binds(self) -> bool:
        """Whether fewer places are offered than are required."""
        return known(self.required) and self.places < self.required

    def share_lost(self) -> str:
        """The largest loss as persons and as a share of places."""
        size = float(getattr(self, self.largest_loss))
        if not self.places:
            return persons(size)
        return say("{persons} ({share} of places)", persons=persons(size), share=percent(size / self.places))

    def remedy(self) -> str:
        """Whether undoing the largest loss would be enough; empty when the target is reached."""
        if not known(self.required) or self.completed >= self.required:
            return ""
        enough = self.completed + float(getattr(self, self.largest_loss)) >= self.required
        if enough:
            return say("enough to close the mean gap")
        return say("not enough alone to close the mean gap")

    def binding(self) -> str:
        """The binding constraint, in words and numbers."""
        if self.quota_binds:
            return say(
                "the quota binds: {places} places are fewer than the {required} wanted",
                places=persons(self.places),
                required=persons(self.required),
            )
        if float(getattr(self, self.largest_loss)) < 0.005 * self.places:
            return say(
                "nothing binds: {certified} of {places} places are certified",
                certified=persons(self.completed),
                places=persons(self.places),
            )
        loss = say(LOSS_WORDS[self.largest_loss])
        said = say("the largest loss is {loss}: {size}", loss=loss, size=self.share_lost())
        return clauses([said, self.remedy()] if self.remedy() else [said])


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
