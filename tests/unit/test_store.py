import json
from pathlib import Path

import numpy as np
import pytest

from experiments.runs.files import (
    check_writable,
    content_hash,
    file_written_aside,
    folder_hash,
    write_manifest,
    written_aside,
)
from sim.errors import InputError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_equal_values_have_equal_hashes() -> None:
    assert content_hash({"b": 1, "a": (1, 2)}) == content_hash({"a": [1, 2], "b": 1})
    assert content_hash({"a": np.float64(0.5), "b": np.array([1, 2])}) == content_hash(
        {"a": 0.5, "b": [1, 2]}
    )
    assert content_hash({"a": 1}) != content_hash({"a": 2})
    assert content_hash({"GD": 0.2, 330000: 0.9}) == content_hash({330000: 0.9, "GD": 0.2})


def test_hash_of_a_folder_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "note.txt").write_text("not code")
    first = folder_hash(tmp_path, "*.py")
    (tmp_path / "note.txt").write_text("still not code")
    assert folder_hash(tmp_path, "*.py") == first
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert folder_hash(tmp_path, "*.py") != first


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    final = tmp_path / "runs" / "one"
    with written_aside(final) as folder:
        (folder / "part").write_text("1")
        assert not final.exists()
    assert (final / "part").read_text() == "1"
    assert names(final.parent) == ["one"]


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
def test_a_fault_leaves_the_old_folder_and_nothing_else(tmp_path: Path, fault: type[BaseException]) -> None:
    final = tmp_path / "one"
    with written_aside(final) as folder:
        (folder / "part").write_text("old")
    with pytest.raises(fault), written_aside(final) as folder:  # noqa: PT012 (the fault comes amid the writing)
        (folder / "part").write_text("new")
        raise fault
    assert (final / "part").read_text() == "old"
    assert names(tmp_path) == ["one"]


def test_a_new_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    final = tmp_path / "one"
    for text in ("old", "new"):
        with written_aside(final) as folder:
            (folder / text).touch()
    assert names(final) == ["new"]
    assert names(tmp_path) == ["one"]


def test_a_file_appears_whole(tmp_path: Path) -> None:
    final = tmp_path / "table.parquet"
    with file_written_aside(final) as path:
        path.write_text("whole")
    with pytest.raises(RuntimeError), file_written_aside(final) as path:  # noqa: PT012 (as above)
        path.write_text("half")
        raise RuntimeError
    assert final.read_text() == "whole"
    assert names(tmp_path) == ["table.parquet"]


def test_manifest_names_the_hash_of_every_other_file(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "one.svg").write_text("<svg/>")
    write_manifest(tmp_path, {"name": "x"})
    write_manifest(tmp_path, {"name": "y"})
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["name"] == "y"
    assert list(manifest["files"]) == ["figures/one.svg"]


def test_results_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "results").touch()
    with pytest.raises(InputError, match="cannot be written"):
        check_writable(tmp_path / "results")
