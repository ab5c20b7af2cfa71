"""A model taken apart and put together again goes on as if nothing had happened."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim import state as states
from sim.calendar import FORK, FORK_YEAR
from sim.country import Options
from sim.fingerprint import fingerprint, pieces
from sim.model import WorkforceModel
from sim.outcomes.record import Record
from sim.policy.scenario import load_scenario
from sim.snapshot import PARTS, TUPLES, Snapshot, restore, take_snapshot
from tests.country import CONFIGS, FROZEN, INPUTS, future, lived, past, take_over

ADAPTIVE = load_scenario("adaptive", CONFIGS / "scenario", INPUTS.catalogue)
EVERY_YEAR = {"first_review": FORK_YEAR + 1, "every_years": 1, "threshold": 9.0, "delay_months": 1}
RESPONSIVE = replace(ADAPTIVE, monitoring=replace(ADAPTIVE.monitoring, **EVERY_YEAR))  # type: ignore[type-var]


def copied(snapshot: Snapshot) -> Snapshot:
    """What comes back from a disk: plain values through JSON, arrays with memory of their own."""
    values = json.loads(json.dumps(snapshot.values))
    return Snapshot(values, {name: array.copy() for name, array in snapshot.arrays.items()})


def revived(model: WorkforceModel) -> WorkforceModel:
    return restore(copied(take_snapshot(model)), model.policy, INPUTS)


def facts(value: Any) -> dict[str, Any]:
    """Everything that a part of the state holds, by name, down to arrays and plain values."""
    if type(value) in PARTS.values():
        value = vars(value)
    elif type(value) is Record:
        value = value.columns()._asdict()
    elif type(value) in TUPLES.values():
        value = value._asdict()
    if not isinstance(value, dict):
        return {"": value}
    return {f"{name}.{below}": item for name, part in value.items() for below, item in facts(part).items()}


def test_the_state_comes_back_to_the_bit() -> None:
    before, after = facts(future().state), facts(revived(future()).state)
    assert before.keys() == after.keys()
    for name, value in before.items():
        assert type(value) is type(after[name]), name
        assert np.array_equal(value, after[name]) or str(value) == str(after[name]), name
        if isinstance(value, np.ndarray):
            assert value.dtype == after[name].dtype, name


@pytest.mark.parametrize("months", [1, 2, 3, 11, 12, 35])
def test_a_model_goes_on_from_any_month(months: int) -> None:
    """Under a scenario that answers at the end of every year."""
    straight = lived(past().fork(RESPONSIVE), months)
    again = revived(straight)
    assert again.state_digest() == straight.state_digest()
    rest = 38 - months
    lived(straight, rest)
    lived(again, rest)
    assert again.state_digest() == straight.state_digest()
    assert again.indicators().equals(straight.indicators())
    assert len(straight.planner.modifiers.responses) == 3
    assert again.planner.modifiers.responses == straight.planner.modifiers.responses
    assert again.planner.spent == straight.planner.spent
    assert again.planner.projected == straight.planner.projected
    assert again.worker_months == straight.worker_months
    rows = (model.datacollector.get_model_vars_dataframe() for model in (straight, again))
    assert next(rows).equals(next(rows))


def test_a_snapshot_serves_another_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    straight = lived(past().fork(FROZEN), 1)
    snapshot = copied(take_snapshot(straight))
    monkeypatch.setattr(states, "most_threads", lambda: 7)
    again = restore(snapshot, FROZEN, INPUTS)
    assert again.month == FORK + 1
    assert again.state.counts.flows.shape[0] == 7
    assert np.array_equal(again.state.counts.flows.sum(axis=0), straight.state.counts.flows.sum(axis=0))


def test_a_snapshot_keeps_how_months_are_computed() -> None:
    options = Options(screening=False, checking=True, steps_per_month=2)
    assert revived(take_over(past().state, options=options)).country.options == options


def test_what_no_snapshot_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    model = past().fork(FROZEN)
    monkeypatch.setattr(model.state, "surprise", object(), raising=False)
    with pytest.raises(TypeError, match="cannot hold surprise"):
        take_snapshot(model)


def test_the_fingerprint_is_of_contents_in_their_order() -> None:
    one, two = np.arange(9, dtype=np.uint16), np.zeros(5)
    assert fingerprint([one, two]) == fingerprint([one.copy(), two])
    assert fingerprint([one, two]) != fingerprint([two, one])
    assert fingerprint([one[::2]]) == fingerprint([one[::2].copy()])


def test_pieces_cover_an_array_once() -> None:
    array = np.arange(1000, dtype=np.uint32)
    cut = list(pieces(array, most_bytes=512))
    assert [piece.size for piece in cut] == [512] * 7 + [416]
    assert np.array_equal(np.concatenate(cut).view(np.uint32), array)
    assert list(pieces(np.zeros(0))) == []
