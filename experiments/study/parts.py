"""Finished runs in immutable parts: tables by scenario, and a manifest that appears with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.lives import now
from experiments.store import (
    MANIFEST,
    RUN_ID_LENGTH,
    content_hash,
    file_hash,
    read_json,
    write_manifest,
    written_aside,
)

FORMAT = 1
WORDS = ("run_id", "scenario", "province", "group", "indicator", "unit")  # columns of few different words


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


def finished(run_id: str, setting: int, indicators: pd.DataFrame, facts: dict[str, Any]) -> Finished:
    """Lay out the figures of a run for a part."""
    table = pa.Table.from_pandas(indicators, preserve_index=False)
    rows = table.num_rows
    columns = {"run_id": [run_id] * rows, "setting": pa.array([setting] * rows, pa.int32())}
    whole = pa.table({**columns, **{name: table[name] for name in table.column_names}})
    for name in WORDS:
        place = whole.column_names.index(name)
        whole = whole.set_column(place, name, whole[name].dictionary_encode())
    return Finished({"run_id": run_id, "setting": setting, "rows": rows, **facts}, whole)


def write_part(folder: Path, runs: list[Finished]) -> Path:
    """Write runs as one part, whole or not at all; its name follows from what is in it."""
    facts = [run.facts for run in runs]
    final = folder / named(facts)
    with written_aside(final) as aside:
        for scenario in sorted({run["scenario"] for run in facts}):
            tables = [run.table for run in runs if run.facts["scenario"] == scenario]
            whole = pa.concat_tables(tables).unify_dictionaries()
            pq.write_table(whole, aside / f"scenario={scenario}.parquet", compression="zstd")
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
            path = self.folder / name
            if not path.is_file():
                return f"{name} is missing"
            if file_hash(path) != expected:
                return f"{name} is not as it was written"
        return ""


def parts(folder: Path) -> Iterator[Part]:
    """Every part of a study by its manifest; hidden folders are being written, or were left."""
    for path in sorted(folder.glob("[!.]*")):
        yield _part(path)


def _part(folder: Path) -> Part:
    try:
        manifest = read_json(folder / MANIFEST)
        runs, files = tuple(manifest["runs"]), dict(manifest["files"])
        sound = manifest["format"] == FORMAT and content_hash(list(runs)) == manifest["digest"]
    except OSError:
        return Part(folder, (), {}, "it has no manifest")
    except (ValueError, KeyError, TypeError):
        return Part(folder, (), {}, "its manifest cannot be read")
    return Part(folder, runs, files, "" if sound else "its manifest is not as it was written")


def runs_finished(folder: Path) -> dict[str, dict[str, Any]]:
    """Facts of every finished run by its number; one that stands in two parts counts once.

    Parts whose tables are missing or have another size do not count: ``verify`` looks at every byte.
    """
    return {
        run["run_id"]: run
        for part in parts(folder)
        if not part.fault and all((part.folder / name).is_file() for name in part.files)
        for run in part.runs
    }
