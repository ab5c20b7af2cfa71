"""Finished runs in immutable parts: tables by scenario, and a manifest that appears with them.

The rows of a table are sorted by indicator, those of provinces before those of the country, in small row
groups: whoever reads one indicator passes over the rest, however many runs there are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from experiments.runs.files import (
    MANIFEST,
    RUN_ID_LENGTH,
    content_hash,
    file_hash,
    read_json,
    write_manifest,
    written_aside,
)
from experiments.runs.machine import now
from experiments.tables.parquet import in_order, write_tables
from sim.outcomes.indicators import INDICATORS
from sim.outcomes.record import Columns
from sim.strays import ours

FORMAT = 2
NAME = re.compile(f"[0-9a-f]{{{RUN_ID_LENGTH}}}")
LABELS = {"run_id": pa.string(), "scenario": pa.string(), "draw": pa.int64(), "seed": pa.int64()}


@dataclass(frozen=True)
class Finished:
    """One run that was lived.

    Attributes
    ----------
    facts
        What the manifest says of it: ``run_id``, ``scenario``, ``state_digest``, ``seconds``,
        ``worker_months`` and more.
    table
        Its yearly figures.
    """

    facts: dict[str, Any]
    table: pa.Table


def finished(columns: Columns, facts: dict[str, Any]) -> Finished:
    """Lay out the figures of a run for a part.

    Parameters
    ----------
    columns
        Its figures.
    facts
        What the manifest says of it; ``LABELS`` are columns of the table.
    """
    rows = len(columns.value)
    labels = {name: pa.repeat(pa.scalar(facts[name], kind), rows) for name, kind in LABELS.items()}
    names = dict(zip(("province", "group", "indicator"), zip(*columns.names, strict=True), strict=True))
    names["unit"] = tuple(INDICATORS[name].unit for name in names["indicator"])
    words = {name: _words(words, columns.name) for name, words in names.items()}
    labels |= {name: labels[name].dictionary_encode() for name in ("run_id", "scenario")}
    table = pa.table({**labels, "year": columns.year, **words, "value": columns.value})
    return Finished({**facts, "rows": rows}, table)


def _words(words: Sequence[str], places: NDArray[np.int32]) -> pa.DictionaryArray:
    """The words at some places, each kept once."""
    once = pa.array(words, pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(once.indices.take(pa.array(places)), once.dictionary)


def write_part(folder: Path, runs: list[Finished]) -> Path:
    """Write runs as one part, whole or not at all; its name follows from what is in it."""
    facts = [run.facts for run in runs]
    final = folder / named(facts)
    with written_aside(final) as aside:
        for scenario in sorted({run["scenario"] for run in facts}):
            tables = [run.table for run in runs if run.facts["scenario"] == scenario]
            whole = in_order(pa.concat_tables(tables))
            write_tables([whole], aside / f"scenario={scenario}.parquet")
        sealed(aside, facts)
    return final


def named(facts: list[dict[str, Any]]) -> str:
    """Name of a part with these runs."""
    return content_hash(sorted(run["run_id"] for run in facts))[:RUN_ID_LENGTH]


def sealed(folder: Path, facts: list[dict[str, Any]]) -> None:
    """Write the manifest of a part, after everything else."""
    told = {"format": FORMAT, "created": now(), "runs": facts, "digest": content_hash(facts)}
    write_manifest(folder, told)


@dataclass(frozen=True)
class Part:
    """A part as it lies there; ``fault`` says in words why it cannot be used."""

    folder: Path
    runs: tuple[dict[str, Any], ...]
    files: dict[str, str]
    fault: str = ""

    def check(self) -> str:
        """Why its tables are not as they were written; empty when they are."""
        for name, expected in self.files.items():
            if file_hash(self.folder / name) != expected:
                return f"{name} is not as it was written"
        return ""


def parts(folder: Path) -> Iterator[Part]:
    """Every part of a study by its manifest; hidden folders are being written, or were left.

    What has no name of a part, a note or a file of the system, is none.
    """
    for path in ours(folder, "*"):
        if NAME.fullmatch(path.name):
            yield _part(path)


def _part(folder: Path) -> Part:
    try:
        manifest = read_json(folder / MANIFEST)
        runs, files = tuple(manifest["runs"]), dict(manifest["files"])
        known, sound = manifest["format"] == FORMAT, content_hash(list(runs)) == manifest["digest"]
        sound = sound and set(files) == {f"scenario={run['scenario']}.parquet" for run in runs}
    except OSError:
        return Part(folder, (), {}, "it has no manifest")
    except (ValueError, KeyError, TypeError):
        return Part(folder, (), {}, "its manifest cannot be read")
    if not known:
        return Part(folder, (), {}, "it is of another format")
    if not sound:
        return Part(folder, (), {}, "its manifest is not as it was written")
    missing = [name for name in files if not (folder / name).is_file()]
    return Part(folder, runs, files, f"{missing[0]} is missing" if missing else "")


def runs_in(found: Iterable[Part]) -> dict[str, dict[str, Any]]:
    """Facts of the runs of sound parts by number of the run; one that stands in two parts counts once."""
    return {run["run_id"]: run for part in found if not part.fault for run in part.runs}


def runs_finished(folder: Path) -> dict[str, dict[str, Any]]:
    """Facts of every finished run of a study."""
    return runs_in(parts(folder))
