"""The lock files serve everybody, and say the same."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
PUBLIC = {"pypi.org", "files.pythonhosted.org"}


@pytest.fixture(scope="module")
def locked() -> dict[str, set[str]]:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    versions: dict[str, set[str]] = {}
    for package in lock["package"]:
        if "registry" in package["source"]:
            versions.setdefault(package["name"], set()).add(package["version"])
    return versions


@pytest.mark.parametrize("name", ["uv.lock", "requirements.lock"])
def test_lock_names_only_the_public_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    hosts = {urlsplit(url).hostname for url in re.findall(r"https?://[^\s\"']+", text)}
    assert hosts <= PUBLIC


def test_requirements_are_those_of_the_lock(locked: dict[str, set[str]]) -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    required: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, flags=re.MULTILINE):
        required.setdefault(name, set()).add(version)
    assert required == locked


def test_every_dependency_is_locked(locked: dict[str, set[str]]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    assert {re.split(r"[<>=;~ ]", text)[0] for text in wanted} <= set(locked)
