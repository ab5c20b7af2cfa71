"""Histories that are shared, and runs that are killed, stopped or out of disk, with the real simulation."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments import cli
from experiments.runs import snapshots
from experiments.runs.files import MANIFEST
from experiments.runs.interruption import Interruption, exit_code, signals_end_work
from experiments.runs.worker import Worker
from sim.calendar import END, FORK, FORK_YEAR, START, month_index
from sim.model import WorkforceModel

Captured = pytest.CaptureFixture[str]
Outcome = tuple[str, pd.DataFrame]  # state digest and indicators
CHOICES = ("population.agents=5000", "seed=2", "draw=2")
KILLED = """
import os, signal, sys
from experiments import cli
from experiments.runs import snapshots
from sim.model import WorkforceModel

month, writing = int(sys.argv[1]), sys.argv[2] == "writing"
step, write = WorkforceModel.step, snapshots.write_arrays

def killed_step(self):
    step(self)
    if not writing and self.month == month:
        os.kill(os.getpid(), signal.SIGKILL)

def killed_write(path, arrays):
    index = write(path, arrays)
    if writing and sum(1 for _ in path.parent.parent.glob("*")) > 1:  # there is a checkpoint already
        os.kill(os.getpid(), signal.SIGKILL)
    return index

WorkforceModel.step, snapshots.write_arrays = killed_step, killed_write
sys.exit(cli.main(sys.argv[3:]))
"""


def words(results: Path, *more: str) -> list[str]:
    return ["run", *CHOICES, "scenario=adaptive", f"results={results}", *more]


def outcome(results: Path) -> Outcome:
    """Digest and indicators of the only run there is."""
    (folder,) = (results / "runs").iterdir()
    return json.loads((folder / MANIFEST).read_text())["state_digest"], pd.read_parquet(
        folder / "indicators.parquet"
    )


def left(results: Path) -> list[str]:
    return sorted(path.name for path in results.iterdir())


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What comes out when nothing is kept and nothing happens."""
    results = tmp_path_factory.mktemp("straight")
    assert cli.main(words(results, "history=none")) == 0
    assert left(results) == ["lives", "runs"]
    return outcome(results)


def check_equal(results: Path, straight: Outcome) -> None:
    digest, indicators = outcome(results)
    assert digest == straight[0]
    pd.testing.assert_frame_equal(indicators, straight[1])


def count_steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Months that are lived from now on."""
    months: list[int] = []
    step = WorkforceModel.step

    def counted(self: WorkforceModel) -> None:
        step(self)
        months.append(self.month)

    monkeypatch.setattr(WorkforceModel, "step", counted)
    return months


def test_run_and_compare_and_all_scenarios_share_a_history(
    straight: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    months = count_steps(monkeypatch)
    assert cli.main([*words(tmp_path), "scenario=people_first"]) == 0
    assert months[0] == START + 1
    months.clear()
    compare = ["compare", "population.agents=5000", "seeds=2", "report.page=false", "threads=1", "draws=null"]
    assert cli.main([*compare, f"results={tmp_path}", "scenarios=[frozen,adaptive]"]) == 0
    assert months.count(START + 1) == 1  # the history of seed 1
    assert months.count(FORK + 1) == 4
    manifest = json.loads((tmp_path / "compare/default" / MANIFEST).read_text())
    assert manifest["state_digests"]["adaptive seed=2 draw=2"] == straight[0]
    assert len(list((tmp_path / "histories").iterdir())) == 2
    assert left(tmp_path) == ["compare", "histories", "lives", "runs", "studies"]


@pytest.mark.slow
def test_the_intake_before_the_fork_is_no_choice_of_a_scenario(tmp_path: Path) -> None:
    quota = "scenario.quota_per_year.city=9000"
    for more in ("history=keep", quota):
        assert cli.main(words(tmp_path, more)) == 0
    tables = [pd.read_parquet(path) for path in (tmp_path / "runs").glob("*/indicators.parquet")]
    past, future = (
        [table[condition(table["year"])].reset_index(drop=True) for table in tables]
        for condition in (lambda year: year <= FORK_YEAR, lambda year: year > FORK_YEAR)
    )
    assert past[0].equals(past[1])
    assert not future[0].equals(future[1])


@pytest.mark.slow
@pytest.mark.parametrize(
    "moment",
    ["past", "future", "writing"],
)
def test_a_killed_run_goes_on(
    moment: str, straight: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(os.getpid())
    ranges = {"past": (START + 13, FORK), "future": (FORK + 13, END), "writing": (0, 0)}
    month = chance.randint(*ranges[moment])
    history = "history=none" if moment == "past" else "history=keep"
    choices = words(tmp_path, "checkpoint=yearly", history)
    program = [sys.executable, "-c", KILLED, str(month), moment, *choices]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    months = count_steps(monkeypatch)
    assert cli.main(choices) == 0
    if moment == "writing":
        assert months[0] == month_index(2016, 1)
    else:
        assert months[0] == month - month % 12  # the January of the year in which it was killed
    check_equal(tmp_path, straight)
    assert left(tmp_path) == (
        ["lives", "runs"] if history == "history=none" else ["histories", "lives", "runs"]
    )


def stop_in(month: int, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send a signal amid a month under the scenario `adaptive`."""
    step = WorkforceModel.step

    def stopped(self: WorkforceModel) -> None:
        if self.month == month - 1 and self.policy.name == "adaptive":
            os.kill(os.getpid(), number)
        step(self)

    monkeypatch.setattr(WorkforceModel, "step", stopped)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "checkpoint", "kept"),
    [
        (signal.SIGTERM, "yearly", "what was lived until 2029-06 is kept"),
        (signal.SIGINT, "none", "finished runs and histories are kept"),
    ],
)
def test_a_signal_waits_for_the_end_of_the_month(
    number: int, checkpoint: str, kept: str, straight: Outcome, tmp_path: Path, capsys: Captured
) -> None:
    choices = words(tmp_path, f"checkpoint={checkpoint}")
    with pytest.MonkeyPatch.context() as patch:
        stop_in(month_index(2029, 6), number, patch)
        assert cli.main(choices) == 128 + number
    line = f"workforce: interrupted; {kept}, go on with: workforce {' '.join(choices)}"
    assert capsys.readouterr().err.strip() == line
    assert not (tmp_path / "runs").exists()
    with pytest.MonkeyPatch.context() as patch:
        months = count_steps(patch)
        assert cli.main(choices) == 0
    assert months[0] == (month_index(2029, 7) if checkpoint == "yearly" else FORK + 1)
    check_equal(tmp_path, straight)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@pytest.mark.slow
def test_a_comparison_that_is_stopped_goes_on(
    straight: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    choices = ["compare", "population.agents=5000", "seeds=1", "draws=0", "report.page=false", "threads=1"]
    choices += ["scenarios=[frozen,adaptive]", "checkpoint=yearly"]
    assert cli.main([*choices, f"results={tmp_path / 'straight'}"]) == 0
    again = [*choices, f"results={tmp_path / 'stopped'}", "history=none"]
    with pytest.MonkeyPatch.context() as patch:
        stop_in(month_index(2030, 3), signal.SIGTERM, patch)
        assert cli.main(again) == 143
    assert (
        "interrupted; 1 of 2 runs are kept; what was lived until 2030-03 is kept" in capsys.readouterr().err
    )
    assert left(tmp_path / "stopped") == ["checkpoints", "lives", "studies"]
    months = count_steps(monkeypatch)
    assert cli.main(again) == 0
    assert months == list(range(month_index(2030, 4), END + 1))
    assert left(tmp_path / "stopped") == ["compare", "lives", "studies"]
    one, other = (
        pd.read_parquet(tmp_path / name / "compare/default/paired.parquet")
        for name in ("straight", "stopped")
    )
    pd.testing.assert_frame_equal(one, other)
    kept, again_kept = (
        (tmp_path / name / "compare/default/biographies.parquet").read_bytes()
        for name in ("straight", "stopped")
    )
    assert kept == again_kept


def test_a_second_signal_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = []

    def stopped(self: WorkforceModel) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        reached.append(True)

    monkeypatch.setattr(WorkforceModel, "step", stopped)
    assert cli.main(words(tmp_path, "checkpoint=yearly")) == 130
    assert reached == []


def test_a_signal_ends_the_work_whatever_a_package_makes_of_it() -> None:
    def imported() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except KeyboardInterrupt:
            raise ImportError("numpy failed to import") from None

    with pytest.raises(Interruption) as ended, signals_end_work():
        imported()
    assert exit_code(ended.value) == 143


@pytest.mark.slow
def test_a_full_disk_does_not_end_the_run(
    straight: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    write, written = snapshots.write_arrays, []

    def full(path: Path, arrays: Any) -> Any:
        written.append(path)
        index = write(path, arrays)
        if len(written) in (3, 4):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return index

    monkeypatch.setattr(snapshots, "write_arrays", full)
    assert cli.main(words(tmp_path, "checkpoint=yearly")) == 0
    assert capsys.readouterr().err.splitlines() == [
        f"workforce: {what} that could not be kept: 1 (No space left on device); "
        "the simulation went on without"
        for what in ("checkpoints", "histories")
    ]
    assert len(written) == 4
    check_equal(tmp_path, straight)


@pytest.mark.slow
def test_a_damaged_checkpoint_is_not_used(
    straight: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    choices = words(tmp_path, "checkpoint=yearly")
    with monkeypatch.context() as patch:
        patch.setattr(Worker, "_keep", lambda *_: sys.exit(9))
        with pytest.raises(SystemExit):
            cli.main(choices)
    (folder,) = (tmp_path / "checkpoints").iterdir()
    os.truncate(folder / snapshots.ARRAYS, 1_000)
    months = count_steps(monkeypatch)
    assert cli.main(choices) == 0
    assert f"{folder} cannot be used" in capsys.readouterr().err
    assert months[0] == FORK + 1
    check_equal(tmp_path, straight)
