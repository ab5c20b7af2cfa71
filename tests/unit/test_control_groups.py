"""The memory that control groups leave: of the group itself, of those above it, in both versions."""

from pathlib import Path

import pytest

from experiments.runs import control_groups

MIB = 1 << 20
REAL = Path.read_text


class System:
    """A made-up /proc and /sys."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def read(self, path: Path, **how: str) -> str:
        if not str(path).startswith(("/proc/", "/sys/")):
            return REAL(path, **how)
        if str(path) not in self.files:
            raise FileNotFoundError(path)
        return self.files[str(path)]

    def group(self, folder: str, limit: str, used: int, stat: str = "", first: bool = False) -> None:
        names = ("limit_in_bytes", "usage_in_bytes") if first else ("max", "current")
        for name, text in zip(names, (limit, str(used)), strict=True):
            self.files[f"{folder}/memory.{name}"] = f"{text}\n"
        self.files[f"{folder}/memory.stat"] = stat


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    made = System()

    def read_text(path: Path, **how: str) -> str:
        return made.read(path, **how)

    monkeypatch.setattr(Path, "read_text", read_text)
    return made


def test_the_limit_of_a_job_counts_and_not_that_of_the_root_alone(system: System) -> None:
    system.files["/proc/self/cgroup"] = "0::/system.slice/job_3\n"
    system.group("/sys/fs/cgroup/system.slice/job_3", str(300 * MIB), 50 * MIB)
    assert control_groups.free_in_groups() == 250 * MIB


def test_the_tightest_of_nested_groups_decides(system: System) -> None:
    system.files["/proc/self/cgroup"] = "0::/user/job/step\n"
    system.group("/sys/fs/cgroup/user/job/step", "max", 10 * MIB)
    system.group("/sys/fs/cgroup/user/job", str(500 * MIB), 100 * MIB)
    system.group("/sys/fs/cgroup/user", str(900 * MIB), 800 * MIB)
    assert control_groups.free_in_groups() == 100 * MIB


def test_files_that_are_kept_in_memory_are_free(system: System) -> None:
    system.files["/proc/self/cgroup"] = "0::/\n"
    stat = f"anon {100 * MIB}\nfile {800 * MIB}\nactive_file {200 * MIB}\ninactive_file {600 * MIB}\n"
    system.group("/sys/fs/cgroup", str(1000 * MIB), 900 * MIB, stat)
    assert control_groups.free_in_groups() == 900 * MIB


def test_the_first_version_is_read_as_well(system: System) -> None:
    system.files["/proc/self/cgroup"] = "12:cpu,cpuacct:/a\n9:memory:/slurm/job_2\n1:name=systemd:/\n0::/\n"
    stat = f"inactive_file 1\ntotal_inactive_file {60 * MIB}\ntotal_active_file {10 * MIB}\n"
    system.group("/sys/fs/cgroup/memory/slurm/job_2", str(400 * MIB), 170 * MIB, stat, first=True)
    system.group("/sys/fs/cgroup/memory", "9223372036854771712", 0, first=True)
    assert control_groups.free_in_groups() == 300 * MIB


@pytest.mark.parametrize("told", ["0::/outside\n", "0::/../..\n", "9:memory:/outside\n0::/\n"])
def test_in_a_container_the_place_itself_is_the_group(system: System, told: str) -> None:
    system.files["/proc/self/cgroup"] = told
    system.group("/sys/fs/cgroup", str(200 * MIB), 50 * MIB)
    assert control_groups.free_in_groups() == 150 * MIB


def test_a_group_that_is_over_its_limit_leaves_nothing(system: System) -> None:
    system.files["/proc/self/cgroup"] = "0::/\n"
    system.group("/sys/fs/cgroup", str(200 * MIB), 250 * MIB)
    assert control_groups.free_in_groups() == 0


def test_without_groups_or_limits_nothing_is_known(system: System) -> None:
    assert control_groups.free_in_groups() is None
    system.files["/proc/self/cgroup"] = "0::/a\n"
    system.group("/sys/fs/cgroup/a", "max", 5)
    assert control_groups.free_in_groups() is None
