"""Programs that tests need and that a machine may lack: installed with apt-get where that was asked for."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence


class CannotInstallError(Exception):
    """Why a program cannot be had here."""


def provide(missing: Callable[[], Sequence[str]], packages: Sequence[str], asked: str, command: str) -> None:
    """Install what is missing, when root asks for it.

    Parameters
    ----------
    missing
        Names of the programs that are not here.
    packages
        Names of the Debian packages that bring them.
    asked
        The variable of the environment that says 1 when they shall be installed.
    command
        What sets the variable.

    Raises
    ------
    CannotInstallError
        When something is missing at the end.
    """
    if not missing():
        return
    if os.environ.get(asked) != "1":
        raise CannotInstallError(f"{', '.join(missing())} missing; {command} installs with apt-get")
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise CannotInstallError(f"{', '.join(missing())} missing, and only root can install")
    if shutil.which("apt-get") is None:
        raise CannotInstallError(f"{', '.join(missing())} missing, and apt-get is not here to install it")
    _apt("update", "-q", seconds=60)
    _apt("install", "-y", "-q", "--no-install-recommends", *packages, seconds=300)
    if missing():
        raise CannotInstallError(f"apt-get did not install {', '.join(missing())}")


def _apt(*words: str, seconds: float) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            ["apt-get", *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=seconds, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CannotInstallError(f"apt-get {words[0]} took more than {seconds:g} seconds") from None
    except subprocess.CalledProcessError as fault:
        said = (fault.stderr.strip() or "nothing").splitlines()[-1]
        raise CannotInstallError(f"apt-get {words[0]} says: {said}") from None
