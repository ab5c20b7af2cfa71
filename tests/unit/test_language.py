"""Catalogues of the pages: nothing missing, nothing stale, the same values in both languages."""

import ast
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from experiments.pages import labels
from experiments.pages.drawing.canvas import WIDE, drawing_style
from experiments.pages.language import LANGUAGES, Labels, spoken
from experiments.questions.compare import page as comparison
from experiments.questions.compare.figures.registry import FIGURES
from experiments.questions.compare.findings.differences import HEADLINES
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections.version import HASH_LETTERS
from sim.inputs import Inputs
from tests.catalogues import catalogue
from tests.synthetic_store import write_store

ROOT = Path(__file__).parents[2]
CODE = sorted(path for name in ("experiments", "sim") for path in (ROOT / name).rglob("*.py"))
TEMPLATES = sorted((ROOT / "experiments").rglob("templates/*.html"))
CONFIGS = ROOT / "configs"
TRANSLATED = [code for code in LANGUAGES if code != "en"]
SPEAKERS = {  # which arguments of a call a page says
    "say": (0,), "NotRecorded": (0,), "Labels": (0,), "Section": (1,), "Trend": (1, 2), "Monitored": (0,),
    "Word": (0,),
}  # fmt: skip
SPEAKING = ("experiments.pages", "experiments.questions.compare.findings")  # where they are defined
IN_TEMPLATE = re.compile(r"say\((?:\"([^\"]*)\"|'([^']*)')")
IDENTIFIERS = re.compile(r"[a-z]+(_[a-z]+)+|[a-z_]+(, [a-z_]+)+")  # of indicators, in no language
FILE = re.compile(r"[\w-]+\.(csv|json|xlsx|parquet)")
WORD = re.compile(r"[A-Za-z]{2,}")
SOURCE = "A letter"
ALLOWED = {"CSV", "PNG", "SVG", "draws", "null", "workforce", "optimise"}  # kinds of files, words of commands


@lru_cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in CODE}


def told(node: ast.AST, assigned: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The literals that an argument can be, as far as its module or function shows them."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from (*told(first, assigned), *told(second, assigned))
        case ast.Dict(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
            for value in values:
                yield from told(value, assigned)
        case ast.Subscript(value=value):
            yield from told(value, assigned)
        case ast.Name(id=name):
            for value in assigned.get(name, []):
                yield from told(value, {})


def assignments(nodes: Iterator[ast.AST]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def said_in(tree: ast.Module) -> set[str]:
    """Literals that a module has a page say."""
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SPEAKING)
        for alias in node.names
    }
    own = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    speakers = {name: places for name, places in SPEAKERS.items() if name in imported | own}
    of_module = assignments(iter(tree.body))
    found = set()
    for part in tree.body:
        assigned = of_module if isinstance(part, ast.Assign) else of_module | assignments(ast.walk(part))
        for node in ast.walk(part):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            for place in speakers.get(name, ()):
                for argument in node.args[place : place + 1]:  # type: ignore[attr-defined]
                    found |= set(told(argument, assigned))
    return {text for text in found if text and not IDENTIFIERS.fullmatch(text)}


def said_in_templates() -> set[str]:
    return {
        one or other
        for path in TEMPLATES
        for one, other in IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))
    }


def yaml_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from yaml_texts(part)


@lru_cache
def configured() -> dict[Path, Any]:
    return {
        path: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CONFIGS.rglob("*.yaml"))
    }


def names_of_configs() -> set[str]:
    """Names, titles and sentences of scenarios and measures, as a page says them."""
    scenarios = [content for path, content in configured().items() if path.parent.name == "scenario"]
    texts = {text for content in scenarios for text in (content["title"], content["sentence"])}
    measures = configured()[CONFIGS / "parameters" / "measures.yaml"]
    return texts | {content["title"] for content in measures.values()}


@lru_cache
def assumptions() -> frozenset[str]:
    """Meanings and units of all registers."""
    rows = Inputs.read(CONFIGS, knowledge="prior").assumptions()
    return frozenset(str(row[key]) for row in rows for key in ("meaning", "unit")) - {"%"}


def category_names() -> set[str]:
    return {name for each in vars(labels).values() if isinstance(each, Labels) for name in each.values()}


def literals() -> set[str]:
    """Every text of the code, the templates and the configs that a page could say."""
    texts = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    counted = {f"{{number}} {thing}{end}" for thing in texts if len(thing) < 60 for end in ("", "s")}
    configs = {text for content in configured().values() for text in yaml_texts(content)}
    return (
        texts
        | counted
        | configs
        | said_in_templates()
        | names_of_configs()
        | category_names()
        | assumptions()
    )


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_entry_is_stale(code):
    known = literals()
    assert [entry for entry in catalogue(code) if entry[1] not in known] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_all_that_a_page_says_is_translated(code):
    translated = {english for _, english, text in catalogue(code) if text}
    said = {str(path.relative_to(ROOT)): said_in(tree) for path, tree in trees().items()}
    said |= {"templates": said_in_templates(), "configs": names_of_configs(), "labels": category_names()}
    said |= {"assumptions": set(assumptions())}
    said |= {"headlines": {label for _, _, label in HEADLINES}}
    missing = {place: sorted(texts - translated) for place, texts in said.items() if texts - translated}
    assert missing == {}


@pytest.mark.parametrize("code", TRANSLATED)
def test_both_languages_have_the_same_values(code):
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    assert [entry for entry in catalogue(code) if names(entry[1]) != names(entry[2])] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_text_has_one_translation(code):
    found: dict[str, set[str]] = {}
    for _, english, text in catalogue(code):
        found.setdefault(english, set()).add(text)
    assert {english: texts for english, texts in found.items() if len(texts) > 1} == {}


class Words(HTMLParser):
    """The texts of a page, those for people who do not see it included."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(re.sub(r"<(style|script)>.*?</\1>|<wbr>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag, attrs):
        self.texts += [value for name, value in attrs if name in ("alt", "aria-label", "title") and value]

    def handle_data(self, data):
        self.texts.append(data)


def left_in_english(texts: list[str], own: set[str]) -> list[str]:
    """Texts with Latin words that are neither names of files nor the user's own."""
    left = []
    for text in texts:
        rest = FILE.sub("", text.strip())
        for word in sorted(own, key=len, reverse=True):
            rest = rest.replace(word, "")
        if set(WORD.findall(rest)) - ALLOWED:
            left.append(text.strip())
    return left


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    folder = write_store(tmp_path_factory.mktemp("spoken") / "store", scenarios=2, runs=16)
    rows = ("province,tier,commitment,source", f"110000,city,40,{SOURCE}", f"510000,provincial,400,{SOURCE}")
    (folder / "commitments.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def own_words(store) -> set[str]:
    """What the user of a store chose, and what its files say of themselves; no codes such as ``rate``."""
    names = ("scenarios.json", "assumptions.json", "manifest.json")
    files = [json.loads((store / name).read_text(encoding="utf-8")) for name in names]
    texts = {text for content in files for text in yaml_texts(content)}
    texts = {text for text in texts if not re.fullmatch("[a-z]{1,20}", text)}
    texts |= {SOURCE, files[2]["name"], *files[2]["versions"]}
    texts |= {text.rstrip(".") for text in texts} | {text[:HASH_LETTERS] for text in texts if len(text) == 64}
    return {text for text in texts if WORD.search(text)}


@pytest.mark.slow
def test_a_chinese_page_is_chinese(store, own_words, monkeypatch):
    monkeypatch.setattr(comparison, "FIGURES", ())
    with spoken("zh"):
        page = comparison.write_report(store).read_text(encoding="utf-8")
    assert 'lang="zh-Hans"' in page
    assert left_in_english(Words(page).texts, own_words) == []
    assert page.count("产业工人队伍建设改革") == 1, "a page says once, at its top, which reform it is about"


@pytest.mark.slow
def test_chinese_figures_are_chinese(store, own_words):
    from matplotlib import pyplot as plt
    from matplotlib.text import Text

    texts = []
    with spoken("zh"), drawing_style():
        read = Comparison(store)
        for entry in FIGURES:
            chart = entry.build(read)
            figure = chart.draw(WIDE)
            texts += [chart.title, chart.alternative, chart.note]
            texts += [text.get_text() for text in figure.findobj(Text)]
            plt.close(figure)
    assert len(texts) > 10 * len(FIGURES)
    assert left_in_english(texts, own_words) == []
