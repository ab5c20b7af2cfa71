"""A finished comparison, read from the files of its folder alone: it may come from another machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from experiments.answers.assumptions import FILE as ASSUMPTIONS
from experiments.runs.files import MANIFEST, file_hash, read_json
from sim.errors import InputError

SCENARIOS: Final = "scenarios.json"
FIGURES: Final = "indicators.parquet"
NEEDED: Final = (FIGURES, SCENARIOS, ASSUMPTIONS)
HASHES: Final = ("code_hash", "data_hash", "parameters_hash", "past_hash", "knowledge_hash")
AGREED: Final = (*HASHES, "knowledge", "parameters", "agents", "seeds", "draws", "targets")
RECORDED: Final = (*AGREED, "scenarios", "state_digests", "set_by_user", "versions", "created")


@dataclass(frozen=True)
class Side:
    """One of the comparisons that are put side by side.

    Attributes
    ----------
    folder
        Where its files are.
    called
        What the page calls it: the name of its folder.
    manifest
        The facts of its manifest, ``RECORDED`` among them.
    scenarios
        Its scenarios in order, as :meth:`sim.policy.scenario.Scenario.as_dict` gives them.
    """

    folder: Path
    called: str
    manifest: Mapping[str, Any]
    scenarios: Sequence[Mapping[str, Any]]


def read_sides(folders: Sequence[Path]) -> tuple[Side, Side]:
    """Read two comparisons; InputError when they are one, or one of them cannot be read."""
    first, second = (folder.resolve() for folder in folders)
    if first == second:
        raise InputError(f"both names lead to {first}; name two comparisons")
    one, other = map(_shown, (first.name, second.name))
    names = (one, other) if one != other else (f"{one} 1", f"{other} 2")
    return _read(first, names[0]), _read(second, names[1])


def _read(folder: Path, called: str) -> Side:
    manifest = _facts(folder, MANIFEST)
    lacking = [key for key in RECORDED if not isinstance(manifest, dict) or key not in manifest]
    if lacking:
        raise InputError(
            f"{folder / MANIFEST} says nothing of {', '.join(lacking)}: it is no comparison, or one that an "
            "older version wrote; make it again with workforce compare"
        )
    written = manifest.get("files") or {}
    for name in NEEDED:
        path = folder / name
        if not path.is_file():
            raise InputError(f"{path} is missing; copy the whole folder of the comparison")
        if written.get(name) != file_hash(path):
            raise InputError(f"{path} is not as it was written; copy the folder of the comparison again")
    return Side(folder, called, manifest, _facts(folder, SCENARIOS))


def _facts(folder: Path, name: str) -> Any:
    path = folder / name
    try:
        return read_json(path)
    except (OSError, ValueError):
        raise InputError(f"{path} cannot be read; {folder} is no finished comparison") from None


def _shown(name: str) -> str:
    """The name of a folder with every sign that can be printed."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
