"""What a future under extreme conditions is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from sim.calendar import FORK, FORK_YEAR, year_of
from sim.categories import TIERS
from sim.model import WorkforceModel
from sim.workforce.columns import VACANT

NO_CASE: Final = ("promotion_wait", "recognition_wait")  # undefined in a year without any


@dataclass
class Outcome:
    """A country some years after the fork."""

    model: WorkforceModel
    last: int = field(init=False)

    def __post_init__(self) -> None:
        """Note the last whole year."""
        self.last = year_of(self.model.month)

    @cached_property
    def values(self) -> Mapping[tuple[int, str, str], float]:
        """National numbers by year, indicator and group."""
        table = self.model.indicators()
        rows = table[table["province"] == "all"]
        keys = zip(rows["year"], rows["indicator"], rows["group"], strict=True)
        return dict(zip(keys, rows["value"], strict=True))

    @property
    def years(self) -> range:
        """The years since the fork."""
        return range(FORK_YEAR + 1, self.last + 1)

    def at_end(self, indicator: str, group: str = "all") -> float:
        """A number of the last year."""
        return self.values[self.last, indicator, group]

    def at_fork(self, indicator: str, group: str = "all") -> float:
        """The same at the fork."""
        return self.values[FORK_YEAR, indicator, group]

    def total(self, indicator: str, group: str = "all", since: int = FORK_YEAR + 1) -> float:
        """Sum over the years from ``since`` on."""
        return sum(self.values[year, indicator, group] for year in range(since, self.last + 1))

    def certificates(self) -> float:
        """Certificates of all tiers since 2024."""
        return sum(self.at_end("recognised", f"tier={tier}") for tier in TIERS[1:])

    def arrived(self, province: int) -> float:
        """Persons with another home who have come to a province since the fork and are still there."""
        workers = self.model.state.population.workers
        here = (workers.status != VACANT) & (workers.province == province) & (workers.home != province)
        return float(workers.weight[here & (workers.arrival > FORK)].sum())


def not_finite(outcome: Outcome) -> list[str]:
    """Numbers for the whole country, and states of markets and enterprises, that are none."""
    state = outcome.model.state
    wrong = [
        name
        for (_, name, group), value in outcome.values.items()
        if group == "all" and name not in NO_CASE and not np.isfinite(value)
    ]
    held = {
        "wage_level": state.market.wage_level,
        "wage_mean": state.market.wage_mean,
        "supply": state.market.supply,
        "tightness": state.market.tightness,
        "climate": state.enterprises.climate,
        "effort": state.enterprises.effort,
        **{name: getattr(outcome.model.country.around, name) for name in ("destinations",)},
    }
    return sorted({*wrong, *(name for name, values in held.items() if not np.all(np.isfinite(values)))})


def negative(outcome: Outcome) -> list[str]:
    """Numbers below zero; none may be but spending, which is below zero where fewer places cost less."""
    return sorted({
        name for (_, name, _), value in outcome.values.items() if value < 0.0 and name != "spending"
    })  # fmt: skip


def unbalanced(outcome: Outcome) -> float:
    """Largest difference of a year between the change of heads and entries less exits, persons."""
    values = outcome.values
    return max(
        abs(
            values[year, "workers", "all"]
            - values[year - 1, "workers", "all"]
            - values[year, "entries", "all"]
            + values[year, "exits", "all"]
        )
        for year in outcome.years
    )
