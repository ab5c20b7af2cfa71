"""On what it was measured: processor, cores, versions, code."""

import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

from experiments.places import ROOT
from experiments.runs.machine import cores, versions

WANTED = ("python", "numba", "numpy", "mesa")


def machine() -> dict[str, Any]:
    """Facts about machine and software."""
    known = versions()
    return {
        "processor": processor(),
        "cores": cores(),
        "system": platform.system(),
        "versions": {name: known[name] for name in WANTED},
        "commit": commit(),
    }


def processor() -> str:
    """What the processor calls itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def commit() -> str | None:
    """The commit of the clone, with a + when files were changed since; None outside of a clone."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return None
    words = [git, "-C", str(ROOT), "describe", "--always", "--exclude=*", "--dirty=+"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return done.stdout.strip() or None
