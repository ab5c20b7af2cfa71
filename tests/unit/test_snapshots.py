"""Snapshots on disk: whole or not at all, and checked before they are used."""

import errno
import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from experiments.runs import array_file, files, snapshots
from experiments.runs.array_file import DamagedError, read_arrays, write_arrays
from experiments.runs.files import MANIFEST, content_hash, passing_folder, read_json, write_json
from experiments.runs.snapshots import ARRAYS, Kept, read_snapshot, write_snapshot
from sim.life.surroundings import ENTERPRISE
from sim.records import law_record
from tests.fake_model import Snapshot

Captured = pytest.CaptureFixture[str]
KEY = {"seed": 1, "code_hash": "c0de"}
KEPT = Kept(Snapshot({"month": 7, "odd": float("nan")}, {"some": np.arange(5_000), "none": np.zeros(0)}), 1.5)


@pytest.fixture
def folder(fake: ModuleType, tmp_path: Path) -> Path:
    """A snapshot that is kept."""
    path = tmp_path / "histories" / "0123"
    write_snapshot(path, KEY, KEPT)
    return path


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_arrays_of_all_kinds_come_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(array_file, "CHUNK_BYTES", 1_000)
    from tests.country import past

    arrays = {
        "random": np.random.default_rng(1).integers(0, 2**63, (50, 31), dtype=np.uint64),
        "record": np.ones(99, ENTERPRISE),
        "law": law_record(past().law),
        "every_other": np.arange(3_000, dtype=np.int16)[::2],
        "empty": np.zeros((0, 3)),
        "one": np.array(7),
    }
    index = json.loads(json.dumps(write_arrays(tmp_path / "arrays", arrays)))
    assert len(index[0]["chunks"]) == 13
    back = read_arrays(tmp_path / "arrays", index)
    for name, array in arrays.items():
        assert back[name].dtype == array.dtype
        assert back[name].dtype.isalignedstruct == array.dtype.isalignedstruct
        assert back[name].flags.c_contiguous
        assert np.array_equal(back[name], array)


def test_only_a_few_chunks_are_made_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.compiled.threads_in_use", lambda: 2)
    made = 0

    def count() -> Iterator[int]:
        nonlocal made
        while made < 100:
            made += 1
            yield made

    with ThreadPoolExecutor(2) as pool:
        for taken, _ in enumerate(array_file.in_order(pool, str, count())):
            assert made <= taken + 6
    assert made == 100


def test_what_is_kept_comes_back(folder: Path, capsys: Captured) -> None:
    kept = read_snapshot(folder, KEY)
    assert kept is not None
    assert str(kept.snapshot.values) == str(KEPT.snapshot.values)
    assert np.array_equal(kept.snapshot.arrays["some"], np.arange(5_000))
    assert kept.seconds == 1.5
    assert names(folder) == [ARRAYS, MANIFEST]
    assert names(folder.parent) == [folder.name]
    assert capsys.readouterr().err == ""


def test_nothing_is_kept_at_first(tmp_path: Path, capsys: Captured) -> None:
    assert read_snapshot(tmp_path / "nothing", KEY) is None
    assert capsys.readouterr().err == ""


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def reformat(path: Path) -> None:
    write_json(path, {**read_json(path), "format": 2})


def elsewhere(path: Path) -> None:
    moved = path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(moved)


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda folder: flip(folder / ARRAYS, 100), "a part of it is not as it was written"),
        (lambda folder: flip(folder / ARRAYS, -1), "a part of it is not as it was written"),
        (lambda folder: os.truncate(folder / ARRAYS, 900), "a part of it is not as it was written"),
        (lambda folder: (folder / ARRAYS).unlink(), "arrays.zst is missing"),
        (lambda folder: (folder / MANIFEST).unlink(), "manifest.json is missing"),
        (lambda folder: flip(folder / MANIFEST, 0), "manifest.json cannot be read"),
        (lambda folder: (folder / MANIFEST).write_bytes(b"\xff"), "manifest.json cannot be read"),
        (lambda folder: (folder / MANIFEST).write_text("[]"), "another format"),
        (lambda folder: reformat(folder / MANIFEST), "another format"),
        (lambda folder: flip(folder / MANIFEST, 40), "manifest.json is not as it was written"),
        (elsewhere, "it is a link"),
        (lambda folder: elsewhere(folder / ARRAYS), "it is a link"),
    ],
)
def test_a_damaged_snapshot_is_refused_and_replaced(
    harm: Callable[[Path], Any], reason: str, folder: Path, capsys: Captured
) -> None:
    harm(folder)
    assert read_snapshot(folder, KEY) is None
    err = capsys.readouterr().err
    assert err.startswith(f"workforce: {folder} cannot be used (")
    assert reason in err
    assert err.count("\n") == 1
    assert not folder.exists()
    assert not folder.is_symlink()
    write_snapshot(folder, KEY, KEPT)
    assert read_snapshot(folder, KEY) is not None


def test_a_snapshot_of_other_code_is_refused(folder: Path, capsys: Captured) -> None:
    assert read_snapshot(folder, {**KEY, "code_hash": "other"}) is None
    assert "another version of the code" in capsys.readouterr().err


def test_what_a_link_leads_to_is_left_alone(folder: Path) -> None:
    elsewhere(folder)
    read_snapshot(folder, KEY)
    assert names(folder.parent.parent / "elsewhere") == [ARRAYS, MANIFEST]


def test_a_lie_in_the_manifest_is_found(folder: Path, capsys: Captured) -> None:
    """The shapes stand in the manifest, so it has a digest of its own."""
    manifest = read_json(folder / MANIFEST)
    manifest["arrays"][1]["shape"] = [2, 2_500]
    write_json(folder / MANIFEST, manifest)
    assert read_snapshot(folder, KEY) is None
    assert "manifest.json is not as it was written" in capsys.readouterr().err
    assert manifest.pop("digest") != content_hash(manifest)


def test_a_full_disk_leaves_the_old_snapshot(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = Kept(Snapshot({"month": 8}, {"some": np.arange(9)}), 2.0)
    monkeypatch.setattr(files, "_sync", full)
    with pytest.raises(OSError, match="No space left"):
        write_snapshot(folder, KEY, newer)
    assert names(folder.parent) == [folder.name]
    kept = read_snapshot(folder, KEY)
    assert kept is not None
    assert kept.seconds == 1.5


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_small_disk_that_is_full(fake: ModuleType, tmp_path: Path) -> None:
    mounted = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmp_path]
    if subprocess.run(mounted, capture_output=True, check=False).returncode != 0:
        pytest.skip("nothing can be mounted here")
    try:
        write_snapshot(tmp_path / "kept", KEY, KEPT)
        noise = np.random.default_rng(1).integers(0, 2**63, 200_000)
        with pytest.raises(OSError, match="No space left"):
            write_snapshot(tmp_path / "kept", KEY, Kept(Snapshot({}, {"noise": noise}), 2.0))
        assert names(tmp_path) == ["kept"]
        assert read_snapshot(tmp_path / "kept", KEY) is not None
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_several_writers_do_no_harm(folder: Path, capsys: Captured) -> None:
    faults: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(20):
                write_snapshot(folder, KEY, KEPT)
        except BaseException as fault:  # noqa: BLE001 (shown by the test)
            faults.append(fault)

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert names(folder.parent) == [folder.name]
    assert read_snapshot(folder, KEY) is not None
    assert capsys.readouterr().err == ""


def test_what_a_killed_process_left_is_removed(folder: Path) -> None:
    abandoned = folder.parent / f".{folder.name}-{'0' * 32}"
    abandoned.mkdir()
    with passing_folder(folder) as living:
        write_snapshot(folder, KEY, KEPT)
        assert not abandoned.exists()
        assert living.exists()
    assert names(folder.parent) == [folder.name]


def test_a_file_system_without_locks_will_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.EBADF, "what network file systems say to the lock of a folder")

    monkeypatch.setattr(files.fcntl, "flock", no_locks)
    of_somebody = folder.parent / f".{folder.name}-{'0' * 32}"
    of_somebody.mkdir()
    write_snapshot(folder, KEY, KEPT)
    assert read_snapshot(folder, KEY) is not None
    assert of_somebody.exists(), "nobody can tell whether its process lives"


def test_no_array_is_looked_into_before_it_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = write_arrays(tmp_path / "arrays", {"some": np.arange(9)})
    flip(tmp_path / "arrays", 3)
    monkeypatch.setattr(array_file.pa, "decompress", full)
    with pytest.raises(DamagedError):
        read_arrays(tmp_path / "arrays", index)


def test_the_user_is_told_in_one_line(capsys: Captured) -> None:
    snapshots.say("something")
    assert capsys.readouterr() == ("", "workforce: something\n")
