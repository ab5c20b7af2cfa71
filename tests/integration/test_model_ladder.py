"""The ladder in a run: minimum years, one rung at a time, and newcomers as they should be."""

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.calendar import calendar_month
from sim.model import WorkforceModel
from sim.workforce.columns import VACANT, Workers
from sim.workforce.origins import origins
from tests.country import REFORM, past


def copied(model: WorkforceModel) -> Workers:
    return Workers(*(column.copy() for column in model.state.population.workers))


def test_nobody_rises_before_the_minimum_years_or_by_two_grades() -> None:
    model = past().fork(REFORM)
    wait = model.law.grade_wait_years * 12
    promoted = np.zeros(8, dtype=np.int64)
    for _ in range(24):
        before = copied(model)
        model.step()
        after, size = model.state.population.workers, before.status.size
        same = (after.identity[:size] == before.identity) & (before.status != VACANT)
        same &= after.status[:size] != VACANT
        rise = after.grade[:size].astype(int) - before.grade
        assert set(np.unique(rise[same])) <= {0, 1}
        risen = same & (rise == 1)
        held = before.grade[risen]
        assert (model.month - before.graded[risen].astype(int) >= wait[held]).all()
        assert (after.graded[:size][risen] == model.month).all()
        assert (after.courses[:size][risen] == 0).all()
        standard = model.law.grade_standard[held] - 1e-4
        assert (after.skill[:size][risen] / 65535 >= standard).all()
        promoted += np.bincount(held, minlength=8)
    assert (promoted[1:4] > 10).all()
    assert promoted[7] == 0


def expected_outside(model: WorkforceModel, new: NDArray[np.bool_]) -> float:
    """Mean chance of newcomers to come from another province, but for vocational graduates."""
    workers, stem = model.state.population.workers, origins(model.law)
    province = workers.province[new]
    outside = np.minimum(1.0, stem.outside * model.rates.openness)
    return float((stem.rural[province, workers.sector[new]] * outside[province]).mean())


def test_newcomers_arrive_at_the_end_of_quarters_with_the_ages_of_their_source() -> None:
    model = past().fork(REFORM)
    law, seen = model.law, 0
    for _ in range(6):
        model.step()
        workers = model.state.population.workers
        new = (workers.status != VACANT) & (workers.entered == model.month)
        if calendar_month(model.month) % 3:
            assert not new.any()
            continue
        seen += int(new.sum())
        age = (model.month - workers.birth[new].astype(int)) / 12
        lowest = min(law.school_entry_age_years[0], law.adult_entry_age_years[0])
        highest = max(law.school_entry_age_years[1], law.adult_entry_age_years[1])
        assert lowest - 0.1 <= age.min() < age.max() <= highest + 0.1
        assert (workers.weight[new] == model.persons_per_agent).all()
        assert not (workers.tier[new] | workers.candidate[new] | workers.courses[new]).any()
        assert (workers.graded[new] == model.month).all()
        outside = workers.home[new] != workers.province[new]
        assert outside.mean() == pytest.approx(expected_outside(model, new), abs=0.15)
        assert (workers.away[new][outside] == 1).all()
        assert not workers.settled[new].any()
    assert seen > 100
