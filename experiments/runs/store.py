"""The store of lives below a results folder: immutable parts with manifests, shared by all questions.

It holds what models recorded and nothing that a question makes of it, so that no edit of a question can make
a kept number stale. What is wanted of a life beyond its record may stand in a later part than the record.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments.runs.array_file import DamagedError, Index, read_arrays, write_arrays
from experiments.runs.files import (
    MANIFEST,
    RUN_ID_LENGTH,
    content_hash,
    read_json,
    write_json,
    written_aside,
)
from experiments.runs.life import Life
from experiments.runs.machine import now
from experiments.runs.observers import Arrays
from experiments.runs.plan import RECORD, Cell
from experiments.runs.records import Records
from sim.calendar import FORK_YEAR
from sim.errors import InputError
from sim.strays import ours

FORMAT: Final = 1
READ_TOGETHER: Final = 50  # lives whose records are in memory together
ARRAYS, NAMES = "arrays.zst", "names"
LAST_SHARED: Final = FORK_YEAR  # the last year that lives of one history share


@dataclass(frozen=True)
class Finished:
    """One life that was lived.

    Attributes
    ----------
    life
        Which one.
    facts
        What the manifest says of it: ``run_id``, ``scenario``, ``draw``, ``seed``, ``state_digest``,
        ``persons_per_agent``, ``worker_months``, ``seconds`` and more; plain values.
    records
        Its record, of one life; none when it is kept already and only the extras are new.
    extras
        Arrays by the name of their observer.
    """

    life: Life
    facts: dict[str, Any]
    records: Records | None
    extras: dict[str, Arrays]


@dataclass(frozen=True)
class Part:
    """A part as it lies there."""

    folder: Path
    lives: tuple[dict[str, Any], ...]
    index: Index

    def read(self, wanted: set[str]) -> dict[str, NDArray[Any]]:
        """Some of its arrays, every byte checked; DamagedPartError when they are not as they were written."""
        try:
            return read_arrays(self.folder / ARRAYS, self.index, wanted)
        except (OSError, DamagedError, ValueError) as fault:
            raise DamagedPartError(self.folder, str(fault)) from fault


class DamagedPartError(InputError):
    """A part is not as it was written; its lives can be lived again."""

    def __init__(self, folder: Path, fault: str) -> None:
        super().__init__(f"{folder} is damaged ({fault})")
        self.folder, self.fault = folder, fault


class LifeStore:
    """Finished lives.

    Parameters
    ----------
    results
        The results folder; made when something is written.
    """

    def __init__(self, results: Path) -> None:
        self.results, self.folder = results, results / "lives"
        self._parts: dict[str, Part] = {}
        self._kept: tuple[list[Part], dict[str, dict[str, Part]]] = [], {}

    def write(self, finished: Sequence[Finished]) -> Path:
        """Write lives as one part, whole or not at all; its name follows from what is in it."""
        facts = [_facts(one) for one in finished]
        final = self.folder / name_of(facts)
        with written_aside(final) as aside:
            seal(aside, facts, write_arrays(aside / ARRAYS, _arrays(finished)))
        return final

    def lacking(self, plan: Iterable[Cell]) -> list[Cell]:
        """Cells of a plan with the lives of which something is not kept, each life once."""
        had = {run_id: set(parts) for run_id, parts in self.kept().items()}
        found = []
        for cell in plan:
            lives = []
            for life in cell.lives:
                wanted, own = cell.wanted(life), had.setdefault(life.run_id, set())
                if not wanted <= own:
                    lives.append(life)
                    own |= wanted
            if lives:
                found.append(replace(cell, lives=tuple(lives)))
        return found

    def held(self, lives: Sequence[Life]) -> list[set[str]]:
        """What is kept of each life."""
        holds = self.kept()
        return [set(holds.get(life.run_id, ())) for life in lives]

    def facts(self, lives: Sequence[Life]) -> list[dict[str, Any]]:
        """What is said of lives that are kept, in their order."""
        holds = self.kept()
        said = {id(part): {one["run_id"]: one for one in part.lives} for part in self._parts.values()}
        return [said[id(holds[life.run_id][RECORD])][life.run_id] for life in lives]

    def records(self, lives: Sequence[Life]) -> Records:
        """Records of lives that are kept, in their order; all of the same last year."""
        return self._records(lives, self.kept())

    def _records(self, lives: Sequence[Life], holds: dict[str, dict[str, Part]]) -> Records:
        found: dict[str, NDArray[np.float64]] = {}
        names: tuple[Any, ...] = ()
        by_part: dict[Path, tuple[Part, set[str]]] = {}
        for life in lives:
            part = holds[life.run_id][RECORD]
            by_part.setdefault(part.folder, (part, set()))[1].add(life.run_id)
        for part, run_ids in by_part.values():
            wanted = [facts for facts in part.lives if facts["run_id"] in run_ids]
            arrays = part.read({NAMES, *run_ids, *(facts["history"] for facts in wanted)})
            names = tuple(tuple(name) for name in json.loads(arrays[NAMES].tobytes()))
            for facts in wanted:
                own = arrays[facts["run_id"]]
                before = arrays.get(facts["history"])
                found[facts["run_id"]] = own if before is None else np.concatenate((before, own))
            first, last = wanted[0]["years"]
        years = tuple(range(first, last + 1))
        return Records(names, years, np.stack([found[life.run_id] for life in lives]))

    def batches(self, lives: Sequence[Life]) -> Iterator[tuple[Sequence[Life], Records]]:
        """Lives that are kept, in their order, some at a time with their records: a record takes 320 kB."""
        holds = self.kept()
        for first in range(0, len(lives), READ_TOGETHER):
            together = lives[first : first + READ_TOGETHER]
            yield together, self._records(together, holds)

    def extras(self, lives: Sequence[Life], name: str) -> list[Arrays]:
        """What an observer noted of lives that are kept, in their order."""
        holds = self.kept()
        return [_extra(holds[life.run_id][name], life.run_id, name) for life in lives]

    def unreadable(self) -> list[tuple[Path, str]]:
        """Parts that tell of no life, with the reason; hidden folders are being written, or were left."""
        sound = {part.folder for part in self.parts()}
        there = sorted(path for path in ours(self.folder, "*") if path.is_dir() and path not in sound)
        return [(path, self.check(path)) for path in there]

    def check(self, folder: Path) -> str:
        """Why a part is not as it was written, every byte looked at; empty when it is."""
        part = _read_part(folder)
        if part is None:
            return "its manifest is missing or not as it was written"
        try:
            part.read({row["name"] for row in part.index})
        except DamagedPartError as fault:
            return fault.fault
        return ""

    def put_aside(self, folder: Path) -> Path:
        """Move a damaged part out of the way; nothing is deleted."""
        place = self.results / "damaged" / f"{folder.name}-{content_hash(now())[:8]}"
        place.parent.mkdir(exist_ok=True)
        folder.rename(place)
        self._parts.pop(folder.name, None)
        return place

    def kept(self) -> dict[str, dict[str, Part]]:
        """What is kept of each life, and in which part; the same object while no part comes or goes."""
        parts, (last, found) = self.parts(), self._kept
        if [id(part) for part in parts] != [id(part) for part in last]:
            found = {}
            for part in parts:
                for facts in part.lives:
                    kept = found.setdefault(facts["run_id"], {})
                    for held in facts["holds"]:
                        kept.setdefault(held, part)
            self._kept = parts, found
        return found

    def parts(self) -> list[Part]:
        """Every sound part, by name; hidden folders are being written, or were left."""
        there = {path.name: path for path in ours(self.folder, "*") if path.is_dir()}
        self._parts = {name: part for name, part in self._parts.items() if name in there}
        for name, path in there.items():
            if name not in self._parts and (part := _read_part(path)):
                self._parts[name] = part
        return [self._parts[name] for name in sorted(self._parts)]


def name_of(facts: Sequence[dict[str, Any]]) -> str:
    """Name of a part with these lives."""
    return content_hash(sorted((fact["run_id"], fact["holds"]) for fact in facts))[:RUN_ID_LENGTH]


def seal(folder: Path, facts: Sequence[dict[str, Any]], index: Index) -> None:
    """Write the manifest of a part, after everything else."""
    told = {"format": FORMAT, "created": now(), "lives": facts, "arrays": index}
    write_json(folder / MANIFEST, {**told, "digest": content_hash(told)})


def _facts(finished: Finished) -> dict[str, Any]:
    """What the manifest says of a life."""
    recorded = finished.records is not None
    shared = recorded and finished.life.until > LAST_SHARED
    years = finished.records.years if finished.records else (0,)
    return {
        **finished.facts,
        "history": finished.life.history_id if shared else "",
        "years": [years[0], years[-1]],
        "holds": sorted([*([RECORD] if recorded else []), *finished.extras]),
    }


def _arrays(finished: Sequence[Finished]) -> dict[str, NDArray[Any]]:
    """Arrays of a part: the years that lives share once for each history, then their own."""
    arrays: dict[str, NDArray[Any]] = {}
    for one in finished:
        run_id, records = one.life.run_id, one.records
        if records is not None:
            arrays.setdefault(NAMES, np.frombuffer(json.dumps(records.names).encode(), np.uint8))
            shared = 0
            if one.life.until > LAST_SHARED:
                shared = records.years.index(LAST_SHARED) + 1
                arrays.setdefault(one.life.history_id, records.figures[0, :shared])
            arrays[run_id] = records.figures[0, shared:]
        for name, extra in one.extras.items():
            arrays |= {f"{run_id}.{name}.{key}": values for key, values in extra.items()}
    return arrays


def _extra(part: Part, run_id: str, name: str) -> Arrays:
    start = f"{run_id}.{name}."
    wanted = {row["name"] for row in part.index if row["name"].startswith(start)}
    return {key.removeprefix(start): values for key, values in part.read(wanted).items()}


def _read_part(folder: Path) -> Part | None:
    """A part by its manifest; None for one that is not sound, whose lives count as not lived."""
    try:
        told = dict(read_json(folder / MANIFEST))
        digest = told.pop("digest")
        sound = digest == content_hash(told) and told["format"] == FORMAT and (folder / ARRAYS).is_file()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Part(folder, tuple(told["lives"]), told["arrays"]) if sound else None
