"""What works for a command that is killed ends soon after it, and what it can keep is kept."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from experiments import cli
from tests.studies import finished, nothing_double, study

SOON_SECONDS = 15.0
PARENT = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from experiments.runs.orphans import end_with_parent, kept_work

def kept(path):
    with kept_work():
        print("at work", flush=True)
        time.sleep(3.0)
        path.touch()

if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=end_with_parent)
    idle = pool.submit(os.getpid)
    print(idle.result(), flush=True) if sys.argv[1] == "idle" else pool.submit(kept, Path(sys.argv[2]))
    time.sleep(60.0)
"""


def begun(words: list[str]) -> subprocess.Popen[str]:
    """A command in a process group of its own, whose processes can be told from others."""
    pipe = subprocess.PIPE
    return subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def of_group(group: int, *named: str) -> list[int]:
    """Numbers of the processes of a group that live, or of those whose command has one of the names."""
    words = ["ps", "-A", "-ww", "-o", "pid=,pgid=,stat=,args="]
    lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [line.split(maxsplit=3) for line in lines]
    return [
        int(row[0])
        for row in rows
        if row[1] == str(group) and row[2][0] != "Z" and any(name in row[-1] for name in named or [""])
    ]


def wait_until(happened: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait for what must happen."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def commands() -> Iterator[list[subprocess.Popen[str]]]:
    """Commands that leave no process behind, however the test ends."""
    begun_here: list[subprocess.Popen[str]] = []
    yield begun_here
    for command in begun_here:
        for pid in of_group(command.pid):
            os.kill(pid, signal.SIGKILL)
        command.communicate()


@pytest.mark.parametrize("moment", ["idle", "at work"])
def test_a_process_ends_soon_after_its_parent(
    moment: str, commands: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "parent.py").write_text(PARENT)
    parent = begun([sys.executable, str(tmp_path / "parent.py"), moment, str(tmp_path / "kept")])
    commands.append(parent)
    assert parent.stdout
    parent.stdout.readline()
    parent.kill()
    parent.wait()
    wait_until(lambda: not of_group(parent.pid), SOON_SECONDS)
    assert (tmp_path / "kept").exists() == (moment == "at work")


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["starting", "idle"])
def test_workers_of_a_study_end_soon_after_their_launcher(
    moment: str, commands: list[subprocess.Popen[str]], results: Path
) -> None:
    words = ["sweep", "name=one", "population.agents=5000", "scenarios=[frozen]", "seeds=2", "draws=0",
             "threads=2", f"results={results}"]  # fmt: skip
    presence = study(results).presence
    launcher = begun([sys.executable, "-m", "experiments.cli", *words])
    commands.append(launcher)
    wait_until(lambda: of_group(launcher.pid, "forkserver"))
    if moment == "idle":
        wait_until(lambda: list(presence.glob("job-*.json")))
        launcher.send_signal(signal.SIGSTOP)  # so that it cannot dismiss them
        wait_until(lambda: not list(presence.glob("job-*.json")))
        time.sleep(2.0)
        assert of_group(launcher.pid, "forkserver")
    launcher.kill()
    launcher.wait()
    wait_until(lambda: not of_group(launcher.pid), SOON_SECONDS)
    assert cli.main(words) == 0
    assert len(finished(results)) == 2
    assert nothing_double(results)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["compare", "population.agents=5000", "seeds=2", "scenarios=[frozen,reform]"],
        ["sweep", "population.agents=5000", "seeds=2", "scenarios=[frozen]"],
        ["attribute", "agents=5000", "draws=2"],
    ],
)
@pytest.mark.parametrize("seconds", [0.0, 1.0, 4.0])
def test_ctrl_c_ends_a_command_in_one_line(
    seconds: float, words: list[str], commands: list[subprocess.Popen[str]], results: Path
) -> None:
    command = begun([sys.executable, "-m", "experiments.cli", *words, "threads=2", f"results={results}"])
    commands.append(command)
    wait_until(lambda: of_group(command.pid, "forkserver"))
    time.sleep(seconds)
    os.killpg(command.pid, signal.SIGINT)  # a terminal sends it to all
    out, err = command.communicate(timeout=120.0)
    assert command.returncode == 130
    assert "Traceback" not in out + err
    assert err.strip().count("\n") == 0
    wait_until(lambda: not of_group(command.pid), SOON_SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 2.0])
def test_a_signal_to_all_its_processes_ends_a_command(
    seconds: float, commands: list[subprocess.Popen[str]], results: Path
) -> None:
    """As ``scancel`` sends it: also to the processes that work, and to the one that forks them."""
    words = ["attribute", "agents=5000", "draws=4", "threads=2", f"results={results}"]
    command = begun([sys.executable, "-m", "experiments.cli", *words])
    commands.append(command)
    wait_until(lambda: list((results / "lives").glob("*")))
    time.sleep(seconds)
    os.killpg(command.pid, signal.SIGTERM)
    _, err = command.communicate(timeout=120.0)
    assert command.returncode == 143
    assert "Traceback" not in err
    wait_until(lambda: not of_group(command.pid), SOON_SECONDS)
    assert nothing_double(results)
