"""Every decision happens as often as its exact chance says: the counts of the verification, in short."""

from functools import cache

import numpy as np
import pytest

from sim.life import flows
from sim.life.flows import Counts
from sim.life.month import live_month
from sim.state import empty_counts
from sim.workforce.columns import EMPLOYED, EMPLOYER_COURSE, UNEMPLOYED, WAITING
from tests.country import past, take_over
from tests.statistical.counts import ALL_EVENTS, Counted, count
from tests.statistical.month_law import EVENTS, new_jobs
from tests.statistical.verdict import corrected, normal_tests

pytestmark = [pytest.mark.statistical, pytest.mark.slow]

AGENTS, SEEDS = 200_000, range(101, 111)
SIGMAS = 4.0


@cache
def counted() -> Counted:
    """The month after the fork under a few seeds."""
    return count(AGENTS, SEEDS)


@pytest.mark.parametrize("event", ALL_EVENTS)
def test_an_event_is_as_frequent_as_its_exact_chance_says(event: str) -> None:
    z = counted().z[:, ALL_EVENTS.index(event)]
    assert abs(z.sum() / np.sqrt(z.size)) < SIGMAS
    assert counted().observed[:, ALL_EVENTS.index(event)].sum() > 0


def test_all_counts_together_are_distributed_as_they_should_be() -> None:
    assert corrected(list(normal_tests(counted().z).values())) > 1e-4


def test_the_population_holds_all_whom_the_law_distinguishes() -> None:
    """Those between jobs, those whose course ends, those who wait: otherwise some branch went untried."""
    model = past()
    workers = model.state.population.workers
    due = workers.course_end == model.month + 1
    assert np.any(workers.status == UNEMPLOYED)
    assert np.any(workers.training == WAITING)
    assert np.any(due & (workers.training >= EMPLOYER_COURSE) & (workers.status == EMPLOYED))


def test_the_mean_effort_of_a_new_job_lies_among_the_efforts() -> None:
    _, law, around, _ = past().world()
    mean = new_jobs(around, law).effort
    assert around.enterprises["effort"].min() < mean.min() < mean.max() < around.enterprises["effort"].max()


def test_everyone_who_moves_out_moves_in() -> None:
    model = take_over(past().state)
    model.state.month += 1
    counts = Counts(*empty_counts(len(model.state.enterprises)))
    live_month(model.state.population.workers, *model.world(), counts)
    total = counts.flows.sum(axis=(0, 2, 3))
    assert total[flows.MOVED_OUT] == total[flows.MOVED_IN] > 0


@pytest.mark.parametrize("shift", [0.0, 0.5])
def test_the_verdict_tells_a_shift_from_none(shift: float) -> None:
    z = np.random.default_rng(1).normal(size=(40, len(EVENTS))) + shift
    assert (corrected(list(normal_tests(z).values())) > 0.01) == (shift == 0.0)


@pytest.mark.parametrize("spread", [0.8, 1.2])
def test_the_verdict_tells_too_little_and_too_much_spread(spread: float) -> None:
    z = np.random.default_rng(1).normal(size=(40, len(EVENTS))) * spread
    assert normal_tests(z)["chi_square"] < 1e-4
