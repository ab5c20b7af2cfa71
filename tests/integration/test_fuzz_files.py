"""Whatever lies in the folder of a study: told in one line, and mended by the commands that it names."""

import contextlib
import json
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from hypothesis import strategies as st

from experiments.runs.files import remove
from tests.fuzzing import TINY, command, entries, finished_study, for_a_handful, for_minutes, inside
from tests.studies import digests

JSONS = ["[]", "{}", "null", "1", '"text"', "[" * 100_000, "[" * 500 + "]" * 500, '{"digest": 1}', "NaN", "{",
         '{"format": 1, "runs": [], "files": {}, "digest": ""}', '{"runs": 1, "files": [], "format": 1}',
         '{"kind": "launcher", "host": "", "pid": Infinity, "born": [], "done": 0, "runs": 0}']  # fmt: skip
VALUES = [None, -1, 10**30, "x", "../..", [], {}, [[]], True, float("nan")]
FOLDERS = ("failed", "presence", "export", "report")
CLAIMED = ("presence/launcher", "presence/job-1.json")


class Harm(NamedTuple):
    """Where harm is done, and the chance that decides it."""

    study: Path
    chance: random.Random

    @property
    def lives(self) -> Path:
        """The store."""
        return self.study.parents[2] / "lives"

    def files(self) -> list[Path]:
        """Every file of the study, and of its lives."""
        return sorted(
            path for place in (self.study, self.lives) for path in place.rglob("*") if path.is_file()
        )

    def file(self) -> Path:
        """One of them."""
        return self.chance.choice(self.files())

    def anywhere(self) -> Path:
        """A path of the study, or one that it would use."""
        used = [self.study / name for name in (*FOLDERS, *CLAIMED)]
        return self.chance.choice(
            [*sorted(self.study.rglob("*")), *sorted(self.lives.rglob("*")), *self.files(), *used]
        )

    def truncate(self) -> None:
        path = self.file()
        content = path.read_bytes()
        path.write_bytes(content[: self.chance.randrange(max(1, len(content)))])

    def flip(self) -> None:
        path = self.file()
        content = bytearray(path.read_bytes()) or bytearray(1)
        content[self.chance.randrange(len(content))] ^= 1 << self.chance.randrange(8)
        path.write_bytes(content)

    def random_bytes(self) -> None:
        self.file().write_bytes(self.chance.randbytes(self.chance.randrange(5_000)))

    def other_json(self) -> None:
        self.file().write_text(self.chance.choice(JSONS))

    def swap(self) -> None:
        one, other = self.file(), self.file()
        content = one.read_bytes()
        one.write_bytes(other.read_bytes())
        other.write_bytes(content)

    def stray(self) -> None:
        there = [self.study, *self.study.rglob("*"), self.lives, *self.lives.rglob("*")]
        folders = [path for path in there if path.is_dir()]
        name = self.chance.choice(["x", "x.json", ".x", "\udcff", "manifest.json"])
        with contextlib.suppress(IsADirectoryError):
            (self.chance.choice(sorted(folders)) / name).write_text(self.chance.choice(JSONS))

    def copy(self) -> None:
        part = self.chance.choice([self.study / "failed", *sorted(self.lives.glob("*"))])
        with contextlib.suppress(OSError):  # of something else that was done before
            shutil.copytree(part, part.with_name(self.chance.choice(["x", "0", ".x"])), dirs_exist_ok=True)

    def edit(self) -> None:
        """Give one key of a JSON file another value, at any depth."""
        path = self.chance.choice([file for file in self.files() if file.suffix == ".json"])
        with contextlib.suppress(ValueError, IndexError, RecursionError, TypeError):
            content = node = json.loads(path.read_text())
            while True:
                key = self.chance.choice(sorted(node) if isinstance(node, dict) else range(len(node)))
                if not isinstance(node[key], dict | list) or not node[key] or self.chance.random() < 0.3:
                    break
                node = node[key]
            node[key] = self.chance.choice(VALUES)
            path.write_text(json.dumps(content))

    def replace(self) -> None:
        """Put nothing, a folder, a file or a link where something was."""
        path = self.anywhere()
        remove(path)
        kind = self.chance.choice(
            ["nothing", "folder", "file", "nowhere", path.name, str(SOMEBODY.resolve())]
        )
        with contextlib.suppress(OSError):  # where a folder above is a file by now
            path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "folder":
                (path / "inside").mkdir(parents=True)
            elif kind == "file":
                path.write_text("no folder")
            elif kind != "nothing":
                path.symlink_to(kind)


SOMEBODY = Path("somebody")  # beside the results: a folder that links lead to, and that nobody may touch
HARMS: list[Callable[[Harm], None]] = [
    Harm.truncate, Harm.flip, Harm.random_bytes, Harm.other_json, Harm.swap, Harm.stray, Harm.copy, Harm.edit,
    Harm.replace, Harm.replace, Harm.replace,
]  # fmt: skip
VERBS = [("status",), ("status", "--json"), ("verify", "share=0"), ("report", "pages=0"), ("export",),
         ("export", "format=iamc"), ("compact",), ("retry",), ("expand", "seeds=+1")]  # fmt: skip
STORED = st.tuples(
    st.lists(st.sampled_from(HARMS), min_size=1, max_size=2),
    st.integers(0, 2**32),
    st.lists(st.sampled_from(VERBS), max_size=4),
)


def stored(finished: Path, found: tuple[list[Callable[[Harm], None]], int, list[tuple[str, ...]]]) -> None:
    """A finished study, harmed, read by every verb, and mended by the commands that the messages name."""
    harms, number, verbs = found
    chance = random.Random(number)
    with tempfile.TemporaryDirectory() as place, inside(place):
        shutil.copytree(finished, "results")
        (SOMEBODY / "folder").mkdir(parents=True)
        (SOMEBODY / ".file").write_text("of somebody")
        for harm in harms:
            harm(Harm(Path("results/studies/sweep/one"), chance))
        for verb in verbs:
            command(*verb, "name=one")
        mended(digests(finished))
        assert entries() == ["results", str(SOMEBODY)]
        assert sorted(path.name for path in SOMEBODY.iterdir()) == [".file", "folder"]


def mended(expected: dict[str, str]) -> None:
    """The command of the study, verify, and what their messages name, bring every run back."""
    again = ("sweep", *TINY, "seeds=2")
    for words in (again, ("verify", "one", "share=0"), again):
        code_of(*words)
    for words in (("verify", "one", "share=0.5"), ("status", "one"), ("report", "one"), ("export", "one")):
        assert code_of(*words, *(["pages=0"] if "report" in words else [])) == 0
    now = digests(Path("results"))
    assert {run_id: now.get(run_id) for run_id in expected} == expected


def code_of(*words: str) -> int:
    """Code of a command, when all that its messages say is moved away."""
    for number in count():
        code, said = command(*words)
        in_the_way = re.search(r"(results/\S+)(?:; move it)? away", said)
        if code != 2:
            break
        assert in_the_way, said
        assert number < 6, said
        Path(in_the_way[1]).rename(f"results/away-{len(entries_of_results())}")
    return code


def entries_of_results() -> list[Path]:
    return list(Path("results").iterdir())


def test_whatever_lies_in_a_study_is_told_and_mended(fake: ModuleType, results: Path) -> None:
    finished_study(results)
    for_a_handful(lambda found: stored(results, found), STORED, 1)


@pytest.mark.slow
def test_whatever_lies_in_a_study_at_length(fake: ModuleType, results: Path) -> None:
    finished_study(results)
    for_minutes(lambda found: stored(results, found), STORED)
