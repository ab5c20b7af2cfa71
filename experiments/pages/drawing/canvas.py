"""Sheets to draw on, and their files: the same inputs give the same bytes on every machine."""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from experiments.pages.drawing.arrange import arrange
from experiments.pages.drawing.compact import compact
from experiments.pages.fonts import FAMILIES, letters, register
from experiments.pages.words import width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK: Final = "#1d2733"
SOFT: Final = "#5b6673"
RULE: Final = "#d9dee4"
PAPER: Final = "#ffffff"
TARGET: Final = "#a3123f"
DOTS_PER_INCH: Final = 160
TITLE_LETTERS_PER_INCH: Final = 11.6
KEY_LINE: Final = 0.17  # inches
FRAME: Final = "frame"  # the name of title and source in the SVG
PLAIN: Final = "/:;,=()'!*+$@?"  # stand for themselves in an address and in an attribute of HTML
# A Chinese sign or a word, with its unit and marks that may not end or begin a line; or the space between.
PIECE: Final = re.compile(
    r"[\u201c\uff08\u300a]*(?:(?![\uff08\u300a])[\u2e80-\uffee]|[^\s\u2e80-\uffee]+)"
    r"(?:\xa0(?:[\u2e80-\uffee]|[^\s\u2e80-\uffee]+))*"
    r"[\u3001\u3002\uff0c\uff1a\uff1b\uff09\u300b\u201d]*|\s+|."
)


@dataclass(frozen=True)
class Layout:
    """A width to draw for, in inches, and how many panels stand side by side."""

    width: float
    columns: int

    @property
    def narrow(self) -> bool:
        """True for the sheet of a telephone."""
        return self.columns == 1

    def letters(self, across: int, beside: float = 0.5) -> int:
        """Letters that the title of a panel has room for when so many stand side by side.

        ``beside``: inches that names or ticks take at the left of the first.
        """
        return int((self.width - beside) / across * TITLE_LETTERS_PER_INCH)


WIDE: Final = Layout(width=7.6, columns=2)
NARROW: Final = Layout(width=3.7, columns=1)

STYLE: Final[Any] = {
    "font.family": FAMILIES,
    "font.size": 8,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a title is a dollar sign
    "axes.edgecolor": SOFT,
    "axes.labelcolor": SOFT,
    "axes.linewidth": 0.6,
    "axes.titlesize": 8.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 6,
    "axes.labelsize": 7.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "xtick.major.width": 0.6,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.7,
    "lines.linewidth": 1.6,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.hashsalt": "workforce2035",
    "svg.fonttype": "path",
    "path.simplify": True,
}


@contextmanager
def drawing_style() -> Iterator[None]:
    """The style of the page, whatever the user's own matplotlib settings are."""
    import matplotlib as mpl

    register()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        yield


def sheet(
    layout: Layout, panels: int, height: float, columns: int | None = None
) -> "tuple[Figure, list[Axes]]":
    """A figure with so many panels of this height (inches), filled row by row."""
    from matplotlib.figure import Figure

    across = min(panels, columns or layout.columns)
    down = -(-panels // across)
    figure = Figure(figsize=(layout.width, down * height), dpi=DOTS_PER_INCH)
    return figure, [figure.add_subplot(down, across, place + 1) for place in range(panels)]


def key(figure: "Figure", handles: Sequence[Any], columns: int) -> None:
    """Name marks or fills in a row above the panels, in room of its own."""
    width, height = figure.get_size_inches()
    lines = max(str(handle.get_label()).count("\n") + 1 for handle in handles)
    figure.set_size_inches(width, height + KEY_LINE * lines * -(-len(handles) // columns) + 0.12)
    figure.legend(
        handles=handles, loc="upper left", ncols=columns, frameon=False, fontsize=7.5, labelcolor=INK,
        handlelength=1.5, handletextpad=0.4, columnspacing=1.3, borderaxespad=0.1,
    )  # fmt: skip


def wrapped(text: str, letters_per_line: int) -> list[str]:
    """The text in lines; a Chinese sign is as wide as two letters, and a line may end after each."""
    lines, room = [""], letters_per_line
    for piece in PIECE.findall(text):
        width = width_of(piece)
        if width > room and lines[-1]:
            lines.append("")
            room = letters_per_line
        if lines[-1] or not piece.isspace():
            lines[-1] += piece
            room -= width
    return [line.rstrip() for line in lines if line]


def fitted(text: str, letters_per_line: int) -> str:
    """A text of the user's in two lines at most; of a longer one, its beginning and its end."""
    lines = wrapped(drawable(text), letters_per_line)
    if len(lines) <= 2 and all(width_of(line) <= letters_per_line for line in lines):
        return "\n".join(lines)
    shown = drawable(text)
    first, last = _within(shown, letters_per_line), _within(shown[::-1], letters_per_line - 1)[::-1]
    return first if first == shown else f"{first.rstrip()}\n…{last.lstrip()}"


def _within(text: str, letters: int) -> str:
    """The beginning of a text that is as wide as so many letters."""
    end = 0
    while end < len(text) and width_of(text[: end + 1]) <= letters:
        end += 1
    return text[:end]


class Picture:
    """A drawn figure with room for its title and source, ready to be saved.

    Parameters
    ----------
    figure
        What a chart drew, its layout not yet worked out.
    title, source
        Set above and below the drawing; both may be empty.
    """

    def __init__(self, figure: "Figure", title: str = "", source: str = "") -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self.figure, self.title = figure, title
        canvas: Any = FigureCanvasAgg(figure)
        self._canvas = canvas  # one for measuring and drawing, since it measures each text once
        width, self.body = figure.get_size_inches()
        lines = wrapped(drawable(title), int(width * TITLE_LETTERS_PER_INCH))
        self.above, self.below = 0.2 * len(lines) + 0.14 if lines else 0.0, 0.25 if source else 0.0
        total = self.above + self.body + self.below
        key_height = 0.0
        for legend in figure.legends:
            legend.set_bbox_to_anchor((0, self.below + self.body), transform=figure.dpi_scale_trans)
            key_height = legend.get_window_extent().height / figure.dpi + 0.08
        figure.set_size_inches(width, total)
        arrange(figure, canvas.get_renderer(), self.below, self.above + key_height)
        for text, down, size, weight, colour in (
            ("\n".join(lines), 0.08, 10, "bold", INK),
            (drawable(source), total - 0.2, 6.5, "normal", SOFT),
        ):
            if text:
                figure.text(
                    0.008, 1 - down / total, text, va="top", ha="left", linespacing=1.25, size=size,
                    weight=weight, color=colour, gid=FRAME, zorder=10,
                )  # fmt: skip

    def png(self) -> bytes:
        """The whole sheet as PNG, without a date."""
        stream = io.BytesIO()
        self._canvas.print_png(stream, metadata={"Software": None})
        return stream.getvalue()

    def svg(self) -> bytes:
        """The whole sheet as SVG, without a date."""
        return compact(self._drawn)

    def cropped(self) -> bytes:
        """The SVG without its title and source, which the page sets as text of its own."""
        svg = compact(self._drawn, without=FRAME)
        tag, closed, rest = svg.partition(b">")
        width, height = self.figure.get_size_inches()[0] * 72, self.body * 72
        frame = f" height='{height:g}pt' viewBox='0 {self.above * 72:g} {width:g} {height:g}'"
        tag = re.sub(rb" (height|viewBox)='[^']*'", b"", tag) + frame.encode()
        return tag + closed + rest

    @cached_property
    def _drawn(self) -> bytes:
        """What matplotlib writes."""
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        stream = io.BytesIO()
        canvas: Any = FigureCanvasSVG(self.figure)
        title = {"Title": self.title} if self.title else {}
        canvas.print_svg(stream, metadata={"Date": None, "Creator": None, **title})
        self.figure.dpi = DOTS_PER_INCH  # the SVG writer leaves its own behind
        return stream.getvalue()


def data_uri(content: bytes, kind: str) -> str:
    """Content as an address that needs no other file; it holds no sign that HTML would read as its own."""
    return f"data:{kind},{quote(content, safe=PLAIN)}"


def drawable(text: str) -> str:
    """The text with every letter that the fonts lack as a question mark, so that none is lost unseen.

    Marks that are never seen, such as those that turn the direction, are left out.
    """
    seen = (letter for letter in text if unicodedata.category(letter) != "Cf")
    return "".join(letter if letter == "\n" or ord(letter) in letters() else "?" for letter in seen)
