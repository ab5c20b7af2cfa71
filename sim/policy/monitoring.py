"""The monitoring rule: when the planner looks, what counts as behind, and how it answers."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from sim.calendar import END, FORK_YEAR, month_index, year_of
from sim.categories import FAMILIES, TIERS
from sim.checks import MOST, as_mapping, check_keys, number, one_of, whole
from sim.constants import constants
from sim.errors import InputError
from sim.targets import Targets

# Of a target, and of one answer; answers multiply, and places must stay countable
LARGEST_FACTOR: Final = 10.0
CITY, PROVINCIAL, NATIONAL = (int(persons) for persons in constants("watched_craftsmen"))
PUBLISHED: Final = Targets(year_of(END), national=NATIONAL, provincial=PROVINCIAL, city=CITY)
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
    """Respond when the craftsmen projected for the year of the targets fall below a share of them.

    Attributes
    ----------
    tiers
        What is watched: the craftsmen of these tiers.
    first_review, every_years
        When: at the end of this year, and of every so many years after it.
    threshold
        An answer comes when a watched tier is projected below this share of its target.
    quota_factor
        What is answered: the intakes of all tiers are multiplied by it ...
    intensity_step, families
        ... and the intended intensity of these families rises by the step, up to 1. Answers add up.
    delay_months
        Months from the January after a review until its answer is in force.
    budget_million_yuan_per_year
        No intensity is added by a review of a year in which all measures cost more; None is without limit.
    targets
        What they are watched against: the published targets, or those of the command.
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
    targets: Targets = PUBLISHED

    def is_due(self, year: int) -> bool:
        """Whether the planner reviews at the end of this year; not once the year of the targets ends."""
        reviewing = self.first_review <= year < self.targets.year
        return reviewing and (year - self.first_review) % self.every_years == 0

    def in_force(self, year: int) -> int:
        """First month of the answer of a review at the end of this year, as a month index."""
        return month_index(year + 1) + self.delay_months

    def as_dict(self) -> dict[str, Any]:
        """The rule as plain lists and numbers."""
        plain = asdict(self)
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}


def read_rule(content: object, where: str) -> MonitoringRule:
    """Read a monitoring rule; InputError in one line when it breaks the schema or could never answer."""
    row = as_mapping(content, where)
    check_keys(row, RULE_KEYS, RULE_KEYS[:-1], where)
    budget = row.get("budget_million_yuan_per_year")
    rule = MonitoringRule(
        tiers=_names(row["tiers"], TIERS[1:], f"{where}.tiers"),
        first_review=whole(row["first_review"], f"{where}.first_review"),
        every_years=whole(row["every_years"], f"{where}.every_years", 1),
        threshold=number(row["threshold"], f"{where}.threshold", 0.0, LARGEST_FACTOR),
        quota_factor=number(row["quota_factor"], f"{where}.quota_factor", 0.0, LARGEST_FACTOR),
        intensity_step=number(row["intensity_step"], f"{where}.intensity_step", 0.0, 1.0),
        families=_names(row["families"], FAMILIES, f"{where}.families"),
        delay_months=whole(row["delay_months"], f"{where}.delay_months"),
        budget_million_yuan_per_year=None
        if budget is None
        else number(budget, f"{where}.budget_million_yuan_per_year", 0.0, MOST),
    )
    _check(rule, where)
    return rule


def _check(rule: MonitoringRule, where: str) -> None:
    """Refuse a rule that could never answer, or whose answer raises nothing that it names."""
    first, last = FORK_YEAR + 1, year_of(END)
    if not first <= rule.first_review < last:
        raise InputError(
            f"{where}.first_review is {rule.first_review}: write a year from {first} to {last - 1}"
        )
    if rule.in_force(rule.first_review) > END:
        longest = END - month_index(rule.first_review + 1)
        raise InputError(
            f"{where}.delay_months is {rule.delay_months}: no answer would come before {last} ends, "
            f"write {longest} or less, or review before {rule.first_review}"
        )
    if not rule.tiers:
        raise InputError(f"{where}.tiers is []: nothing is watched, write a list such as [national]")
    if not rule.families and rule.intensity_step > 0.0:
        raise InputError(
            f"{where}.families is []: name those that rise by {rule.intensity_step:g}, "
            "or write intensity_step: 0"
        )


def _names(content: object, known: tuple[str, ...], where: str) -> tuple[str, ...]:
    """Read a list of known names."""
    if not isinstance(content, list | tuple):
        raise InputError(f"{where} is {content!r}: write a list such as [{', '.join(known[:2])}]")
    return tuple(one_of(name, known, where) for name in content)
