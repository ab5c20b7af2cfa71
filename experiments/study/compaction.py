"""Many small parts into one; whoever reads meanwhile sees each run once, before, during and after."""

from collections.abc import Iterator

import pyarrow as pa

from experiments.runs.files import remove, written_aside
from experiments.study.folder import Study
from experiments.study.parts import Part, named, parts, sealed
from experiments.study.presence import launching
from experiments.study.scheduler import nothing_queued
from experiments.tables.parquet import read_figures, rows_of_runs, write_tables


def compact(study: Study, *, takeover: bool = False) -> tuple[int, int]:
    """Write one part in the place of all that are sound; numbers of parts before and after."""
    with launching(study.presence, nothing_queued(study.folder), takeover=takeover):
        sound = [part for part in parts(study.parts) if not part.fault and not part.check()]
        if len(sound) < 2:
            return len(sound), len(sound)
        first = _first_places(sound)
        facts = [run for part in sound for run in part.runs if first[run["run_id"]] is part]
        with written_aside(study.parts / named(facts)) as aside:
            for scenario in sorted({run["scenario"] for run in facts}):
                write_tables(_tables(sound, scenario, first), aside / f"scenario={scenario}.parquet")
            sealed(aside, facts)
        for part in sound:  # only now: until here every run stands in its old part
            if part.folder.name != named(facts):
                remove(part.folder)
        return len(sound), 1


def _first_places(sound: list[Part]) -> dict[str, Part]:
    """The first part in which each run stands."""
    return {run["run_id"]: part for part in reversed(sound) for run in part.runs}


def _tables(sound: list[Part], scenario: str, first: dict[str, Part]) -> Iterator[pa.Table]:
    """Tables of a scenario, one part at a time, each run once."""
    for part in sound:
        path = part.folder / f"scenario={scenario}.parquet"
        mine = [run["run_id"] for run in part.runs if first[run["run_id"]] is part]
        if path.is_file() and mine:
            yield rows_of_runs(read_figures(path), mine)
