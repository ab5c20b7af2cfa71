"""The year of the targets is one value: no sentence, figure or file of a page goes beyond it."""

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from experiments.pages.drawing.canvas import WIDE, drawing_style
from experiments.pages.language import spoken
from experiments.questions.compare import page as comparison
from experiments.questions.compare.figures.registry import FIGURES
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.supply import by_province
from sim.targets import Targets
from tests.synthetic_store import write_store

# What may say 2035 all the same: the name of the programme, and how long paired lives are followed.
ALLOWED = (
    "workforce2035",
    "Workforce 2035",
    "产业工人2035",
    "These lives are followed to the end of 2035, beyond the year of the targets.",
    "这些人的经历追踪至2035年底",
    "Workers against themselves under Frozen, in 2035",
    "Each worker at the end of 2035 against the same worker under Frozen",
    "Each worker's wage at the end of 2035 against the same worker's under Frozen",
    "2035年底每名工人",
    "2035年工人与其本人",
)


class Words(HTMLParser):
    """The texts of a page, those for people who do not see it included."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag, attrs):
        self.texts += [value for name, value in attrs if name in ("alt", "aria-label", "title") and value]

    def handle_data(self, data):
        self.texts.append(data)


def beyond(texts: list[str]) -> list[str]:
    """Texts that name a year after 2030."""
    for allowed in ALLOWED:
        texts = [text.replace(allowed, "") for text in texts]
    return [text for text in texts if re.search(r"203[1-5]", text)]


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    targets = Targets(2030, national=1_000, provincial=5_000, city=25_000)
    return write_store(tmp_path_factory.mktemp("year") / "store", scenarios=2, runs=16, targets=targets)


@pytest.mark.parametrize("code", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_no_sentence_goes_beyond_the_year_of_the_targets(store, monkeypatch, code):
    monkeypatch.setattr(comparison, "FIGURES", ())
    with spoken(code):
        page = comparison.write_report(store)
    words = Words(page.read_text(encoding="utf-8")).texts
    assert beyond(words) == []
    assert len([text for text in words if "2030" in text]) > 10
    book = openpyxl.load_workbook(BytesIO(page.with_suffix(".xlsx").read_bytes()))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert beyond(cells) == []


@pytest.mark.slow
def test_no_figure_goes_beyond_the_year_of_the_targets(store):
    from matplotlib import pyplot as plt
    from matplotlib.text import Text

    with drawing_style():
        read = Comparison(store)
        for entry in FIGURES:
            chart = entry.build(read)
            figure = chart.draw(WIDE)
            texts = [chart.title, chart.alternative, chart.note]
            texts += [text.get_text() for text in figure.findobj(Text)]
            plt.close(figure)
            assert beyond(texts) == [], entry.id
            assert "year" not in chart.data or chart.data["year"].max() <= 2030, entry.id


def test_money_and_places_are_those_up_to_the_year_of_the_targets(store):
    read = Comparison(store)
    matrix = read.of(read.scenarios[1], read.runs("spending", "family=inclusion"))
    assert list(matrix.columns)[-1] == 2030
    assert by_province(read)["year"].max() == 2030
    assert (read.last_year, read.lived_until) == (2030, 2035)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2027, 2029])
def test_every_year_of_the_targets_has_a_page(tmp_path, monkeypatch, year):
    monkeypatch.setattr(comparison, "FIGURES", [one for one in FIGURES if one.id == "targets"])
    targets = Targets(year, national=150, provincial=800, city=4_000)
    page = comparison.write_report(write_store(tmp_path / "one", scenarios=2, runs=12, targets=targets))
    words = " ".join(Words(page.read_text(encoding="utf-8")).texts)
    assert f"Signposts stand at the end of 2029 and later; the targets count at the end of {year}." in words
    assert "nan" not in words.lower().split()


@pytest.mark.slow
def test_a_rule_that_watched_other_targets_is_named(tmp_path, monkeypatch):
    import json

    monkeypatch.setattr(comparison, "FIGURES", ())
    folder = write_store(tmp_path / "one", scenarios=2, runs=2)
    scenarios = json.loads((folder / "scenarios.json").read_text(encoding="utf-8"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for city, said in ((60_000, True), (50_000, False)):
        watched = {**manifest["targets"], "city": city}
        scenarios[1]["monitoring"] = {"tiers": ["city"], "targets": watched}
        (folder / "scenarios.json").write_text(json.dumps(scenarios), encoding="utf-8")
        words = " ".join(Words(comparison.write_report(folder).read_text(encoding="utf-8")).texts)
        text = "The monitoring rule of Reform watched other targets than those of this page: city 60,000"
        assert (text in words) == said
