"""The only door to ``results/``: names that follow from content, folders that appear whole or not at all."""

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from sim.errors import InputError
from sim.strays import ours

MANIFEST = "manifest.json"  # written last: a folder without it is not finished
RUN_ID_LENGTH = 16
TEXTS = (".csv", ".html", ".json", ".py", ".svg", ".yaml")
MACHINE_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES, errno.ECHILD)
IN_THE_WAY = (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP)  # a folder for a file, or a link
TAKEN = (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR)  # by a folder or file that somebody else just made


def content_hash(value: Any) -> str:
    """SHA-256 of a value made of mappings, sequences, numbers and words; equal values, equal hash."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON of such a value; equal values, equal text, also with names and numbers side by side as keys."""
    return json.dumps(_text_keys(value), sort_keys=True, separators=(",", ":"), default=as_plain)


def _text_keys(value: Any) -> Any:
    """The value with every key as text: words and numbers have no order among each other."""
    if isinstance(value, str | float | int):  # most are, and to ask whether they are mappings takes long
        return value
    if isinstance(value, Mapping):
        return {str(key): _text_keys(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_text_keys(item) for item in value]
    return value


def as_plain(value: Any) -> Any:
    """Give a numpy number or array as plain Python."""
    return value.tolist()


def file_hash(path: Path) -> str:
    """SHA-256 of a file; how the lines of a text end does not count, as Git and archives may change it."""
    if path.suffix in TEXTS:
        return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_hash(folder: Path, pattern: str) -> str:
    """SHA-256 over the names and contents of the files below a folder that match, but of no strays."""
    return files_hash(folder, ours(folder, f"**/{pattern}"))


def files_hash(folder: Path, paths: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of some files below a folder."""
    return content_hash(hashes_by_name(folder, paths))


def hashes_by_name(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    """SHA-256 of some files by their name below a folder; what is no file is left out."""
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in paths if path.is_file()}


def check_writable(folder: Path) -> None:
    """Raise an InputError unless a results folder can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{uuid4().hex}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputError(
            f"the results folder {folder} cannot be written ({error.strerror}); "
            "choose another one with results=/path/to/folder"
        ) from error


def read_json(path: Path) -> Any:
    """Read one JSON file; ValueError for what is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError(f"{path} is nested too deeply") from None


def write_json(path: Path, value: Any) -> None:
    """Write one JSON file for people and programs."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=as_plain)
    path.write_text(text + "\n", encoding="utf-8")


def write_manifest(folder: Path, facts: Mapping[str, Any], leave: Container[Path] = ()) -> None:
    """Write the manifest, with the hash of every other file of the folder, but of strays and ``leave``."""
    paths = (path for path in ours(folder, "**/*") if path.name != MANIFEST and path not in leave)
    write_json(folder / MANIFEST, {**facts, "files": hashes_by_name(folder, paths)})


@contextmanager
def written_aside(final: Path) -> Iterator[Path]:
    """Give a folder beside ``final`` to write in; it takes the place of ``final`` when all went well.

    Whoever reads ``final`` sees the old folder or the new one, never a part. After an error or an
    interruption the old one stays and nothing is left behind.
    """
    with _naming(final), passing_folder(final) as aside:
        yield aside
        _sync(aside)
        _take_place(aside, final)


@contextmanager
def passing_folder(beside: Path) -> Iterator[Path]:
    """Give a hidden folder beside a path that is gone at the end.

    It is locked as long as its process lives, so that the next one that works beside the same path can
    tell what a killed process left, and removes it. Without locks, what a killed process left stays.
    """
    beside.parent.mkdir(parents=True, exist_ok=True)
    folder = _hidden(beside)
    with ExitStack() as stack:
        with _locked_if_possible(beside.parent):  # nobody may tidy up between making and locking
            for left in beside.parent.glob(f".{beside.name}-*"):
                _remove_abandoned(left)
            folder.mkdir()
            stack.enter_context(_locked_if_possible(folder))
        try:
            yield folder
        finally:
            remove(folder)


@contextmanager
def file_written_aside(final: Path) -> Iterator[Path]:
    """Give a file name beside ``final`` to write to; it takes the place of ``final`` when all went well."""
    aside = _hidden(final)
    try:
        with _naming(final):
            yield aside
            _sync_path(aside)
            aside.replace(final)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _naming(final: Path) -> Iterator[None]:
    """Have an error of the system say which path it is about: those of writing do not."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename:
            raise
        raise OSError(error.errno, os.strerror(error.errno), str(final)) from error


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, as far as that is possible; what a link leads to stays."""
    if path.is_symlink() or path.is_file():
        with suppress(OSError):
            path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _hidden(beside: Path) -> Path:
    """Name of its own for what is made beside a path."""
    return beside.parent / f".{beside.name}-{uuid4().hex}"


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    """Hold the lock of a folder; the system lets go of it when the process ends, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


@contextmanager
def _locked_if_possible(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder where the file system has such locks, which network ones may not."""
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(_locked(folder, fcntl.LOCK_EX))
        yield


def _remove_abandoned(folder: Path) -> None:
    """Remove a hidden folder, unless a living process holds its lock."""
    with suppress(OSError), _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
        remove(folder)


def _take_place(aside: Path, final: Path) -> None:
    """Rename a folder to its final name; an older one makes way, or one that others just put there."""
    while True:
        old = _hidden(final)
        with suppress(FileNotFoundError):
            final.rename(old)
        try:
            aside.rename(final)
            break
        except OSError as error:
            if error.errno not in TAKEN:
                with suppress(OSError):
                    old.rename(final)
                raise
        finally:
            remove(old)
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
