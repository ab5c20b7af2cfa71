"""Subsidised training places: how many there are in a quarter, and who gets one."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import year_of
from sim.categories import PROVINCES
from sim.chance import mix
from sim.data import load, series
from sim.workforce.columns import SUBSIDISED_COURSE, WAITING
from tests.reference.chance import key
from tests.reference.training import start

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker

LOT_PURPOSE: Final = 201
PLAN_YEARS: Final = 3.75  # of the fourteenth plan, from 2022 to September 2025


def national_places(year: int) -> float:
    """Places of the whole economy in a year: published totals of the years around it."""
    campaign = series("subsidised_training_2019_2021")[2021] * 1e4 / 3
    if year <= 2018:
        return series("training_total_person_times")[2017] * 1e4
    if year <= 2021:
        return campaign
    rules = load("institutional_rules").set_index("item")["value"]
    row = rules[rules.index.str.startswith("14th plan subsidised training target / actual")]
    _, actual = row.iloc[0].split("/")
    return (float(actual) * 1e4 - campaign) / PLAN_YEARS


def places(world: "Twin") -> NDArray[np.float64]:
    """Whole places for industrial workers by province in this quarter."""
    workforce = world.labour.supply.sum(axis=1)
    industrial = national_places(year_of(world.now)) * world.law.industrial_share_of_skilled / 4
    factor = np.array([rates.subsidised_places_factor for rates in world.rates])
    return np.floor(industrial * workforce / workforce.sum() * factor)


def hand_out(world: "Twin") -> None:
    """Give the places of each province to those who wait there, in the order of a random lot."""
    available = places(world).tolist()
    lot_key = key(world.seed, world.now, LOT_PURPOSE)
    lines: list[list[Worker]] = [[] for _ in range(PROVINCES)]
    for worker in world.workers:
        if worker.training == WAITING:
            lines[worker.province].append(worker)
    world.places_in_year = [had + new for had, new in zip(world.places_in_year, available, strict=True)]
    for line, left in zip(lines, available, strict=True):
        serve(world, sorted(line, key=lambda one: mix(one.identity ^ lot_key) >> 8), left)


def serve(world: "Twin", line: list["Worker"], places_left: float) -> None:
    """Start courses from the head of a line until the next one stands for more persons than places."""
    for worker in line:
        if worker.weight > places_left:
            return
        places_left -= worker.weight
        start(worker, world, SUBSIDISED_COURSE)
