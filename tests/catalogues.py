"""The catalogues of the pages, for the tests of their words."""

from functools import lru_cache

from babel.messages.pofile import read_po

from experiments.pages.language import CATALOGUES


@lru_cache
def catalogue(code: str) -> tuple[tuple[str, str, str], ...]:
    """File, English and translation of every entry of a language."""
    found = []
    for path in sorted((CATALOGUES / code).glob("*.po")):
        with path.open("rb") as lines:
            found += [(path.name, str(entry.id), str(entry.string)) for entry in read_po(lines) if entry.id]
    return tuple(found)
