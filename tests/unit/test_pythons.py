"""The Pythons that make and the checks take: found wherever they are, never one that cannot be used."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".ci/pythons"
pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="only a clone has it")


def put(path: Path, does: str) -> Path:
    """A program that stands for a Python."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home"), "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}


def found(environment: dict[str, str]) -> dict[str, str]:
    done = subprocess.run(
        ["/bin/sh", str(SCRIPT)], env=environment, capture_output=True, text=True, check=True
    )
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def test_a_python_off_the_path_is_found_and_a_shim_that_leads_nowhere_is_not(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    put(tmp_path / "bin/python3", "echo python3: command not found >&2; exit 127")
    for name in ("python", "python3.11"):
        put(tmp_path / "bin" / name, "exit 1")
    put(tmp_path / "bin/python3.13", "echo 3.13; exit 0")
    put(tmp_path / "bin/python3.12", "exit 1")  # too old, or without venv
    of_pyenv = put(tmp_path / "home/.pyenv/versions/3.12.9/bin/python3.12", "echo 3.12")
    put(tmp_path / "home/.pyenv/versions/3.10.9/bin/python3", "exit 1")
    of_uv = put(tmp_path / "home/.local/share/uv/python/cpython-3.11.9/bin/python3", "echo 3.11")
    assert found(environment) == {
        "3.11": str(of_uv), "3.12": str(of_pyenv), "3.13": str(tmp_path / "bin/python3.13")
    }  # fmt: skip


@pytest.mark.parametrize("does", ["exit 127", "echo Python 2.7 >&2; exit 1", "sleep 0"])
def test_make_names_the_python_that_it_would_take(
    does: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    bad = put(tmp_path / "bad/python3", does)
    good = put(tmp_path / "bin/python3", "echo 3.12")
    done = subprocess.run(
        ["make", "--no-print-directory", "env", f"PYTHON={bad}"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    line, _ = done.stderr.splitlines()  # and make's own last word
    assert str(bad) in line
    assert line.endswith(f"choose one with: make env PYTHON={good}")
