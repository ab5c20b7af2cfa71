"""Recognition of craftsmen: rounds of places, selection by score, cultivation, evaluation."""

import copy
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import year_of
from sim.categories import PROVINCES, TIERS
from sim.chance import Purpose, make_key, uniforms
from sim.constants import constant, pair
from sim.institutions.nomination import NATIONAL, Nominees, nominate
from sim.institutions.selection import NOT_LISTED, best, enlist
from sim.law import Law
from sim.policy.programme import Programme, Round
from sim.rates import Rates
from sim.records import law_record, rate_records
from sim.workforce.columns import SKILL_UNIT, Workers
from sim.workforce.population import Population
from sim.workforce.slots import slots_between

SEATS_BY_SECTOR: Final = constant("national_seats_by_sector")
FATES: Final = ("nominated", "qualified", "quota", "selected", "completed", "failed", "wait_months")
USUAL_SKILL: Final = constant("completion_usual_skill")
OUT_OF_WORK_EFFORT: Final = constant("completion_out_of_work_effort")
TOGETHER_SHARE: Final = constant("selected_together_share")
CHANCE_BOUNDS: Final = pair("completion_bounds")


def apportion(seats: int, claims: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole seats in proportion to claims, by largest remainder; they sum to ``seats`` exactly."""
    exact = seats * claims / claims.sum()
    whole: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    rest = np.argsort(whole - exact, kind="stable")[: seats - int(whole.sum())]
    whole[rest] += 1
    return whole


class Recognition:
    """The craftsman programme; counts by tier and province, shape (4, 31), restart every year."""

    def __init__(self, law: Law, seed: int) -> None:
        self._law, self._seed = law, seed
        self._law_record = law_record(law)
        self.recognised = np.zeros((len(TIERS), PROVINCES), dtype=np.int64)  # certificates since 2024
        self.counts = {fate: np.zeros((len(TIERS), PROVINCES), dtype=np.int64) for fate in FATES}
        self.intakes: dict[int, NDArray[np.int64]] = {}  # places by year of selection, shape (4,)

    def copy(self) -> "Recognition":
        """An independent copy."""
        twin = copy.copy(self)
        twin.recognised = self.recognised.copy()
        twin.counts = {fate: count.copy() for fate, count in self.counts.items()}
        twin.intakes = {year: seats.copy() for year, seats in self.intakes.items()}
        return twin

    def open_year(self) -> None:
        """Forget last year's counts."""
        for count in self.counts.values():
            count[:] = 0

    def take_in(
        self,
        population: Population,
        rates: Rates,
        rounds: Mapping[str, Round],
        workforce: NDArray[np.float64],
        now: int,
    ) -> None:
        """Select for the rounds of a month, highest tier last, into cultivation.

        ``rounds`` by tier, from the lowest; ``workforce``: workers by province and sector, shape (31, 4), by
        which city and provincial quotas are shared out, and the national one among sectors.
        """
        intake = self.intakes.setdefault(year_of(now), np.zeros(len(TIERS), dtype=np.int64))
        rate_tables = rate_records(rates)
        for name, (seats, months) in rounds.items():
            tier = TIERS.index(name)
            intake[tier] = seats
            key = make_key(self._seed, now, Purpose.NOMINATION + tier - 1)
            nominees = nominate(population.workers, rate_tables, self._law_record, (tier, now, months), key)
            province = population.workers.province
            fates = self.counts["nominated"][tier], self.counts["qualified"][tier]
            lists = enlist(nominees, province, self._law.score_floor[tier], *fates)
            shares = apportion(seats, workforce.sum(axis=1))
            self.counts["quota"][tier] += shares
            if tier == NATIONAL:
                selected = self._national(population.workers, nominees, lists, seats, workforce)
            else:
                selected = best(nominees, lists, shares)
            chosen = province[nominees.slot[selected]]
            self.counts["selected"][tier] += np.bincount(chosen, minlength=PROVINCES)
            self._cultivate(population, nominees, selected, (tier, now + months - 1))

    def _national(
        self, workers: Workers, nominees: Nominees, lists: NDArray[np.int8], seats: int,
        workforce: NDArray[np.float64],
    ) -> NDArray[np.int64]:  # fmt: skip
        """Some of the seats by sector shares, the others from one country-wide list.

        ``lists``: ``NOT_LISTED`` for those who are not qualified, shape (nominees,).
        """
        qualified = lists != NOT_LISTED
        sector = workers.sector[nominees.slot].astype(np.int8)
        by_sector = apportion(int(SEATS_BY_SECTOR * seats), workforce.sum(axis=0))
        chosen = best(nominees, np.where(qualified, sector, NOT_LISTED), by_sector)
        rest = np.where(qualified, np.int8(0), NOT_LISTED)
        rest[chosen] = NOT_LISTED
        return np.concatenate((chosen, best(nominees, rest, np.array([seats - chosen.size]))))

    def _cultivate(
        self,
        population: Population,
        nominees: Nominees,
        selected: NDArray[np.int64],
        aim: tuple[int, int],
    ) -> None:
        """Make candidates of the selected; ``aim`` is (tier, last month of cultivation)."""
        together = max(1, int(TOGETHER_SHARE * population.persons_per_agent))
        slots = population.split(nominees.slot[selected], nominees.ticket[selected], together)
        population.workers.candidate[slots], population.workers.decided[slots] = aim

    def evaluate(self, workers: Workers, rates: Rates, effort: NDArray[np.float64], now: int) -> None:
        """Pass or fail those whose cultivation is over; ``effort`` of enterprises, shape (enterprises,)."""
        candidates = slots_between(workers.candidate, 1, NATIONAL)
        due = candidates[workers.decided[candidates] <= now]
        tier, province = workers.candidate[due], workers.province[due]
        chance = rates.completion_factor[province] * completion_by_tier(self._law)[tier]
        chance += self._law.completion_skill_slope * (workers.skill[due] * SKILL_UNIT - USUAL_SKILL)
        employer = workers.enterprise[due]
        lift = np.where(employer >= 0, effort[np.maximum(employer, 0)] - 1.0, OUT_OF_WORK_EFFORT)
        chance += self._law.completion_effort_slope * lift
        luck = uniforms(make_key(self._seed, now, Purpose.EVALUATION), workers.identity[due])
        passed = luck < np.clip(chance, *CHANCE_BOUNDS)
        workers.candidate[due] = 0
        workers.tier[due[passed]] = tier[passed]
        waited = (now - workers.entered[due].astype(np.int64))[passed]
        cell, weight = tier.astype(np.intp) * PROVINCES + province, workers.weight[due]
        completed = _by_tier(cell[passed], weight[passed])
        self.counts["completed"] += completed
        self.recognised += completed
        self.counts["failed"] += _by_tier(cell[~passed], weight[~passed])
        self.counts["wait_months"] += _by_tier(cell[passed], waited * weight[passed])

    def success(self, programme: Programme, year: int, counted: NDArray[np.int64]) -> NDArray[np.float64]:
        """Craftsmen counted, shape (4,), for each place of the rounds named by the end of a year."""
        places = np.zeros(len(TIERS))
        for tier, name in enumerate(TIERS[1:], start=1):
            named = programme.named_by(name, year)
            places[tier] = sum(seats[tier] for intake, seats in self.intakes.items() if intake in named)
        success = np.zeros(len(TIERS))
        np.divide(counted, places, out=success, where=places > 0)
        return success


def completion_by_tier(law: Law) -> NDArray[np.float64]:
    """Probability of passing with the usual skill and effort, shape (4,)."""
    return np.array([0.0, law.completion_city, law.completion_provincial, law.completion_national])


def _by_tier(cell: NDArray[np.intp], number: NDArray[Any]) -> NDArray[np.int64]:
    """Sums of whole numbers by tier and province, shape (4, 31); ``cell`` counts the two as one."""
    sums = np.bincount(cell, number, len(TIERS) * PROVINCES)
    return sums.reshape(len(TIERS), PROVINCES).astype(np.int64)
