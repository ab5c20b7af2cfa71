"""Where compiled code is kept: below one root, in a folder for each version of the sources and each machine.

numba looks at the file of a function alone. It does not notice when a function that was compiled into
another one changes, nor a constant; machines of a cluster, whose processors differ, share the root.
"""

import hashlib
import json
import os
import platform
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from string import hexdigits
from typing import Final

SIM: Final = Path(__file__).resolve().parent
CONSTANTS: Final = SIM.parent / "configs/parameters/constants.yaml"  # compiled code holds them
SOURCES: Final = (".py", ".csv")  # code, and tables whose numbers compiled code holds
MAKERS: Final = ("numba", "llvmlite", "numpy")
NAME_LENGTH: Final = 16
UNUSED_SECONDS: Final = 90 * 86_400


@cache
def code_folder() -> Path | None:
    """Make the folder of this process; None where nothing can be written, and each process compiles anew."""
    for root in roots():
        folder = root / folder_name()
        new = not folder.exists()
        if _made(folder):
            if new:
                _forget_unused(root)
            return folder
    return None


def roots() -> Iterator[Path]:
    """Places for the folder, the best first.

    ``NUMBA_CACHE_DIR`` if that is set, else the user's cache; where it cannot be written, or nobody knows
    whose home to take, a folder of this user among the temporary files. As elsewhere the path of a variable
    that is empty or relative counts as not given: it would mean another place in each working folder.
    """
    given = (_absolute("NUMBA_CACHE_DIR"), _absolute("XDG_CACHE_HOME", "workforce2035"), _in_home())
    yield from [root for root in given if root is not None][:1]
    yield from _among_temporary_files()


def folder_name() -> str:
    """Hash of all that decides what compiled code must be."""
    made_by = [sys.version, *(version(package) for package in MAKERS)]
    told = json.dumps([str(SIM), sources(), processor(), *made_by])
    return hashlib.sha256(told.encode()).hexdigest()[:NAME_LENGTH]


def sources() -> dict[str, str]:
    """SHA-256 of every file that compiled code may hold something of."""
    files = sorted(path for path in SIM.rglob("*") if path.suffix in SOURCES and path.is_file())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in (*files, CONSTANTS)}


def processor() -> str:
    """What decides whether compiled code fits: kind of machine, and what its processor can do."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.machine() + platform.processor()
    telling = [line for line in lines if line.startswith(("model name", "flags", "Features", "CPU part"))]
    return hashlib.sha256("\n".join([platform.machine(), *sorted(set(telling))]).encode()).hexdigest()


def _absolute(variable: str, below: str = "") -> Path | None:
    """Path of a variable of the environment, if it is one."""
    path = Path(os.environ.get(variable, ""))
    return path / below if path.is_absolute() else None


def _in_home() -> Path | None:
    try:
        return Path.home() / ".cache/workforce2035"
    except RuntimeError:  # no HOME, and a user whom the system does not know
        return None


def _among_temporary_files() -> list[Path]:
    """Folder that the next process finds again; none if another user could put code there."""
    try:
        folder = Path(tempfile.gettempdir()) / f"workforce2035-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return []
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
    return [folder] if ours else []


def _made(folder: Path) -> bool:
    """Whether the folder could be made and can be written; its time becomes that of its last use."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            os.utime(folder)
            return True
    except OSError:
        return False


def _forget_unused(root: Path) -> None:
    """Remove what other versions compiled, 26 MB each, and nobody has used for a season."""
    for folder in root.glob("?" * NAME_LENGTH):
        with suppress(OSError):
            unused = time.time() - folder.stat().st_mtime > UNUSED_SECONDS
            if unused and set(folder.name) <= set(hexdigits):
                shutil.rmtree(folder, ignore_errors=True)
