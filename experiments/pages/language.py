"""The language of a page: English stands where it is said, others are catalogues of the same sentences.

``with spoken("zh"):`` makes all that is built inside Chinese. ``say("{tier} is reached", tier=name)`` gives
the sentence in the language of the page, with its values. A catalogue is a folder ``languages/CODE/`` of .po
files, the format of gettext; a sentence that it lacks stays English, and a test finds it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

from sim.strays import ours

LANGUAGES: Final = {"en": "English", "zh": "Chinese"}
INNER_QUOTES: Final = {"“": "\N{LEFT SINGLE QUOTATION MARK}", "”": "\N{RIGHT SINGLE QUOTATION MARK}"}
SAID_TWICE: Final = ("情景）情景", "情景）")  # noqa: RUF001 - where a scenario's name ends with the word
TAGS: Final = {"en": "en", "zh": "zh-Hans"}  # of HTML
CATALOGUES: Final = Path(__file__).parent / "languages"
_language: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """All texts inside are in this language, one of ``LANGUAGES``."""
    before = _language.set(code)
    try:
        yield
    finally:
        _language.reset(before)


def language() -> str:
    """The code of the language that is spoken now."""
    return _language.get()


def in_language(name: str) -> str:
    """The name of a file of the page in this language: ``report``, in Chinese ``report_zh``."""
    return name if language() == "en" else f"{name}_{language()}"


def say(text: str, /, **values: object) -> str:
    """A sentence in the language of the page.

    Parameters
    ----------
    text
        The English sentence, with ``{name}`` where a value stands. Always one literal, or a text of
        ``configs/``: sentences put together from pieces cannot be translated.
    values
        What stands in the places, already in words of the page. Quotes that come to stand inside quotes
        become single ones.
    """
    said = _catalogue(language()).get(text, text) if text else text
    return _quotes_nested(said.format(**values)).replace(*SAID_TWICE) if values else said


def _quotes_nested(text: str) -> str:
    """The text with single quotes inside double ones; as it is where they do not pair."""
    if text.count("“") < 2 or text.count("“") != text.count("”"):
        return text
    letters, depth = [], 0
    for letter in text:
        depth -= letter == "”"
        letters.append(INNER_QUOTES.get(letter, letter) if depth > 0 else letter)
        depth += letter == "“"
    return "".join(letters)


def gap() -> str:
    """What stands between two sentences."""
    return "" if language() == "zh" else " "


def sentences(parts: Iterable[str]) -> str:
    """Sentences one after the other; empty ones are left out."""
    return gap().join(part.strip() for part in parts if part)


class Labels(Mapping[str, str]):
    """Names by key, in the language of the page at the moment they are read."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)

    def __getitem__(self, key: str) -> str:
        return say(self._names[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._names)

    def __len__(self) -> int:
        return len(self._names)


@lru_cache
def _catalogue(code: str) -> dict[str, str]:
    """The sentences of a language by their English."""
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for path in ours(CATALOGUES / code, "*.po"):
        with path.open("rb") as lines:
            found.update(
                {str(entry.id): str(entry.string) for entry in read_po(lines) if entry.id and entry.string}
            )
    return found
