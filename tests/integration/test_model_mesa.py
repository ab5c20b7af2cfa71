"""The model as Mesa users know models, and its doors: run_to, fork, indicators."""

import re
from pathlib import Path

import mesa
import numpy as np
import pandas as pd
import pytest

from sim.calendar import FORK, FORK_YEAR, month_index
from sim.categories import PROVINCE_CODES
from sim.errors import InputError
from sim.institutions.planner import Planner
from sim.institutions.province import Province
from sim.model import WorkforceModel
from sim.outcomes.indicators import INDICATORS
from sim.outcomes.paired import OUTCOMES, compare_lives, lives
from tests.country import FROZEN, INPUTS, REFORM, future, lived, past, take_over

README = Path(__file__).parents[2] / "README.md"


def test_the_agents_are_the_provinces_and_the_planner() -> None:
    model = past()
    assert isinstance(model, mesa.Model)
    assert len(model.agents) == 32
    assert len(model.agents_by_type[Province]) == 31
    assert len(model.agents_by_type[Planner]) == 1
    assert [province.code for province in model.provinces] == list(PROVINCE_CODES)


def test_the_agents_are_made_as_mesa_makes_its_own() -> None:
    """They do not call Mesa's own beginning, which up to 3.3 would keep every model for ever."""
    model = mesa.Model()
    plain = [mesa.Agent(model) for _ in range(2)]
    ours = take_over(past().state).agents
    changed = f"Mesa {mesa.__version__} makes its agents otherwise: see sim/institutions/actor.py"
    assert set(vars(plain[0])) <= set(vars(ours[0])), changed
    assert [agent.unique_id for agent in plain] == [1, 2], changed
    assert [agent.unique_id for agent in ours] == list(range(1, 33)), changed
    ours[0].remove()
    assert len(ours) == 31, changed


@pytest.mark.parametrize(
    ("attribute", "shape"),
    [
        ("openness", ()),
        ("delivery_fidelity", ()),
        ("vocational_share", ()),
        ("wage_yuan_month", (4,)),
        ("labour_demand", (4,)),
        ("tightness", (4,)),
        ("training_places", ()),
        ("quota", (4,)),
    ],
)
def test_a_province_knows_its_own_numbers(attribute: str, shape: tuple[int, ...]) -> None:
    numbers = [np.asarray(getattr(province, attribute)) for province in future().provinces]
    assert all(number.shape == shape and np.isfinite(number).all() for number in numbers)
    assert np.sum(numbers) > 0


def test_the_collector_has_a_row_for_each_year_and_a_column_for_each_indicator() -> None:
    frame = past().datacollector.get_model_vars_dataframe()
    assert frame["year"].tolist() == list(range(2015, FORK_YEAR + 1))
    assert set(frame.columns) == {"year", *INDICATORS}
    table = past().indicators()
    national = table[(table["province"] == "all") & (table["group"] == "all")]
    workers = national[national["indicator"] == "workers"]["value"].tolist()
    assert frame["workers"].tolist() == workers


def test_a_step_is_a_month() -> None:
    model = past().fork(FROZEN)
    assert model.month == FORK
    lived_so_far = model.worker_months
    model.step()
    assert model.month == FORK + 1
    assert model.worker_months - lived_so_far == len(model.workers)


def test_run_to_stops_at_the_month_and_tells_of_each_year() -> None:
    model, years = past().fork(FROZEN), []
    model.run_to(FORK_YEAR + 2, 2, years.append)
    assert model.month == month_index(FORK_YEAR + 2, 2)
    assert years == [FORK_YEAR + 1]
    model.run_to(FORK_YEAR + 1, 12, years.append)  # it is past that month already
    assert model.month == month_index(FORK_YEAR + 2, 2)
    assert years == [FORK_YEAR + 1]


def test_run_to_beyond_2035_is_refused() -> None:
    model = past().fork(FROZEN)
    with pytest.raises(InputError, match="2035"):
        model.run_to(2036, 1)
    assert model.month == FORK


def test_a_fork_after_the_fork_is_refused() -> None:
    model = lived(past().fork(FROZEN), 1)
    with pytest.raises(InputError, match=f"the end of {FORK_YEAR}"):
        model.fork(REFORM)


def test_the_model_stands_for_the_published_workforce() -> None:
    model = WorkforceModel(FROZEN, inputs=INPUTS, agents=5_000, seed=1)
    assert len(model.workers) == 5_000
    persons = model.workers.get("persons").sum()
    assert 210e6 < persons < 250e6
    assert model.persons_per_agent == pytest.approx(persons / 5_000, abs=0.5)


def test_indicators_are_one_long_table() -> None:
    table = future().indicators()
    assert list(table.columns) == ["year", "province", "group", "indicator", "unit", "value"]
    assert not table.duplicated(["year", "province", "group", "indicator"]).any()
    assert set(table["province"]) == {"all", *map(str, PROVINCE_CODES)}
    assert (table["unit"] == table["indicator"].map(lambda name: INDICATORS[name].unit)).all()
    shares = table[table["unit"] == "share"]["value"]
    assert shares.between(0, 1).all()
    assert np.isfinite(table[table["group"] == "all"].drop(columns="group")["value"]).mean() > 0.95


def test_a_country_compared_with_itself_has_no_winners() -> None:
    table = compare_lives(lives(future()), lives(future()))
    assert set(table["outcome"]) == set(OUTCOMES)
    assert (table.loc[table["persons"] > 0, "unchanged"] == 1.0).all()
    assert (table.loc[table["persons"] > 0, "mean_difference"] == 0.0).all()


def test_paired_lives_of_two_policies_are_most_of_the_workers_of_the_fork() -> None:
    base = past().fork(FROZEN)
    base.run_to(FORK_YEAR + 4)
    table = compare_lives(lives(base), lives(future())).set_index(["group", "outcome"])
    everybody = table.loc[("all", "wage")]
    wage = base.workers.select(lambda w: w.get("experience_years") >= 4.0)
    assert everybody["persons"] == pytest.approx(wage.get("persons").sum(), rel=0.05)
    assert everybody["better"] > 0
    known = table.dropna(subset=["better"])
    assert np.allclose(known[["better", "unchanged", "worse"]].sum(axis=1), 1.0)
    for key in ("province", "sector", "hukou", "sex", "age", "grade"):
        groups = table.xs("wage", level="outcome")
        parts = groups[groups.index.str.startswith(f"{key}=")]["persons"].sum()
        assert parts == everybody["persons"], key


def test_a_model_built_on_a_state_goes_on_from_it() -> None:
    assert take_over(past().state).state_digest() == past().state_digest()


def example() -> str:
    """The first Python block of the README that uses the model."""
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return next(block for block in blocks if "WorkforceModel" in block)


@pytest.mark.skipif(not README.exists(), reason="README.md is not written yet")
def test_the_example_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    small, count = re.subn(r"agents=[\d_]+", "agents=5_000", example())
    assert count > 0, "the example names the number of agents"
    monkeypatch.chdir(README.parent)
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(small, str(README), "exec"), names)  # the example is what a reader types
    models = [value for value in names.values() if isinstance(value, WorkforceModel)]
    assert models
    assert isinstance(models[-1].indicators(), pd.DataFrame)
