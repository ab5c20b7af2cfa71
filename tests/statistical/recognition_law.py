"""The exact chances of being nominated for each tier, and of passing the evaluation; and their counts."""

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.categories import TIERS
from sim.chance import Purpose, make_key
from sim.compiled import fitting_threads
from sim.institutions.nomination import nominate, nomination_per_year
from sim.institutions.recognition import Recognition, completion_by_tier
from sim.model import WorkforceModel
from sim.policy.programme import MONTHS
from sim.records import Table
from sim.workforce.columns import SKILL_UNIT, Workers
from tests.statistical.month_law import Sums

EVENTS: Final = (*(f"nominated, {tier}" for tier in TIERS[1:]), "evaluation passed")


@njit
def add_nominees(
    workers: Workers, rates: Table, law: Table, call: tuple[int, int, int], sums: NDArray[np.float64]
) -> None:
    """Add mean and variance of the nominees to ``sums``; ``call`` is (tier, month, months of cultivation)."""
    for i in range(workers.status.size):
        hazard = nomination_per_year(i, workers, rates, law[0], call)
        if call[1] - workers.entered[i] >= law[0].front_line_years * 12.0 and hazard > 0.0:
            chance = min(0.9, -math.expm1(-hazard))
            sums[0] += workers.weight[i] * chance
            sums[1] += workers.weight[i] * chance * (1.0 - chance)


class Recognised:
    """Nominations and evaluations of one country, under any seed."""

    def __init__(self, model: WorkforceModel) -> None:
        self._model = model
        self._rates, self._law, _, _ = model.world()
        self._workers = model.state.population.workers
        candidates = np.flatnonzero(self._workers.candidate)
        self._candidates = Workers(*(column[candidates] for column in self._workers))
        self._evaluated = int(self._candidates.decided.max())

    def count(self, seed: int) -> list[int]:
        """Nominees by tier, and candidates who pass, under one seed."""
        now, numbers = self._model.month, []
        with fitting_threads(self._workers.status.size):
            for tier in range(1, len(TIERS)):
                key = make_key(seed, now, Purpose.NOMINATION + tier - 1)
                numbers.append(
                    nominate(
                        self._workers, self._rates, self._law, (tier, now, MONTHS[tier - 1]), key
                    ).slot.size
                )
        recognition = Recognition(self._model.law, seed)
        effort = self._model.state.enterprises.effort
        again = Workers(*(column.copy() for column in self._candidates))
        recognition.evaluate(again, self._model.rates, effort, self._evaluated)
        return [*numbers, int(recognition.counts["completed"].sum())]

    def expected(self) -> Sums:
        """Expected persons and variance, in the order of ``EVENTS``."""
        sums = np.zeros((len(EVENTS), 2))
        for tier in range(1, len(TIERS)):
            call = (tier, self._model.month, MONTHS[tier - 1])
            add_nominees(self._workers, self._rates, self._law, call, sums[tier - 1])
        chance, weight = self._chances_of_passing(), self._candidates.weight.astype(np.float64)
        sums[-1] = (weight * chance).sum(), (weight**2 * chance * (1.0 - chance)).sum()
        return Sums(sums[:, 0], sums[:, 1])

    def _chances_of_passing(self) -> NDArray[np.float64]:
        law, who = self._model.law, self._candidates
        effort = np.append(self._model.state.enterprises.effort, 0.5)[who.enterprise]  # -1 is out of work
        chance = self._model.rates.completion_factor[who.province] * completion_by_tier(law)[who.candidate]
        chance = chance + law.completion_skill_slope * (who.skill * SKILL_UNIT - 0.75)
        chance += law.completion_effort_slope * (effort - 1.0)
        return np.clip(chance, 0.02, 0.99)
