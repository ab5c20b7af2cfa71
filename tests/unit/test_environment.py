"""Variables of the environment, and whoever calls the command: one line, or the same answer as ever."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from experiments import cli
from experiments.runs.machine import now

SCRIPT = """
from multiprocessing import get_context
from experiments.runs.interruption import starting_processes

print("once")
with starting_processes():
    process = get_context("spawn").Process(target=len, args=("",))
    process.start()
process.join()
print(process.exitcode)
"""


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NUMBA_NUM_THREADS", "0"),
        ("NUMBA_NUM_THREADS", "many"),
        ("NUMBA_NUM_THREADS", "99999999"),
        ("NUMBA_THREADING_LAYER", "nonsense"),
        ("NUMBA_OPT", "fast"),
        ("NUMBA_DISABLE_JIT", "1"),
    ],
)
def test_what_numba_cannot_use_is_one_line(variable: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "experiments.cli", "status", "nothing"],
        env={**os.environ, variable: value}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert variable in done.stderr


@pytest.mark.parametrize("value", ["²", "1e9", "soon", "9" * 30])
def test_a_date_that_is_none_is_refused_before_anything_starts(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert cli.main(["compare"]) == 2
    assert f"SOURCE_DATE_EPOCH={value} is not a number of seconds" in capsys.readouterr().err


def test_dates_are_those_of_the_place_or_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    moment = datetime.fromisoformat(now())
    assert moment.utcoffset() == datetime.now().astimezone().utcoffset()
    assert abs(datetime.now().astimezone() - moment) < timedelta(minutes=1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert now() == "1970-01-02T00:00:00+00:00"


def test_figures_are_drawn_without_the_notebook_that_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its backend may not be installed here, and matplotlib then ends with an error after all lives."""
    seen = []

    def do(verb: str, words: list[str]) -> int:
        seen.append(os.environ.get("MPLBACKEND"))
        return 0

    monkeypatch.setattr(cli, "do", do)
    monkeypatch.setenv("MPLBACKEND", "module://nothing.inline")
    assert cli.main(["compare"]) == 0
    assert seen == [None]
    assert os.environ["MPLBACKEND"] == "module://nothing.inline"


def test_a_script_without_a_guard_is_not_run_again_by_its_processes(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["once", "0"]
