"""A stand-in for the country in which delivery alone is cheap and helps, and intakes help all."""

from typing import Any

import numpy as np

from experiments.questions.optimise.scores import SPENT_ON
from experiments.runs.inputs import read_inputs
from sim.calendar import START, calendar_month, year_of
from sim.categories import FAMILIES
from sim.outcomes.record import Columns, Record
from sim.targets import TARGET_TIERS
from tests import fake_model

REQUIRED = {"national": 2_000, "provincial": 10_000, "city": 50_000}
lived: list["MixModel"] = []  # futures that ended


class MixModel(fake_model.WorkforceModel):
    """Has its figures at once; a draw is good or bad."""

    def levels(self) -> dict[str, float]:
        """Level of each family."""
        catalogue = read_inputs({}, "until_2024").catalogue
        found = dict.fromkeys(FAMILIES, 0.0)
        for path in self.scenario.paths:
            family = catalogue[path.measure].family
            found[family] = max(found[family], path.level)
        return found

    def attained(self, levels: dict[str, float]) -> float:
        """Craftsmen over the targets, of every tier."""
        luck = 0.02 * np.sin(self.draw)
        helped = 0.95 + 0.06 * levels["delivery"] + 0.003 * sum(levels.values()) + luck
        return float(self.scenario.quota_per_year[1] / 1000 * helped)

    def columns(self) -> Columns:
        lived.append(self)
        record, levels = Record(), self.levels()
        attained = self.attained(levels)
        cost = dict.fromkeys(SPENT_ON, 0.0)  # no place beyond the announced ones
        cost |= {family: (100.0 if family == "delivery" else 1000.0) * levels[family] for family in FAMILIES}
        last = year_of(self.month) + (calendar_month(self.month) == 12)
        for year in range(year_of(START) + 1, last):
            at_end = year == last - 1
            for tier in TARGET_TIERS:
                record.add(year, "recognised", attained * REQUIRED[tier], f"tier={tier}")
            for indicator in ("high_skilled", "workers", "skill_premium", "settled_share", "young_entries"):
                record.add(year, indicator, 1.0)
            record.add(year, "satisfaction", 48.0 + sum(levels.values()))
            record.add(year, "spending", at_end * 1e3 * sum(cost.values()))
            for name, billions in cost.items():
                record.add(year, "spending", at_end * 1e3 * billions, f"family={name}")
        return record.columns()

    def fork(self, scenario: Any, inputs: Any = None) -> "MixModel":
        forked = super().fork(scenario)
        return type(self)(
            scenario, inputs=inputs or self.inputs, seed=self.seed, draw=self.draw, state=forked.state
        )
