"""The planner: quotas, spending, projections, and the answer when a target is out of reach."""

from typing import TYPE_CHECKING, Final

from sim.calendar import calendar_month, month_index, year_of
from sim.categories import PROVINCES, TIERS
from sim.policy.cost import spending
from sim.policy.modifiers import Modifiers
from sim.targets import Targets
from sim.workforce.columns import NO_COURSE, WAITING

if TYPE_CHECKING:
    from tests.reference.twin import Twin

PUBLISHED_TARGETS: Final = Targets(year=2035, city=50_000, provincial=10_000, national=2_000)
YOUNG_MONTHS: Final = 35 * 12
FIRST_ROUND: Final = 2024
LAST_YEAR: Final = 2035
SELECTION: Final = (0, 1, 1, 7)  # calendar month in which each tier selects


class Planner:
    """Carries the scenario and watches the targets."""

    def __init__(self, modifiers: Modifiers) -> None:
        self.modifiers = modifiers
        self.spent: dict[str, float] = {}  # million yuan in the last year, by measure
        self.projected: dict[str, float] = {}  # craftsmen expected at the end of the targets' year

    def rounds(self, month: int) -> dict[int, tuple[int, int]]:
        """Places and months of cultivation of the rounds of a month, by tier."""
        programme = self.modifiers.scenario.programme
        found = {}
        for tier, name in enumerate(TIERS[1:], start=1):
            if calendar_month(month) == SELECTION[tier] and year_of(month) in self.years(tier):
                found[tier] = self.modifiers.quota(name, month), programme.months[tier - 1]
        return found

    def years(self, tier: int) -> list[int]:
        """Years of the rounds of a tier, to the last that the model knows."""
        found = [FIRST_ROUND]
        while found[-1] < LAST_YEAR:
            after = found[-1] + 1
            if self.modifiers.scenario.programme.rounds == "after_naming":
                while month_index(after, SELECTION[tier]) <= self.named(tier, found[-1]):
                    after += 1
            found.append(after)
        return found

    def named(self, tier: int, year: int) -> int:
        """Month at whose end the round of a year is named: the first end of a quarter when it is over."""
        month = month_index(year, SELECTION[tier]) + self.modifiers.scenario.programme.months[tier - 1] - 1
        while calendar_month(month) % 3 != 0:
            month += 1
        return month

    def close_year(self, world: "Twin", year: int) -> None:
        """Book what the measures cost, look ahead, and respond."""
        months = range(month_index(year), month_index(year + 1))
        self.spent = spending(self.modifiers, months, quantities(world))
        self.project(world, year)
        self.respond(year)

    def targets(self) -> Targets:
        """What the rule watches."""
        rule = self.modifiers.scenario.monitoring
        return rule.targets if rule else PUBLISHED_TARGETS

    def project(self, world: "Twin", year: int) -> None:
        """Craftsmen of the targets' year if places to come bring as many as those evaluated so far."""
        counted = self.counted(world)
        for tier, name in enumerate(TIERS[1:], start=1):
            ends = {intake: year_of(self.named(tier, intake)) for intake in self.years(tier)}
            named = [intake for intake, end in ends.items() if end <= year]
            under_way = [intake for intake, end in ends.items() if year < end <= self.targets().year]
            months = [month_index(intake, SELECTION[tier]) for intake in under_way]
            coming = sum(self.modifiers.quota(name, month) for month in months)
            success = world.recognition.success(tier, named, counted[tier])
            self.projected[name] = counted[tier] + coming * success

    def counted(self, world: "Twin") -> list[int]:
        """Certificates by tier, or those who have it as their highest and still work in the trade."""
        if self.targets().counting == "certificates":
            return [int(of_tier.sum()) for of_tier in world.recognition.recognised]
        active = [0] * len(TIERS)
        for worker in world.workers:
            active[worker.tier] += worker.weight
        return active

    def respond(self, year: int) -> None:
        """Add to quotas and intensities in a year of review, when a projection is short of its target."""
        rule = self.modifiers.scenario.monitoring
        if rule is None or year < rule.first_review or (year - rule.first_review) % rule.every_years:
            return
        required = rule.targets.required
        if year >= rule.targets.year:
            return
        if all(self.projected[tier] >= rule.threshold * required(tier) for tier in rule.tiers):
            return
        budget = rule.budget_million_yuan_per_year
        affordable = budget is None or sum(self.spent.values()) <= budget
        step = rule.intensity_step if affordable else 0.0
        begins = month_index(year + 1) + rule.delay_months
        self.modifiers.respond(rule.families, step, rule.quota_factor, begins)


def quantities(world: "Twin") -> dict[str, list[float]]:
    """What unit costs are multiplied by, by province; spending decides nothing but what is affordable."""
    workers, migrants, young, learners, recognised = ([0.0] * PROVINCES for _ in range(5))
    for worker in world.workers:
        province, persons = worker.province, worker.weight
        workers[province] += persons
        if province != worker.home:
            migrants[province] += persons
        if world.now - worker.birth < YOUNG_MONTHS:
            young[province] += persons
        if worker.training not in (NO_COURSE, WAITING):
            learners[province] += persons
        if worker.tier > 0:
            recognised[province] += persons
    enterprises = [sum(map(len, by_sector)) * world.persons_per_agent for by_sector in world.firms.of]
    return {
        "workers": workers,
        "migrants": migrants,
        "young_workers": young,
        "apprentices_and_learners": learners,
        "subsidised_places": world.places_in_year,
        "enterprises": enterprises,
        "recognised": recognised,
        "provinces": [1.0] * PROVINCES,
    }
