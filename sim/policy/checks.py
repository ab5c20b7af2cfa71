"""Strict reading of configured names, numbers and texts; every fault is an InputError of one line."""

import difflib
import math
from collections.abc import Collection, Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml

from sim.errors import InputError


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C where it is built
    """YAML in which a key written twice is a fault, because the second would silently win."""


def _construct_mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    content: dict[Hashable, Any] = {}
    for key, value in loader.construct_pairs(node, deep=True):
        if not isinstance(key, Hashable) or key in content:
            problem = f"key {key!r} stands twice" if isinstance(key, Hashable) else f"{key!r} cannot be a key"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        content[key] = value
    return content


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def read_yaml(path: Path) -> dict[str, Any]:
    """Names and values of a YAML file."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506 (derived from SafeLoader)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not a text file in UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path} is not valid YAML near line {line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise InputError(f"{path} is not valid YAML: {' '.join(str(error).split())}") from error
    return as_mapping(content, str(path))


def as_mapping(content: object, where: str) -> dict[str, Any]:
    """Give a mapping with text keys back as a dictionary."""
    if not isinstance(content, Mapping):
        raise InputError(f"{where} must hold lines 'name: value', not {content!r}")
    for key in content:
        if not isinstance(key, str):
            raise InputError(f"{where}: the name {key!r} must be a text")
    return dict(content)


def lines_of(content: object, where: str) -> dict[str, Any]:
    """The same where nothing need be written."""
    return {} if content is None else as_mapping(content, where)


def way_out(name: object, known: Collection[str]) -> str:
    """What to write instead of an unknown name: the nearest known one, or what there is."""
    nearest = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    return f"did you mean '{nearest[0]}'?" if nearest else f"choose from {', '.join(sorted(known))}"


def check_keys(
    content: Mapping[str, Any], known: Collection[str], required: Collection[str], where: str
) -> None:
    """Refuse a key that is not known, and the lack of a required one."""
    for key in content:
        if key not in known:
            raise InputError(f"{where} has an unknown key '{key}': {way_out(key, known)}")
    for key in required:
        if content.get(key) is None:
            raise InputError(f"{where} has no '{key}': add '{key}: ...'")


def one_of(value: object, known: Collection[str], where: str) -> str:
    """Give one of the known names back."""
    if not isinstance(value, str) or value not in known:
        raise InputError(f"{where}: unknown '{value}': {way_out(value, known)}")
    return value


def number(value: object, where: str, low: float = -math.inf, high: float = math.inf) -> float:
    """Give a finite number from ``low`` to ``high`` back."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{where} is {value!r}, which is not a number")
    if not math.isfinite(value):
        raise InputError(f"{where} is {value}: write a finite number")
    if not low <= value <= high:
        limits = (
            f"from {low:g} to {high:g}"
            if math.isfinite(low) and math.isfinite(high)
            else (f"of {low:g} or more" if math.isfinite(low) else f"of at most {high:g}")
        )
        raise InputError(f"{where} is {value:g}: write a number {limits}")
    return float(value)


def whole(value: object, where: str, low: int = 0) -> int:
    """Give a whole number of ``low`` or more back."""
    checked = number(value, where, low)
    if not checked.is_integer():
        raise InputError(f"{where} is {checked:g}: write a whole number")
    return int(checked)


def text(value: object, where: str) -> str:
    """Give a text that says something back, in one line."""
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where} is {value!r}: write a text")
    return " ".join(value.split())
