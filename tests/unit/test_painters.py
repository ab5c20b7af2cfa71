"""Figures that other processes draw: the same bytes, whoever draws, and no process that stays behind."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from experiments.pages.body import NotRecorded
from experiments.pages.drawing import painters
from experiments.pages.drawing.canvas import Layout, sheet
from experiments.pages.drawing.drawn import Drawn, Sketch, drawn
from experiments.pages.drawing.painters import Drawings, Painters
from experiments.pages.language import say, spoken
from experiments.questions.compare import reading
from experiments.questions.compare.figures.registry import FIGURES
from experiments.questions.compare.page import write_report
from experiments.questions.compare.reading import Comparison
from tests.synthetic_store import write_store

MOST_SENT = 500_000  # bytes of a sketch
PARENT = """
import time
from experiments.pages.drawing.painters import Painters
print(Painters(1)._processes[0].pid, flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("painted"), scenarios=2, runs=4)


def line(layout: Layout, end: float):
    figure, (axes,) = sheet(layout, 1, 2.0)
    axes.plot([0.0, 1.0], [0.0, end], label=say("All three"))
    return figure


def broken(layout: Layout):
    raise ZeroDivisionError


def sketches(number: int) -> list[Sketch]:
    return [Sketch(partial(line, end=float(end)), f"Line {end}", say("All three")) for end in range(number)]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_drawings_are_the_same_whoever_draws(code: str) -> None:
    others = Painters(1)
    with spoken(code):
        here, there = Drawings(None), Drawings(others)
        for sketch in sketches(2):
            here.begin(sketch)
            there.begin(sketch)
        assert [begun.result() for begun in there._begun] == there.finish() == here.finish()
    others.close()


def test_what_a_painter_cannot_draw_is_drawn_or_refused_here() -> None:
    others = Painters(1)
    drawing = Drawings(others)
    drawing.begin(Sketch(broken, "", ""))
    assert drawing._begun[0].result() is None
    with pytest.raises(ZeroDivisionError):
        drawing.finish()
    others._processes[0].kill()
    alone = Drawings(others)
    alone.begin(sketches(1)[0])
    assert alone._begun[0].result() is None
    assert alone.finish() == [drawn(sketches(1)[0])]
    others.close()


def test_a_painter_ends_with_the_process_that_started_it() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        painter = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    for _ in range(100):
        try:
            os.kill(painter, 0)
        except ProcessLookupError:
            return
        with suppress(ChildProcessError):
            os.waitpid(painter, os.WNOHANG)
        time.sleep(0.1)
    pytest.fail("the painter goes on")


def test_few_figures_are_worth_no_further_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painters, "_painters", lambda: pytest.fail("a painter was asked for"))
    with painters.drawings(painters.FEWEST - 1) as drawing:
        drawing.begin(sketches(1)[0])
        assert drawing.finish() == [drawn(sketches(1)[0])]


def test_a_chart_takes_to_a_painter_what_it_shows_and_no_more(store: Path) -> None:
    comparison = Comparison(store)
    for entry in FIGURES:
        with suppress(NotRecorded):
            assert len(pickle.dumps(entry.build(comparison).draw)) < MOST_SENT, entry.id


def test_a_page_draws_each_figure_once_and_reads_each_figure_once(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawings: Counter[str] = Counter()
    read: Counter[str] = Counter()
    batches = reading.read_batches

    def counted(sketch: Sketch):
        drawings[sketch.title] += 1
        return Drawn(b"", b"", b"", b"")

    def noted(path: Path, filters):
        read[str(filters[0])] += 1
        return batches(path, filters)

    monkeypatch.setattr(painters, "_painters", lambda: None)
    monkeypatch.setattr(painters, "drawn", counted)
    monkeypatch.setattr(reading, "read_batches", noted)
    write_report(store)
    assert len(drawings) > 15
    assert set(drawings.values()) == set(read.values()) == {1}
    assert len(read) <= 8, "the country, and some indicators by province"
