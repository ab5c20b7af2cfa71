"""A comparison of plans as it lies in its folder, and as words and figures read it."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from experiments.answers.keys import as_dict
from experiments.answers.read import AnswerFolder
from experiments.questions.adapt.keys import AdaptKeys
from experiments.questions.adapt.plans import reviews
from experiments.tables.rows import records
from sim.policy.monitoring import MonitoringRule, read_rule
from sim.targets import Targets

Row = dict[str, Any]
TABLES: Final = ("chances", "costs", "worth", "regret", "alarms", "responses", "plans", "futures")


class Answer(AnswerFolder[AdaptKeys]):
    """The tables of one comparison."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, AdaptKeys, ("responses",))

    @cached_property
    def rule(self) -> MonitoringRule:
        """The rule of the monitored plan, watching what is to be reached."""
        rule = read_rule(self.keys.scenario["monitoring"], "monitoring")
        return replace(rule, targets=Targets(**as_dict(self.keys.targets)))

    @property
    def reviews(self) -> tuple[int, ...]:
        """Years of the reviews whose responses come in time."""
        return reviews(self.rule, self.keys.targets.year)

    @property
    def number(self) -> int:
        """Futures that were lived."""
        return self.keys.draws

    def rows(self, name: str) -> list[Row]:
        """All rows of a table."""
        return records(self.table(name))

    def row(self, name: str, **keys: str) -> Row:
        """The row of a table with these values."""
        return next(row for row in self.rows(name) if all(row[key] == value for key, value in keys.items()))

    def best_kept(self) -> Row:
        """The plan without a rule that reaches all targets most often, of equal ones the cheapest."""
        kept = self.table("plans").dropna(subset=["level"])
        kept = kept[kept["allowed"] == 1.0]
        return records(kept.sort_values(["all", "billion_yuan"], ascending=[False, True]))[0]

    def places_alone(self) -> Row | None:
        """The fixed plan with most of the rule's places, from 2025 on; None when the set has no such plan."""
        rows = [row for row in self.rows("plans") if row["level"] == 1.0 and row["added_places"] > 0.0]
        return max(rows, key=lambda row: float(row["added_places"]), default=None)
