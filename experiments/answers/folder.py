"""The folder of an answer: tables, facts and a page, whole or not at all."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.answers.checks import read_hashes
from experiments.answers.common_keys import EditionKeys, WrittenKeys
from experiments.answers.keys import Keys, as_dict
from experiments.pages.edition import Edition
from experiments.runs.files import write_json, write_manifest, written_aside
from experiments.runs.machine import now, versions
from experiments.runs.sources import answer_hash
from experiments.tables.handed_out import write_csv

DIGITS: Final = 6
# Keys that an answer does not depend on
NOT_ASKED: Final = (
    "results", "threads", "launcher", "slurm", "job_minutes", "takeover", "report", "changed",
    "data",  # its figures stand in a file of the answer, whatever those were called that they came from
)  # fmt: skip


def asked(keys: Keys) -> dict[str, Any]:
    """What was chosen and decides an answer, by key."""
    return {key: value for key, value in as_dict(keys).items() if key not in NOT_ASKED}


def edition_of(keys: EditionKeys) -> Edition:
    """How the page of an answer is written."""
    return Edition(keys.language, keys.pdf)


def write_answer(
    final: Path,
    keys: WrittenKeys,
    knowledge: str,
    tables: Mapping[str, pd.DataFrame | str],
    facts: Mapping[str, Any],
    write_report: Callable[[Path], Path] | None,
) -> Path:
    """Write an answer and its page, which is read from the rest; returns the page, or the folder without one.

    Parameters
    ----------
    final
        Folder of the answer; an older one makes way.
    keys
        What was chosen.
    knowledge
        Where its draws come from.
    tables
        By the name of their file; a text is written as it is, under the whole name. Numbers are rounded, but
        not in a column of objects.
    facts
        What ``summary.json`` says besides what was chosen, and when.
    write_report
        Writes the page into a folder that holds the rest; None when none is wanted.
    """
    created, written = now(), final
    with written_aside(final) as folder:
        for name, table in tables.items():
            if isinstance(table, str):
                (folder / name).write_text(table, encoding="utf-8")
            else:
                write_csv(table.round(DIGITS), folder / f"{name}.csv")
        write_json(folder / "summary.json", {"settings": asked(keys), "created": created, **facts})
        if write_report is not None:
            written = final / edition_of(keys.report).write(write_report, folder).name
        write_manifest(folder, made(created, knowledge))
    return written


def made(created: str, knowledge: str) -> dict[str, Any]:
    """When and by what an answer was made: the manifest of its folder."""
    return {
        "created": created,
        "knowledge": knowledge,
        "versions": versions(),
        **read_hashes(knowledge),
        "answer_hash": answer_hash(),
    }
