"""Processes that draw beside this one, so that a page of many figures takes less time.

A painter reads sketches and writes drawings until its input ends, and that ends with whoever started it, in
whichever way. What no painter has begun is drawn here, and so is what a painter could not draw: neither their
number nor their fate changes a page.
"""

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from queue import SimpleQueue
from typing import Final

from experiments.pages.drawing.drawn import Drawn, Sketch, drawn
from experiments.pages.language import language, spoken

FEWEST: Final = 6  # figures of a page that are worth the second of a processor in which a painter gets ready
MOST: Final = 3  # painters, of 200 MB each


class Painters:
    """Processes that wait for sketches; they last as long as this one, for one page after the other."""

    def __init__(self, number: int) -> None:
        self._processes = [_started() for _ in range(number)]
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(number)  # which wait for the processes
        atexit.register(self.close)

    def begin(self, sketch: Sketch) -> Future[Drawn | None]:
        """Have a sketch drawn, in the language of the page; None for one that could not be."""
        return self._threads.submit(self._drawn, pickle.dumps((sketch, language())))

    def close(self) -> None:
        """End the processes."""
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.communicate()

    def _drawn(self, sketch: bytes) -> Drawn | None:
        process = self._idle.get()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(sketch)
            process.stdin.flush()
            found: Drawn | None = pickle.load(process.stdout)  # noqa: S301 - a painter of ours wrote it
        except (OSError, EOFError, pickle.UnpicklingError):  # it was ended
            return None
        finally:
            self._idle.put(process)
        return found


class Drawings:
    """The drawings of a page, in the order of their sketches."""

    def __init__(self, painters: Painters | None) -> None:
        self._painters = painters
        self._sketches: list[Sketch] = []
        self._begun: list[Future[Drawn | None]] = []

    def begin(self, sketch: Sketch) -> None:
        """Have a sketch drawn while the page goes on."""
        self._sketches.append(sketch)
        self._begun.append(self._painters.begin(sketch) if self._painters else Future())

    def finish(self) -> list[Drawn]:
        """All drawings; from the last one on, those that no painter has begun are drawn here."""
        here = {}
        for place in reversed(range(len(self._begun))):
            if self._begun[place].cancel():
                here[place] = drawn(self._sketches[place])
        both = enumerate(zip(self._sketches, self._begun, strict=True))
        return [here.get(place) or begun.result() or drawn(sketch) for place, (sketch, begun) in both]

    def leave(self) -> None:
        """Begin nothing more."""
        for begun in self._begun:
            begun.cancel()


@contextmanager
def drawings(number: int) -> Iterator[Drawings]:
    """The drawings of a page of so many figures, about."""
    found = Drawings(_painters() if number >= FEWEST else None)
    try:
        yield found
    finally:
        found.leave()


@cache
def _painters() -> Painters | None:
    """One for each further core; none where there is none, or where the system starts no more processes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        return Painters(min(cores - 1, MOST)) if cores > 1 else None
    except OSError:
        return None


def _started() -> "subprocess.Popen[bytes]":
    """A painter, which Ctrl-C in the terminal does not reach."""
    words = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import serve; serve()"
    return subprocess.Popen(  # noqa: S603 - a program of ours
        [sys.executable, "-c", words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )


def serve() -> None:
    """Draw what comes in, until nothing comes any more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is said is no answer
    while True:
        try:
            sketch, code = pickle.load(sys.stdin.buffer)  # noqa: S301 - from whoever started this process
        except EOFError:
            return
        try:
            with spoken(code):
                found = drawn(sketch)
        except Exception:  # noqa: BLE001 - drawn again where it can be told
            found = None
        pickle.dump(found, answers)
        answers.flush()
