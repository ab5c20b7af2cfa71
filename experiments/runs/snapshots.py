"""A model in mid-life in a folder: written whole or not at all, and checked before it is used."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.runs.array_file import DamagedError, read_arrays, write_arrays
from experiments.runs.files import (
    MANIFEST,
    as_plain,
    content_hash,
    read_json,
    remove,
    write_json,
    written_aside,
)

if TYPE_CHECKING:
    from sim.snapshot import Snapshot

FORMAT = 1  # of these folders; another one is not read
ARRAYS, VALUES = "arrays.zst", "values"


class Kept(NamedTuple):
    """A snapshot, and the seconds that it took to live so far."""

    snapshot: "Snapshot"
    seconds: float


def write_snapshot(folder: Path, key: dict[str, Any], kept: Kept) -> None:
    """Keep a snapshot in a folder, in the place of an older one.

    Parameters
    ----------
    folder
        Where it is kept.
    key
        All that decides what is in it.
    kept
        What is kept. Its arrays are read while this is written.
    """
    values = json.dumps(kept.snapshot.values, default=as_plain).encode()
    with written_aside(folder) as aside:
        arrays = {VALUES: np.frombuffer(values, np.uint8), **kept.snapshot.arrays}
        index = write_arrays(aside / ARRAYS, arrays)
        facts = {"format": FORMAT, "key": key, "seconds": kept.seconds, "arrays": index}
        write_json(aside / MANIFEST, {**facts, "digest": content_hash(facts)})


def read_snapshot(folder: Path, key: dict[str, Any]) -> Kept | None:
    """Give the snapshot of a folder; None when there is none.

    One that is damaged, or was made by other choices or other code, is removed with a line that says why.
    """
    if not folder.exists() and not folder.is_symlink():
        return None
    try:
        return _read(folder, key)
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else fault
        say(f"{folder} cannot be used ({reason}); what it held is simulated again")
        remove(folder)
        return None


def say(text: str) -> None:
    """Tell the user in one line what does not stop the work."""
    print(f"workforce: {text}", file=sys.stderr, flush=True)


def _read(folder: Path, key: dict[str, Any]) -> Kept:
    from sim.snapshot import Snapshot

    for path in (folder, folder / MANIFEST, folder / ARRAYS):
        if path.is_symlink():
            raise DamagedError("it is a link to another place")
        if not path.exists():
            raise DamagedError(f"{path.name} is missing")
    manifest = _facts(folder / MANIFEST)
    if content_hash(manifest["key"]) != content_hash(key):
        raise DamagedError("other choices or another version of the code made it")
    arrays = read_arrays(folder / ARRAYS, manifest["arrays"])
    values = json.loads(arrays.pop(VALUES).tobytes())
    return Kept(Snapshot(values, arrays), manifest["seconds"])


def _facts(path: Path) -> dict[str, Any]:
    """Read a manifest and check that it is as it was written."""
    try:
        manifest = read_json(path)
    except ValueError as error:
        raise DamagedError(f"{path.name} cannot be read") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise DamagedError("it is of another format")
    digest = manifest.pop("digest", None)
    if digest != content_hash(manifest):
        raise DamagedError(f"{path.name} is not as it was written")
    return manifest
