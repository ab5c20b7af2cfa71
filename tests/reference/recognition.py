"""Recognition of craftsmen: rounds, seats, selection by score, cultivation, evaluation."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.calendar import year_of
from sim.categories import PROVINCES, SECTORS, TIERS
from sim.chance import uniform
from tests.reference.chance import key
from tests.reference.nomination import NATIONAL, PURPOSE, Nominee, nominees

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker


def apportion(seats: int, claims: Sequence[float]) -> list[int]:
    """Whole seats in proportion to claims, by largest remainder; ties fall to the first."""
    total = sum(claims)
    exact = [seats * claim / total for claim in claims]
    whole = [math.floor(share) for share in exact]
    by_remainder = sorted(range(len(claims)), key=lambda n: whole[n] - exact[n])
    for n in by_remainder[: seats - sum(whole)]:
        whole[n] += 1
    return whole


class Recognition:
    """Certificates so far, and the places of each year's rounds."""

    def __init__(self, recognised: NDArray[np.int64], intakes: dict[int, NDArray[np.int64]]) -> None:
        self.recognised = recognised.copy()  # certificates since 2024, shape (4 tiers, 31 provinces)
        self.places = {year: seats.tolist() for year, seats in intakes.items()}  # by tier

    def take_in(self, world: "Twin", rounds: Mapping[int, tuple[int, int]]) -> None:
        """Select for the rounds of a month, each with places and months of cultivation, by tier."""
        supply = world.labour.supply
        for tier, (places, months) in sorted(rounds.items()):
            self.places.setdefault(year_of(world.now), [0] * len(TIERS))[tier] = places
            floor = world.law.score_floor[tier]
            qualified = sorted(one for one in nominees(world, tier, months) if -one.lack >= floor)
            if tier == NATIONAL:
                selected = best_of_country(qualified, places, supply.sum(axis=0).tolist())
            else:
                selected = best_of_provinces(qualified, apportion(places, supply.sum(axis=1).tolist()))
            cultivate(world, selected, tier, world.now + months - 1)

    def evaluate(self, world: "Twin") -> None:
        """Pass or fail, at the end of a quarter, those whose cultivation is over."""
        draws = key(world.seed, world.now, PURPOSE)
        for worker in world.workers:
            if worker.candidate > 0 and worker.decided <= world.now:
                if uniform(draws, worker.identity) < completion(worker, world):
                    worker.tier = worker.candidate
                    self.recognised[worker.tier, worker.province] += worker.weight
                worker.candidate = 0

    def success(self, tier: int, named: Sequence[int], counted: int) -> float:
        """Craftsmen counted for each place of a tier's rounds that are named; ``named`` are their years."""
        places = sum(seats[tier] for year, seats in self.places.items() if year in named)
        return counted / places if places > 0 else 0.0


def best_of_provinces(qualified: Sequence[Nominee], seats: Sequence[int]) -> list[Nominee]:
    """The best of each province; seats without a qualified nominee stay empty."""
    selected: list[Nominee] = []
    for province in range(PROVINCES):
        own = [one for one in qualified if one.worker.province == province]
        selected += own[: seats[province]]
    return selected


def best_of_country(qualified: Sequence[Nominee], seats: int, supply: Sequence[float]) -> list[Nominee]:
    """Half the seats to the best of each sector; the others, and those left empty, to the best of all."""
    selected: list[Nominee] = []
    by_sector = apportion(seats // 2, supply)
    for sector in range(len(SECTORS)):
        own = [one for one in qualified if one.worker.sector == sector]
        selected += own[: by_sector[sector]]
    chosen = {one.ticket for one in selected}
    others = [one for one in qualified if one.ticket not in chosen]
    return selected + others[: seats - len(selected)]


def cultivate(world: "Twin", selected: Sequence[Nominee], tier: int, until: int) -> None:
    """Make candidates of persons; a few who share an agent with others become an agent of their own."""
    together = max(1, int(0.0005 * world.persons_per_agent))
    of_agent: dict[int, list[Nominee]] = {}
    for one in selected:
        of_agent.setdefault(one.worker.slot, []).append(one)
    for _, persons in sorted(of_agent.items()):
        stays = len(persons) == persons[0].worker.weight  # with the first of them
        for first in range(0, len(persons), together):
            group = persons[first : first + together]
            worker = group[0].worker if stays and first == 0 else split(world, group)
            worker.candidate = tier
            worker.decided = until


def split(world: "Twin", group: Sequence[Nominee]) -> "Worker":
    """Let persons leave their agent: a copy that stands for them, with the ticket of the first."""
    parent = group[0].worker
    persons = parent.twin(world.vacant_slot())
    persons.identity, persons.weight = group[0].ticket, len(group)
    parent.weight -= len(group)
    world.fill(persons)
    return persons


def completion(worker: "Worker", world: "Twin") -> float:
    """Chance of passing the evaluation."""
    law = world.law
    effort = 0.5 if worker.enterprise is None else worker.enterprise.effort
    usual = (0.0, law.completion_city, law.completion_provincial, law.completion_national)
    chance = world.rates[worker.province].completion_factor * usual[worker.candidate]
    chance += law.completion_skill_slope * (worker.skill * (1 / 65535) - 0.75)
    chance += law.completion_effort_slope * (effort - 1)
    return min(0.99, max(0.02, chance))
