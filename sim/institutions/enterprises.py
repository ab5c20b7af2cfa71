"""Enterprises: sizes, training effort and poaching, democratic management that spreads, climate."""

import copy
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.alias import alias_tables
from sim.categories import PROVINCES, SECTORS
from sim.chance import Purpose, Word, make_key, uniforms
from sim.constants import constant, constants
from sim.institutions.enterprise_sizes import DIGITS, class_shares, enterprise_sizes
from sim.law import Law
from sim.life.flows import CLIMATE_SUM, POACHED, REVIEWED
from sim.life.surroundings import ENTERPRISE
from sim.rates import Rates

OWNERSHIP: Final = ("state", "private", "foreign")  # codes 0, 1, 2 of Enterprises.ownership
STATE_SHARE_BY_SIZE: Final = constants("state_share_by_size")
FOREIGN_SHARE_BY_SIZE: Final = constants("foreign_share_by_size")
EFFORT_BY_SIZE: Final = constants("effort_by_size")
EFFORT_LEAST: Final = constant("effort_least")
STATE_INCLINATION, OTHER_INCLINATION = constants("congress_inclination")
CELL_MINIMUM: Final = constant("enterprises_per_market_least")  # however small the population
CLIMATE_START: Final = constant("attitude_start")


class Enterprises:
    """All enterprises as columns, ordered by province and sector.

    When an agent stands for k persons, an enterprise stands for k enterprises, so that the sizes
    counted in agents follow the same law at every scale.
    """

    def __init__(self, workers_by_cell: NDArray[np.float64], scale: float, law: Law, seed: int) -> None:
        """``workers_by_cell``: persons, shape (31, 4); ``scale``: persons per agent."""
        self._law, self._seed = law, seed
        exact = workers_by_cell.ravel() / law.enterprise_persons
        country, per_cell = (
            np.maximum(CELL_MINIMUM, np.rint(number)).astype(np.int64) for number in (exact, exact / scale)
        )
        cells = np.repeat(np.arange(PROVINCES * len(SECTORS)), per_cell)
        self.cell_start = np.concatenate(([0], np.cumsum(per_cell)))
        self.province = (cells // len(SECTORS)).astype(np.uint8)
        self.sector = (cells % len(SECTORS)).astype(np.uint8)
        power_law = law.enterprise_persons, law.enterprise_size_exponent
        self.size = enterprise_sizes(per_cell, *power_law)  # persons
        self.table = np.zeros(cells.size, ENTERPRISE)
        self.climate = np.full(cells.size, CLIMATE_START)  # mean satisfaction of the workers, 0 to 1
        self.democratic = np.zeros(cells.size, np.uint8)  # staff congress at work, affairs open
        self.pay_by_skill = np.zeros(cells.size, np.uint8)
        self.table["threshold"], self.table["alias"] = alias_tables(self.size, self.cell_start)
        self._start_practices(law, class_shares(self.size, per_cell, country, *power_law))

    def _start_practices(self, law: Law, classes: NDArray[np.float64]) -> None:
        rows = np.arange(len(self), dtype=np.uint64)  # what keys the draws of an enterprise
        draw = uniforms(make_key(self._seed, 0, Purpose.OWNERSHIP), rows)
        state = (classes * STATE_SHARE_BY_SIZE).sum(axis=1)
        foreign = (classes * FOREIGN_SHARE_BY_SIZE).sum(axis=1)
        self.ownership = np.where(draw < state, 0, np.where(draw < state + foreign, 2, 1)).astype(np.uint8)
        start = uniforms(make_key(self._seed, 0, Purpose.FIRST_DEMOCRATIC), rows)
        inclination = np.where(self.ownership == 0, STATE_INCLINATION, OTHER_INCLINATION)
        self.democratic[:] = start < law.democratic_share_start * inclination
        pays = uniforms(make_key(self._seed, 0, Purpose.FIRST_PAY_BY_SKILL), rows)
        self.pay_by_skill[:] = pays < law.pay_by_skill_share_start
        self.usual_effort = np.round((classes * EFFORT_BY_SIZE).sum(axis=1), DIGITS)
        self.effort[:] = self.usual_effort
        self.poached_share = np.zeros(len(self))  # share of workers poached in the last year

    def __len__(self) -> int:
        return int(self.size.size)

    def copy(self) -> "Enterprises":
        """An independent copy of what changes; what never changes is shared."""
        twin = copy.copy(self)
        for name in ("table", "climate", "democratic", "pay_by_skill", "poached_share"):
            setattr(twin, name, getattr(self, name).copy())
        return twin

    @property
    def effort(self) -> NDArray[np.float64]:
        """Training effort, shape (enterprises,); 1 is the mean of 2014."""
        return self.table["effort"]

    def met(self) -> tuple[Any, ...]:
        """What workers meet of enterprises: the last fields of ``Surroundings``, not copied."""
        return self.table, self.climate, self.democratic, self.pay_by_skill, self.cell_start

    def update_climate(self, tally: NDArray[np.int64]) -> None:
        """Climate from the satisfaction of the workers reviewed since the last quarter.

        ``tally``: persons and sums, shape (enterprises, 3). Enterprises that nobody spoke of keep theirs.
        """
        heard = tally[:, REVIEWED] > 0
        self.climate[heard] = tally[heard, CLIMATE_SUM] / (255.0 * tally[heard, REVIEWED])

    def decide(self, year: int, rates: Rates, tally: NDArray[np.int64]) -> None:
        """Once a year: practices spread, training effort follows incentives and poaching.

        ``tally``: persons reviewed and poached during the year, shape (enterprises, 3).
        """
        key = make_key(self._seed, year, Purpose.DEMOCRATIC_SPREAD)
        pull = self._law.democratic_neighbour_pull
        self._spread(self.democratic, rates.democratic_spread_per_year, key, pull)
        key = make_key(self._seed, year, Purpose.PAY_BY_SKILL_SPREAD)
        self._spread(self.pay_by_skill, rates.pay_by_skill_spread_per_year, key, 0.0)
        reviews = 12.0 / self._law.review_months
        workers = np.maximum(tally[:, REVIEWED] / reviews, 1.0)
        self.poached_share = np.minimum(1.0, tally[:, POACHED] / workers)
        target = rates.training_effort[self.province] * self.usual_effort
        target = target * np.maximum(EFFORT_LEAST, 1.0 - self._law.effort_poaching_slope * self.poached_share)
        self.effort[:] += self._law.effort_speed_per_year * (target - self.effort)

    def _spread(self, practice: NDArray[np.uint8], rate: NDArray[np.float64], key: Word, pull: float) -> None:
        cell = self.province.astype(np.int64) * len(SECTORS) + self.sector
        share = np.bincount(cell, practice) / np.diff(self.cell_start)
        hazard = rate[self.province] * (1.0 + pull * share[cell])
        adopts = uniforms(key, np.arange(len(self), dtype=np.uint64)) < np.round(-np.expm1(-hazard), 12)
        practice[adopts] = 1
