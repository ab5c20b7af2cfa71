"""The store of lives and its executor: nothing lived twice, extras of the same life, damage that heals."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from experiments import cli
from experiments.runs import store as stores
from experiments.runs.execute import Executor, Here
from experiments.runs.life import Life, World, read_world
from experiments.runs.plan import Cell, cells, jobs, years_of_a_cell
from experiments.runs.progress import Lines
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, Worker
from tests.country import FROZEN, REFORM
from tests.mixes import MixModel

Executing = Callable[[Path], Executor]


@pytest.fixture
def world() -> World:
    return read_world({}, "prior", 5_000)


def executor(results: Path) -> Executor:
    progress, store = Lines(1_000), LifeStore(results)
    return Executor(store, Here(Worker(store, progress, Means())), progress)


def plan(world: World, seeds: int = 2, *extras: str) -> list[Cell]:
    lives = (Life(world, one, seed, 0) for seed in range(1, seeds + 1) for one in (FROZEN, REFORM))
    return cells(lives, extras)


def test_questions_share_lives(fake: ModuleType, world: World, tmp_path: Path) -> None:
    first, second = executor(tmp_path), executor(tmp_path)
    records = first.records(plan(world))
    assert (first.lived, records.figures.shape[0]) == (4, 4)
    more = second.records(plan(world, 3))
    assert second.lived == 2
    assert np.array_equal(more.figures[:4], records.figures)
    renamed = [replace(cell, lives=tuple(replace(life, scenario=replace(life.scenario, name="other"))
                                         for life in cell.lives)) for cell in plan(world)]  # fmt: skip
    second.records(renamed)
    assert second.lived == 2, "a scenario of another name is the same life"


def test_a_question_about_compared_scenarios_lives_only_what_is_new(
    fake: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived, leave = [], Executor.__exit__

    def counted(self: Executor, *fault: object) -> None:
        lived.append(self.lived)
        leave(self, *fault)

    monkeypatch.setattr(Executor, "__exit__", counted)
    monkeypatch.setattr(fake, "WorkforceModel", MixModel)
    shared = [f"results={tmp_path}", "draws=2", "threads=1"]
    delivery = ["scenario=frozen", "scenario.families.delivery={start: 2027-01, level: 0.8}"]
    compare = ["compare", "scenarios=[frozen]", "seeds=2", "population.agents=5000", "report.page=false"]
    assert cli.main([*compare, *shared]) == 0
    assert cli.main(["attribute", *delivery, "agents=5000", *shared]) == 0
    assert cli.main(["attribute", *delivery, "agents=5000", *shared]) == 0
    # of two draws: nothing and delivery, twice without assumed effects (the same life), and four levers
    assert lived == [2, 2 * (1 + 1 + 4), 0]


def test_what_is_wanted_beyond_the_record_is_added_to_the_same_life(
    fake: ModuleType, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Months:
        def __init__(self) -> None:
            self.months: list[int] = []

        def note(self, model: object) -> None:
            self.months.append(model.month)  # type: ignore[attr-defined]

        def arrays(self) -> dict[str, np.ndarray]:
            return {"month": np.array(self.months)}

    monkeypatch.setattr("experiments.runs.simulate.OBSERVERS", {"months": Months})
    live = executor(tmp_path)
    before = live.records(plan(world))
    noted = live.extras(plan(world, 2, "months"), "months")
    assert live.lived == 8
    assert [len(one["month"]) for one in noted] == [22] * 4
    assert np.array_equal(live.records(plan(world, 2, "months")).figures, before.figures)
    held = [facts["holds"] for part in LifeStore(tmp_path).parts() for facts in part.lives]
    assert held.count(["months"]) == held.count(["record"]) == 4, "the record is not written again"
    assert live.lived == 8


def test_a_copy_of_the_baseline_is_compared_with_it(fake: ModuleType, world: World, tmp_path: Path) -> None:
    base = Life(world, FROZEN, 1, 0)
    copy = replace(base, scenario=replace(FROZEN, name="copy"))
    cell = Cell((base, copy, Life(world, REFORM, 1, 0)), (), base)
    executor(tmp_path).all([cell])
    assert LifeStore(tmp_path).lacking([cell]) == []
    assert [len(held) for held in LifeStore(tmp_path).held(cell.lives)] == [2, 2, 2]


def test_a_life_that_a_plan_names_twice_is_lived_once(fake: ModuleType, world: World, tmp_path: Path) -> None:
    one, other = Life(world, FROZEN, 1, 0), Life(world, FROZEN, 2, 0)
    named = [Cell((one,)), Cell((one, other)), Cell((one,), ("diaries",))]
    lacking = LifeStore(tmp_path).lacking(named)
    assert [cell.lives for cell in lacking] == [(one,), (other,), (one,)]
    assert LifeStore(tmp_path).lacking(named[:2] * 3) == lacking[:2]


@pytest.mark.parametrize("harm", ["flip", "truncate", "manifest", "lose"])
def test_damage_is_put_aside_and_lived_again(
    harm: str, fake: ModuleType, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for cell in plan(world):
        executor(tmp_path).all([cell])  # a part of its own
    sound = executor(tmp_path).records(plan(world)).figures
    folder = min((tmp_path / "lives").iterdir())
    arrays, manifest = folder / stores.ARRAYS, folder / "manifest.json"
    content = bytearray(arrays.read_bytes())
    if harm == "flip":
        content[len(content) // 2] ^= 1
        arrays.write_bytes(content)
    elif harm == "truncate":
        arrays.write_bytes(content[:-9])
    elif harm == "manifest":
        manifest.write_text(manifest.read_text(encoding="utf-8").replace('"draw": 0', '"draw": 1'))
    else:
        arrays.unlink()
    again = executor(tmp_path)
    assert np.array_equal(again.records(plan(world)).figures, sound)
    assert again.lived == 2
    assert ("put aside" in capsys.readouterr().err) == (harm in ("flip", "truncate"))


def test_another_code_is_another_life(fake: ModuleType, world: World, tmp_path: Path) -> None:
    known = plan(world, 1)
    edited = replace(world, hashes={**world.hashes, "knowledge_hash": "another"})
    live = executor(tmp_path)
    live.records(known)
    live.records(plan(edited, 1))
    assert live.lived == 4


def test_what_a_stopped_job_finished_is_kept(
    fake: ModuleType, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, ended = fake.WorkforceModel.state_digest, []

    def stopped(model: object) -> str:
        if len(ended) == 3:
            raise KeyboardInterrupt
        ended.append(model)
        return str(digest(model))

    with monkeypatch.context() as patch:
        patch.setattr(fake.WorkforceModel, "state_digest", stopped)
        with pytest.raises(KeyboardInterrupt):
            executor(tmp_path).records(plan(world))
    again = executor(tmp_path)
    again.records(plan(world))
    assert again.lived == 1


def test_few_cells_are_cut_and_small_ones_go_together(world: World) -> None:
    whole = jobs(plan(world, 40), 2)
    assert [life for job in whole for cell in job for life in cell.lives] == [
        life for cell in plan(world, 40) for life in cell.lives
    ]
    sizes = [sum(len(cell.lives) for cell in job) for job in whole]
    assert len(whole) <= 14
    assert sizes == sorted(sizes, reverse=True)  # whoever gets the last ones is done at about the same time
    assert sizes[-1] == len(plan(world, 40)[-1].lives)
    one = Cell(tuple(Life(world, replace(REFORM, delivery_factor=n / 100), 1, 0) for n in range(40)))
    assert [len(cell.lives) for job in jobs([one], 2) for cell in job] == [5] * 8
    assert years_of_a_cell(2, 2035) == 30
    assert years_of_a_cell(1, 2021) == 7
