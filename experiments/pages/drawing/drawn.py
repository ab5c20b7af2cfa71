"""All drawings of one chart, as bytes: its files, and what the page embeds."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.pages.drawing.canvas import NARROW, WIDE, Layout, Picture, drawing_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Sketch:
    """What is drawn: a chart without its data, its title, and the source that stands below it."""

    draw: "Callable[[Layout], Figure]"
    title: str
    source: str


@dataclass(frozen=True)
class Drawn:
    """``png`` and ``svg`` are files, with title and source; ``wide`` and ``narrow`` are SVG without."""

    png: bytes
    svg: bytes
    wide: bytes
    narrow: bytes


def drawn(sketch: Sketch) -> Drawn:
    """Draw a chart once for a wide page and once for a narrow one."""
    with drawing_style(), _garbage_left():
        wide = Picture(sketch.draw(WIDE), sketch.title, sketch.source)
        return Drawn(wide.png(), wide.svg(), wide.cropped(), Picture(sketch.draw(NARROW)).svg())


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Look for garbage once, after the drawing: its thousand parts all refer to each other until then."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
