"""Skill, courses, attitudes and wages of single workers."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from numpy.typing import NDArray

from sim.categories import GRADES
from sim.life.attitudes import relaxed
from sim.life.skill import review_skill
from sim.life.surroundings import Month, Surroundings, Table, World
from sim.life.training import finish_course
from sim.model import WorkforceModel
from sim.outcomes.paired import wages
from sim.workforce.columns import (
    APPRENTICESHIP,
    EMPLOYED,
    EMPLOYER_COURSE,
    UNEMPLOYED,
    Workers,
    empty_columns,
)
from tests.country import future, past, take_over


@njit
def relax(state: int, target: float, share: float, u: float) -> int:
    """One review of a bounded state."""
    return relaxed(state, target, share, u)


@njit
def review(workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month, u: float) -> None:
    """One review of everybody's skill."""
    for i in range(workers.status.size):
        review_skill(i, workers, World(rates, law[0], around, month), u)


@njit
def finish(workers: Workers, rates: Table, law: Table, around: Surroundings, month: Month) -> None:
    """Everybody finishes a course."""
    for i in range(workers.status.size):
        finish_course(i, workers, World(rates, law[0], around, month))


def workers_with(skill: list[float], status: int = EMPLOYED, grade: int = 2) -> Workers:
    workers = empty_columns(len(skill))
    workers.status[:] = status
    workers.grade[:] = grade
    workers.skill[:] = np.array(skill) * 65535
    return workers


def test_skill_grows_towards_its_ceiling_and_never_beyond() -> None:
    law = past().law
    workers = workers_with([0.1, 0.4, 0.9, 1.0])
    before = workers.skill.astype(int)
    review(workers, *past().world(), 0.5)
    gain = workers.skill.astype(int) - before
    assert gain[0] > gain[1] > 0
    assert gain[2:].tolist() == [0, 0]
    for _ in range(600):
        review(workers, *past().world(), 0.5)
    assert workers.skill[0] / 65535 == pytest.approx(law.skill_ceiling[2], abs=0.001)


def test_a_year_of_learning_closes_the_share_that_the_rate_says() -> None:
    model = past()
    workers = workers_with([0.2])
    reviews = round(12 / model.law.review_months)
    for _ in range(reviews):
        review(workers, *model.world(), 0.5)
    rate, ceiling = float(model.rates.learning_per_year[0]), model.law.skill_ceiling[2]
    left = (1.0 - rate / reviews) ** reviews
    assert workers.skill[0] / 65535 == pytest.approx(ceiling - (ceiling - 0.2) * left, abs=1e-4)


def test_skill_fades_without_work_and_stays_above_zero() -> None:
    workers = workers_with([0.0, 0.5, 1.0], status=UNEMPLOYED)
    review(workers, *past().world(), 0.5)
    assert workers.skill[0] == 0
    assert 0.45 < workers.skill[1] / 65535 < 0.5
    assert 0.9 < workers.skill[2] / 65535 < 1.0


def test_courses_raise_skill_with_decreasing_returns() -> None:
    model = past()
    workers = workers_with([0.3, 0.3, 0.3, 0.3, 1.0])
    workers.courses[:] = [0, 1, 3, 200, 0]
    workers.training[:] = EMPLOYER_COURSE
    finish(workers, *model.world())
    gain = workers.skill / 65535 - [0.3, 0.3, 0.3, 0.3, 1.0]
    assert gain[0] == pytest.approx(model.rates.course_skill_gain[0], abs=1e-4)
    assert gain[1] == pytest.approx(gain[0] * model.law.course_diminishing, abs=1e-4)
    assert gain[2] == gain[3] > 0
    assert gain[4] == 0
    assert workers.courses.tolist() == [1, 2, 4, 201, 1]
    assert not workers.training.any()


def test_an_apprenticeship_gives_more_than_a_course() -> None:
    model = past()
    workers = workers_with([0.2, 0.2])
    workers.training[:] = [EMPLOYER_COURSE, APPRENTICESHIP]
    finish(workers, *model.world())
    course, apprenticeship = workers.skill / 65535 - 0.2
    assert apprenticeship / course == pytest.approx(model.law.apprenticeship_gain_factor, rel=0.01)


@settings(deadline=None)  # the first example compiles
@given(st.integers(0, 255), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1, exclude_max=True))
def test_attitudes_stay_bounded_and_move_towards_the_target(
    state: int, target: float, share: float, u: float
) -> None:
    after = relax(state, target, share, u)
    assert 0 <= after <= 255
    aim = target * 255
    assert min(state, aim) - 1 <= after <= max(state, aim) + 1


def test_attitudes_are_rounded_without_bias() -> None:
    luck = (np.arange(10_000) + 0.5) / 10_000
    after = [relax(100, 0.5, 0.3, float(u)) for u in luck]
    assert np.mean(after) == pytest.approx(100 + 0.3 * (127.5 - 100), abs=1e-3)


def wages_by_grade(model: WorkforceModel) -> NDArray[np.float64]:
    """What everybody would earn in each grade, shape (grades, workers)."""
    twin = take_over(model.state, model.policy)
    workers, earned = twin.state.population.workers, []
    here = workers.status > 0
    for grade in range(len(GRADES)):
        workers.grade[:] = grade
        wage = np.empty(workers.status.size)
        wages(workers, *twin.world(), wage)
        earned.append(wage[here])
    return np.array(earned)


@pytest.mark.parametrize("model", [past, future])
def test_everybody_would_earn_more_in_a_higher_grade(model: Callable[[], WorkforceModel]) -> None:
    earned = wages_by_grade(model())
    assert earned.min() > 0
    assert np.all(np.diff(earned, axis=0) > 0)


def test_settling_and_experience_raise_the_wage() -> None:
    twin = take_over(past().state)
    workers = twin.state.population.workers
    wage, more = np.empty(workers.status.size), np.empty(workers.status.size)
    here = workers.status > 0
    workers.settled[:], workers.entered[:] = 0, twin.month
    wages(workers, *twin.world(), wage)
    workers.settled[:], workers.entered[:] = 1, twin.month - 120
    wages(workers, *twin.world(), more)
    law = twin.law
    years = min(10.0, law.experience_years_most)
    factor = law.settled_wage * (1.0 + law.experience_wage_per_year * years)
    assert np.allclose(more[here] / wage[here], factor)
