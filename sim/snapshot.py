"""A model in mid-life, taken apart into arrays and plain values, and put together again to the bit.

What is taken is found by name: all that a part of the state holds. A new array or number in one of the
``PARTS`` is therefore in the snapshot without another line. What follows from the inputs (rates, law,
what workers meet) is computed again.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTHS_PER_QUARTER
from sim.country import Options
from sim.data.figures import Figures
from sim.inputs import Inputs
from sim.institutions.enterprises import Enterprises
from sim.institutions.labour_market import LabourMarket
from sim.institutions.recognition import Recognition
from sim.law import Law, compile_law
from sim.life.flows import Counts
from sim.model import WorkforceModel
from sim.outcomes.record import Columns, Record
from sim.policy.scenario import Scenario
from sim.state import State, empty_counts
from sim.workforce.columns import Workers
from sim.workforce.population import Population

PARTS: Final[dict[str, type[Any]]] = {
    part.__name__: part for part in (State, Population, Enterprises, LabourMarket, Figures, Recognition)
}
TUPLES: Final[dict[str, type[Any]]] = {part.__name__: part for part in (Workers, Counts)}

Arrays = dict[str, NDArray[Any]]


class Snapshot(NamedTuple):
    """A model taken apart; the arrays are the model's own, so keep them before it goes on."""

    values: dict[str, Any]  # plain: mappings with text keys, lists, numbers, texts
    arrays: Arrays


def take_snapshot(model: WorkforceModel) -> Snapshot:
    """Take a model apart at the end of any month."""
    arrays: Arrays = {}
    planner, state = model.planner, model.state
    together = Counts(*(counted.sum(axis=0, keepdims=True) for counted in state.counts))
    values = {
        "seed": model.seed,
        "draw": model.draw,
        "options": asdict(model.country.options),
        "planner": {"spent": dict(planner.spent), "projected": dict(planner.projected)},
        "responses": [list(response) for response in planner.modifiers.responses],
        "collected": dict(model.datacollector.model_vars),
        "state": {
            name: _apart(part, name, arrays) for name, part in {**vars(state), "counts": together}.items()
        },
    }
    return Snapshot(values, arrays)


def restore(snapshot: Snapshot, scenario: Scenario, inputs: Inputs) -> WorkforceModel:
    """Put a model together again; it takes the arrays over, and lives on as the first one would have.

    Parameters
    ----------
    snapshot
        What :func:`take_snapshot` gave, perhaps of a machine with another number of threads.
    scenario, inputs
        Those of the model that was taken apart.
    """
    values, arrays = snapshot
    law = compile_law(inputs.law.values(values["draw"]))
    state = object.__new__(State)
    vars(state).update({name: _together(part, law, arrays) for name, part in values["state"].items()})
    counted, state.counts = state.counts, empty_counts(len(state.enterprises))
    for mine, kept in zip(state.counts, counted, strict=True):
        mine[0] = kept[0]
    seed, draw, options = values["seed"], values["draw"], Options(**values["options"])
    model = WorkforceModel(scenario, inputs=inputs, seed=seed, draw=draw, state=state, options=options)
    model.planner.spent.update(values["planner"]["spent"])
    model.planner.projected.update(values["planner"]["projected"])
    for families, *rest in values["responses"]:
        model.planner.modifiers.respond(tuple(families), *rest)
    model.datacollector.model_vars.update(values["collected"])
    _meet_again(model)
    return model


def _meet_again(model: WorkforceModel) -> None:
    """Gather what workers meet as it was at the end of the last quarter, and the rates of this month."""
    rates, country, month = model.planner.modifiers.rates, model.country, model.month
    country.rates = rates(month - (month + 1) % MONTHS_PER_QUARTER)
    country.regather()
    country.rates = rates(month)


def _apart(value: Any, name: str, arrays: Arrays) -> Any:
    """Plain value that says what ``value`` is made of; its arrays go to ``arrays`` under names of their own.

    Raises
    ------
    TypeError
        For a value of a kind that no snapshot knows.
    """
    if isinstance(value, np.ndarray):
        arrays[name] = value
        return {"array": name}
    if isinstance(value, Law):
        return {"law": None}
    if isinstance(value, Record):
        names, *rows = value.columns()
        kept = dict(zip(Columns._fields[1:], rows, strict=True))
        return {"record": [list(one) for one in names], "rows": _all_apart(kept, name, arrays)}
    kind = type(value).__name__
    if kind in PARTS:
        return {"part": kind, "holds": _all_apart(vars(value), name, arrays)}
    if kind in TUPLES:
        return {"tuple": kind, "holds": _all_apart(value._asdict(), name, arrays)}
    if isinstance(value, dict):
        return {"pairs": [[key, _apart(item, f"{name}.{key}", arrays)] for key, item in value.items()]}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"a snapshot cannot hold {name}, which is of type {kind}")


def _all_apart(fields: Mapping[str, Any], name: str, arrays: Arrays) -> dict[str, Any]:
    return {key: _apart(item, f"{name}.{key}", arrays) for key, item in fields.items()}


def _together(value: Any, law: Law, arrays: Arrays) -> Any:
    """Undo :func:`_apart`."""
    match value:
        case {"array": name}:
            return arrays[name]
        case {"law": _}:
            return law
        case {"record": names, "rows": rows}:
            columns = {key: _together(item, law, arrays) for key, item in rows.items()}
            return Record(Columns(tuple(tuple(one) for one in names), **columns))
        case {"part": kind, "holds": fields}:
            part = object.__new__(PARTS[kind])
            vars(part).update({key: _together(item, law, arrays) for key, item in fields.items()})
            return part
        case {"tuple": kind, "holds": fields}:
            return TUPLES[kind](**{key: _together(item, law, arrays) for key, item in fields.items()})
        case {"pairs": pairs}:
            return {key: _together(item, law, arrays) for key, item in pairs}
    return value
