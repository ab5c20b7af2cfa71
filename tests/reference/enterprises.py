"""Enterprises: how workers find them, what they hear, and what they decide once a year."""

from collections.abc import Sequence

import numpy as np

from sim.categories import PROVINCES, SECTORS
from sim.chance import uniform
from sim.law import Law
from sim.rates import Rates
from tests.reference.chance import key

DEMOCRATIC_PURPOSE, PAY_PURPOSE = 311, 312


class Enterprise:
    """One enterprise, its practices, and what its workers told it."""

    def __init__(self, row: int, province: int, sector: int, size: float, usual_effort: float) -> None:
        self.row, self.province, self.sector = row, province, sector
        self.size = size  # persons, by which it attracts those who look for a job
        self.effort = self.usual_effort = usual_effort  # the latter follows from its size classes
        self.climate = 0.5
        self.democratic = self.pay_by_skill = False
        self.poached_share = 0.0
        self.keeps, self.other = 1.0, self  # of Walker's alias method
        self.heard = self.satisfaction_sum = 0  # persons, and their satisfaction, of this quarter
        self.reviews = self.poached = 0  # persons of this year

    def hear(self, satisfaction: int, persons: int) -> None:
        """Note the satisfaction of a worker under review."""
        self.heard += persons
        self.satisfaction_sum += persons * satisfaction

    def close_quarter(self) -> None:
        """Climate is what was heard in the quarter; without a word it stays as it was."""
        if self.heard > 0:
            self.climate = self.satisfaction_sum / (255.0 * self.heard)
        self.reviews += self.heard
        self.heard = self.satisfaction_sum = 0

    def adapt_effort(self, incentive: float, law: Law) -> None:
        """Move training effort towards what incentives ask for and poaching leaves."""
        workers = max(1.0, self.reviews / (12 / law.review_months))
        self.poached_share = min(1.0, self.poached / workers)
        target = incentive * self.usual_effort
        target *= max(0.2, 1 - law.effort_poaching_slope * self.poached_share)
        self.effort += law.effort_speed_per_year * (target - self.effort)


class Enterprises:
    """All enterprises of the country, in lists by province and sector."""

    def __init__(self, enterprises: Sequence[Enterprise]) -> None:
        self.all = enterprises
        self.of: list[list[list[Enterprise]]] = [[[] for _ in SECTORS] for _ in range(PROVINCES)]
        for enterprise in enterprises:
            self.of[enterprise.province][enterprise.sector].append(enterprise)
        for by_sector in self.of:
            for peers in by_sector:
                pair_by_size(peers)

    def drawn(self, province: int, sector: int, u: float) -> Enterprise:
        """An enterprise of the province and sector, with chances by size; ``u`` is in [0, 1)."""
        peers = self.of[province][sector]
        position = u * len(peers)
        first = peers[int(position)]
        return first if position - int(position) < first.keeps else first.other

    def decide(self, seed: int, year: int, rates: Sequence[Rates], law: Law) -> None:
        """Once a year: practices spread and training effort adapts."""
        self.spread(
            "democratic",
            [of_province.democratic_spread_per_year for of_province in rates],
            law.democratic_neighbour_pull,
            key(seed, year, DEMOCRATIC_PURPOSE),
        )
        per_year = [of_province.pay_by_skill_spread_per_year for of_province in rates]
        self.spread("pay_by_skill", per_year, 0.0, key(seed, year, PAY_PURPOSE))
        for enterprise in self.all:
            enterprise.adapt_effort(rates[enterprise.province].training_effort, law)

    def spread(self, practice: str, per_year: Sequence[float], pull: float, draws: int) -> None:
        """Let a practice be adopted, the sooner the more peers have it; ``draws`` keys the luck."""
        for province, by_sector in enumerate(self.of):
            for peers in by_sector:
                share = sum(getattr(peer, practice) for peer in peers) / len(peers)
                hazard = per_year[province] * (1 + pull * share)
                chance = np.round(-np.expm1(-hazard), 12)
                for peer in peers:
                    if uniform(draws, peer.row) < chance:
                        setattr(peer, practice, True)


def pair_by_size(peers: Sequence[Enterprise]) -> None:
    """Make Walker's alias pairs: each enterprise keeps a part of its draws, and one other gets the rest.

    So a draw by size takes as long among thousands as among two.
    """
    total = 0.0
    for peer in peers:
        total += peer.size
    share = [peer.size * (len(peers) / total) for peer in peers]  # 1 on average
    small = [n for n in range(len(peers)) if share[n] < 1]
    large = [n for n in range(len(peers)) if share[n] >= 1]
    while small and large:
        low, high = small.pop(), large[-1]
        peers[low].keeps, peers[low].other = share[low], peers[high]
        share[high] -= 1 - share[low]
        if share[high] < 1:
            small.append(large.pop())
