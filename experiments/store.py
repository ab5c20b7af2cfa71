"""The only door to ``results/``: names that follow from content, folders that appear whole or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sim.errors import InputError

MANIFEST = "manifest.json"  # written last: a folder without it is not finished
RUN_ID_LENGTH = 16


def content_hash(value: Any) -> str:
    """SHA-256 of a value made of mappings, sequences, numbers and words; equal values, equal hash."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Give a numpy number or array as plain Python."""
    return value.tolist()


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_hash(folder: Path, pattern: str) -> str:
    """SHA-256 over the names and contents of the files below a folder that match."""
    paths = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return content_hash({path.relative_to(folder).as_posix(): file_hash(path) for path in paths})


class Store:
    """Finished runs and comparisons below one folder.

    Parameters
    ----------
    folder
        The results folder; made when something is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run_folder(self, run_id: str) -> Path:
        """Folder of one run, finished or not."""
        return self.folder / "runs" / run_id

    def comparison_folder(self, name: str) -> Path:
        """Folder of one comparison, finished or not."""
        return self.folder / "compare" / name

    def paired_file(self, run_id: str, baseline_id: str) -> Path:
        """File that compares the lives of a run with those of another."""
        return self.run_folder(run_id) / f"paired-{baseline_id}.parquet"

    def finished(self, run_id: str) -> bool:
        """Whether a run is complete."""
        return (self.run_folder(run_id) / MANIFEST).is_file()

    def verify(self, run_id: str) -> None:
        """Raise an InputError when a file of a finished run is not as its manifest says."""
        folder = self.run_folder(run_id)
        for name, expected in read_json(folder / MANIFEST)["files"].items():
            path = folder / name
            if not path.is_file() or file_hash(path) != expected:
                raise InputError(
                    f"{path} is missing or damaged; delete {folder} and give the same command again"
                )

    def check_writable(self) -> None:
        """Raise an InputError unless the results folder can be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            probe = self.folder / f".writable-{uuid4().hex}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise InputError(
                f"the results folder {self.folder} cannot be written ({error.strerror}); "
                "choose another one with results=/path/to/folder"
            ) from error


def read_json(path: Path) -> Any:
    """Read one JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, value: Any) -> None:
    """Write one JSON file for people and programs."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=_plain)
    path.write_text(text + "\n", encoding="utf-8")


def write_manifest(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write the manifest, with the hash of every other file of the folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    files = {path.relative_to(folder).as_posix(): file_hash(path) for path in paths}
    write_json(folder / MANIFEST, {**facts, "files": files})


@contextmanager
def written_aside(final: Path) -> Iterator[Path]:
    """Give a folder beside ``final`` to write in; it takes the place of ``final`` when all went well.

    Whoever reads ``final`` sees the old folder or the new one, never a part. After an error or an
    interruption the old one stays and nothing is left behind.
    """
    final.parent.mkdir(parents=True, exist_ok=True)
    aside = final.parent / f".{final.name}-{uuid4().hex}"
    aside.mkdir()
    try:
        yield aside
        _sync(aside)
        _take_place(aside, final)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def file_written_aside(final: Path) -> Iterator[Path]:
    """Give a file name beside ``final`` to write to; it takes the place of ``final`` when all went well."""
    aside = final.with_name(f".{final.name}-{uuid4().hex}")
    try:
        yield aside
        _sync_path(aside)
        aside.replace(final)
    finally:
        aside.unlink(missing_ok=True)


def _take_place(aside: Path, final: Path) -> None:
    """Rename a folder to its final name, moving an older one out of the way first."""
    old = final.parent / f".{final.name}-{uuid4().hex}"
    if final.exists():
        final.rename(old)
    try:
        aside.rename(final)
    except OSError:
        if old.exists() and not final.exists():
            old.rename(final)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
    _sync_path(final.parent)


def _sync(folder: Path) -> None:
    """Have the disk hold every file of a folder, so that a power cut leaves no empty ones."""
    for path in folder.rglob("*"):
        _sync_path(path)
    _sync_path(folder)


def _sync_path(path: Path) -> None:
    """Have the disk hold one file or folder."""
    if os.name != "posix" and path.is_dir():
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
