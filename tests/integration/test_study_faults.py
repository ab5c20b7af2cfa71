"""Studies on disks that are full or read-only, with clocks that jump, and with files that others spoilt."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from experiments import cli
from experiments.questions.sweep.reading import probabilities
from experiments.runs.presence import SILENT_SECONDS
from experiments.study.state import failed_lives, state_of
from tests.studies import digests, nothing_double, only_part, study

Captured = pytest.CaptureFixture[str]
WORDS = ["sweep", "name=one", "population=tiny", "launcher=basic", "threads=1", "scenarios=[frozen,reform]",
         "seeds=2", "draws=2"]  # fmt: skip
KNOWN: dict[str, str] = {}


def sweep(results: Path, *more: str) -> int:
    return cli.main([*WORDS, f"results={results}", *more])


def of_study(results: Path, verb: str, *more: str) -> int:
    return cli.main([verb, "one", f"results={results}", *more])


def one_line(capsys: Captured) -> str:
    """What was said on stderr, which is one line."""
    said = capsys.readouterr().err
    assert said.startswith("workforce: "), said
    assert said.count("\n") == 1, said
    return said


def whole(results: Path, expected: dict[str, str]) -> None:
    """Nothing is lost, nothing is double, nothing half-written is left."""
    assert digests(results) == expected
    assert nothing_double(results)
    assert state_of(study(results)).failed == 0
    left = [path for path in results.rglob(".*") if not path.name.startswith(".probe")]
    assert left == []


@pytest.fixture
def undisturbed(fake: ModuleType, tmp_path: Path) -> dict[str, str]:
    """States of a study to which nothing happens."""
    if not KNOWN:
        assert sweep(tmp_path / "undisturbed") == 0
        KNOWN.update(digests(tmp_path / "undisturbed"))
    return KNOWN


class Disk:
    """A small disk of its own."""

    def __init__(self, place: Path) -> None:
        self.place, self.results, self._filler = place, place / "results", place / "filler"

    def fill(self, free: int) -> None:
        """Leave so many bytes."""
        with self._filler.open("wb", buffering=0) as file:
            while (left := shutil.disk_usage(self.place).free) > free:
                file.write(b"x" * min(65_536, left - free))

    def clear(self) -> None:
        """Make space again."""
        self._filler.unlink()

    def remount(self, how: str) -> None:
        """Make it read-only (ro) or writable (rw)."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.place)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk that can be filled and be made read-only; root is needed to mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=4m", "study-test", str(place)]
    if not shutil.which("mount") or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield Disk(place)
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill_and_go_on(disk: Disk, free: int, expected: dict[str, str], capsys: Captured) -> int:
    """A study that begins with so little space, and goes on when there is more; the first exit code."""
    disk.fill(free)
    capsys.readouterr()
    code = sweep(disk.results)
    if code:
        assert code == 1
        assert "No space left on device" in one_line(capsys)
    disk.clear()
    assert sweep(disk.results) == 0
    whole(disk.results, expected)
    shutil.rmtree(disk.results)
    return code


@pytest.mark.parametrize("free", [0, pytest.param(24_576, marks=pytest.mark.slow)])
def test_a_disk_that_is_full_stops_a_study_that_goes_on_later(
    free: int, disk: Disk, undisturbed: dict[str, str], capsys: Captured
) -> None:
    assert fill_and_go_on(disk, free, undisturbed, capsys) == 1


@pytest.mark.slow
def test_a_disk_that_is_full_at_any_moment(disk: Disk, undisturbed: dict[str, str], capsys: Captured) -> None:
    codes = [fill_and_go_on(disk, free, undisturbed, capsys) for free in range(0, 163_840, 4_096)]
    assert codes[0] == 1
    assert codes[-1] == 0


@pytest.mark.slow
def test_a_full_disk_stops_processes_side_by_side(disk: Disk) -> None:
    words = [sys.executable, "-m", "experiments.cli", "sweep", "name=one", "population.agents=5000",
             "scenarios=[frozen,reform]", "seeds=2", "draws=2", f"results={disk.results}"]  # fmt: skip
    disk.fill(40_960)
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    lines = [line for line in done.stderr.splitlines() if "the simulation goes on" not in line]
    assert done.returncode == 1, done.stderr
    assert len(lines) == 1, lines
    assert "No space left on device" in lines[0]
    disk.clear()
    subprocess.run(words, capture_output=True, check=True, timeout=300)
    assert state_of(study(disk.results)).done == 8
    whole(disk.results, digests(disk.results))


def test_a_disk_that_fills_up_while_a_part_is_written(
    disk: Disk, undisturbed: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from experiments.runs import store

    write = store.seal

    def full(folder: Path, *rest: Any) -> None:
        disk.fill(0)
        write(folder, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(store, "seal", full)
        assert sweep(disk.results) == 1
    assert "No space left on device" in one_line(capsys)
    assert digests(disk.results) == {}
    disk.clear()
    assert sweep(disk.results) == 0
    whole(disk.results, undisturbed)


@pytest.mark.slow
def test_a_finished_study_on_a_full_disk(disk: Disk, undisturbed: dict[str, str], capsys: Captured) -> None:
    assert sweep(disk.results, "seeds=1") == 0
    assert of_study(disk.results, "expand", "seeds=+1") == 0
    assert of_study(disk.results, "export") == 0
    before = (study(disk.results).folder / "export/one.csv").read_bytes()
    disk.fill(0)
    capsys.readouterr()
    for verb, *more in (["status"], ["verify", "share=0"], ["retry"]):
        assert of_study(disk.results, verb, *more) == 0
    assert sweep(disk.results) in (0, 1)
    capsys.readouterr()
    exports = [["export"], ["export", "format=iamc"], ["export", "format=xlsx"]]
    for verb, *more in (["report"], *exports, ["compact"], ["verify"], ["expand", "seeds=+1"]):
        assert of_study(disk.results, verb, *more) == 1
        assert "No space left on device" in one_line(capsys)
    assert (study(disk.results).folder / "export/one.csv").read_bytes() == before
    disk.clear()
    whole(disk.results, undisturbed)
    for verb in ("report", "export", "compact", "verify"):
        assert of_study(disk.results, verb) == 0
    whole(disk.results, undisturbed)


@pytest.mark.slow
def test_results_that_are_read_only(disk: Disk, undisturbed: dict[str, str], capsys: Captured) -> None:
    assert sweep(disk.results, "seeds=1") == 0
    assert of_study(disk.results, "expand", "seeds=+1") == 0
    disk.remount("ro")
    capsys.readouterr()
    for verb, *more in (["status"], ["verify", "share=0"], ["retry"]):
        assert of_study(disk.results, verb, *more) == 0
    for verb, *more in (["report"], ["export"], ["compact"], ["verify"]):
        assert of_study(disk.results, verb, *more) == 1
        assert "Read-only file system" in one_line(capsys)
    assert of_study(disk.results, "expand", "seeds=+1") == 2
    assert "cannot be written" in one_line(capsys)
    assert sweep(disk.results) == 2
    assert "cannot be written" in one_line(capsys)
    disk.remount("rw")
    assert sweep(disk.results) == 0
    whole(disk.results, undisturbed)


def test_damage_on_a_disk_that_is_read_only_is_told(disk: Disk, fake: ModuleType, capsys: Captured) -> None:
    assert sweep(disk.results) == 0
    (only_part(disk.results) / "arrays.zst").write_bytes(b"")
    disk.remount("ro")
    capsys.readouterr()
    assert of_study(disk.results, "verify") == 1
    assert "Read-only file system" in one_line(capsys)
    disk.remount("rw")
    assert of_study(disk.results, "verify") == 1
    assert sweep(disk.results) == 0


# clocks


def elsewhere(kind: str) -> str:
    """What a process of another machine says of itself."""
    return json.dumps({"kind": kind, "host": "another", "pid": 1, "born": "1", "done": 0, "runs": 0})


@pytest.mark.parametrize("ahead", [10 * 365 * 86_400.0, -2 * SILENT_SECONDS])
@pytest.mark.parametrize("content", [elsewhere("launcher"), "{"])
def test_files_from_before_a_clock_was_set_hold_nobody_up(
    ahead: float, content: str, fake: ModuleType, results: Path
) -> None:
    presence = study(results).presence
    presence.mkdir(parents=True)
    for name in ("launcher", "launcher-1.json"):
        (presence / name).write_text(content)
        os.utime(presence / name, (time.time() + ahead,) * 2)
    assert sweep(results) == 0
    assert state_of(study(results)).done == 8


def test_a_clock_that_is_set_back_amid_a_study_changes_nothing(
    undisturbed: dict[str, str], results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, asked = time.time(), []

    def back() -> float:
        asked.append(0)
        return start - 3_600.0 * len(asked)

    monkeypatch.setattr(time, "time", back)
    assert sweep(results) == 0
    whole(results, undisturbed)


# launchers side by side

LAUNCHED = """
import sys
from experiments import cli
from experiments.runs import machine
from tests import fake_model
for module in ("sim.model", "sim.snapshot", "sim.outcomes.paired"):
    sys.modules[module] = fake_model
machine.compile_once = lambda: None
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_launchers_that_start_at_the_same_moment(undisturbed: dict[str, str], results: Path) -> None:
    words = [sys.executable, "-c", LAUNCHED, *WORDS, f"results={results}"]
    launchers = [subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
                 for _ in range(3)]  # fmt: skip
    said = [launcher.communicate(timeout=120)[1] for launcher in launchers]
    codes = [launcher.returncode for launcher in launchers]
    assert set(codes) <= {0, 2}, said
    assert 0 in codes, said
    for code, line in zip(codes, said, strict=True):
        assert line.count("\n") == (code == 2), line
    assert sweep(results) == 0
    whole(results, undisturbed)


# files that others spoilt


def spoil_figures(results: Path) -> Path:
    part = only_part(results)
    content = bytearray((part / "arrays.zst").read_bytes())
    content[len(content) // 2] ^= 1
    (part / "arrays.zst").write_bytes(bytes(content))
    return part


def test_no_figure_comes_from_a_damaged_part(
    undisturbed: dict[str, str], results: Path, capsys: Captured
) -> None:
    assert sweep(results) == 0
    folder = spoil_figures(results)
    capsys.readouterr()
    for verb in ("report", "export"):
        assert of_study(results, verb, *(["pages=0"] if verb == "report" else [])) == 2
        assert f"{folder} is damaged" in (said := one_line(capsys))
        assert "workforce verify sweep/one puts it aside" in said
    assert of_study(results, "verify", "share=0") == 1
    assert sweep(results) == 0
    whole(results, undisturbed)
    assert of_study(results, "export") == 0


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, *(pytest.param(text, marks=pytest.mark.slow) for text in ("[]", '{"digest": 1}'))],
)
def test_a_design_of_another_shape_is_written_anew(
    content: str, undisturbed: dict[str, str], results: Path, capsys: Captured
) -> None:
    assert sweep(results) == 0
    (study(results).folder / "study.json").write_text(content)
    capsys.readouterr()
    assert of_study(results, "status") == 2
    assert "is damaged; give the command of the study again" in one_line(capsys)
    assert sweep(results) == 0
    whole(results, undisturbed)


@pytest.mark.parametrize(
    "name",
    [
        "plan.json",
        pytest.param("presence/launcher", marks=pytest.mark.slow),
    ],
)
def test_what_lies_in_the_way_is_named(
    name: str, undisturbed: dict[str, str], results: Path, capsys: Captured
) -> None:
    path = study(results).folder / name
    path.parent.mkdir(parents=True)
    (path / "inside").mkdir(parents=True)
    capsys.readouterr()
    assert sweep(results) == 2
    said = one_line(capsys)
    assert str(path) in said
    assert "away" in said
    path.rename(results / "away")
    assert sweep(results) == 0
    whole(results, undisturbed)


def test_settings_are_numbered_by_a_plan_that_was_written_anew(fake: ModuleType, results: Path) -> None:
    grid = "grid.parameters.quit_per_year="
    assert sweep(results, f"{grid}[0.12,0.15]", "seeds=1", "draws=1") == 0
    before = probabilities(study(results)).set_index("setting")
    (study(results).folder / "study.json").write_text("")
    fake.calls.clear()
    assert sweep(results, f"{grid}[0.15,0.12]", "seeds=1", "draws=1") == 0
    assert fake.calls == []
    after = probabilities(study(results)).set_index("setting").rename({0: 1, 1: 0})
    pd.testing.assert_frame_equal(after.sort_index(kind="stable"), before)
    assert of_study(results, "verify", "share=1") == 0


def test_figures_are_those_of_the_plan(fake: ModuleType, results: Path) -> None:
    assert sweep(results) == 0
    (study(results).folder / "study.json").write_text("")
    assert sweep(results, "seeds=1", "draws=1") == 0
    assert set(probabilities(study(results))["runs"]) == {1}
    assert of_study(results, "export") == 0
    assert set(pd.read_csv(study(results).folder / "export/one.csv")["runs"]) == {1}


def test_failures_of_other_runs_do_not_count(fake: ModuleType, results: Path) -> None:
    assert sweep(results) == 0
    study(results).failed.mkdir()
    (study(results).failed / "0123456789abcdef.json").write_text("[1]")
    assert failed_lives(study(results)) == {}
    assert (state_of(study(results)).waiting, state_of(study(results)).failed) == (0, 0)


@pytest.mark.parametrize("pid", ["Infinity", "[]"])
def test_presence_that_says_nothing_holds_nobody_up(pid: str, fake: ModuleType, results: Path) -> None:
    presence = study(results).presence
    presence.mkdir(parents=True)
    facts = json.dumps({"kind": "job", "host": os.uname().nodename, "born": "1", "done": 0, "runs": 0})
    (presence / "job-1.json").write_text(f'{facts[:-1]}, "pid": {pid}}}')
    (presence / ".job-2.json").mkdir()
    assert sweep(results) == 0
    assert of_study(results, "status") == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["status", "one", "-m"], "-m has no meaning here"),
        (["sweep", "-m", "seeds=1,2"], "-m has no meaning here"),
        (["status", "name=${nothing}"], "name: Interpolation key 'nothing' not found"),
        (["sweep", "name=${oc.env:NOTHING_OF_THIS_NAME}"], "name: KeyError raised"),
        (["sweep", "parameters.quit_per_year={a:${b}}"], "Interpolation key 'b' not found"),
        (["status", "json=${name}"], "json takes yes or no"),
        (["sweep", "grid.parameters=frozen"], "grid.parameters must hold"),
        (["sweep", f"seeds={'9' * 5000}"], "is not understood"),
        (["sweep", "results=\0"], "cannot be a folder"),
        (["status", "one", "results=\udcff"], "cannot be a folder"),
        (["status", "one", f"results={'a' * 300}"], "cannot be a folder (File name too long)"),
        (["status", "one", "results="], "results is empty"),
        (["verify", "one", "seed=-1"], "seed=-1 must be"),
        (["verify", "one", "threads=0"], "threads=0 is not possible"),
    ],
)
def test_words_that_nobody_should_type(words: list[str], line: str, tmp_path: Path, capsys: Captured) -> None:
    results = [] if any(word.startswith("results") for word in words) else [f"results={tmp_path}"]
    assert cli.main([*words, *results]) == 2
    assert line in one_line(capsys)


def test_no_study_is_expanded_beyond_its_most_runs(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert sweep(results, "most_runs=8") == 0
    capsys.readouterr()
    assert of_study(results, "expand", "seeds=+1") == 2
    assert "most_runs=8 allows fewer: its command" in one_line(capsys)
    assert sweep(results, "most_runs=12") == 0
    assert of_study(results, "expand", "seeds=+1") == 0
    assert state_of(study(results)).done == 12
