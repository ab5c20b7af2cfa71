"""What somebody changed from the shipped defaults: rows, kept with every answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from experiments.answers.keys import Keys, as_dict, groups
from experiments.pages.language import Labels
from experiments.places import CONFIGS
from experiments.tables.change import Change
from sim.checks import read_yaml
from sim.parameters import Parameter

if TYPE_CHECKING:
    from sim.inputs import Inputs
    from sim.policy.scenario import Scenario

WORLD, QUESTION, POLICY, EFFORT = KINDS = ("world", "question", "policy", "effort")
AIM: Final = "Opinions on deepening the reform of building the industrial workforce, October 2024"


@dataclass(frozen=True)
class Shipped:
    """A setting as it is shipped, with its range and source where it has them."""

    value: Any
    source: str = ""
    low: float | None = None
    high: float | None = None


# The values of the files in configs/ once more, because a file that somebody edited is a change too.
# A test holds the two equal.
TARGETS: Final = {
    "year": Shipped(2035, AIM),
    "national": Shipped(2_000, AIM),
    "provincial": Shipped(10_000, AIM),
    "city": Shipped(50_000, AIM),
    "counting": Shipped("certificates"),
}
OUTLOOK: Final = {  # what a scenario assumes of the years after the fork
    "labour_demand_growth_per_year": Shipped(None, "configs/parameters/law.yaml", -0.016, 0.004),
    "wage_growth_per_year": Shipped(None, "configs/parameters/law.yaml", 0.02, 0.06),
    "delivery_factor": Shipped(1.0),
}
WEAK_DELIVERY: Final = Shipped(
    0.6, "assumed", 0.4, 0.8
)  # the scenario of this name has another delivery factor
SIZES: Final = ("agents", "front_agents")
LEFT_OUT: Final = {"quota_factor": 1.0}  # what a line means that is not there
OF_SCENARIO: Final = ("name", "title", "sentence", *OUTLOOK)  # lines that are no policy
MEANINGS: Final = Labels({
    "data": "Figures of the country beside the published ones",
    "knowledge": "Calibration that values of the parameters come from",
    "targets.year": "Year at whose end the targets count",
    "targets.national": "Target for national craftsmen",
    "targets.provincial": "Target for provincial craftsmen",
    "targets.city": "Target for city craftsmen",
    "targets.counting": "What counts towards the targets",
    "labour_demand_growth_per_year": "Growth of labour demand under the scenario",
    "wage_growth_per_year": "Growth of nominal wages under the scenario",
    "delivery_factor": "Share of the delivery fidelity that is left",
    "agents": "Agents that stand for the people",
    "front_agents": "Agents of each future of the front",
    "draws": "Sets of parameter values",
    "scenario": "Line of the scenario",
    "quota_factor": "Intakes of craftsmen, times",
    "programme": "How the craftsman programme is read",
})  # fmt: skip


def changes_of_lines(key: str, now: Mapping[str, Any], was: Mapping[str, Any], source: str) -> list[Change]:
    """Rows of the lines of a scenario that are not those of its file.

    Parameters
    ----------
    key
        What holds the scenario, as it is typed: ``scenarios.reform``.
    now, was
        Its lines, and those of the file.
    source
        Names the file.
    """
    shown, shipped = _flat(now), _flat(was)
    rows = []
    for line in dict.fromkeys([*shipped, *shown]):
        if shipped.get(line) != shown.get(line):
            first = line.partition(".")[0]
            row = _row(
                f"{key}.{line}",
                POLICY,
                shown.get(line),
                Shipped(shipped.get(line, LEFT_OUT.get(first)), source),
                meaning=MEANINGS.get(first, MEANINGS["scenario"]),
            )
            row["scenarios"] = {str(now.get("name")): str(now.get("title", ""))}
            rows.append(row)
    return rows


def changes(keys: Keys, inputs: "Inputs", scenarios: "Sequence[Scenario]" = ()) -> list[Change]:
    """All that differs from the shipped defaults; nothing when nothing does.

    Parameters
    ----------
    keys
        Of a verb, as chosen.
    inputs
        As read with them.
    scenarios
        All that were lived.
    """
    return changes_of(as_dict(keys), shipped_with(type(keys)), inputs, scenarios)


def shipped_with(kind: type[Keys]) -> dict[str, Any]:
    """What the keys of a verb are by default, the population as its file says."""
    shipped, usual = as_dict(kind()), groups(kind).get("population")
    if usual is not None:
        shipped["population"] = read_yaml(CONFIGS / "population" / f"{usual}.yaml")
    return shipped


def changes_of(
    settings: Mapping[str, Any],
    shipped: Mapping[str, Any],
    inputs: "Inputs",
    scenarios: "Sequence[Scenario]" = (),
) -> list[Change]:
    """The same of plain values.

    Parameters
    ----------
    settings
        What was chosen, by key; keys that are not there are as shipped. ``changed`` are rows of the lines of
        scenarios that are not as in their files.
    shipped
        Defaults, of which those of size count.
    inputs
        As read with the settings.
    scenarios
        All that were lived.
    """
    changed = settings.get("changed") or ()
    return [
        *(_parameter(parameter, inputs) for parameter in inputs.chosen()),
        *_differing("", WORLD, _as_shipped(shipped, "data", "knowledge"), settings),
        *_outlooks(scenarios, changed),
        *asked(settings.get("targets") or {}),
        *(row for row in changed if _last(row) not in OF_SCENARIO),
        *_effort(shipped, settings),
    ]


def asked(targets: Mapping[str, Any]) -> list[Change]:
    """What of the targets differs from the shipped ones."""
    return list(_differing("targets.", QUESTION, TARGETS, targets))


def over_settings(by_setting: Sequence[Sequence[Change]]) -> list[Change]:
    """Rows of a study from those of its settings; a value that settings differ in becomes a list of all."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for row in (row for rows in by_setting for row in rows):
        found.setdefault((row["key"], *row["scenarios"]), []).append(row)
    return [_over_settings(rows, everywhere=len(rows) == len(by_setting)) for rows in found.values()]


def _over_settings(rows: Sequence[Change], *, everywhere: bool) -> Change:
    """One row for several settings; ``everywhere`` unless some have the shipped value."""
    first = rows[0]
    values = [*([] if everywhere else [first["shipped"]]), *(row["chosen"] for row in rows)]
    different = [value for place, value in enumerate(values) if value not in values[:place]]
    if len(different) == 1:
        return first
    return first | {
        "chosen": different,
        "by_setting": True,
        "outside": any(row["outside"] for row in rows),
    }


def _row(key: str, kind: str, chosen: Any, shipped: Shipped, *, unit: str = "", meaning: str = "") -> Change:
    ranged = shipped.low is not None and shipped.high is not None
    return {
        "key": key,
        "kind": kind,
        "meaning": meaning,
        "unit": unit,
        "chosen": chosen,
        "shipped": shipped.value,
        "best_fit": None,
        "low": shipped.low,
        "high": shipped.high,
        "outside": bool(ranged and not shipped.low <= chosen <= shipped.high),
        "source": shipped.source,
        "scenarios": {},
        "by_setting": False,
    }


def _parameter(parameter: Parameter, inputs: "Inputs") -> Change:
    """A parameter that the user fixed, beside the row of its register."""
    was = parameter.shipped
    assert was is not None
    known = inputs.law.posterior.quantile(parameter.name, 0)
    fitted = None if known is None else was.drawn(0, known)
    source = Shipped(_plain(was.value), was.source)
    row = _row(
        f"parameters.{parameter.name}",
        WORLD,
        _plain(parameter.value),
        source,
        unit=was.unit,
        meaning=was.meaning,
    )
    row["best_fit"] = _plain(fitted)
    if was.low != was.high:
        row["low"], row["high"] = _plain(was.low), _plain(was.high)
        row["outside"] = not was.in_range(parameter.value)
    return row


def _differing(
    before: str, kind: str, shipped: Mapping[str, Shipped], chosen: Mapping[str, Any]
) -> Iterator[Change]:
    for name, one in shipped.items():
        if name in chosen and chosen[name] != one.value:
            key = f"{before}{name}"
            yield _row(key, kind, chosen[name], one, meaning=MEANINGS[key])


def _as_shipped(shipped: Mapping[str, Any], *keys: str) -> dict[str, Shipped]:
    """Some keys, as far as the verb has them."""
    return {key: Shipped(shipped[key]) for key in keys if key in shipped}


def _outlooks(scenarios: "Sequence[Scenario]", changed: Sequence[Change]) -> list[Change]:
    """What scenarios assume of demand, wages and delivery, where it is not what is shipped."""
    typed = {(name, _last(row)): row["key"] for row in changed for name in row["scenarios"]}
    found: dict[tuple[str, float], Change] = {}
    for scenario in scenarios:
        for key, shipped in OUTLOOK.items():
            as_shipped = (
                WEAK_DELIVERY if (scenario.name, key) == ("weak_delivery", "delivery_factor") else shipped
            )
            value = getattr(scenario, key)
            if value != as_shipped.value:
                name = typed.get((scenario.name, key), f"scenario.{key}")
                new = _row(name, WORLD, value, as_shipped, unit="1/year", meaning=MEANINGS[key])
                if key == "delivery_factor":
                    new["unit"] = "share"
                row = found.setdefault((key, value), new)
                row["scenarios"][scenario.name] = scenario.title
    return list(found.values())


def _effort(shipped: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[Change]:
    """How many agents, and whether what is not known of parameters is left out."""
    yield from _differing("", EFFORT, _as_shipped(shipped, *SIZES), settings)
    if "population" in settings:
        usual = _as_shipped(shipped["population"], "agents")
        for row in _differing("", EFFORT, usual, settings["population"]):
            row["key"] = "population.agents"
            yield row
    if "draws" in shipped and settings.get("draws") == 0:
        yield _row("draws", EFFORT, 0, Shipped(shipped["draws"]), meaning=MEANINGS["draws"])


def _last(row: Change) -> str:
    """Last name of the key of a row."""
    return row["key"].rpartition(".")[2]


def _flat(content: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Lines by dotted key."""
    found: dict[str, Any] = {}
    for name, value in content.items():
        key = f"{above}{name}"
        found |= _flat(value, f"{key}.") if isinstance(value, Mapping) else {key: value}
    return found


def _plain(value: Any) -> Any:
    """A number, or a list of numbers."""
    return [float(one) for one in value] if hasattr(value, "__len__") else value
