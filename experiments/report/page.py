"""The page of a comparison: one HTML file that works offline, with the files of its figures beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jinja2

from experiments.report.body import Body
from experiments.report.canvas import NARROW, WIDE, Picture, data_uri, drawing_style
from experiments.report.chart import Chart
from experiments.report.contents import SECTIONS, Section
from experiments.report.reading import Comparison, NotRecorded
from experiments.report.registry import FIGURES, Entry
from experiments.report.words import DASH, count

TEMPLATES: Final = Path(__file__).parent / "templates"
KINDS: Final = ("png", "svg", "csv")
JOINER: Final = "\N{WORD JOINER}"


@dataclass(frozen=True)
class ShownFigure:
    """A figure as the page embeds it."""

    id: str
    number: int
    chart: Chart
    wide: str
    narrow: str
    csv: str


@dataclass(frozen=True)
class ShownSection:
    """A section as the page shows it; ``missing`` says what the store lacks."""

    section: Section
    body: Body
    figures: tuple[ShownFigure, ...]
    missing: tuple[str, ...]


def write_report(folder: Path) -> Path:
    """Write ``report.html`` and ``figures/`` from the files of a comparison.

    Parameters
    ----------
    folder
        A folder ``results/compare/<name>`` with its tables written.

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    NotRecorded
        When the folder names no scenario at all.
    """
    folder = Path(folder)
    comparison = Comparison(folder)
    figures = folder / "figures"
    figures.mkdir(exist_ok=True)
    with drawing_style():
        sections = _sections(comparison, figures)
    page = folder / "report.html"
    _replace(page, _render(comparison, sections).encode("utf-8"))
    return page


def _sections(comparison: Comparison, folder: Path) -> list[ShownSection]:
    shown, number = [], 0
    for section in SECTIONS:
        missing, figures = [], []
        try:
            body = section.build(comparison)
        except NotRecorded as lack:
            body = Body()
            missing.append(str(lack))
        for entry in FIGURES:
            if entry.section != section.id:
                continue
            try:
                figures.append(_figure(comparison, entry, folder, number + 1))
                number += 1
            except NotRecorded as lack:
                _remove(folder, entry.id)
                missing.append(str(lack))
        shown.append(ShownSection(section, body, tuple(figures), tuple(dict.fromkeys(missing))))
    return shown


def _figure(comparison: Comparison, entry: Entry, folder: Path, number: int) -> ShownFigure:
    """Build, draw and save one figure; raises NotRecorded before anything is drawn."""
    chart = entry.build(comparison)
    csv = chart.data.to_csv(index=False, float_format="%.6g", lineterminator="\n").encode("utf-8")
    wide = Picture(chart.draw(WIDE), chart.title, _source(comparison))
    svg = wide.svg()
    for kind, content in zip(KINDS, (wide.png(), svg, csv), strict=True):
        _replace(folder / f"{entry.id}.{kind}", content)
    return ShownFigure(
        id=entry.id,
        number=number,
        chart=chart,
        wide=data_uri(wide.cropped(svg), "image/svg+xml"),
        narrow=data_uri(Picture(chart.draw(NARROW)).svg(), "image/svg+xml"),
        csv=data_uri(csv, "text/csv"),
    )


def _source(comparison: Comparison) -> str:
    name = comparison.manifest.get("name") or comparison.folder.name
    runs = count(comparison.number_of_runs, "run")
    return f"Workforce 2035, comparison {name}, {runs} of each scenario. Simulated, not observed."


def rendered(template: str, **context: Any) -> str:
    """A page from a template, with the style of all pages; every text is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["unbroken"] = unbroken
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return environment.get_template(template).render(style=style, **context)


def _render(comparison: Comparison, sections: list[ShownSection]) -> str:
    created = str(comparison.manifest.get("created") or "")
    return rendered(
        "page.html",
        name=comparison.manifest.get("name") or comparison.folder.name,
        date=created[:10] or "date not recorded",
        scenarios=comparison.scenarios,
        runs=count(comparison.number_of_runs, "run"),
        last_year=comparison.last_year,
        sections=sections,
    )


def unbroken(text: str) -> str:
    """The text with ranges that no line end can part."""
    return text.replace(DASH, f"{JOINER}{DASH}{JOINER}")


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)


def _remove(folder: Path, figure: str) -> None:
    """Remove files of a figure that an earlier page had and this one has not."""
    for kind in KINDS:
        (folder / f"{figure}.{kind}").unlink(missing_ok=True)
