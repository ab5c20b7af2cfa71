"""Counted events against exact expected numbers: one month, lived under many seeds from the same state."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import FORK_YEAR
from sim.compiled import fitting_threads
from sim.inputs import Inputs
from sim.life import flows
from sim.life.bounds import dated
from sim.life.flows import Counts
from sim.life.month import live_month
from sim.model import WorkforceModel
from sim.policy.scenario import load_scenario
from sim.state import empty_counts
from sim.workforce.columns import Workers
from tests.statistical import month_law, recognition_law
from tests.statistical.month_law import EVENTS

CONFIGS = Path(__file__).parents[2] / "configs"
ALL_EVENTS = (*EVENTS, *recognition_law.EVENTS)


class Counted(NamedTuple):
    """What was counted and what was due, by event in the order of ``ALL_EVENTS``."""

    observed: NDArray[np.int64]  # (seeds, events) persons
    mean: NDArray[np.float64]  # (events,) persons
    variance: NDArray[np.float64]  # (events,)

    @property
    def z(self) -> NDArray[np.float64]:
        """Standardised counts, shape (seeds, events)."""
        return np.asarray((self.observed - self.mean) / np.sqrt(self.variance))


def country(agents: int) -> WorkforceModel:
    """The country that has lived its history, about to live the month after, with some rates changed.

    Skill stands still within this one month, so that the chances of the later decisions follow from the
    state before it. Appointments, the rarest event, are twenty times as frequent, so that they can be told.
    """
    inputs = Inputs.read(CONFIGS)
    frozen = load_scenario("frozen", CONFIGS / "scenario", inputs.catalogue)
    model = WorkforceModel(frozen, inputs=inputs, agents=agents, seed=1)
    model.run_to(FORK_YEAR)
    model.state.month += 1
    still = {name: 0.0 * getattr(model.rates, name) for name in ("learning_per_year", "course_skill_gain")}
    often = 20.0 * model.rates.appointment_per_year
    model.country.rates = model.rates._replace(**still, appointment_per_year=often)
    model.country.law_record["fade_per_year"] = 0.0
    return model


def tell(count: NDArray[np.int64]) -> list[int]:
    """Persons by event from the counters of the engine, in the order of ``EVENTS``."""
    appointed = int(count[flows.PROMOTED + 6] + count[flows.PROMOTED + 7])
    taken, passed = count[flows.EXAMINATIONS_TAKEN], count[flows.EXAMINATIONS_PASSED]
    told = (
        count[flows.DIED], count[flows.RETIRED], count[flows.LEFT], count[flows.LOST_JOBS],
        count[flows.JOB_CHANGES], count[flows.QUITS] - count[flows.JOB_CHANGES], count[flows.FOUND_JOBS],
        count[flows.EMPLOYER_COURSES], count[flows.APPLICATIONS], count[flows.APPRENTICESHIPS],
        passed, taken - passed, appointed, count[flows.MOVED_OUT], count[flows.RETURNED],
        count[flows.LEFT_TOWNSHIP], count[flows.SETTLED],
    )  # fmt: skip
    return [int(number) for number in told]


def live_once(model: WorkforceModel, workers: Workers, seed: int) -> list[int]:
    """Events of the month under one seed; ``workers`` is scratch space of the population's size."""
    for scratch, column in zip(workers, model.state.population.workers, strict=True):
        np.copyto(scratch, column)
    rates, law, around, month = model.world()
    month = month._replace(**dated(model.month, seed, model.law))
    counts = Counts(*empty_counts(len(model.state.enterprises)))
    with fitting_threads(workers.status.size):
        live_month(workers, rates, law, around, month, counts)
    return tell(counts.flows.sum(axis=(0, 2, 3)))


def count(agents: int, seeds: Iterable[int]) -> Counted:
    """Live the month once for each seed, and all nominations and evaluations of the same country."""
    model = country(agents)
    start = model.state.population.workers
    scratch = Workers(*(column.copy() for column in start))
    recognition = recognition_law.Recognised(model)
    observed = [live_once(model, scratch, seed) + recognition.count(seed) for seed in seeds]
    sums, others = month_law.expected(start, model.world()), recognition.expected()
    return Counted(
        np.array(observed, np.int64),
        np.concatenate((sums.mean, others.mean)),
        np.concatenate((sums.variance, others.variance)),
    )
