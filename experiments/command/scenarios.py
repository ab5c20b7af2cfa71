"""Scenarios, wherever a question names some: as their files say, with what was typed laid over them.

Every key that holds scenarios is a group of Hydra's, whose choices are the files of ``configs/scenario`` and
any other that a path leads to. So whatever can be named can be changed, under every verb in the same way:
``scenario.LINE=VALUE``, ``baseline.LINE=VALUE`` and ``scenarios.NAME.LINE=VALUE``.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from hydra.core.override_parser.types import Override

from experiments.answers.user_set import changes_of_lines
from experiments.places import CONFIGS
from experiments.runs.sources import options
from experiments.tables.change import Change
from sim.checks import way_out
from sim.errors import InputError
from sim.policy.scenario import KEYS
from sim.policy.scenario_file import scenario_lines, starts_from

SCENARIO, SEVERAL = "scenario", "scenarios"  # also the folder of the files
GROUPS: Final = (SCENARIO, SEVERAL, "baseline")
LINES: Final = tuple(f"{group}." for group in GROUPS)
READ_FROM: Final = "read from"  # no key that could be typed, and none that a scenario has
HYDRAS_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*|\d+", re.ASCII)
OF_SEVERAL: Final = re.compile(rf"(\+*{SEVERAL}\.)(.+?)(\.(?:{'|'.join(KEYS)})(?:\..*)?)", re.DOTALL)
CHANGED: Final = "changed"  # key of what is told of them, not typed
HIDDEN: Final = "utf8-"
TOLD: Final = ("name", "title", "sentence")  # of a scenario, on its own account


def content(group: str, name: str, folder: Path) -> dict[str, Any]:
    """What Hydra is given for one scenario of a group, by its name or path; InputError as for its reader."""
    lines = scenario_lines(name, folder)
    found = {**lines, READ_FROM: {name: None}}
    return {_key(lines["name"]): found} if group == SEVERAL else found


def hydras_key(key: str) -> str:
    """A typed key as Hydra can read it: one of its own may hold neither Chinese nor points and spaces."""
    parts = OF_SEVERAL.fullmatch(key)
    return f"{parts[1]}{_key(parts[2])}{parts[3]}" if parts else key


def _key(name: str) -> str:
    """Key under which the scenario of a name stands among several."""
    return name if HYDRAS_NAME.fullmatch(name) else f"{HIDDEN}{name.encode().hex()}"


def _name(key: str) -> str:
    """The name that stands behind a key."""
    return bytes.fromhex(key[len(HIDDEN) :]).decode() if key.startswith(HIDDEN) else key


def check_chosen(group: str, override: Override) -> None:
    """Check that a group is given one scenario, or several in a list; InputError in one line."""
    value = override.value()
    if override.is_sweep_override():
        return
    if group != SEVERAL:
        if not isinstance(value, str):
            raise InputError(f"{group} takes one name or file: {group}=reform, or {group}=./mine.yaml")
        return
    if not isinstance(value, list):
        raise InputError(f"{group} is a list, in brackets and quotes: '{group}=[frozen,reform]'")
    for name in value:
        if not isinstance(name, str):
            raise InputError(f"{group} takes names and files: '{group}=[frozen,./mine.yaml]'")
        if value.count(name) > 1:
            raise InputError(f"{group} names '{name}' twice; each may stand once")


def composed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Whole scenarios in place of what Hydra put together, and what of them differs from their files.

    Raises
    ------
    InputError
        In one line, for a change of what is not named, and for two scenarios of one name.
    """
    found: dict[str, Any] = {}
    changed: list[Change] = []
    for group in GROUPS:
        if group == SEVERAL and group in values:
            by_name = {_name(key): lines for key, lines in values[group].items()}
            for name, lines in by_name.items():
                _check_named(name, lines, by_name)
                changed += _changed(f"{group}.{name}", lines)
            found[group] = _by_name([_without_file(lines) for lines in by_name.values()])
        elif group in values:
            changed += _changed(group, values[group])
            found[group] = _without_file(values[group])
    return {**found, CHANGED: changed} if found else {}


def _by_name(scenarios: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Scenarios under the names that they have by now."""
    names = [str(lines["name"]) for lines in scenarios]
    if not names:
        raise InputError(f"{SEVERAL} is empty; name at least one: '{SEVERAL}=[frozen,reform]'")
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two scenarios are named '{name}'; give each a name of its own")
    return dict(zip(names, scenarios, strict=True))


def _without_file(node: Mapping[str, Any]) -> dict[str, Any]:
    return {line: value for line, value in node.items() if line != READ_FROM}


def _check_named(name: str, lines: Any, among: Mapping[str, Any]) -> None:
    """Check that what was changed is one of the scenarios, and one alone."""
    key = f"{SEVERAL}.{name}"
    if not isinstance(lines, dict):
        raise InputError(f"{key} has keys of its own; give them one by one, as {key}.KEY=VALUE")
    files = lines.get(READ_FROM)
    if not files:
        named = [one for one, its in among.items() if isinstance(its, dict) and READ_FROM in its]
        raise InputError(
            f"{key}: no scenario of this name is asked for; {way_out(name, named)}, or name it in "
            f"'{SEVERAL}=[...]'"
        )
    if len(files) > 1:
        raise InputError(
            f"two scenarios are named '{name}' ({', '.join(files)}): give one file another name, and write "
            "that name into it"
        )


def _changed(key: str, node: Mapping[str, Any]) -> list[Change]:
    """What of a scenario is not as in the shipped one of that name, or as in the file that it starts from."""
    (source,) = node[READ_FROM]
    now, was = _without_file(node), scenario_lines(source, CONFIGS / SCENARIO)
    if was["name"] in options(SCENARIO):
        return changes_of_lines(
            key, now, scenario_lines(was["name"], CONFIGS / SCENARIO), _shipped(was["name"])
        )
    rows = changes_of_lines(key, now, was, source)
    base = starts_from(source, CONFIGS / SCENARIO)
    if not base:
        return rows
    # A file of one's own: all that is not as in what it starts from, but for what it is called.
    begun = {**scenario_lines(base, CONFIGS / SCENARIO), **{line: now.get(line) for line in TOLD}}
    told = [row for row in rows if row["key"].rpartition(".")[2] in TOLD]
    return [*changes_of_lines(key, now, begun, _shipped(base)), *told]


def _shipped(name: str) -> str:
    """Where a scenario stands, by its name or path."""
    return f"configs/{SCENARIO}/{name}.yaml" if name in options(SCENARIO) else name
