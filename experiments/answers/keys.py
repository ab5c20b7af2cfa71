"""A key of a verb, written once: its type, its default, what it may be, and what ``--help`` says of it.

A verb's keys are the fields of a dataclass. From it follow what Hydra composes, what is refused, the text of
``workforce VERB --help``, and what an answer keeps of what was asked. Answers ``--help``, so imports nothing
heavy.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import Field, asdict, dataclass, field, fields
from functools import partial
from typing import Any, Final, TypeGuard, TypeVar

from sim.errors import InputError

ABOUT: Final = "about"
FROM_FILE: Final[Any] = "???"  # a default that a file of the key's folder gives, in OmegaConf's word
MOST_WHOLE: Final = 2**31 - 1
T = TypeVar("T")
K = TypeVar("K", bound="Keys")


@dataclass
class Keys:
    """Keys of a verb, or those below a key."""


@dataclass(frozen=True)
class About:
    """What is known of a key besides its type and default.

    Attributes
    ----------
    text
        What the help says; may hold ``{low}``, ``{high}``, ``{unit}`` and ``{choices}``. Each line is wrapped
        by itself; one that begins with spaces stands as it is.
    low, high
        The least and the most, of each number where there are several; a number needs to be given the most
        as well.
    above
        Whether ``low`` itself is too little.
    unit
        Of a number.
    choices
        All that is possible.
    check
        Refuses what nothing above refuses; is told key and value, which is never None.
    folder
        Folder of ``configs/``, whose files the value, or each of several, names.
    group
        The file of ``folder`` that the key is taken from, or several, unless others are named.
    overlay
        Whether a file of ``folder`` is laid over all other keys.
    is_file
        Whether it names a file, or the folder of an answer.
    heading
        Begins another part of the help.
    shown
        What the help says instead of ``key=default``.
    """

    text: str
    low: float | None = None
    high: float = MOST_WHOLE
    above: bool = False
    unit: str = ""
    choices: Sequence[str] = ()
    check: Callable[[str, Any], None] | None = None
    folder: str = ""
    group: str | list[str] = ""
    overlay: bool = False
    is_file: bool = False
    heading: str = ""
    shown: str = ""


def key(default: T, text: str, **about: Any) -> T:
    """A key with its default; what else may be said is in :class:`About`."""
    metadata = {ABOUT: About(text, **about)}
    if isinstance(default, list | dict):
        copied: T = field(default_factory=partial(deepcopy, default), metadata=metadata)
        return copied
    return field(default=default, metadata=metadata)


def group(choice: str | list[str], kind: Callable[[], T], folder: str, text: str, **about: Any) -> T:
    """A key whose lines a file of a folder of ``configs/`` gives; ``choice`` names it by default."""
    return field(default_factory=kind, metadata={ABOUT: About(text, folder=folder, group=choice, **about)})


def below(kind: Callable[[], T]) -> T:
    """Keys below a key, as ``report.language``."""
    return field(default_factory=kind)


def about(one: "Field[Any]") -> About | None:
    """What is known of a key; None of one that only holds others, or that a file gives."""
    found: About | None = one.metadata.get(ABOUT)
    return found


def as_dict(keys: Keys) -> dict[str, Any]:
    """Plain values by key, in the order of the fields."""
    return asdict(keys)


def holds_keys(kind: Any) -> TypeGuard[type[Keys]]:
    """Whether the type of a key says that it holds others."""
    return isinstance(kind, type) and issubclass(kind, Keys)


def from_dict(kind: type[K], values: Mapping[str, Any]) -> K:
    """Keys from plain values, as an answer keeps them; what is not kept is as by default."""
    given: dict[str, Any] = {}
    for one in fields(kind):
        if one.name in values:
            value = values[one.name]
            given[one.name] = from_dict(one.type, value) if holds_keys(one.type) else value
    return kind(**given)


def groups(kind: type[Keys]) -> dict[str, str | list[str]]:
    """Keys that files are chosen for, and which by default."""
    known = {one.name: about(one) for one in fields(kind)}
    return {name: found.group for name, found in known.items() if found and found.group}


def overlays(kind: type[Keys]) -> list[str]:
    """Keys that a file may be named for which is laid over all others."""
    return [one.name for one in fields(kind) if (known := about(one)) and known.overlay]


def walk(kind: type[Keys], above: str = "") -> Iterator[tuple[str, "Field[Any]"]]:
    """Every key that can be typed, by its dotted name; keys of a file as one."""
    for one in fields(kind):
        if holds_keys(one.type) and about(one) is None:
            yield from walk(one.type, f"{above}{one.name}.")
        elif about(one) is not None:
            yield f"{above}{one.name}", one


def check_keys(keys: Keys, above: str = "") -> None:
    """Refuse, in one line, the first value that its key does not allow."""
    for one in fields(keys):
        name, value, known = f"{above}{one.name}", getattr(keys, one.name), about(one)
        if isinstance(value, Keys):
            check_keys(value, f"{name}.")
        elif known is not None and value is not None:
            check_value(name, value, known)


def check_value(name: str, value: Any, known: About) -> None:
    """The same of one value."""
    if known.low is not None:
        several = isinstance(value, list)
        for number in value if several else [value]:
            check_range(f"each of {name}" if several else name, number, known)
    if known.choices and value not in known.choices:
        raise InputError(f"{name}={value} is not possible; choose one of: {', '.join(known.choices)}")
    if known.check is not None:
        known.check(name, value)


def check_range(name: str, number: float, known: About) -> None:
    """Refuse a number that is too small, too large, or none."""
    assert known.low is not None
    if known.low <= number <= known.high and not (known.above and number == known.low):
        return
    low, high = (as_written(end) for end in (known.low, known.high))
    kind = "a whole number from " if isinstance(number, int) else ""
    ends = f"above {low} and at most {high}" if known.above else f"{low} to {high}"
    value = number if isinstance(number, int) else f"{number:g}"
    unit = f", in {known.unit}" if known.unit else ""
    raise InputError(f"{name}={value} must be {kind}{ends}{unit}")


def check_whole(name: str, number: int, low: int, high: int) -> None:
    """Refuse a whole number out of limits that only other choices tell."""
    check_range(name, number, About("", low=low, high=high))


def as_written(number: float) -> str:
    """A number in a sentence; the digits of a large one stand in groups, those of a year do not."""
    return f"{number:,}" if number >= 10_000 else f"{number:.12g}"
