"""What a study varies: scenarios x settings x draws x seeds, written out as one row per run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

from experiments.answers.checks import check_agents, persons
from experiments.answers.user_set import changes_of, changes_of_lines, shipped_with
from experiments.places import LATEST
from experiments.questions.sweep.keys import SweepKeys
from experiments.runs.inputs import read_inputs
from experiments.runs.life import Life, World, read_world
from experiments.runs.plan import Cell
from experiments.tables.change import Change
from experiments.tables.own_figures import OwnFigure
from sim.checks import as_mapping, check_keys, lines_of
from sim.errors import InputError
from sim.policy.programme import Programme
from sim.policy.scenario import read_scenario

if TYPE_CHECKING:
    from sim.policy.scenario import Scenario

AXES = {  # what a grid may vary besides scenarios, draws and seeds, and how
    "parameters": "[0.1,0.2]",
    "agents": "[20000,100000]",
    "knowledge": f"[{LATEST},prior]",
    "programme": "[14,24]",
}


def settings_of(keys: SweepKeys) -> list[dict[str, Any]]:
    """Every combination of the grid; a study without one has a single setting.

    Parameters
    ----------
    keys
        Of ``workforce sweep``. ``grid`` holds lists: ``agents``, ``knowledge``, under ``parameters`` one for
        each name, and under ``programme`` one for each line of how scenarios read the craftsman programme.

    Raises
    ------
    InputError
        For an unknown axis, or one without values.
    """
    grid = as_mapping(keys.grid, "grid")
    check_keys(grid, AXES, (), "grid")
    parameters = lines_of(grid.get("parameters"), "grid.parameters")
    programme = flat(lines_of(grid.get("programme"), "grid.programme"))
    axes = [(("parameters", name), values) for name, values in parameters.items()]
    axes += [(("programme", line), values) for line, values in programme.items()]
    axes += [((name, ""), grid[name]) for name in ("agents", "knowledge") if name in grid]
    for (axis, name), values in axes:
        if not isinstance(values, list) or not values or len({str(value) for value in values}) < len(values):
            key = f"grid.{axis}.{name}".rstrip(".")
            raise InputError(f"{key} must be a list of different values, for example {key}={AXES[axis]}")
    found = [
        _setting(keys, dict(zip([key for key, _ in axes], values, strict=True)))
        for values in product(*(values for _, values in axes))
    ]
    if any(found.count(setting) > 1 for setting in found):
        raise InputError("two settings of the grid are the same; each may stand once")
    return found


def _setting(keys: SweepKeys, values: dict[tuple[str, str], Any]) -> dict[str, Any]:
    def of(wanted: str) -> dict[str, Any]:
        return {name: value for (axis, name), value in values.items() if axis == wanted}

    programme = of("programme")
    return {
        "agents": values.get(("agents", ""), keys.population.agents),
        "knowledge": values.get(("knowledge", ""), keys.knowledge),
        "parameters": {**keys.parameters, **of("parameters")},
        **({"programme": programme} if programme else {}),
    }


def flat(programme: Mapping[str, Any]) -> dict[str, Any]:
    """Lines of a block ``programme`` by dotted key, such as ``months.national``."""
    months = programme.get("months")
    by_tier = {f"months.{tier}": one for tier, one in months.items()} if isinstance(months, Mapping) else {}
    return {line: value for line, value in programme.items() if not by_tier or line != "months"} | by_tier


def read_alike(lines: Mapping[str, Any], programme: Mapping[str, Any]) -> dict[str, Any]:
    """Lines of a scenario, which reads the programme as a setting says; ``programme`` by dotted key."""
    block = lines_of(lines.get("programme"), "programme")
    for line, value in programme.items():
        group, _, tier = line.partition(".")
        block[group] = {**lines_of(block.get(group), f"programme.{group}"), tier: value} if tier else value
    return {**lines, "programme": block}


def world_of(setting: dict[str, Any], data: tuple[OwnFigure, ...] = ()) -> World:
    """Check one setting and read what its runs share, with figures that a user adds."""
    if not isinstance(setting["agents"], int | None) or isinstance(setting["agents"], bool):
        raise InputError(f"grid.agents={setting['agents']} is not a whole number")
    inputs = read_inputs(setting["parameters"], setting["knowledge"])
    if setting["agents"] is not None:
        check_agents(setting["agents"], persons(inputs))
    return read_world(setting["parameters"], setting["knowledge"], setting["agents"], data)


@dataclass(frozen=True)
class Design:
    """A study, checked: every run of it can be named and lived."""

    scenarios: tuple[dict[str, Any], ...]  # whole, so that the study goes on without their files
    settings: tuple[dict[str, Any], ...]
    draws: int  # 0: the best fit alone; n: draws 1 to n
    seeds: int
    changed: tuple[Change, ...] = ()  # lines of the scenarios that are not those of their files
    data: tuple[OwnFigure, ...] = ()  # of the user
    files: tuple[str, ...] = ()  # in which they stood

    @classmethod
    def read(cls, keys: SweepKeys, data: tuple[OwnFigure, ...] = ()) -> "Design":
        """The study that keys describe, with the figures of their files."""
        scenarios, settings = tuple(keys.scenarios.values()), tuple(settings_of(keys))
        return cls(scenarios, settings, keys.draws, keys.seeds, tuple(keys.changed), data, tuple(keys.data))

    def keys(self, asked: SweepKeys) -> SweepKeys:
        """Keys that ask for as many seeds and draws as it has by now."""
        return replace(asked, seeds=self.seeds, draws=self.draws)

    def grown(self, seeds: int, draws: int) -> "Design":
        """The same with so many seeds and draws; it never shrinks.

        Raises
        ------
        InputError
            When the best fit alone and draws would stand in one study: they answer different questions.
        """
        if (self.draws == 0) != (draws == 0):
            has = "the best fit alone (draws=0)" if self.draws == 0 else f"draws 1 to {self.draws}"
            raise InputError(f"this study takes {has}; draws={draws} belongs to a study of another name")
        return replace(self, seeds=max(self.seeds, seeds), draws=max(self.draws, draws))

    def runs(self) -> int:
        """Number of runs."""
        return len(self.scenarios) * len(self.settings) * max(1, self.draws) * self.seeds

    def worlds(self) -> list[World]:
        """What the runs of each setting share."""
        return [world_of(setting, self.data) for setting in self.settings]

    @property
    def names(self) -> list[str]:
        """Names of the scenarios, in their order."""
        return [str(lines["name"]) for lines in self.scenarios]

    def policies(self, setting: int, world: World) -> "list[Scenario]":
        """The scenarios of a setting, read with the measures of its world."""
        programme = self.settings[setting].get("programme", {})
        return [
            read_scenario(read_alike(lines, programme) if programme else lines, world.inputs.catalogue)
            for lines in self.scenarios
        ]

    def user_set(self, targets: dict[str, Any] | None = None) -> list[list[Change]]:
        """What differs from the shipped defaults in each setting, the targets too where they are given."""
        found, shipped = [], shipped_with(SweepKeys)
        for place, (setting, world) in enumerate(zip(self.settings, self.worlds(), strict=True)):
            readings = _readings(setting.get("programme", {}))
            chosen = {
                **setting,
                "data": list(self.files),
                "population": {"agents": setting["agents"]},
                "draws": self.draws,
                "targets": targets or {},
                "changed": (*self.changed, *readings),
            }
            found.append(changes_of(chosen, shipped, world.inputs, self.policies(place, world)))
        return found

    def cells(self) -> Iterator[tuple[int, int, int]]:
        """Setting, draw and seed of every history, in the order of living."""
        draws = range(1, self.draws + 1) if self.draws else [0]
        return product(range(len(self.settings)), draws, range(1, self.seeds + 1))

    def plan(self) -> list[Cell]:
        """Lives that share a history together, in the order of living; InputError for two equal settings."""
        worlds = self.worlds()
        policies = [self.policies(place, world) for place, world in enumerate(worlds)]
        return [
            Cell(tuple(Life(worlds[setting], scenario, seed, draw) for scenario in policies[setting]))
            for setting, draw, seed in self.cells()
        ]


def _readings(programme: Mapping[str, Any]) -> list[Change]:
    """What of the readings of a setting is not as shipped, in all scenarios."""
    shipped = flat(Programme().as_dict())
    rows = changes_of_lines(
        "grid",
        {"programme": {line: programme.get(line, one) for line, one in shipped.items()}},
        {"programme": shipped},
        "configs/scenario/frozen.yaml",
    )
    return [row | {"scenarios": {}} for row in rows]


def hashes_of(design: Design) -> dict[str, Any]:
    """Of all files that decide the runs of a study."""
    worlds = design.worlds()
    names = [setting["knowledge"] for setting in design.settings]
    known = {name: world.hashes["knowledge_hash"] for name, world in zip(names, worlds, strict=True)}
    return {**worlds[0].hashes, "knowledge_hashes": known}
