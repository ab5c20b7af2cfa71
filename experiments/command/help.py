"""The text of ``workforce VERB --help``: what a verb says of itself around what its keys say."""

import textwrap
from collections.abc import Iterator
from dataclasses import fields
from inspect import get_annotations
from typing import Any, Final

from experiments.answers.keys import About, Keys, about, as_written, holds_keys
from experiments.command.verbs import keys_of, told_by
from experiments.places import CONFIGS
from sim.policy.files import names_in

WIDTH: Final = 110
BEFORE: Final = 24  # letters before the meaning


def help_of(verb: str) -> str:
    """The whole text."""
    module = told_by(verb)
    text: str = module.HELP
    return text.replace("{keys}", "\n".join(lines_of(keys_of(verb))))


def lines_of(kind: type[Keys], above: str = "") -> Iterator[str]:
    """Every key with its default and meaning: a verb's own first, then what it shares with others."""
    known = {one.name: one for one in fields(kind)}
    nearest_first = (name for base in kind.__mro__ for name in get_annotations(base))
    for name in dict.fromkeys(nearest_first):
        one, told = known[name], about(known[name])
        if told is None and holds_keys(one.type):
            yield from lines_of(one.type, f"{above}{name}.")
        elif told is not None:
            yield from ["", told.heading] if told.heading else []
            default = one.default_factory() if callable(one.default_factory) else one.default
            shown = told.shown or f"{above}{name}={as_typed(told.group or default)}"
            yield from beside(f"'{shown}'" if "[" in shown else shown, meaning(told))


def meaning(told: About) -> str:
    """What a key means, with its limits."""
    low = "" if told.low is None else as_written(told.low)
    files = names_in(CONFIGS / told.folder) if told.folder and "{choices}" in told.text else ()
    choices = ", ".join(told.choices or files)
    return told.text.format(low=low, high=as_written(told.high), unit=told.unit, choices=choices)


def beside(shown: str, text: str) -> Iterator[str]:
    """A key and its meaning side by side, as far as they fit."""
    left = f"  {shown}"
    for paragraph in text.split("\n"):
        if paragraph.startswith(" "):
            yield paragraph
            continue
        wrapped = textwrap.wrap(paragraph, WIDTH - BEFORE, break_long_words=False, break_on_hyphens=False)
        for line in wrapped:
            if len(left) >= BEFORE:
                yield left
                left = ""
            yield f"{left:<{BEFORE}}{line}"
            left = ""


def as_typed(value: Any) -> str:
    """A default as it is typed on the command line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list):
        return f"[{','.join(map(as_typed, value))}]"
    if isinstance(value, dict):
        return "{...}" if value else "{}"
    return f"{value:g}" if isinstance(value, float) else str(value)
