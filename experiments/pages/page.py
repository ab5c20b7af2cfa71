"""A page of sections and figures: one HTML file that works offline, its figures also as files beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jinja2

from experiments.pages.body import Body, NotRecorded, Section
from experiments.pages.drawing.canvas import data_uri
from experiments.pages.drawing.chart import Chart, Entry
from experiments.pages.drawing.drawn import Drawn, Sketch
from experiments.pages.drawing.painters import Drawings, drawings
from experiments.pages.evidence import Evidence, evidence
from experiments.pages.fonts import embedded
from experiments.pages.language import TAGS, gap, in_language, language, say
from experiments.pages.user_set import NOTHING, UserSet
from experiments.pages.words import DASH
from experiments.pages.workbook import Sheet, workbook
from experiments.tables.handed_out import csv_bytes, read_csv

TEMPLATES: Final = Path(__file__).parent / "templates"
KINDS: Final = ("png", "svg", "csv")
DIGITS: Final = 6  # significant ones of the numbers beside a figure
JOINER: Final = "\N{WORD JOINER}"
COUNTED: Final = re.compile(r"\d[\u4e00-\u9fff]{1,4}(?![\u4e00-\u9fff])")  # a number with a Chinese unit


@dataclass(frozen=True)
class Page:
    """What a page is made of.

    Attributes
    ----------
    title, headline, facts, origin
        Of the window, over the page, below the headline, and at the end.
    sections, figures
        In the order of reading; each is built from the data of the page.
    source
        Stands under every figure that is saved.
    created
        Date and time of the results, as in a manifest; empty when not known.
    changed
        What has changed since the numbers were made; empty when nothing.
    tables
        Names of the tables beside the page that the workbook holds too, as far as they are there.
    user_set
        What the user changed: stands before the answer, and in full as the last section.
    """

    title: str
    headline: str
    facts: str
    origin: str
    sections: Sequence[Section[Any]]
    figures: Sequence[Entry[Any]]
    source: str
    created: str = ""
    changed: str = ""
    tables: Sequence[str] = ()
    user_set: UserSet = NOTHING

    @property
    def all_sections(self) -> list[Section[Any]]:
        """The sections, and one for what the user set."""
        return [*self.sections, self.user_set.section()] if self.user_set.rows else list(self.sections)


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

    section: Section[Any]
    body: Body
    figures: tuple[ShownFigure, ...]
    missing: tuple[str, ...]

    @property
    def evidence(self) -> Evidence | None:
        """How well the numbers of the section are evidenced."""
        return evidence(self.section.rests_on) if self.section.rests_on else None


def write_page(folder: Path, page: Page, data: Any) -> Path:
    """Write ``report.html``, ``figures/`` and ``report.xlsx`` into a folder, named after the language."""
    figures = folder / in_language("figures")
    figures.mkdir(exist_ok=True)
    sections = _sections(page, data, figures)
    figures_shown = [one for shown in sections for one in shown.figures]
    sheets = [Sheet(f"figure_{one.id}", one.chart.title, one.chart.data) for one in figures_shown]
    name = in_language("report")
    first = [page.user_set.sheet()] if page.user_set.rows else []
    tables = [*first, *_tables(folder, page.tables), *sheets]
    replace(folder / f"{name}.xlsx", workbook(page.headline, tables))
    path = folder / f"{name}.html"
    html = rendered(
        "page.html",
        page=page,
        sections=sections,
        figures=figures.name,
        workbook=f"{name}.xlsx",
        changed=page.changed,
    )
    replace(path, html.encode("utf-8"))
    return path


def _tables(folder: Path, names: Sequence[str]) -> list[Sheet]:
    """The tables of these names that stand beside the page; whatever else lies there is not ours."""
    paths = [folder / f"{name}.csv" for name in sorted(names)]
    return [
        Sheet(path.stem, say("all rows of {file}", file=path.name), read_csv(path))
        for path in paths
        if path.is_file()
    ]


def _sections(page: Page, data: Any, folder: Path) -> list[ShownSection]:
    """All sections; their figures are drawn while the next ones are built."""
    with drawings(len(page.figures)) as drawing:
        built = [_built(section, page, data, drawing) for section in page.all_sections]
        drawn = enumerate(drawing.finish(), start=1)
    for name in {entry.id for entry in page.figures} - {name for one in built for name, _ in one.charts}:
        _remove(folder, name)
    return [
        ShownSection(
            one.section,
            one.body,
            tuple(_figure(name, chart, folder, *next(drawn)) for name, chart in one.charts),
            tuple(dict.fromkeys(one.missing)),
        )
        for one in built
    ]


@dataclass(frozen=True)
class _Built:
    """A section whose charts, by name, are not drawn yet."""

    section: Section[Any]
    body: Body
    charts: list[tuple[str, Chart]]
    missing: list[str]


def _built(section: Section[Any], page: Page, data: Any, drawing: Drawings) -> _Built:
    """Build a section, and begin its charts."""
    body, charts, missing = Body(), [], []
    try:
        body = section.build(data)
    except NotRecorded as lack:
        missing.append(str(lack))
    for entry in page.figures:
        if entry.section != section.id:
            continue
        try:
            chart = entry.build(data)
        except NotRecorded as lack:
            missing.append(str(lack))
            continue
        drawing.begin(Sketch(chart.draw, chart.title, page.source))
        charts.append((entry.id, chart))
    return _Built(section, body, charts, missing)


def _figure(name: str, chart: Chart, folder: Path, number: int, drawn: Drawn) -> ShownFigure:
    """Save one figure."""
    csv = csv_bytes(chart.data, DIGITS)
    for kind, content in zip(KINDS, (drawn.png, drawn.svg, csv), strict=True):
        replace(folder / f"{name}.{kind}", content)
    return ShownFigure(
        id=name,
        number=number,
        chart=chart,
        wide=data_uri(drawn.wide, "image/svg+xml"),
        narrow=data_uri(drawn.narrow, "image/svg+xml"),
        csv=data_uri(csv, "text/csv"),
    )


def rendered(template: str, **context: Any) -> str:
    """A page from a template, with the style of all pages; every text is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["unbroken"] = unbroken
    environment.globals.update(say=say, gap=gap(), language=TAGS[language()])
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    page = environment.get_template(template).render(style=style, **context)
    return page.replace(style, f"{embedded(page)}\n{style}".lstrip("\n"), 1)


def unbroken(text: str) -> str:
    """The text with ranges, and numbers with Chinese units, that no line end can part."""
    text = text.replace(DASH, f"{JOINER}{DASH}{JOINER}")
    return COUNTED.sub(lambda found: JOINER.join(found[0]), text)


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)


def _remove(folder: Path, figure: str) -> None:
    """Remove files of a figure that an earlier page had and this one has not."""
    for kind in KINDS:
        (folder / f"{figure}.{kind}").unlink(missing_ok=True)
