"""What happens to workers in a year, found by comparing the columns before and after each month."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import year_of
from sim.categories import PROVINCES
from sim.model import WorkforceModel
from sim.workforce.columns import EMPLOYED, OUTGOING, VACANT, Workers

MOVING_AGES: Final = (16, 20, 25, 30, 35, 40, 50, 71)  # limits of age bands, years
TENURES: Final = (0, 1, 2, 5, 60)  # limits of bands of time in the job, years
BEFORE_RETIREMENT: Final = 45  # years; whoever goes before that age has left a job
Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass
class Rate:
    """Events over person-months at risk, by band."""

    events: Array
    at_risk: Array

    @classmethod
    def empty(cls, bands: int) -> "Rate":
        """Nothing seen yet."""
        return cls(np.zeros(bands), np.zeros(bands))

    def add(self, band: NDArray[Any], persons: Array, struck: Mask) -> None:
        """Add a month; bands outside the range are left out."""
        bands = self.events.size
        inside = (band >= 0) & (band < bands)
        self.at_risk += np.bincount(band[inside], persons[inside], bands)
        self.events += np.bincount(band[inside], (persons * struck)[inside], bands)

    def per_year(self) -> Array:
        """Events a person and year."""
        return 12.0 * self.events / np.maximum(self.at_risk, 1.0)


class SeenYear:
    """Moves, job changes and promotions of one year, in persons."""

    def __init__(self) -> None:
        self.moves = Rate.empty(len(MOVING_AGES) - 1)
        self.migrants_jobs = Rate.empty(1)
        self.separations = Rate.empty(len(TENURES) - 1)
        self.arrived, self.departed = np.zeros(PROVINCES), np.zeros(PROVINCES)
        self.promoted = self.promoted_early = 0.0

    def add(self, before: Workers, after: Workers, now: int, wait_years: Array) -> None:
        """Add one month; ``wait_years``: least years in each grade before the next."""
        slots = before.identity.size  # newcomers may have made the table longer since
        now_there = Workers._make(column[:slots] for column in after)
        same = (before.identity == now_there.identity) & (now_there.status != VACANT)
        held = before.status != VACANT
        self._add_moves(before, now_there, held & same, now)
        self._add_jobs(before, now_there, held, same, now)
        self._add_promotions(before, now_there, held & same, wait_years)
        self._add_newcomers(before, after)

    def _add_moves(self, before: Workers, after: Workers, stayed: Mask, now: int) -> None:
        moved = stayed & (before.province != after.province)
        self._count(before.province, after.province, before.weight, moved)
        age = (now - before.birth.astype(np.int64)) / 12.0
        band = np.searchsorted(MOVING_AGES, age[stayed], side="right") - 1
        away = moved & (after.province != after.home)  # the others return
        self.moves.add(band, before.weight[stayed].astype(np.float64), away[stayed])

    def _add_jobs(self, before: Workers, after: Workers, held: Mask, same: Mask, now: int) -> None:
        at_work = held & (before.status == EMPLOYED)
        other = (before.enterprise != after.enterprise) | (before.hired != after.hired) | ~same
        persons = before.weight.astype(np.float64)
        migrants = at_work & same & (before.hukou == 0) & (before.away == OUTGOING)
        self.migrants_jobs.add(np.zeros(int(migrants.sum()), np.int64), persons[migrants], other[migrants])
        young = at_work & (now - before.birth.astype(np.int64) < 12 * BEFORE_RETIREMENT)
        tenure = (now - 1 - before.hired[young].astype(np.int64)) / 12.0
        band = np.searchsorted(TENURES, tenure, side="right") - 1
        self.separations.add(band, persons[young], other[young])

    def _add_promotions(self, before: Workers, after: Workers, stayed: Mask, wait_years: Array) -> None:
        risen = np.flatnonzero(stayed & (after.grade > before.grade))
        waited = (after.graded[risen].astype(np.int64) - before.graded[risen]) / 12.0
        early = waited < wait_years[before.grade[risen]]
        self.promoted += float(before.weight[risen].sum())
        self.promoted_early += float(before.weight[risen][early].sum())

    def _add_newcomers(self, before: Workers, after: Workers) -> None:
        known = np.zeros(after.identity.size, np.uint64)
        known[: before.identity.size] = before.identity
        new = (after.status != VACANT) & (after.identity != known) & (after.home != after.province)
        self._count(after.home, after.province, after.weight, new)

    def _count(self, origin: NDArray[Any], place: NDArray[Any], weight: NDArray[Any], who: Mask) -> None:
        persons = weight[who].astype(np.float64)
        self.arrived += np.bincount(place[who], persons, PROVINCES)
        self.departed += np.bincount(origin[who], persons, PROVINCES)


def see_year(model: WorkforceModel, year: int) -> SeenYear:
    """Live to the end of a year and watch it."""
    model.run_to(year - 1)
    seen = SeenYear()
    wait_years = np.asarray(model.law.grade_wait_years, np.float64)
    while year_of(model.month + 1) == year:
        before = Workers._make(column.copy() for column in model.state.population.workers)
        model.step()
        seen.add(before, model.state.population.workers, model.month, wait_years)
    return seen
