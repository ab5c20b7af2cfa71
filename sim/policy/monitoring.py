"""The monitoring rule: when the planner looks, what counts as behind, and how it answers."""

import math
from dataclasses import asdict, dataclass
from typing import Any, Final

from sim.categories import FAMILIES, TIERS
from sim.errors import InputError
from sim.policy.checks import as_mapping, check_keys, number, one_of, whole

RULE_KEYS: Final = (
    "tiers",
    "first_review",
    "every_years",
    "threshold",
    "quota_factor",
    "intensity_step",
    "families",
    "delay_months",
    "budget_million_yuan_per_year",
)


@dataclass(frozen=True)
class MonitoringRule:
    """Respond when the recognised projected for 2035 fall below a share of the required number.

    At the end of ``first_review`` and every ``every_years`` after it, the planner compares projected with
    required in each of ``tiers``. If one ratio is below ``threshold``, the intakes of all tiers are
    multiplied by ``quota_factor`` and the intended intensity of ``families`` rises by ``intensity_step``,
    both ``delay_months`` later. With a budget, it adds no intensity in years that already spend more.
    """

    tiers: tuple[str, ...]
    first_review: int
    every_years: int
    threshold: float
    quota_factor: float
    intensity_step: float
    families: tuple[str, ...]
    delay_months: int
    budget_million_yuan_per_year: float | None = None

    def is_due(self, year: int) -> bool:
        """Whether the planner reviews at the end of this year."""
        return year >= self.first_review and (year - self.first_review) % self.every_years == 0

    def as_dict(self) -> dict[str, Any]:
        """The rule as plain lists and numbers."""
        plain = asdict(self)
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}


def read_rule(content: object, where: str) -> MonitoringRule:
    """Read a monitoring rule; InputError in one line when it breaks the schema."""
    row = as_mapping(content, where)
    check_keys(row, RULE_KEYS, RULE_KEYS[:-1], where)
    first_review = whole(row["first_review"], f"{where}.first_review")
    if not 2025 <= first_review <= 2035:
        raise InputError(f"{where}.first_review is {first_review}: write a year from 2025 to 2035")
    budget = row.get("budget_million_yuan_per_year")
    return MonitoringRule(
        tiers=_names(row["tiers"], TIERS[1:], f"{where}.tiers"),
        first_review=first_review,
        every_years=whole(row["every_years"], f"{where}.every_years", 1),
        threshold=number(row["threshold"], f"{where}.threshold", 0.0),
        quota_factor=number(row["quota_factor"], f"{where}.quota_factor", 0.0),
        intensity_step=number(row["intensity_step"], f"{where}.intensity_step", 0.0, 1.0),
        families=_names(row["families"], FAMILIES, f"{where}.families"),
        delay_months=whole(row["delay_months"], f"{where}.delay_months"),
        budget_million_yuan_per_year=None
        if budget is None
        else number(budget, f"{where}.budget_million_yuan_per_year", 0.0, math.inf),
    )


def _names(content: object, known: tuple[str, ...], where: str) -> tuple[str, ...]:
    """Read a list of known names."""
    if not isinstance(content, list | tuple):
        raise InputError(f"{where} is {content!r}: write a list such as [{', '.join(known[:2])}]")
    return tuple(one_of(name, known, where) for name in content)
