"""The page of a comparison, built from a made-up store."""

import json
import re
import shutil
import warnings
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

import pandas as pd
import pytest

from experiments.pages.body import NotRecorded
from experiments.questions.compare import page as comparison
from experiments.questions.compare.figures.registry import FIGURES
from experiments.questions.compare.sections.contents import SECTIONS
from tests.synthetic_store import write_store

SHOWN = FIGURES[::4]  # of the page that most tests read; tests/golden and tests/browser draw all of them
FEW = ("targets", "skills", "map_recognised", "gains", "ladder_tiers")  # one of each kind of drawing
HOSTILE = '<script>alert("x")</script> & $\\frac{1}{0}$ 工匠'


class Reader(HTMLParser):
    """Collects the elements that the tests ask about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


def few_figures(monkeypatch, *names: str) -> None:
    monkeypatch.setattr(comparison, "FIGURES", tuple(entry for entry in FIGURES if entry.id in names))


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return write_store(tmp_path_factory.mktemp("comparison") / "made_up", scenarios=2, runs=6)


@pytest.fixture(scope="module")
def html(store) -> str:
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "FIGURES", SHOWN)
        warnings.simplefilter("error")  # a letter that the font lacks would warn
        return comparison.write_report(store).read_text(encoding="utf-8")


def test_every_section_is_there_in_order_and_nothing_is_missing(html):
    reader = Reader(html)
    found = [attributes["id"] for attributes in reader.all("section")]
    assert found == [section.id for section in SECTIONS]
    assert "Not recorded" not in reader.words
    assert [tag for tag, _ in reader.elements].count("h1") == 1
    assert reader.all("html")[0]["lang"] == "en"


def test_every_figure_has_its_files_and_words_for_those_who_cannot_see_it(html, store):
    reader = Reader(html)
    for entry in SHOWN:
        for kind in ("png", "svg", "csv"):
            assert (store / "figures" / f"{entry.id}.{kind}").stat().st_size > 100
            assert any(link.get("href") == f"figures/{entry.id}.{kind}" for link in reader.all("a"))
        width = int.from_bytes((store / "figures" / f"{entry.id}.png").read_bytes()[16:20])
        assert width > 1_000  # sharp enough to print
    images = reader.all("img")
    assert len(images) == len(SHOWN)
    assert all(len(image["alt"]) > 40 for image in images)
    assert not list(store.rglob("*.part"))


def test_the_page_asks_for_nothing_outside_itself(html, store):
    reader = Reader(html)
    addresses = [
        value
        for _, attributes in reader.elements
        for name, value in attributes.items()
        if name in ("src", "href", "srcset")
    ]
    assert all(address.startswith(("data:", "#", "figures/", "report.xlsx")) for address in addresses)
    assert not re.search(r"https?://|url\(|@import", re.sub(r'"data:[^"]*"', "", html))
    assert not reader.all("link", "iframe", "object")
    assert reader.all("script") == [{}]  # inside the page
    drawings = re.findall(r'"data:image/svg\+xml,([^"]+)"', html)
    assert len(drawings) == 2 * len(SHOWN)
    for drawing in drawings:
        assert not re.search(r"href='(?!#)|url\((?!#)|@import", unquote(drawing))


def test_the_page_is_light_enough_to_be_sent_by_mail(html):
    assert len(html.encode("utf-8")) < 4e6


def test_the_data_behind_a_figure_can_be_taken_from_the_page_alone(html, store):
    coded = re.search(r'download="targets.csv" href="data:text/csv,([^"]+)"', html)
    assert coded
    assert unquote_to_bytes(coded[1]) == (store / "figures" / "targets.csv").read_bytes()


def test_tables_can_be_followed_without_seeing_them(html):
    reader = Reader(html)
    assert len(reader.all("caption")) == len(reader.all("table")) > 10
    assert all(cell["scope"] in ("col", "row", "rowgroup") for cell in reader.all("th"))
    assert all(region["aria-label"] for region in reader.all("div") if region.get("role") == "region")
    identifiers = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))


def test_the_answer_says_probability_interval_word_and_gap(tmp_path, monkeypatch):
    few_figures(monkeypatch)
    folder = write_store(tmp_path / "answer", scenarios=2, runs=3)
    words = Reader(comparison.write_report(folder).read_text(encoding="utf-8")).words
    answer = words[words.index("1 The answer") :]
    assert "National leading craftsmen (2,000):" in answer
    assert re.search(
        r"reached with a probability of \d+.% under Frozen \(on average [\d,]+ (above|short)\)", answer
    )
    assert "too few runs to put a probability into words" in answer


@pytest.mark.slow
def test_the_same_store_gives_the_same_bytes(store, tmp_path, monkeypatch):
    few_figures(monkeypatch, *FEW[:2])
    contents = []
    for place in ("one", "two"):
        folder = shutil.copytree(
            store, tmp_path / place, ignore=shutil.ignore_patterns("figures", "report.html")
        )
        comparison.write_report(folder)
        files = [folder / "report.html", *sorted((folder / "figures").iterdir())]
        contents.append([path.read_bytes() for path in files])
    assert len(contents[0]) == 1 + 3 * 2
    assert contents[0] == contents[1]


def test_the_page_says_what_is_chance_what_is_not_known_and_what_is_decided(html, store):
    words = Reader(html).words
    for tier in ("national", "provincial", "city"):
        assert re.search(
            rf"Of what is not known about the number of {tier} craftsmen, [\w ]*\d+.% is chance, [\w ]*\d+.% "
            r"what we do not know of the parameters and [\w ]*\d+.% is decided by policy\.",
            words,
        )
    assert "6 runs of each scenario with 3 sets of parameter values, 3 of them lived more than once" in words
    assert "The spread is chance and what is not known of the parameters together." in words
    parts = pd.read_csv(store / "figures" / "uncertainty.csv")
    assert parts.groupby("tier")["share"].sum().to_numpy() == pytest.approx(1.0, abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("runs", "draw", "reason", "lack"),
    [
        (6, 0, "much is not known of the parameters cannot be said", "a second set of parameter values"),
        (4, None, "to tell chance from what is not known", "runs that repeat a set of parameter values"),
    ],
)
def test_runs_that_cannot_tell_the_parts_apart_are_said_to(tmp_path, monkeypatch, runs, draw, reason, lack):
    few_figures(monkeypatch, "uncertainty", "targets")
    folder = write_store(tmp_path / "design", scenarios=2, runs=runs)
    if draw is not None:
        frame = pd.read_parquet(folder / "indicators.parquet").assign(draw=draw)
        frame.to_parquet(folder / "indicators.parquet", index=False)
    words = Reader(comparison.write_report(folder).read_text(encoding="utf-8")).words
    assert reason in words
    assert f"Not recorded in this store: {lack}." in words
    assert ("The spread is chance alone" in words) == (draw == 0)


@pytest.mark.slow
def test_one_scenario_has_no_part_of_policy(tmp_path, monkeypatch):
    few_figures(monkeypatch, "uncertainty")
    folder = write_store(tmp_path / "alone", scenarios=1, runs=8)
    words = Reader(comparison.write_report(folder).read_text(encoding="utf-8")).words
    assert "is decided by policy" not in words
    assert re.search(r"is chance and [\w ]*\d+.% what we do not know of the parameters\.", words)
    assert set(pd.read_csv(folder / "figures" / "uncertainty.csv")["part"]) == {"chance", "knowledge"}


def test_hostile_names_are_shown_as_text(tmp_path, monkeypatch):
    few_figures(monkeypatch, "targets", "changes")
    folder = write_store(tmp_path / "hostile", scenarios=2, runs=2)
    described = json.loads((folder / "scenarios.json").read_text(encoding="utf-8"))
    described[1] |= {"title": HOSTILE, "sentence": HOSTILE}
    described[1]["measures"][0]["title"] = HOSTILE
    (folder / "scenarios.json").write_text(json.dumps(described), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"name": HOSTILE}), encoding="utf-8")
    html = comparison.write_report(folder).read_text(encoding="utf-8")
    assert html.count("<script") == 1  # the page's own
    assert HOSTILE in Reader(html).words


@pytest.mark.slow
def test_a_scenario_named_in_letters_that_the_font_lacks(tmp_path, monkeypatch):
    few_figures(monkeypatch, "skills")
    monkeypatch.setattr(
        "tests.synthetic_store.SCENARIOS", (("冻结_$x$", "冻结", 0.0), ("reform", "Reform", 1.0))
    )
    folder = write_store(tmp_path / "letters", scenarios=2, runs=2)
    assert "冻结" in comparison.write_report(folder).read_text(encoding="utf-8")


def test_one_scenario_and_one_run_make_a_page(tmp_path, monkeypatch):
    few_figures(monkeypatch, "targets", "paths_city", "gains", "changes", "cost")
    folder = write_store(tmp_path / "one", scenarios=1, runs=1)
    reader = Reader(comparison.write_report(folder).read_text(encoding="utf-8"))
    assert "Not recorded in this store: a second scenario to compare with." in reader.words
    assert "There is one run." in reader.words
    assert "nan" not in reader.words.lower().split()


@pytest.mark.slow
def test_a_page_of_seven_scenarios_names_them_all(tmp_path, monkeypatch):
    few_figures(monkeypatch, "paths_national")
    folder = write_store(tmp_path / "seven", scenarios=7, runs=2)
    words = Reader(comparison.write_report(folder).read_text(encoding="utf-8")).words
    said = re.findall(r"reached with a probability of ([^.]*)\.", words)
    assert len(said) == 4
    for name in ("Frozen", "Reform", "Adaptive", "Weak delivery", "Skills first", "People first", "Plan 1"):
        assert all(f" under {name}" in one for one in said)


def test_what_is_not_recorded_is_said_and_old_files_go(tmp_path, monkeypatch):
    few_figures(monkeypatch, "wages", "wages_by_grade", "cost")
    folder = write_store(
        tmp_path / "gaps", scenarios=2, runs=2,
        without=("spending", "wage_median", "skill_premium", "assumptions.json", "paired.parquet"),
    )  # fmt: skip
    (folder / "figures").mkdir()
    (folder / "figures" / "cost.png").write_bytes(b"of an earlier page")
    words = Reader(comparison.write_report(folder).read_text(encoding="utf-8")).words
    for lack in ("spending by family", "wage_median by grade", "assumptions.json", "paired lives"):
        assert f"Not recorded in this store: {lack}." in words
    assert (folder / "figures" / "wages.png").exists()  # the Gini coefficient is still there
    assert not (folder / "figures" / "cost.png").exists()


@pytest.mark.slow
@pytest.mark.parametrize("value", [0.0, 1e15])
def test_extreme_figures_do_not_stop_the_page(tmp_path, monkeypatch, value):
    few_figures(monkeypatch, *FEW, "cost")
    folder = write_store(tmp_path / "extreme", scenarios=2, runs=2)
    frame = pd.read_parquet(folder / "indicators.parquet")
    frame["value"] = value
    frame.to_parquet(folder / "indicators.parquet", index=False)
    assert comparison.write_report(folder).exists()


def test_a_store_without_numbers_is_refused_in_words(tmp_path):
    folder = write_store(tmp_path / "empty", scenarios=1, runs=1, without=("indicators.parquet",))
    with pytest.raises(NotRecorded, match=r"indicators\.parquet"):
        comparison.write_report(folder)
