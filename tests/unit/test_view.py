"""The workers of a model with the interface of an AgentSet."""

import numpy as np
import pytest

from sim.calendar import FORK_YEAR
from sim.categories import GRADES, PROVINCE_CODES, SECTORS
from sim.view import ATTRIBUTES, NAMES, WorkerView
from sim.workforce.columns import EMPLOYED
from tests.country import past


@pytest.fixture(scope="module")
def workers() -> WorkerView:
    return past().workers


def test_the_length_is_the_number_of_filled_slots(workers: WorkerView) -> None:
    assert len(workers) == np.count_nonzero(past().state.population.workers.status) > 15_000


def test_selections_agree_with_the_columns(workers: WorkerView) -> None:
    columns = past().state.population.workers
    builders = workers.select(sector="construction")
    assert len(builders) == np.count_nonzero(
        (columns.sector == SECTORS.index("construction")) & (columns.status > 0)
    )
    old_builders = builders.select(lambda w: w.get("age_years") > 50, sex="male")
    assert 0 < len(old_builders) < len(builders)
    assert set(old_builders.get("sector")) == {"construction"}
    assert old_builders.get("age_years").min() > 50
    assert len(workers.select()) == len(workers)
    assert len(workers.select(province=440000)) > 0


def test_get_gives_one_array_or_several(workers: WorkerView) -> None:
    age = workers.get("age_years")
    both = workers.get(["age_years", "grade"])
    assert age.shape == (len(workers),)
    assert np.array_equal(both[0], age)
    assert set(both[1]) <= set(GRADES)


@pytest.mark.parametrize("name", [*NAMES, *ATTRIBUTES, "birth_year"])
def test_every_attribute_has_a_value_for_everybody(workers: WorkerView, name: str) -> None:
    assert workers.get(name).shape == (len(workers),)


def test_values_are_in_real_units(workers: WorkerView) -> None:
    assert set(workers.get("province")) == set(PROVINCE_CODES)
    assert 15 < workers.get("age_years").min() < workers.get("age_years").max() < 75
    assert workers.get("satisfaction").max() > 1.0
    assert workers.get("satisfaction").max() <= 100.0
    assert 0.0 <= workers.get("skill").min() < workers.get("skill").max() <= 1.0
    assert workers.get("employed").dtype == bool
    birth = workers.get("birth_year") + workers.get("age_years")
    assert np.allclose(birth, FORK_YEAR + 0.5, atol=0.51)


def test_agg_summarises(workers: WorkerView) -> None:
    age = workers.get("age_years")
    assert workers.agg("age_years", np.mean) == age.mean()
    assert workers.agg("age_years", [np.min, np.max]) == [age.min(), age.max()]


def test_groupby_splits_everybody(workers: WorkerView) -> None:
    groups = workers.groupby("sector")
    assert set(groups) == set(SECTORS)
    assert sum(len(group) for group in groups.values()) == len(workers)
    assert set(groups["construction"].get("sector")) == {"construction"}


def test_iteration_and_positions_give_workers_with_attributes(workers: WorkerView) -> None:
    first = [worker for worker, _ in zip(workers, range(3), strict=False)]
    assert [worker.identity for worker in first] == workers.get("identity")[:3].tolist()
    assert workers[0].grade == workers.get("grade")[0]
    assert workers[-1].identity == workers.get("identity")[-1]
    assert "years old" in repr(workers[0])
    with pytest.raises(IndexError):
        workers[len(workers)]


def test_an_unknown_attribute_is_refused_with_the_known_ones(workers: WorkerView) -> None:
    with pytest.raises(AttributeError, match=r"salary.*age_years"):
        workers.get("salary")
    with pytest.raises(AttributeError, match="salary"):
        workers.select(salary=1)
    with pytest.raises(AttributeError, match="salary"):
        _ = workers[0].salary
    assert not hasattr(workers[0], "salary")


def test_employed_workers_have_enterprises(workers: WorkerView) -> None:
    status = past().state.population.workers.status[workers.slots]
    assert np.array_equal(workers.get("employed"), status == EMPLOYED)
    assert (workers.select(employed=True).get("enterprise") >= 0).all()
