"""A page as PDF: numbers of pages, contents, bookmarks, what it says of itself, the same bytes each time."""

import re
import sys
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader

from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.canvas import Layout, sheet
from experiments.pages.drawing.chart import Chart, Entry
from experiments.pages.fonts import embedded
from experiments.pages.page import Page, write_page
from experiments.pages.pdf import check_pdf, write_pdf
from experiments.pages.tables import Column, Row, Table
from sim.errors import InputError

HEADINGS = {"answer": "The answer", "years": "All years", "places": "All places"}
BROAD = tuple(f"{number},000,000\N{NO-BREAK SPACE}persons" for number in range(10))  # 180 letters


def rows(number: int) -> tuple[Row, ...]:
    return tuple(Row((f"row {place}", str(place))) for place in range(number))


def draw(layout: Layout):
    figure, (axes,) = sheet(layout, 1, 1.0)
    axes.plot([1, 2])
    return figure


def body(section: str) -> Body:
    columns = (Column("Name", "text"), Column("Value"))
    short = Table("A short table", columns, rows(3), note="Its note.")
    if section == "years":
        return Body(tables=(Table("A long table", columns, rows(70)),))
    if section == "places":
        across = Table("A broad table", tuple(Column(str(place)) for place in range(10)), (Row(BROAD),))
        return Body(paragraphs=("A sentence.",), tables=(across,))
    return Body(paragraphs=("A sentence.",), points=(Point("A point", "is made."),), lead_tables=(short,))


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    chart = Chart("A finding", "A line that rises.", pd.DataFrame({"secret": [1, 2]}), draw)
    made = Page(
        title="Workforce 2035: one",
        headline="How it stands",
        facts="Invented for a test.",
        origin="Made here.",
        sections=tuple(
            Section(name, heading, lambda _, name=name: body(name)) for name, heading in HEADINGS.items()
        ),
        figures=(Entry("line", "places", lambda _: chart),),
        source="invented",
        created="2026-02-03T04:05:06+00:00",
    )
    return write_page(tmp_path_factory.mktemp("printed"), made, None)


@pytest.fixture(scope="module")
def pdf(page) -> PdfReader:
    return PdfReader(write_pdf(page))


@pytest.fixture(scope="module")
def words(pdf) -> list[str]:
    return [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]


def page_of(words: list[str], heading: str) -> int:
    """Number of the first page that has a heading; a line of the contents is none."""
    return next(
        number
        for number, text in enumerate(words, start=1)
        if heading in re.sub(r"\d [\w ]+ ?\.{4,}", "", text)
    )


@pytest.mark.slow
def test_every_page_is_numbered_and_has_the_title_at_its_head(words):
    assert len(words) >= 4
    for number, text in enumerate(words, start=1):
        assert f"{number} of {len(words)}" in text
        assert ("Workforce 2035: one" in text) == (number > 1)


def test_the_first_page_is_the_answer_and_the_contents_follow_it(words):
    order = ["How it stands", "1 The answer", "A point: is made.", "A short table", "Contents"]
    places = [words[0].index(text) for text in order]
    assert places == sorted(places)


def test_contents_and_bookmarks_name_the_page_of_each_section(pdf, words):
    marks = {
        item.title: pdf.get_destination_page_number(item) + 1
        for item in pdf.outline
        if not isinstance(item, list)
    }
    for number, heading in enumerate(HEADINGS.values(), start=1):
        entry = re.search(rf"{number} {heading} ?\.{{4,}} ?(\d+)", words[0])
        assert entry
        assert int(entry[1]) == marks[f"{number} {heading}"] == page_of(words, f"{number} {heading}")
    assert marks["1 The answer"] < marks["3 All places"]


def test_a_long_table_repeats_its_head_on_the_next_page(words):
    assert "A long table Name Value row 0 0" in words[0]
    assert re.match(r"Name Value row \d\d", words[1])


def test_a_broad_table_lies_across_the_page(pdf):
    across = [page for page in pdf.pages if page.mediabox.width > page.mediabox.height]
    assert ["A broad table" in page.extract_text() for page in across] == [True]
    assert not Table("", (Column("a"),), (Row(("a word " * 50,)), Row(("",)))).broad


def test_the_file_says_what_it_is_and_carries_no_data(pdf, page):
    assert pdf.metadata.title == "Workforce 2035: one"
    assert pdf.metadata.subject == "How it stands"
    assert pdf.metadata.creation_date.isoformat() == "2026-02-03T04:05:06+00:00"
    root = pdf.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    text = "".join(sheet.extract_text() for sheet in pdf.pages)
    assert "Skip to" not in text
    assert "line.csv" not in text
    assert not any(sheet.images for sheet in pdf.pages), "figures stay lines and letters"
    parts = [pdf.get_object(number) for number in range(1, pdf.trailer["/Size"])]
    named = [part for part in parts if isinstance(part, dict)]
    assert not [part for part in named if {"/URI", "/EF", "/Launch"} & set(part)]
    assert [part["/Alt"] for part in named if part.get("/S") == "/Figure"] == ["A line that rises."]


def test_the_same_page_gives_the_same_bytes_wherever_it_lies(page, pdf, tmp_path):
    copy = tmp_path / "another.html"
    copy.write_bytes(page.read_bytes())
    assert write_pdf(copy).read_bytes() == page.with_suffix(".pdf").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["another.html", "another.pdf"]


def test_chinese_letters_come_from_the_page(tmp_path):
    html = tmp_path / "zh.html"
    text = "情景 tiny 的三类工匠目标能否实现"  # a space after a sign is of the same face
    html.write_text(
        f'<html lang="zh-Hans"><head><title>工匠</title><style>{embedded(text)}</style></head>'
        f"<body><h1>{text}</h1></body></html>",
        encoding="utf-8",
    )
    pdf = PdfReader(write_pdf(html))
    assert text in pdf.pages[0].extract_text()
    assert "1 / 1" in pdf.pages[0].extract_text()
    assert pdf.trailer["/Root"]["/Lang"] == "zh-Hans"
    fonts = pdf.pages[0]["/Resources"]["/Font"].values()
    assert {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts} <= {
        "Page-Sans", "Page-Sans-Bold", "Workforce-Chinese", "Workforce-Chinese-Bold",
    }  # fmt: skip


def test_without_pango_one_line_names_what_to_install(monkeypatch, page, capsys):
    class Lacking:
        def find_spec(self, name, *_):
            if name == "weasyprint":
                sys.stdout.write("a long notice")
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Lacking(), *sys.meta_path])
    before = page.with_suffix(".pdf").read_bytes()
    for refused in (check_pdf, lambda: write_pdf(page)):
        with pytest.raises(
            InputError, match=r"^a PDF needs the library Pango.*apt-get install libpango-1\.0-0"
        ):
            refused()
    assert capsys.readouterr().out == ""
    assert page.with_suffix(".pdf").read_bytes() == before
