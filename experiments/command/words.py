"""What is typed, in Hydra's words: a text stays as it was written, also where 2026.10 would be a number."""

import re
from collections.abc import Collection, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Quote, QuotedString
from hydra.errors import HydraException

from experiments.answers.keys import About, about, groups, overlays, walk
from experiments.command import scenarios
from experiments.command.verbs import keys_of
from sim.errors import InputError

OPEN_TEXTS = (".name", ".title", ".sentence", ".knowledge")
NOT_READABLE = (HydraException, ValueError, RecursionError)  # overrides; thousands of digits or brackets too
# A word in quotes, or one without: up to a comma or bracket
WORD = re.compile(
    r"""(?P<quoted>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
    r"""|(?P<bare>[^\s,\[\]'"](?:[^,\[\]'"]*[^\s,\[\]'"])?)"""
)
OF_HYDRA = re.compile(r"[(){}$\\]")  # functions, references and escapes are left to Hydra


def in_hydras_words(verb: str, overrides: Sequence[str]) -> list[str]:
    """Write the overrides of a verb as Hydra wants them.

    Differences may add names that a scenario's file leaves out (``++key=value``); texts stand in quotes.
    """
    return [_in_hydras_words(verb, text) for text in overrides]


def _in_hydras_words(verb: str, text: str) -> str:
    key, equals, value = text.partition("=")
    key = scenarios.hydras_key(key)
    if key == "+experiment":  # as Hydra's own experiments are chosen
        key = "experiment"
    if key == "parameters" and not value.startswith("{"):
        raise InputError(f"'{text}' is not understood; write parameters.quit_per_year=0.2 for each parameter")
    known = about_key(verb, key)
    is_file = known is not None and known.is_file
    if (is_file or key == "results") and value.startswith("~"):
        value = _from_home(value)
    if is_file and _is_there(value):  # also with a comma in its name
        value = quoted(value)
    elif equals:
        value = _value_in_quotes(key, value, kind_of(verb, key.lstrip("+")))
    return f"{'++' if is_open(verb, key) else ''}{key}{equals}{value}"


def groups_of(verb: str) -> Collection[str]:
    """Keys of a verb that files of ``configs/`` are chosen for."""
    keys = keys_of(verb)
    return (*groups(keys), *overlays(keys))


def about_key(verb: str, name: str) -> About | None:
    """What is known of a key of a verb; None when there is no such key."""
    return next((about(one) for path, one in walk(keys_of(verb)) if path == name), None)


def is_open(verb: str, key: str) -> bool:
    """Whether a key may name what its default does not, as ``parameters.quit_per_year``."""
    first, below, _ = key.partition(".")
    kinds = {one.name: str(one.type) for one in fields(keys_of(verb))}
    return kinds.get(first, "").startswith("dict") and (bool(below) or first not in groups_of(verb))


def kind_of(verb: str, key: str) -> Any:
    """Type of the value of a key: ``str``, ``str | None``, ``list[str]``, or any other."""
    if key in groups_of(verb):
        return list[str] if key == scenarios.SEVERAL else str
    if is_open(verb, key) and key.endswith(OPEN_TEXTS):
        return list[str] if key.startswith("grid") else str
    kind: Any = keys_of(verb)
    for part in key.split("."):
        kind = {field.name: field.type for field in fields(kind)}.get(part) if is_dataclass(kind) else None
    return kind


def _value_in_quotes(key: str, value: str, kind: Any) -> str:
    """Quote what is a text; elsewhere only what has letters that Hydra does not expect."""
    is_text = kind in (str, str | None, list[str])

    def quote(word: re.Match[str]) -> str:
        bare = word["bare"]
        if not bare or (bare == "null" and kind == str | None) or (bare.isascii() and not is_text):
            return word[0]
        return quoted(bare)

    written = value if OF_HYDRA.search(value) else WORD.sub(quote, value)
    if not is_text or readable(f"{key}={written}"):
        return written
    return WORD.sub(quote, value) if kind == list[str] else quoted(value)


def _from_home(path: str) -> str:
    try:
        return str(Path(path).expanduser())
    except RuntimeError:
        raise InputError(f"{path}: there is no such home folder; write the whole path") from None


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # longer than a name can be, or not one
        return False


def quoted(value: str) -> str:
    """Write a text so that Hydra takes it as it stands."""
    return QuotedString(value, Quote.single).with_quotes()


def readable(text: str) -> bool:
    """Whether Hydra understands an override."""
    try:
        OverridesParser.create().parse_overrides([text])
    except NOT_READABLE:
        return False
    return True
