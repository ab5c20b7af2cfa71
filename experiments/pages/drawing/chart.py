"""What a figure is before it is drawn: a finding, its data, words for those who cannot see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.pages.drawing.canvas import Layout

Data = TypeVar("Data")


@dataclass(frozen=True)
class Chart:
    """One figure of the page.

    Attributes
    ----------
    title
        The finding, in words and numbers computed from ``data``.
    alternative
        What the picture shows, for readers who do not see it.
    data
        The numbers behind the picture; becomes the CSV file.
    draw
        Draws the picture, without its title, for a wide or a narrow page.
    note
        How to read the picture, one or two sentences.
    """

    title: str
    alternative: str
    data: pd.DataFrame
    draw: "Callable[[Layout], Figure]"
    note: str = ""


@dataclass(frozen=True)
class Entry(Generic[Data]):
    """A figure of a page: name of its files, section it stands in, and what builds its chart."""

    id: str
    section: str
    build: Callable[[Data], Chart]
