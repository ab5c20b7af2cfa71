"""Plans of lives as plain values, to be kept as JSON and read again where the lives are to be lived."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from experiments.runs.files import content_hash
from experiments.runs.life import Life, World
from experiments.tables.own_figures import own_figures
from sim.policy.programme import Programme
from sim.policy.scenario import MeasurePath, MonitoringRule, Scenario
from sim.targets import Targets

OWN: Final = ("seed", "draw", "until", "proven", "factors")  # of a life, beside what many share


def written(lives: Iterable[Life]) -> dict[str, Any]:
    """Lives as lists, numbers and texts; worlds, scenarios and names stand once, whatever shares them."""
    worlds: dict[str, Any] = {}
    scenarios: dict[str, Any] = {}
    names: dict[int, str] = {}  # many lives share one object
    placed: dict[tuple[str, ...], int] = {}  # names of parameters that are given places in their ranges
    rows = []

    def name_of(shared: World | Scenario, where: dict[str, Any]) -> str:
        if id(shared) not in names:
            fields = asdict(shared)
            fields.pop("user_set", None)  # which decides nothing
            names[id(shared)] = name = content_hash(fields)
            where[name] = fields
        return names[id(shared)]

    for life in lives:
        own = {key: getattr(life, key) for key in OWN}
        shared = {"world": name_of(life.world, worlds), "scenario": name_of(life.scenario, scenarios)}
        named = placed.setdefault(tuple(name for name, _ in life.quantiles), len(placed))
        places = {"placed": named, "quantiles": [at for _, at in life.quantiles]}
        rows.append({"run_id": life.run_id, **own, **shared, **places})
    return {"worlds": worlds, "scenarios": scenarios, "placed": list(placed), "lives": rows}


def read(content: dict[str, Any]) -> list[Life]:
    """The lives that :func:`written` wrote down; ValueError when one is not what its number says."""
    worlds = {name: world(fields) for name, fields in content["worlds"].items()}
    scenarios = {name: _scenario(fields) for name, fields in content["scenarios"].items()}
    found = []
    for row in content["lives"]:
        own = {key: _tuples(row[key]) for key in OWN}
        quantiles = tuple(zip(content["placed"][row["placed"]], row["quantiles"], strict=True))
        life = Life(worlds[row["world"]], scenarios[row["scenario"]], quantiles=quantiles, **own)
        if life.run_id != row["run_id"]:
            raise ValueError(f"life {row['run_id']} is not as it was planned")
        found.append(life)
    return found


def world(fields: dict[str, Any]) -> World:
    """A world as it was written."""
    return World(**{**fields, "past": _scenario(fields["past"]), "data": own_figures(fields.get("data", ()))})


def _scenario(fields: dict[str, Any]) -> Scenario:
    rule = fields["monitoring"]
    own = {key: _tuples(value) for key, value in fields.items()}
    own["paths"] = tuple(MeasurePath(**_tuples(path)) for path in fields["paths"])
    own["programme"] = Programme(**_tuples(fields["programme"]))
    own["monitoring"] = rule and MonitoringRule(**{**_tuples(rule), "targets": Targets(**rule["targets"])})
    return Scenario(**own)


def _tuples(value: Any) -> Any:
    """JSON knows lists only, where lives have tuples."""
    if isinstance(value, list | tuple):
        return tuple(_tuples(one) for one in value)
    return {key: _tuples(one) for key, one in value.items()} if isinstance(value, dict) else value
