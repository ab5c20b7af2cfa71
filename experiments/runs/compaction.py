"""Many small parts of the store into one; whoever reads meanwhile finds each life all the time."""

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from experiments.runs.array_file import Index, copied
from experiments.runs.files import remove, written_aside
from experiments.runs.plan import RECORD
from experiments.runs.store import ARRAYS, NAMES, LifeStore, Part, name_of, seal

NOTHING: Final = ""


def compact(store: LifeStore, run_ids: Container[str]) -> tuple[int, int]:
    """Write one part in the place of all sound ones with some lives; numbers of parts before and after.

    Parts whose lives record other figures, as those of another version may, are left apart.
    """
    mine = [part for part in store.parts() if any(facts["run_id"] in run_ids for facts in part.lives)]
    alike: dict[str, list[Part]] = {}
    for part in mine:
        if not store.check(part.folder):
            alike.setdefault(_names(part), []).append(part)
    others = alike.pop(NOTHING, [])  # which record nothing, and fit to anything
    together = list(alike.values()) or [[]]
    together[0] += others
    for parts in together:
        if len(parts) > 1:
            _merge(store.folder, parts)
    return len(mine), len(mine) - sum(max(0, len(parts) - 1) for parts in together)


def _names(part: Part) -> str:
    """What the figures of a part are called, as a digest."""
    return next((str(row["chunks"]) for row in part.index if row["name"] == NAMES), NOTHING)


def _merge(folder: Path, parts: Sequence[Part]) -> None:
    facts = _facts(parts)
    final = folder / name_of(facts)
    with written_aside(final) as aside:
        seal(aside, facts, copied(_sources(parts), aside / ARRAYS))
    for part in parts:  # only now: until here every life stands in its old part
        if part.folder != final:
            remove(part.folder)


def _facts(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """What is said of each life, once, with all that is held of it; its record says most."""
    found: dict[str, dict[str, Any]] = {}
    for part in parts:
        for facts in part.lives:
            known = found.get(facts["run_id"])
            holds = sorted({*facts["holds"], *(known["holds"] if known else ())})
            most = known if known and RECORD in known["holds"] else facts
            found[facts["run_id"]] = {**most, "holds": holds}
    return list(found.values())


def _sources(parts: Sequence[Part]) -> Iterator[tuple[Path, Index, set[str]]]:
    """Arrays to be copied from each part: each name from the first that has it."""
    seen: set[str] = set()
    for part in parts:
        new = {row["name"] for row in part.index} - seen
        seen |= new
        yield part.folder / ARRAYS, part.index, new
