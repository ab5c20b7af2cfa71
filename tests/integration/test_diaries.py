"""Diaries agree with the model that they were noted from, and change nothing in it."""

import numpy as np

from experiments.runs.diaries import YEARS, Diary
from sim.outcomes.paired import lives
from sim.workforce.columns import VACANT
from tests.country import REFORM, lived, past


def opened(model) -> Diary:
    diary = Diary()
    diary.note(model)
    return diary


def test_a_diary_agrees_with_the_model_and_with_the_paired_lives():
    model = past().fork(REFORM)
    diary = opened(model)
    lived(model, 12)
    diary.note(model)
    paired = np.concatenate(list(lives(model)))[diary.slots]
    first, last = diary.pages
    here = last["status"] != VACANT
    assert 0.8 < here.mean() < 1.0  # some have left, and newcomers may stand in their slots
    assert (paired["identity"][here] == last["identity"][here]).all()
    assert (np.float32(paired["wage"][here]) == last["wage"][here]).all()
    for name in ("grade", "satisfaction", "settled", "home", "sector", "hukou", "sex", "weight"):
        assert (paired[name][here] == last[name][here]).all(), name
    workers = model.state.population.workers
    same = (workers.identity[diary.slots] == first["identity"]) & (workers.status[diary.slots] != VACANT)
    assert (same == here).all()
    assert (last["identity"] == first["identity"]).all()
    assert last[~here]["wage"].sum() == 0
    assert len(diary.pages) < len(YEARS)


def test_all_who_are_in_cultivation_are_followed():
    model = past().fork(REFORM)
    diary = opened(model)
    workers = model.state.population.workers
    assert set(np.flatnonzero(workers.candidate)) <= set(diary.slots)
    assert diary.drawn.sum() <= 1.1 * 10_000


def test_a_diary_leaves_the_model_as_it_was():
    model, noted = past().fork(REFORM), past().fork(REFORM)
    diary = opened(noted)
    for one in (model, noted):
        lived(one, 3)
    diary.note(noted)
    assert model.state_digest() == noted.state_digest()
