"""Strict reading of configured names, numbers and texts; every fault is an InputError of one line."""

import difflib
import math
import re
import unicodedata
from collections.abc import Collection, Hashable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

import yaml

from sim.errors import InputError

LONGEST_SHOWN: Final = 60  # letters of what is refused
MOST: Final = 1_000_000_000  # of anything that is counted: more could not be simulated
DEEPEST: Final = 100  # lists and lines within each other
_OF_YAML: Final = "tag:yaml.org,2002:"
_KINDS: Final = {  # of YAML 1.2, with _ between digits: 1e-2 is a number; 010, 1:30, yes and no are texts
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?(?:0|[1-9][0-9]*(?:_[0-9]+)*)",
    "float": r"[-+]?(?:[0-9]+(?:_[0-9]+)*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)"
    r"|\.[0-9]+(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)",
    "timestamp": r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?",
}


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C where it is built
    """YAML without what surprises: a key twice, of which the last would win, or a day where months count."""

    yaml_implicit_resolvers: ClassVar[dict[str | None, list[tuple[str, re.Pattern[str]]]]] = {}
    yaml_constructors: ClassVar[dict[str | None, Any]] = {
        tag: construct
        for tag, construct in yaml.SafeLoader.yaml_constructors.items()
        if tag in (None, f"{_OF_YAML}null", f"{_OF_YAML}str", f"{_OF_YAML}seq")
    }


def _construct_number(loader: _StrictLoader, node: yaml.ScalarNode) -> Any:
    try:
        return yaml.SafeLoader.yaml_constructors[node.tag](loader, node)
    except (ValueError, KeyError) as error:  # thousands of digits, or a tag that is none of its value
        problem = f"{node.value[:20]} cannot be read as {node.tag.rpartition(':')[2]}"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error


def _construct_mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    content: dict[Hashable, Any] = {}
    for (key, value), (mark, _) in zip(loader.construct_pairs(node, deep=True), node.value, strict=True):
        if not isinstance(key, Hashable) or key in content:
            problem = f"key {key!r} stands twice" if isinstance(key, Hashable) else f"{key!r} cannot be a key"
            raise yaml.constructor.ConstructorError(None, None, problem, mark.start_mark)
        content[key] = value
    return content


def _refuse_day(_: _StrictLoader, node: yaml.ScalarNode) -> None:
    problem = f"{node.value} is a date with a day; write year and month, such as {node.value[:7]}"
    raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


for _kind, _pattern in _KINDS.items():
    _StrictLoader.add_implicit_resolver(f"{_OF_YAML}{_kind}", re.compile(f"(?:{_pattern})\\Z"), None)
for _kind in ("bool", "int", "float"):
    _StrictLoader.add_constructor(f"{_OF_YAML}{_kind}", _construct_number)
_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)
_StrictLoader.add_constructor(f"{_OF_YAML}timestamp", _refuse_day)


def read_yaml(path: Path) -> dict[str, Any]:
    """Names and values of a YAML file."""
    return parse_yaml(read_text(path), path)


def read_text(path: Path) -> str:
    """Text of a file in UTF-8, with or without the mark that some editors put first."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(f"{path} is not a text file in UTF-8, see line {line}: save it as UTF-8") from error


def parse_yaml(content: str, path: Path) -> dict[str, Any]:
    """Names and values of the text of a YAML file."""
    strange = yaml.reader.Reader.NON_PRINTABLE.search(content)
    if strange:
        line = content[: strange.start()].count("\n") + 1
        raise InputError(f"{path} has the control character {strange[0]!r} in line {line}: delete it")
    try:
        _check_depth(content)
        values = yaml.load(content, _StrictLoader)  # noqa: S506 (derived from SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path} is not valid YAML near line {line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise InputError(f"{path} is not valid YAML: {' '.join(str(error).split())}") from error
    return as_mapping(values, str(path))


def _check_depth(content: str) -> None:
    """Refuse brackets in brackets before they are read: thousands of them would end Python itself."""
    depth = 0
    for event in yaml.parse(content, _StrictLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            problem, mark = "too many brackets in brackets", event.start_mark
            raise yaml.constructor.ConstructorError(None, None, problem, mark)  # type: ignore[arg-type]


def as_mapping(content: object, where: str) -> dict[str, Any]:
    """Give a mapping with text keys back as a dictionary."""
    if not isinstance(content, Mapping):
        shown = "nothing" if content is None else repr(content)[:LONGEST_SHOWN]
        raise InputError(f"{where} must hold lines 'name: value', not {shown}")
    for key in content:
        if not isinstance(key, str):
            raise InputError(f"{where}: the name {key!r} must be a text")
    return dict(content)


def lines_of(content: object, where: str) -> dict[str, Any]:
    """The same where nothing need be written."""
    return {} if content is None else as_mapping(content, where)


def way_out(name: object, known: Collection[str], place: str = "") -> str:
    """What to write instead of an unknown name: the nearest known one, what there is, or its ``place``."""
    nearest = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    if nearest:
        return f"did you mean '{nearest[0]}'?"
    return f"{place} has all {len(known)}" if place else f"choose from {', '.join(sorted(known))}"


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
    try:
        checked = float(value)
    except OverflowError:  # a whole number of hundreds of digits
        checked = math.inf if value > 0 else -math.inf
    if not math.isfinite(checked):
        raise InputError(f"{where} is {checked}: write a finite number")
    if not low <= checked <= high:
        limits = (
            f"from {low:.12g} to {high:.12g}"
            if math.isfinite(low) and math.isfinite(high)
            else (f"of {low:.12g} or more" if math.isfinite(low) else f"of at most {high:.12g}")
        )
        raise InputError(f"{where} is {value:.12g}: write a number {limits}")
    return checked


def whole(value: object, where: str, low: int = 0, high: int = MOST) -> int:
    """Give a whole number from ``low`` to ``high`` back."""
    checked = number(value, where, low)
    if checked > high:
        raise InputError(f"{where} is {checked:.12g}: write a number of at most {high}")
    if not checked.is_integer():
        raise InputError(f"{where} is {checked:.12g}: write a whole number")
    return int(checked)


def text(value: object, where: str) -> str:
    """Give a text that says something back, in one line."""
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where} is {value!r}: write a text")
    line = " ".join(value.split())
    for sign in line:
        if unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff":  # no file could hold it
            raise InputError(f"{where} has the control character {sign!r}: delete it")
    return line
