"""A real Slurm on this machine: its own key, ports and folders, two nodes, and an end without traces."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from tests import installing

DAEMONS = ("munged", "slurmctld", "slurmd")
CLIENTS = ("sbatch", "squeue", "scancel", "scontrol", "sinfo", "srun")
PACKAGES = ("munge", "slurmctld", "slurmd", "slurm-client")
NODES = ("one", "two")
CPUS = 2  # claimed by each node, whatever the machine has
MEMORY_MB = 16_000  # likewise; nothing enforces it
PARTITION = "long"

# A requeued job waits as long as credentials are valid (cred_expire). CpuBind is what many clusters choose: a
# task gets the processors that it asked for, and no others.
CONFIGURATION = """\
ClusterName=workforce
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/affinity
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_interval=2,sched_min_interval=0,bf_interval=2
SlurmdParameters=config_overrides
ReturnToService=2
SlurmctldTimeout=10
SlurmdTimeout=30
KillWait=10
MessageTimeout=2
OverTimeLimit=0
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
{nodes}
PartitionName={partition} Nodes={names} Default=YES MaxTime=60 State=UP
"""


class NoSlurmError(Exception):
    """Why there can be no Slurm here."""


def provide() -> None:
    """Install Slurm where it is missing and that was asked for.

    Raises
    ------
    NoSlurmError
        When it cannot be had.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise NoSlurmError("only root can start the daemons of Slurm")
    try:
        installing.provide(_missing, PACKAGES, asked="INSTALL_SLURM", command="make slurm")
    except installing.CannotInstallError as reason:
        raise NoSlurmError(str(reason)) from None


def until(holds: Callable[[], object], seconds: float) -> bool:
    """Wait until something holds; whether it did in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


class Cluster:
    """A controller and two nodes on loopback.

    Attributes
    ----------
    environment
        What programs must be told to find it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"SLURM_CONF": str(folder / "slurm.conf")}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._ends = ExitStack()

    def start(self) -> None:
        """Start everything and wait until both nodes are idle.

        Raises
        ------
        NoSlurmError
            With the last line of who did not start.
        """
        self._configure()
        self._start(
            "munged", "--foreground", "--force", f"--key-file={self.folder}/munge.key",
            f"--socket={self.folder}/munge.socket", f"--pid-file={self.folder}/munge.pid",
            f"--log-file={self.folder}/munge.log", f"--seed-file={self.folder}/munge.seed",
        )  # fmt: skip
        if not until((self.folder / "munge.socket").exists, 10):
            raise NoSlurmError(f"munged does not start: {self._last_line('munged')}")
        self.start_controller()
        for node in NODES:
            self._start("slurmd", "-D", "-N", node, name=node)
        if not until(self.is_idle, 30):
            silent = [name for name, process in self._running.items() if process.poll() is not None]
            name = silent[0] if silent else NODES[0]
            raise NoSlurmError(f"the nodes do not become idle; {name} says: {self._last_line(name)}")

    def stop(self) -> None:
        """End all jobs, then what was started, the last one first."""
        if "slurmctld" in self._running:
            with suppress(subprocess.SubprocessError):
                self.clear()
        self._ends.close()

    def start_controller(self) -> None:
        """Start slurmctld, which goes on with what it kept."""
        self._start("slurmctld", "-D")

    def stop_controller(self) -> None:
        """Stop slurmctld; jobs that run are not told."""
        _end(self._running["slurmctld"])

    def ask(self, *words: str) -> str:
        """What a program of Slurm answers; CalledProcessError when it refuses."""
        environment = {**os.environ, **self.environment}
        done = subprocess.run(
            words, env=environment, capture_output=True, text=True, timeout=60, check=True
        )  # fmt: skip
        return done.stdout

    def change(self, *words: str) -> None:
        """``scontrol update`` of a node, a partition or a job."""
        self.ask("scontrol", "update", *words)

    def take_up(self, node: str) -> None:
        """Let a node that is down work again; one that came back by itself does already."""
        with suppress(subprocess.CalledProcessError):
            self.change(f"NodeName={node}", "State=RESUME")

    def jobs(self, form: str = "%A %T") -> list[str]:
        """A line for each job that waits or runs."""
        return self.ask("squeue", "--noheader", "--array", f"--format={form}").splitlines()

    def is_idle(self) -> bool:
        """Whether both nodes wait for work."""
        try:
            states = self.ask("sinfo", "--noheader", "--Node", "--format=%T").split()
        except subprocess.SubprocessError:
            return False
        return states == ["idle"] * len(NODES)

    def clear(self) -> None:
        """Take everything up again and end all jobs."""
        if self._running["slurmctld"].poll() is not None:
            self.start_controller()
        self.change(f"PartitionName={PARTITION}", "State=UP")
        for node in NODES:
            self.take_up(node)
        self.ask("scancel", f"--partition={PARTITION}")
        until(lambda: not self.jobs(), 30)
        until(self.is_idle, 30)

    def _configure(self) -> None:
        for name in ("state", *(f"spool-{node}" for node in NODES)):
            (self.folder / name).mkdir(parents=True)
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(os.urandom(1024))
        host = socket.gethostname()
        nodes = [
            f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs={CPUS} "
            f"RealMemory={MEMORY_MB} CpuBind=cores"
            for node, port in zip(NODES, _free_ports(len(NODES)), strict=True)
        ]
        text = CONFIGURATION.format(
            folder=self.folder, port=_free_ports(1)[0], nodes="\n".join(nodes), names=",".join(NODES),
            partition=PARTITION,
        )  # fmt: skip
        (self.folder / "slurm.conf").write_text(text, encoding="utf-8")

    def _start(self, program: str, *words: str, name: str = "") -> None:
        with (self.folder / f"{name or program}.log").open("ab") as log:
            process = subprocess.Popen(
                [program, *words], env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._running[name or program] = process
        self._ends.callback(_end, process)

    def _last_line(self, name: str) -> str:
        lines = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[-1] if lines else "nothing"


def _missing() -> list[str]:
    return [program for program in (*DAEMONS, *CLIENTS) if shutil.which(program) is None]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on at this moment."""
    with ExitStack() as stack:
        doors = [stack.enter_context(socket.socket()) for _ in range(count)]
        for door in doors:
            door.bind(("127.0.0.1", 0))
        return [int(door.getsockname()[1]) for door in doors]
