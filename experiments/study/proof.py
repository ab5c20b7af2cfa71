"""Whether finished runs are as they were written, and come out the same when they are lived again."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.runs import machine
from experiments.study.folder import Study
from experiments.study.parts import Part, parts, runs_finished, runs_in
from experiments.study.work import Job
from experiments.tables.parquet import in_order, read_figures, rows_of_runs


def unsound(study: Study) -> list[tuple[Path, str]]:
    """Parts that are not as they were written, with the reason."""
    known = set(study.plan()["run_id"])
    found = []
    for part in parts(study.parts):
        fault = part.fault or part.check() or _contents(part, known)
        if fault:
            found.append((part.folder, fault))
    return found


def _contents(part: Part, known: set[str]) -> str:
    """Why the tables of a part do not fit its manifest, or its runs the plan; empty when they do."""
    counted: dict[str, int] = {}
    for name in part.files:
        column = pq.read_table(part.folder / name, columns=["run_id"]).to_pandas()["run_id"]
        counted |= column.value_counts().to_dict()
    rows = {run["run_id"]: run["rows"] for run in part.runs}
    if {run_id: number for run_id, number in counted.items() if number} != rows:
        return "its tables hold other runs or rows than its manifest says"
    strangers = set(rows) - known
    return f"run {min(strangers)} is not in the plan" if strangers else ""


def put_aside(study: Study, folder: Path) -> Path:
    """Move a part out of the way; nothing is deleted."""
    place = study.folder / "damaged" / f"{folder.name}-{uuid4().hex[:8]}"
    place.parent.mkdir(exist_ok=True)
    folder.rename(place)
    return place


def without_data(study: Study) -> int:
    """Number of runs that are not finished."""
    finished = runs_finished(study.parts)
    return int((~study.plan()["run_id"].isin(list(finished))).sum())


def repeated(study: Study, share: float, seed: int | None, threads: int | None) -> tuple[int, list[str]]:
    """Live a random share of the finished runs again; their number, and those that differ in any bit."""
    found = list(parts(study.parts))
    finished = runs_in(found)
    if not finished or share == 0.0:
        return 0, []
    study.check_version()
    machine.compile_once()
    names = sorted(finished)
    number = min(len(names), max(1, round(share * len(names))))
    chosen = np.random.default_rng(seed).choice(names, number, replace=False).tolist()
    plan = study.plan()
    passing = _Anew(study, plan[plan["run_id"].isin(chosen)], needs_launcher=False)
    passing.work(threads)
    kept = _tables(found, set(chosen))
    different = [
        run_id
        for run_id in chosen
        if passing.digests.get(run_id) != finished[run_id]["state_digest"]
        or not passing.tables[run_id].equals(kept[run_id])
    ]
    return number, different


@dataclass
class _Anew(Job):
    """A job whose results are compared, not kept."""

    digests: dict[str, str] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def _missing(self) -> pd.DataFrame:
        return self.plan

    def _write(self) -> None:
        for run in self._kept:
            self.digests[run.facts["run_id"]] = run.facts["state_digest"]
            self.tables[run.facts["run_id"]] = _plain(in_order(run.table))
        self._kept = []


def _tables(found: list[Part], wanted: set[str]) -> dict[str, pd.DataFrame]:
    """The figures of some runs as they are kept; those of a run that stands in two parts from the last."""
    tables: dict[str, pd.DataFrame] = {}
    for part in found:
        here = wanted & {run["run_id"] for run in part.runs}
        for name in part.files if here else ():
            rows = _plain(rows_of_runs(read_figures(part.folder / name), here))
            tables |= {str(run_id): mine for run_id, mine in rows.groupby("run_id", sort=False)}
    return {run_id: rows.reset_index(drop=True) for run_id, rows in tables.items()}


def _plain(table: pa.Table) -> pd.DataFrame:
    """Words as words, whatever they were packed as."""
    rows = pd.DataFrame(table.to_pandas())
    words = rows.select_dtypes("category").columns
    return rows.astype(dict.fromkeys(words, str))
