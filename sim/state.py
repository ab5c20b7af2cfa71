"""The state of the country: everything that a step changes and a fork copies."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.categories import PROVINCES, SECTORS
from sim.compiled import most_threads
from sim.fingerprint import fingerprint
from sim.institutions.enterprises import Enterprises
from sim.institutions.labour_market import LabourMarket
from sim.institutions.recognition import Recognition
from sim.life.flows import ENTERPRISE_TALLIES, Counts, empty_flows
from sim.outcomes.record import Record
from sim.workforce.newcomers import SOURCES
from sim.workforce.population import Population


def empty_counts(enterprises: int) -> Counts:
    """Counters for every thread, at zero."""
    threads = most_threads()
    return Counts(empty_flows(threads), np.zeros((threads, enterprises, ENTERPRISE_TALLIES), np.int64))


@dataclass
class State:
    """People, institutions and what was counted since the year began."""

    month: int
    population: Population
    enterprises: Enterprises
    market: LabourMarket
    recognition: Recognition
    counts: Counts
    homes: NDArray[np.int64]  # (31, 31) persons by home and residence, last quarter
    record: Record = field(default_factory=Record)
    entries: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros((PROVINCES, len(SECTORS), len(SOURCES)), np.int64)
    )
    flows: NDArray[np.int64] = field(default_factory=lambda: empty_flows(1)[0])  # of this year
    tally: NDArray[np.int64] = field(init=False)  # (enterprises, 3) of this year
    training_places: NDArray[np.int64] = field(default_factory=lambda: np.zeros(PROVINCES, np.int64))
    places_in_year: NDArray[np.int64] = field(default_factory=lambda: np.zeros(PROVINCES, np.int64))
    worker_months: int = 0

    def __post_init__(self) -> None:
        self.tally = np.zeros((len(self.enterprises), ENTERPRISE_TALLIES), np.int64)

    def open_year(self) -> None:
        """Forget what was counted last year."""
        for counted in (self.entries, self.flows, self.tally, self.places_in_year):
            counted[:] = 0
        self.recognition.open_year()

    def gather_counts(self) -> NDArray[np.int64]:
        """Add what the threads counted to the year's totals; returns the enterprises' share of it."""
        heard: NDArray[np.int64] = self.counts.enterprises.sum(axis=0)
        self.flows += self.counts.flows.sum(axis=0)
        self.tally += heard
        self.counts.flows[:] = 0
        self.counts.enterprises[:] = 0
        return heard

    def copy(self) -> "State":
        """An independent copy, for a fork between two months at the end of a quarter."""
        twin = State(
            month=self.month,
            population=self.population.copy(),
            enterprises=self.enterprises.copy(),
            market=self.market.copy(),
            recognition=self.recognition.copy(),
            counts=empty_counts(len(self.enterprises)),
            homes=self.homes.copy(),
            record=self.record.copy(),
            entries=self.entries.copy(),
            flows=self.flows.copy(),
            training_places=self.training_places.copy(),
            places_in_year=self.places_in_year.copy(),
            worker_months=self.worker_months,
        )
        twin.tally = self.tally.copy()
        return twin

    def digest(self) -> str:
        """SHA-256 over the columns of workers and enterprises, wages and certificates."""
        firms = self.enterprises
        return fingerprint(
            (
                *self.population.workers,
                *(firms.democratic, firms.pay_by_skill, firms.effort, firms.climate),
                self.market.wage_level,
                self.recognition.recognised,
            )
        )
