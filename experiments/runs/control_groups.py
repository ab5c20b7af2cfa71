"""Memory that the control groups of Linux leave to this process: of a job, a container, a service.

Groups are nested, and each has a limit of its own. What a group keeps of files counts as used, but is given
up as soon as somebody asks for memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Version:
    """How one version of control groups names things: its places, and its files."""

    places: tuple[str, ...]
    limit: str
    used: str
    of_files: tuple[str, ...]  # lines of memory.stat


SECOND = Version(
    ("/sys/fs/cgroup", "/sys/fs/cgroup/unified"), "memory.max", "memory.current",
    ("active_file", "inactive_file"),
)  # fmt: skip
FIRST = Version(
    ("/sys/fs/cgroup/memory",), "memory.limit_in_bytes", "memory.usage_in_bytes",
    ("total_active_file", "total_inactive_file"),
)  # fmt: skip


def free_in_groups() -> int | None:
    """Bytes that all groups of this process still grant; None when none of them has a limit."""
    found = [
        free
        for version, path in groups()
        for place in version.places
        for group in above(Path(place), path)
        if (free := free_in(group, version)) is not None
    ]
    return min(found, default=None)


def groups() -> Iterator[tuple[Version, PurePosixPath]]:
    """Group of this process by each version, as a path below the place where groups stand.

    In a container the path may be that of the world outside. The place itself is then the container's.
    """
    try:
        lines = Path("/proc/self/cgroup").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines or ["0::/", "0:memory:/"]:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if not controllers:
            yield SECOND, PurePosixPath(path)
        elif "memory" in controllers.split(","):
            yield FIRST, PurePosixPath(path)


def above(place: Path, path: PurePosixPath) -> list[Path]:
    """Give the folders of a group and of all groups that it belongs to."""
    parts = [part for part in path.parts if part not in ("/", "..")]
    return [place.joinpath(*parts[:length]) for length in range(len(parts), -1, -1)]


def free_in(group: Path, version: Version) -> int | None:
    """Bytes that one group grants; None when it has no limit, or is not there."""
    try:
        limit = int((group / version.limit).read_text(encoding="ascii"))
        used = int((group / version.used).read_text(encoding="ascii"))
    except (OSError, ValueError):  # its limit is the word max
        return None
    return max(0, limit - max(0, used - of_files(group, version)))


def of_files(group: Path, version: Version) -> int:
    """Bytes of a group that hold files."""
    try:
        lines = (group / "memory.stat").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return 0
    counts = (line.split() for line in lines)
    return sum(int(count[1]) for count in counts if len(count) == 2 and count[0] in version.of_files)
