"""Files of scenarios: one of ``configs/scenario/`` by its name, one of the user's own by its path."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.checks import read_yaml, way_out
from sim.errors import InputError
from sim.policy.files import names_in


def scenario_lines(name: str, folder: Path, callers: tuple[Path, ...] = ()) -> dict[str, Any]:
    """Lines of a scenario: those of its file, and of the files that its ``defaults`` name.

    They are laid over each other in the order of ``defaults``; the file itself is ``_self_`` there, and
    stands last when that is not named. Paths in ``defaults`` begin at the file that names them.

    Parameters
    ----------
    name
        Name of a scenario of the folder, or path of another file.
    folder
        Folder of the scenarios that have names.
    callers
        Files that this one is read for.

    Raises
    ------
    InputError
        In one line, for a file that cannot be read, and for ``defaults`` that lead nowhere.
    """
    path = scenario_file(name, folder)
    chain = (*callers, path)
    if path.resolve() in [caller.resolve() for caller in callers]:
        round_trip = " -> ".join(caller.stem for caller in chain)
        raise InputError(f"scenario '{path.stem}' names itself in its defaults: {round_trip}")
    content = _plain(read_yaml(path), str(path))
    if _as_name(content.get("name")) != path.stem:
        raise InputError(f"{path} must say 'name: \"{path.stem}\"', not {content.get('name')!r}")
    merged: dict[str, Any] = {}
    for base in _defaults(content.pop("defaults", []), path):
        beside = str(path.parent / base) if _is_path(base) and not base.startswith("~") else base
        below = content if base == "_self_" else scenario_lines(beside, folder, chain)
        merged = _overlaid(merged, below)
    return {**merged, "name": path.stem}


def starts_from(name: str, folder: Path) -> str:
    """What a scenario's file names first in its ``defaults``, as name or path; empty when it stands alone."""
    path = scenario_file(name, folder)
    first = _defaults(_plain(read_yaml(path), str(path)).get("defaults", []), path)[0]
    if first == "_self_":
        return ""
    return str(path.parent / first) if _is_path(first) and not first.startswith("~") else first


def scenario_file(name: str, folder: Path) -> Path:
    """The file of a scenario, by its name in a folder or by its path; InputError when there is none."""
    known = names_in(folder)
    if name in known:
        return folder / f"{name}.yaml"
    if _is_path(name) and _is_there(path := Path(name)):
        return path.expanduser()
    if "/" in name and Path(name).is_dir():
        raise InputError(f"{name} is a folder: name a file in it, such as {Path(name) / 'mine.yaml'}")
    if "/" in name:
        raise InputError(f"there is no scenario file {name}: correct its path, or {way_out(name, known)}")
    own = f"; a file of your own needs its path: ./{name}.yaml" if _is_there(Path(f"{name}.yaml")) else ""
    raise InputError(f"unknown scenario '{name}': {way_out(name, known)}{own}")


def _is_path(name: str) -> bool:
    return "/" in name or name.endswith((".yaml", ".yml"))


def _is_there(path: Path) -> bool:
    try:
        return path.expanduser().is_file()
    except (OSError, ValueError, RuntimeError):  # no name that a file could have, or nobody's home
        return False


def _defaults(content: object, path: Path) -> list[str]:
    """Names of the scenarios that a file starts from, in order, and of the file itself."""
    if not isinstance(content, list):
        raise InputError(f"{path}: defaults is {content!r}: write a list such as [frozen, _self_]")
    for base in content:
        if _as_name(base) is None:
            raise InputError(
                f"{path}: defaults names {base!r}: write names, in quotes if they look like numbers"
            )
    names = [str(base) for base in content]
    if names.count("_self_") > 1:
        raise InputError(f"{path}: defaults names _self_ twice: write [frozen, _self_]")
    return names if "_self_" in names else [*names, "_self_"]


def _as_name(content: object) -> str | None:
    """A name as it is written, without quotes too; None for a value that reads differently."""
    if isinstance(content, str):
        return content
    return str(content) if isinstance(content, int) and not isinstance(content, bool) else None


def _plain(content: object, where: str) -> Any:
    """The content of a file with texts for names, so that 2028 and "2028" are one, and no references."""
    if isinstance(content, Mapping):
        lines: dict[str, Any] = {}
        for key, value in content.items():
            if str(key) in lines:
                raise InputError(f"{where} names {key} twice; each may stand once")
            lines[str(key)] = _plain(value, f"{where}: {key}")
        return lines
    if isinstance(content, list):
        return [_plain(value, where) for value in content]
    if isinstance(content, str) and ("${" in content or content == "???"):
        raise InputError(f"{where} is {content!r}: write the value itself, without ${{...}} or ???")
    return content


def _overlaid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Merge nested mappings; what stands above wins."""
    both = {
        key: _overlaid(below[key], value)
        if isinstance(value, Mapping) and isinstance(below.get(key), Mapping)
        else value
        for key, value in above.items()
    }
    return {**below, **both}
