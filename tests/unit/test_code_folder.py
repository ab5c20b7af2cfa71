"""Compiled code stands in a folder for each version of the sources and each machine, wherever that is."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest

from sim import code_folder, compiled

ROOT = Path(__file__).parents[2]
CALLER = """
from sim.compiled import compiled
from sim.inner import inner

@compiled
def outer():
    return inner()
"""
INNER = """
from sim.compiled import inlined

@inlined
def inner():
    return {number}
"""


@pytest.fixture(autouse=True)
def afresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code_folder.code_folder.cache_clear()
    yield
    code_folder.code_folder.cache_clear()


def root() -> Path:
    code_folder.code_folder.cache_clear()
    folder = code_folder.code_folder()
    assert folder is not None
    assert folder.is_dir()
    return folder.parent


def test_another_rule_is_compiled_anew_though_the_folder_is_the_users(tmp_path: Path) -> None:
    """For whoever imports the simulation alone, too: numba looks at the file of the outer function only."""
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__", "data"))
    (tmp_path / "configs/parameters").mkdir(parents=True)
    shutil.copy(code_folder.CONSTANTS, tmp_path / "configs/parameters")
    (tmp_path / "sim/outer.py").write_text(CALLER)
    printed = []
    for number in (1, 2):
        (tmp_path / "sim/inner.py").write_text(INNER.format(number=number))
        done = subprocess.run(
            [sys.executable, "-c", "from sim.outer import outer; print(outer())"],
            cwd=tmp_path, env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "code")},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        printed.append(int(done.stdout))
    assert printed == [1, 2]
    assert not list((tmp_path / "sim").rglob("*.nb[ic]"))
    assert len(list((tmp_path / "code").iterdir())) == 2


def test_the_folder_stands_below_the_one_that_the_user_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "chosen"))
    assert root() == tmp_path / "chosen"


@pytest.mark.parametrize("nothing", ["", "code", "./code", "../code"])
def test_a_folder_that_is_empty_or_relative_counts_as_not_given(
    nothing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NUMBA_CACHE_DIR", nothing)
    monkeypatch.setenv("XDG_CACHE_HOME", nothing)
    assert root() == tmp_path / "home/.cache/workforce2035"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "home"]
    assert not list((tmp_path / "here").iterdir())


def test_without_a_home_or_the_right_to_write_one_temporary_folder_serves_all_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    ours = tmp_path / f"workforce2035-{os.getuid()}"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "home", nobody)
        assert root() == ours
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nothing")
    assert root() == root() == ours
    assert list(tmp_path.iterdir()) == [ours]
    assert ours.stat().st_mode & 0o777 == 0o700


def test_code_that_another_user_may_have_put_there_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / f"workforce2035-{os.getuid()}"
    ours.mkdir()
    ours.chmod(0o777)
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/dev/null/nothing")
    assert code_folder.code_folder() is None


def test_machines_and_versions_keep_their_code_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {code_folder.folder_name()}
    with monkeypatch.context() as patch:
        patch.setattr(code_folder, "processor", lambda: "another")
        names.add(code_folder.folder_name())
    with monkeypatch.context() as patch:
        patch.setattr(code_folder, "version", lambda package: "99.0")
        names.add(code_folder.folder_name())
    with monkeypatch.context() as patch:
        changed = tmp_path / "constants.yaml"
        changed.write_bytes(code_folder.CONSTANTS.read_bytes() + b"\n")
        patch.setattr(code_folder, "CONSTANTS", changed)
        names.add(code_folder.folder_name())
    assert len(names) == 4
    assert code_folder.folder_name() in names


def test_functions_of_others_stay_where_they_belong(tmp_path: Path) -> None:
    before = numba.config.CACHE_DIR

    @compiled.lean
    def nothing() -> int:
        return 1

    assert before == numba.config.CACHE_DIR
    assert nothing.stats.cache_path.startswith(compiled.OWN_PLACES["CACHE_DIR"])


def test_what_nobody_used_for_a_season_is_forgotten_when_another_version_comes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    old, used, others = (
        tmp_path / "cache" / name for name in ("0123456789abcdef", "f" * 16, "somebody-else-16")
    )
    long_ago = time.time() - code_folder.UNUSED_SECONDS - 60
    for folder in (old, used, others):
        (folder / "sim").mkdir(parents=True)
    for folder in (old, others):
        os.utime(folder, (long_ago, long_ago))
    assert root() == tmp_path / "cache"
    assert not old.exists()
    assert used.exists()
    assert others.exists()
    (old / "sim").mkdir(parents=True)
    os.utime(old, (long_ago, long_ago))
    root()  # this version has its folder already
    assert old.exists()


def test_a_folder_that_is_used_is_not_old(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    root()
    own = tmp_path / code_folder.folder_name()
    os.utime(own, (0, 0))
    root()
    assert time.time() - own.stat().st_mtime < code_folder.UNUSED_SECONDS
