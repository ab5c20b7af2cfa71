"""A very small benchmark, and its numpy peer against the plain rules."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from experiments import cli
from experiments.questions.benchmark import contenders, limits, vectorised
from sim.chance import bits, make_key
from sim.life.surroundings import World
from sim.model import WorkforceModel
from sim.workforce.columns import EMPLOYED, NO_COURSE, VACANT
from tests.country import REFORM, past
from tests.reference import attitudes, examination, skill, training, work
from tests.reference.chance import COURSE, EXAMINATION, JOB, REVIEW, Draws
from tests.reference.twin import Twin

Captured = pytest.CaptureFixture[str]
SMALL = ["agents=20000", "twin_agents=4000", "repetitions=1", "sizes=[10000]", "draws=1", "commands=false"]


@cache
def engine() -> WorkforceModel:
    """The first month after the fork has begun; only to be looked at."""
    model = past().fork(REFORM)
    for _ in range(3):
        model.step()
    return model


@cache
def twin() -> Twin:
    model = engine()
    same = Twin(REFORM, inputs=model.inputs, state=model.state, seed=1)
    same.draws = Draws(1, same.now)
    return same


def world() -> World:
    rates, _, around, month = engine().world()
    return World(rates, engine().law, around, month)


@pytest.mark.slow
def test_a_small_benchmark_measures_everyone(tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["benchmark", *SMALL, f"results={tmp_path}", "name=small"]) == 0
    folder = tmp_path / "benchmark" / "small"
    assert sorted(path.name for path in folder.iterdir()) == ["benchmark.json", "table.md"]
    found = json.loads((folder / "benchmark.json").read_text())
    names = {one["name"] for one in found["contenders"]}
    assert names >= {"engine_1", "memory_1", "arithmetic_1", "numpy", "engine_beside_twin", "twin"}
    assert all(one["worker_months_per_second"]["low"] > 0 for one in found["contenders"])
    assert [size["agents"] for size in found["sizes"]] == [10_000]
    assert sum(found["contenders"][0]["calendar_shares"].values()) == pytest.approx(1.0)
    assert "plain Mesa twin" in (folder / "table.md").read_text()
    assert str(folder) in capsys.readouterr().out


def test_without_the_repository_the_rest_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(contenders, "twin_is_here", lambda: False)
    words = ["benchmark", *SMALL, "sizes=[]", f"results={tmp_path}"]
    assert cli.main(words) == 0
    out = capsys.readouterr().out
    assert "run from a clone" in out
    assert "numpy" in out


def test_twins_that_part_are_not_measured() -> None:
    pair = object.__new__(contenders.Pair)
    pair.model, pair.twin = past(), twin()
    with pytest.raises(RuntimeError, match="the twin and the engine differ"):
        pair.check()


# numpy against the plain rules


def plain_hazards(decision: int) -> NDArray[np.float64]:
    """Yearly hazard of each slot by the plain rules; 0 where nothing is to be decided."""
    hazards, same = np.zeros(engine().state.population.slots), twin()
    for worker in same.workers:
        employed = worker.status == EMPLOYED
        if decision == JOB and employed:
            hazards[worker.slot] = work.quit_per_year(worker, same) + work.lose_per_year(worker, same)
        if decision == COURSE and employed and worker.training == NO_COURSE:
            hazards[worker.slot] = sum(training.start_per_year(worker, same))
        if decision == EXAMINATION and examination.is_eligible(worker, same):
            hazards[worker.slot] = examination.sit_per_year(worker, same)
    return hazards


@pytest.mark.parametrize(
    ("decision", "hazard"),
    [
        (JOB, vectorised.job_per_year),
        (COURSE, vectorised.course_per_year),
        (EXAMINATION, vectorised.examination_per_year),
    ],
)
def test_numpy_has_the_same_hazards_and_strikes_the_same(decision: int, hazard: object) -> None:
    workers, plain = engine().state.population.workers, plain_hazards(decision)
    assert callable(hazard)
    np.testing.assert_allclose(hazard(workers, world()), plain, rtol=1e-12)
    struck = getattr(
        vectorised.decide(workers, world()), {JOB: "job", COURSE: "course"}.get(decision, "examination")
    )
    same = [
        slot
        for slot, identity in enumerate(workers.identity.tolist())
        if twin().draws.strikes(decision, identity, twin().draws.heads(identity)[decision], plain[slot])
    ]
    assert struck.tolist() == same


def test_numpy_reviews_skill_and_attitudes_alike() -> None:
    workers, same = (
        engine().state.population.workers,
        Twin(REFORM, inputs=engine().inputs, state=engine().state, seed=1),
    )
    decided, draws = vectorised.decide(workers, world()), twin().draws
    due = [
        slot
        for slot, worker in enumerate(same.slots)
        if worker is not None and (worker.birth + same.now) % same.review_months == 0
    ]
    assert decided.reviewed.tolist() == due
    for place, slot in enumerate(due):
        worker = same.slots[slot]
        assert worker is not None
        lot = draws.heads(worker.identity)[REVIEW] + 1 / 512
        attitudes.review(worker, same, lot)  # before the skill, as numpy looks at the month's beginning
        skill.review(worker, same, lot)
        assert worker.satisfaction == decided.satisfaction[place]
        assert worker.engagement == decided.engagement[place]
        assert worker.skill == decided.skill[place]


# limits


def test_the_bare_pass_touches_everything_and_changes_nothing() -> None:
    workers = engine().state.copy().population.workers
    before = [column.copy() for column in workers]
    columns = limits.as_words(tuple(workers))
    limits.pass_over(columns, 3, np.uint64(0))
    assert all((new == old).all() for new, old in zip(workers, before, strict=True))
    limits.pass_over(columns, 3, np.uint64(2**64 - 1))
    assert all((new == ~old).all() for new, old in zip(workers, before, strict=True))


def test_the_screening_alone_counts_whom_a_bound_lets_through() -> None:
    identity = engine().state.population.workers.identity[: 2 * limits.PIECE]
    key, bounds = make_key(1, 2, 3), np.arange(8, dtype=np.uint8)
    expected = 0
    for number in identity.tolist():
        heads = int(bits(key, number)).to_bytes(8, "little")
        expected += any(head <= bound for head, bound in zip(heads, bounds.tolist(), strict=True))
    assert limits.draw_and_screen(identity, key, bounds) == expected


def test_vacant_slots_are_struck_by_nothing() -> None:
    workers = engine().state.population.workers
    decided = vectorised.decide(workers, world())
    for struck in (decided.job, decided.course, decided.examination, decided.reviewed):
        assert (workers.status[struck] != VACANT).all()
