"""Who works on a study: each process says so in a file, and others can tell whether it still lives."""

import json
import os
import socket
import time
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import uuid4

from experiments.runs.files import file_written_aside, read_json, remove, write_json
from experiments.runs.progress import Watcher
from sim.errors import InputError

SILENT_SECONDS = 900.0  # a process of another machine that has said nothing for so long has ended
NOT_READABLE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    OverflowError,
)  # a file that says nothing of a process
FOLDER: Final = "presence"  # of a study
BEAT_SECONDS = 60.0  # how often a process says that it lives


class Worker(NamedTuple):
    """A process that works on a study, or did."""

    path: Path
    kind: str  # launcher or job
    host: str
    pid: int
    born: str  # when the system started it: a process number may be given again
    alive: bool

    @property
    def is_here(self) -> bool:
        """Whether it is of this machine."""
        return self.host == socket.gethostname()


@contextmanager
def present(folder: Path, kind: str) -> Iterator["Presence"]:
    """Say that this process works, until it ends.

    A job that Slurm starts again has its number again, and so replaces what the lost one said.
    """
    one = Presence(folder / f"{kind}-{_number_in_slurm() or uuid4().hex}.json", kind)
    one.tell()
    try:
        yield one
    finally:
        one.path.unlink(missing_ok=True)


class Presence:
    """The file of a process."""

    def __init__(self, path: Path, kind: str) -> None:
        self.path = path
        self._facts = {"kind": kind, "host": socket.gethostname(), "pid": os.getpid(),
                       "born": _born(os.getpid()), "slurm": _number_in_slurm()}  # fmt: skip
        self._told = time.monotonic()
        path.parent.mkdir(parents=True, exist_ok=True)

    def tell(self) -> None:
        """Say that it lives; OSError when nobody can be told: others would start the same work."""
        self._told = time.monotonic()
        with file_written_aside(self.path) as path:
            write_json(path, self._facts)

    def beat(self) -> None:
        """Say from time to time that the work goes on: a run of one agent per person takes an hour."""
        if time.monotonic() - self._told > BEAT_SECONDS:
            with suppress(OSError):  # a disk that is full does not end the work
                self.tell()


def workers(folder: Path, in_slurm: Container[str] | None = None) -> list[Worker]:
    """Everyone who said that it works; files of those who ended without a word stay until :func:`tidy`.

    Parameters
    ----------
    folder
        Of the study's presence.
    in_slurm
        Numbers of the jobs that Slurm knows; None when it is not asked.
    """
    found = []
    for path in sorted(folder.glob("[!.]*.json")):
        with suppress(*NOT_READABLE):
            facts = dict(read_json(path))
            found.append(
                Worker(path, str(facts["kind"]), str(facts["host"]), int(facts["pid"]), str(facts["born"]),
                       _lives(path, facts, in_slurm))
            )  # fmt: skip
    return found


def tidy(folder: Path, in_slurm: Container[str] | None = None) -> None:
    """Remove what processes that ended left."""
    for worker in workers(folder, in_slurm):
        if not worker.alive:
            worker.path.unlink(missing_ok=True)
    for left in folder.glob(".*"):
        remove(left)


@contextmanager
def launching(
    folder: Path,
    in_slurm: Container[str] | None = None,
    patience_seconds: float = 30.0,
    *,
    takeover: bool = False,
) -> Iterator[None]:
    """Be the only launcher of a study.

    Jobs of a launcher that was killed end by themselves after the run that they are at; they are waited for.

    Parameters
    ----------
    folder, in_slurm
        As of :func:`workers`.
    patience_seconds
        How long such jobs are waited for.
    takeover
        Whether other machines are gone, as the user knows, and are not waited for. When one is there after
        all, some runs are lived twice and kept once.

    Raises
    ------
    InputError
        When another launcher, or a job that outlives the patience, works on the study.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if takeover:
        _forget_other_machines(folder)
    waited = time.monotonic()
    while busy := [worker for worker in workers(folder, in_slurm) if worker.alive]:
        if busy[0].kind == "launcher" or time.monotonic() - waited > patience_seconds:
            raise InputError(_busy(busy[0]))
        time.sleep(0.2)
    tidy(folder, in_slurm)
    claim = folder / "launcher"
    try:
        handle = os.open(claim, os.O_CREAT | os.O_EXCL | os.O_WRONLY)  # also on network file systems
    except FileExistsError:
        if not _forsaken(claim):
            raise InputError(
                "another launch of this study begins at this moment; try again later, or move "
                f"{claim} away when there is none"
            ) from None
        remove(claim)
        handle = os.open(claim, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    try:
        with os.fdopen(handle, "w") as file:
            json.dump({"host": socket.gethostname(), "pid": os.getpid(), "born": _born(os.getpid())}, file)
        with present(folder, "launcher"):
            yield
    finally:
        claim.unlink(missing_ok=True)


def _busy(who: Worker) -> str:
    """Who works on a study, and what can be done."""
    text = (
        f"process {who.pid} on {who.host} works on this study; workforce status tells how far it is, and "
        "whoever ends it loses nothing"
    )
    return text if who.is_here else f"{text}; if {who.host} is gone, add takeover=true to this command"


def _forget_other_machines(folder: Path) -> None:
    """Take away what processes of other machines said."""
    for worker in workers(folder):
        if not worker.is_here:
            worker.path.unlink(missing_ok=True)
    claim = folder / "launcher"
    with suppress(*NOT_READABLE):
        if read_json(claim)["host"] != socket.gethostname():
            claim.unlink(missing_ok=True)


def _forsaken(claim: Path) -> bool:
    """Whether whoever made the claim has ended."""
    try:
        return not _lives(claim, dict(read_json(claim)))
    except NOT_READABLE:
        return _silent_seconds(claim) > SILENT_SECONDS


def _lives(path: Path, facts: dict[str, Any], in_slurm: Container[str] | None = None) -> bool:
    if facts["host"] == socket.gethostname():
        return bool(facts["born"]) and _born(int(facts["pid"])) == str(facts["born"])
    if facts.get("slurm") and in_slurm is not None:
        return str(facts["slurm"]) in in_slurm
    return _silent_seconds(path) < SILENT_SECONDS


def _silent_seconds(path: Path) -> float:
    """Age of a file by the clock of its file system: clocks of machines differ, and may be set back."""
    probe = path.with_name(f".probe-{uuid4().hex}")
    try:
        probe.touch()
        return abs(probe.stat().st_mtime - path.stat().st_mtime)
    except OSError:
        return 0.0
    finally:
        probe.unlink(missing_ok=True)


def _number_in_slurm() -> str:
    """Number of a job that was submitted for a study; a launcher inside somebody's allocation is none."""
    submitted = os.environ.get("SUBMITIT_EXECUTOR") == "slurm"
    return os.environ.get("SLURM_JOB_ID", "") if submitted else ""


def _born(pid: int) -> str:
    """When the system started a process; empty when there is none, or when it waits to be buried."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return "" if fields[0] == "Z" else fields[19]
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return ""
    except OSError:
        return ""
    try:
        os.kill(pid, 0)  # where there is no /proc
    except OSError:
        return ""
    return "alive"


@dataclass
class Beating:
    """Tells a watcher of every year, and everybody that this process lives."""

    watcher: Watcher
    presence: Presence

    def year(self, year: int, /) -> None:
        """Count a year."""
        self.presence.beat()
        self.watcher.year(year)

    def skip(self, years: int, /) -> None:
        """Count years that need no simulation."""
        self.watcher.skip(years)

    def unkept(self, what: str, why: str, /) -> None:
        """Tell of a state that cannot be written."""
        self.watcher.unkept(what, why)
