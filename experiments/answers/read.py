"""The folder of an answer, read: what was asked, what was found, and the page from both alone."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

import pandas as pd

from experiments.answers.changed import changed_since
from experiments.answers.keys import Keys, from_dict
from experiments.pages.page import Page, write_page
from experiments.pages.user_set import UserSet
from experiments.runs.files import read_json
from experiments.tables.handed_out import read_csv
from experiments.tables.rows import records

KeysOfVerb = TypeVar("KeysOfVerb", bound=Keys)


class AnswerFolder(Generic[KeysOfVerb]):
    """An answer as :func:`experiments.answers.folder.write_answer` wrote it.

    Attributes
    ----------
    folder
        Where it lies.
    kind
        The keys of its verb.
    texts
        Columns of its tables that hold texts, also where these look like numbers.
    """

    kind: type[KeysOfVerb]
    texts: Sequence[str] = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tables: dict[str, pd.DataFrame] = {}

    @cached_property
    def facts(self) -> dict[str, Any]:
        """``summary.json``: what was asked, and what is said of the answer besides its tables."""
        return dict(read_json(self.folder / "summary.json"))

    @cached_property
    def keys(self) -> KeysOfVerb:
        """What was chosen."""
        return from_dict(self.kind, self.facts["settings"])

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables, read once."""
        if name not in self._tables:
            self._tables[name] = read_csv(self.folder / f"{name}.csv", self.texts)
        return self._tables[name]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """All rows of a table."""
        return records(self.table(name))


def write_answer_page(page: Page, answer: AnswerFolder[Any]) -> Path:
    """Write the page of an answer: with its date, what the user set, and what has changed since."""
    whole = replace(
        page,
        created=answer.facts["created"],
        changed=changed_since(answer.folder),
        user_set=UserSet(answer.facts.get("set_by_user") or ()),
    )
    return write_page(answer.folder, whole, answer)
