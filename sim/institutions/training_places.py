"""Subsidised training places: how many there are, and who of those waiting gets one."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.categories import PROVINCES
from sim.chance import Word, mix
from sim.compiled import compiled
from sim.data import load, series
from sim.law import Law
from sim.rates import Rates
from sim.workforce.columns import SUBSIDISED_COURSE, WAITING, Workers

TEN_THOUSAND: Final = 1e4
QUARTERS: Final = 4


def national_places(year: int) -> float:
    """Subsidised course places of the whole economy in a year, person-times.

    Published totals: 2017, the three years of the skills campaign 2019-2021, and the fourteenth plan
    to September 2025, from which the years after 2021 are derived. Other years take the nearest.
    """
    campaign = series("subsidised_training_2019_2021")[2021] * TEN_THOUSAND / 3.0
    if year <= 2018:
        return series("training_total_person_times")[2017] * TEN_THOUSAND
    if year <= 2021:
        return campaign
    rules = load("institutional_rules")
    row = rules.loc[rules["item"].str.startswith("14th plan subsidised training target / actual"), "value"]
    plan_total = float(str(row.iloc[0]).split("/")[1]) * TEN_THOUSAND
    return (plan_total - campaign) / 3.75


def places(year: int, workforce: NDArray[np.float64], rates: Rates, law: Law) -> NDArray[np.int64]:
    """Places for industrial workers by province in one quarter, by share of the workforce, shape (31,)."""
    industrial = national_places(year) * law.industrial_share_of_skilled / QUARTERS
    exact = industrial * workforce / workforce.sum() * rates.subsidised_places_factor
    return np.asarray(np.floor(exact), dtype=np.int64)


@compiled
def lots(identity: NDArray[np.uint64], key: Word) -> NDArray[np.uint64]:
    """A random number for each of those waiting."""
    drawn = np.empty(identity.size, np.uint64)
    for i in range(identity.size):
        drawn[i] = mix(identity[i] ^ key)
    return drawn


def allot(
    workers: Workers, available: NDArray[np.int64], now: int, months: int, key: Word
) -> NDArray[np.int64]:
    """Give the places of each province to those waiting there, by lot; the others go on waiting.

    An agent is never split: one that stands for more persons than a province has places in a quarter
    waits in vain, which matters for small populations only.

    Returns the persons who started, by province and sector, shape (31, 4). Never exceeds ``available``.
    """
    waiting = np.flatnonzero(workers.training == WAITING)
    drawn = lots(workers.identity[waiting], key) >> np.uint64(8)
    line = drawn | (workers.province[waiting].astype(np.uint64) << np.uint64(56))  # by province, then lot
    waiting = waiting[np.argsort(line)]
    province = workers.province[waiting]
    weight = workers.weight[waiting].astype(np.int64)
    running = np.cumsum(weight)
    before_province = np.concatenate(([0], np.cumsum(np.bincount(province, weight, PROVINCES))))[:PROVINCES]
    taken = running - before_province[province].astype(np.int64) <= available[province]
    started = waiting[taken]
    workers.training[started] = SUBSIDISED_COURSE
    workers.course_end[started] = now + months
    persons = np.zeros((PROVINCES, 4), dtype=np.int64)
    np.add.at(persons, (workers.province[started], workers.sector[started]), weight[taken])
    return persons
