from multiprocessing import get_context

import pytest

from experiments.runs import progress
from experiments.runs.pool import Told


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (45, "45 s"), (59.7, "1 min 0 s"), (200, "3 min 20 s"), (7_500, "2 h 5 min")],
)
def test_durations_read_as_people_say_them(seconds: float, text: str) -> None:
    assert progress.duration(seconds) == text


def test_lines_estimate_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 11.0, 12.0, 30.0, 60.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    lines = progress.Lines(4)
    lines.begin("seed 1 of 1")
    for year in range(2015, 2019):
        lines.year(year)
    assert capsys.readouterr().out.splitlines() == [
        " 25 %  seed 1 of 1, about 33 s left",
        " 75 %  seed 1 of 1, about 10 s left",
    ]


def test_what_several_processes_cannot_keep_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    watching, context = progress.Lines(1), get_context("spawn")
    told = Told(context.Value("q", 0), context.Value("q", 0), context.SimpleQueue(), context.Event())
    for _ in range(3):
        told.unkept("histories", "No space left on device")
        told.pass_on(watching)
    watching.close()
    assert capsys.readouterr().err == (
        "workforce: histories that could not be kept: 3 (No space left on device); "
        "the simulation went on without\n"
    )


def test_a_bar_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    assert isinstance(progress.watch(1), progress.Lines)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    bar = progress.watch(1)
    assert isinstance(bar, progress.Bar)
    bar.begin("x")
    bar.year(2015)
    bar.close()
