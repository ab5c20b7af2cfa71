"""Months lived in several steps: one step is the month itself, and what is dated happens only once."""

import numpy as np
import pytest

from sim.calendar import FORK, FORK_YEAR
from sim.country import Options
from sim.life import flows
from sim.life.flows import Counts
from sim.life.month import live_month
from sim.life.parts import NO_REVIEW, part_of
from sim.model import WorkforceModel
from sim.state import empty_counts
from sim.workforce.columns import EMPLOYED, EMPLOYER_COURSE, NO_COURSE, UNEMPLOYED
from tests.country import AGENTS, REFORM, lived, past, take_over

HALVES = Options(steps_per_month=2)


def at_rest() -> WorkforceModel:
    """The country after the fork with every hazard at zero, so that only what is dated happens."""
    model = take_over(past().state)
    model.state.month += 1
    still = {name: 0.0 * value for name, value in model.rates._asdict().items() if name.endswith("_per_year")}
    model.country.rates = model.rates._replace(**still)
    model.country.law_record["retire_at_age_per_year"] = 0.0
    model.country.law_record["mortality_per_year"] = 0.0
    return model


def test_one_step_a_month_is_the_month() -> None:
    month = past().world()[3]
    assert part_of(month, 0, 1) is month


def test_the_steps_of_a_month_have_random_numbers_of_their_own() -> None:
    month = past().world()[3]
    parts = [part_of(month, part, 4) for part in range(4)]
    keys = [int(key) for one in parts for key in (*one.screen_keys, *one.draw_keys, *one.choice_keys)]
    assert len(set(keys)) == len(keys)


def test_reviews_belong_to_the_last_step() -> None:
    month = past().world()[3]
    periods = [part_of(month, part, 3).review_months for part in range(3)]
    assert periods == [NO_REVIEW, NO_REVIEW, month.review_months]


@pytest.mark.parametrize("steps", [2, 3])
def test_courses_end_and_reviews_happen_once(steps: int) -> None:
    told = {}
    for parts in (1, steps):
        model = at_rest()
        workers, (rates, law, around, month) = model.state.population.workers, model.world()
        free = (workers.status == EMPLOYED) & (workers.training == NO_COURSE)
        workers.training[free], workers.course_end[free] = EMPLOYER_COURSE, FORK + 1
        counts = Counts(*empty_counts(len(model.state.enterprises)))
        for part in range(parts):
            live_month(workers, rates, law, around, part_of(month, part, parts), counts)
        assert counts.flows.sum() == 0
        assert not np.any(workers.training[free])
        reviewed = counts.enterprises.sum(axis=0)[:, flows.REVIEWED]
        told[parts] = (workers.courses, workers.training, reviewed)
    assert told[1][2].sum() > 0
    for once, several in zip(told[1], told[steps], strict=True):
        assert np.array_equal(once, several)


def test_a_job_lost_can_be_made_up_for_in_the_same_step() -> None:
    model = at_rest()
    often, certain = model.rates.lose_job_per_year + 2.0, model.rates.find_job_per_year + 1e5
    model.country.rates = model.rates._replace(lose_job_per_year=often, find_job_per_year=certain)
    workers, counts = model.state.population.workers, Counts(*empty_counts(len(model.state.enterprises)))
    at_work, firm = workers.status == EMPLOYED, workers.enterprise.copy()
    live_month(workers, *model.world(), counts)
    changed, out = at_work & (workers.enterprise != firm), at_work & (workers.status == UNEMPLOYED)
    assert changed.sum() > 0.1 * at_work.sum()
    assert out.sum() < 0.01 * changed.sum()


def test_a_country_that_lives_in_half_steps_keeps_its_accounts() -> None:
    model = take_over(past().state, REFORM, options=HALVES)
    before = model.state.population.persons
    lived(model, 12)
    gone = model.state.flows[[flows.DIED, flows.RETIRED, flows.LEFT]].sum()
    assert model.state.population.persons == before + model.state.entries.sum() - gone
    assert model.worker_months < AGENTS * 1.1 * 12 * (FORK_YEAR - 2013)  # a month is counted once
    assert model.state_digest() != lived(take_over(past().state, REFORM), 12).state_digest()


def test_a_fork_keeps_the_step() -> None:
    model = take_over(past().state, options=HALVES)
    assert model.fork(REFORM).country.options == HALVES
