"""What a verb answers, as text that does not depend on machine, folder, day or version of a package."""

import hashlib
import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import numpy as np
import openpyxl
import pandas as pd
import yaml

from tests.kept_lives import kept_figures

DIGITS: Final = 10  # significant ones of every number
SHOWN_WHOLE: Final = 24  # rows of a table, above which it is told by sums and a digest
HEAD: Final = 6  # rows of such a table that are shown
MOST_FACTS: Final = 400  # lines of a file of facts that are shown
DIGEST_LENGTH: Final = 16
# What differs from machine to machine, or with every edit of a source.
VARYING: Final = frozenset({
    "versions", "seconds", "worker_months_per_second", "peak_memory_bytes", "files", "run_id", "run_ids",
    "traceback",
})  # fmt: skip
UNSEEN: Final = str.maketrans({"\N{NO-BREAK SPACE}": "~", "\N{WORD JOINER}": "\N{UNDERTIE}"})
BY_THE_CLOCK: Final = "Time taken|Worker-months a second|Peak memory|用时|每秒模拟|内存峰值"  # rows of a page
NORMAL: Final = (
    (re.compile(r"(?m)^ *\d+ %  .*\n"), ""),  # progress, by the clock
    (re.compile(r"(?m)^Compiling the simulation .*\n"), ""),
    (re.compile(r"Simulated in [\d.,]+ s, [\d.,]+ million"), "Simulated in SECONDS s, SPEED million"),
    (re.compile(rf"(?m)^({BY_THE_CLOCK})([^|\n]*) \|.*"), r"\1\2"),
    (re.compile(r"threads=\d+ results=\S+"), "..."),
    (re.compile(r"\b[0-9a-f]{12,64}\b"), "HASH"),
    (re.compile(r"\b\d+\.\d+\.\d+\b"), "VERSION"),
)
INLINE: Final = frozenset({"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup"})
CELLS: Final = ("td", "th")
SPOKEN: Final = ("alt", "aria-label", "title", "data-title")  # words for those who do not see the page
SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?]) (?=[^a-z])|(?<=[\u3002\uff01\uff1f])(?=.)")


def said(text: str, results: Path) -> str:
    """What is said, without paths, hashes and speeds; spaces that may not break are visible."""
    text = text.replace(str(results), "RESULTS")
    for pattern, instead in NORMAL:
        text = pattern.sub(instead, text)
    return text.translate(UNSEEN)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def plain(value: Any) -> Any:
    """A number with so many digits; anything else as it is."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") + 0.0 if math.isfinite(value) else str(value)
    return value


class Words(HTMLParser):
    """The words of a page, a sentence or a row of a table in each line."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._text: list[str] = []
        self._row: list[str] | None = None
        self._spoken: set[str] = set()  # signs of evidence say the same in many places: once is enough
        self._hidden = False
        self.feed(page)
        self._end_block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "script")
        if tag not in INLINE:
            self._end_block()
        if tag == "tr":
            self._row = []
        if re.fullmatch("h[1-4]", tag):
            self.lines.append("")
        for name, value in attrs:
            if name in SPOKEN and value:
                spoken = [f"[{name}] {one}" for one in SENTENCE_ENDS.split(value)]
                self.lines += [line for line in spoken if line not in self._spoken]
                self._spoken.update(spoken)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False
        if tag in CELLS and self._row is not None:
            self._row.append(self._taken())
        elif tag not in INLINE:
            self._end_block()
        if tag == "tr" and self._row is not None:
            self.lines.append(" | ".join(self._row))
            self._row = None

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)

    def _end_block(self) -> None:
        if self._row is not None:
            self._text.append(" ")  # the cell goes on
        elif text := self._taken():
            self.lines += SENTENCE_ENDS.split(text)

    def _taken(self) -> str:
        text = re.sub("[ \n]+", " ", "".join(self._text)).strip(" ")
        self._text = []
        return text


def table_in_words(name: str, table: pd.DataFrame) -> str:
    """All rows of a small table; of a large one the first when sorted, and sums and digests of all."""
    texts = pd.DataFrame({column: _texts(table[column]) for column in table})
    title = f"## {name}: {len(table)} rows"
    if len(table) <= SHOWN_WHOLE:
        return "\n".join([title, *texts.to_csv(index=False, lineterminator="\n").splitlines()])
    rows = sorted(map(",".join, texts.itertuples(index=False)))
    lines = [title, ",".join(map(str, table)), *rows[:HEAD], "..."]
    lines += [f"column {column}: {_summary(table[column], texts[column])}" for column in table]
    if {"indicator", "value"} <= set(table):
        for one, values in table.groupby("indicator", observed=True)["value"]:
            lines.append(f"indicator {one}: {_summary(values, texts['value'][values.index])}")
    return "\n".join([*lines, f"all rows, sorted: {digest(chr(10).join(rows))}"])


def _texts(values: pd.Series) -> pd.Series:
    """Values as text, numbers rounded."""
    if pd.api.types.is_float_dtype(values):
        texts = np.char.mod(f"%.{DIGITS}g", values.to_numpy(float) + 0.0)
        return pd.Series(texts.tolist(), values.index, dtype=object)  # which is quick to sort
    return values.astype(str).fillna("nan").astype(object)


def _summary(values: pd.Series, texts: pd.Series) -> str:
    """Sum of numbers, how many different values there are of anything else, and a digest of all."""
    counts = texts.value_counts()
    told = digest(str(sorted(counts.items())))
    if pd.api.types.is_numeric_dtype(values):
        return f"sum {math.fsum(values.dropna()):.{DIGITS}g}, {int(values.isna().sum())} missing, {told}"
    return f"{len(counts)} different, {told}"


def facts_in_words(name: str, facts: Any) -> str:
    """A file of facts without what varies; of a long one the first lines and a digest."""
    lines = json.dumps(steady(facts), indent=1, ensure_ascii=False, sort_keys=True).splitlines()
    if len(lines) > MOST_FACTS:
        lines = [*lines[:HEAD], "...", f"{len(lines)} lines: {digest(chr(10).join(lines))}"]
    return "\n".join([f"## {name}", *lines])


def steady(facts: Any) -> Any:
    """Facts without what varies, numbers rounded."""
    if isinstance(facts, dict):
        kept = {
            key: value for key, value in facts.items() if key not in VARYING and not key.endswith("_hash")
        }
        return {key: steady(value) for key, value in kept.items()}
    return [steady(one) for one in facts] if isinstance(facts, list) else plain(facts)


def workbook_in_words(path: Path) -> str:
    """Sheets of a workbook, each by its size and a digest of its rows, sorted."""
    book = openpyxl.load_workbook(path, read_only=True)
    lines = []
    for sheet in book:
        rows = sorted(str([plain(cell) for cell in row]) for row in sheet.iter_rows(values_only=True))
        lines.append(f"{sheet.title}: {len(rows)} rows, {digest(chr(10).join(rows))}")
    book.close()
    return "\n".join([f"## {path.name}", *lines])


def answer_in_words(folder: Path, results: Path) -> dict[str, str]:
    """All files of the folder of an answer, by the name of the golden file that they belong to."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in paths}
    tables, facts, found = [], [], {"files": "\n".join(names.values())}
    for path, name in names.items():
        if path.suffix == ".csv":
            tables.append(table_in_words(name, pd.read_csv(path, encoding="utf-8-sig")))
        elif path.suffix == ".parquet":
            tables.append(table_in_words(name, pd.read_parquet(path)))
        elif path.suffix == ".xlsx":
            tables.append(workbook_in_words(path))
        elif path.suffix == ".json":
            facts.append(facts_in_words(name, json.loads(path.read_text(encoding="utf-8"))))
        elif path.suffix == ".yaml":
            facts.append(facts_in_words(name, yaml.safe_load(path.read_text(encoding="utf-8"))))
        elif path.suffix == ".html":
            words = "\n".join(Words(path.read_text(encoding="utf-8")).lines)
            found[name.replace("/", "-").removesuffix(".html")] = said(words, results)
    kept = {"tables": "\n\n".join(tables), "facts": "\n\n".join(facts).replace(str(results), "RESULTS")}
    return {name: text for name, text in (found | kept).items() if text}


MOST_LINES: Final = 20  # of single lives


def lives_in_words(results: Path) -> str:
    """Digests of the states and the figures of all lives that are kept; of many, one over all."""
    lines = sorted(
        f"{facts['scenario']}, seed {facts['seed']}, draw {facts['draw']}: state {facts['state_digest']}, "
        f"figures {digest(chr(10).join(sorted(_texts(pd.Series(figures.ravel())))))}"
        for facts, figures in kept_figures(results)
    )
    if len(lines) > MOST_LINES:
        return f"{len(lines)} lives: {digest(chr(10).join(lines))}"
    return "\n".join(lines)
