"""Whatever is typed: an answer in one line, never a traceback, and nothing outside of the results."""

import dataclasses
import shutil
import tempfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import strategies as st

from experiments import cli
from experiments.cli import VERBS
from experiments.command.verbs import keys_of
from tests.fuzzing import (
    OF_A_STUDY,
    TINY,
    command,
    entries,
    finished_study,
    for_a_handful,
    for_minutes,
    inside,
)

OPEN = ["agents", "skills", "skills.low", "start", "intake", "satisfaction.x", "name", "title",
        "quota_per_year.city", "wage_growth_per_year", "quota_in_year.2028.city", "families.skills.level",
        "families.skills.start", "families.skills.provinces", "families.skills.level_by_province.GD",
        "measures.staff_congress.ramp_months", "monitoring.threshold", "frozen",
        "parameters", "parameters.quit_per_year", "parameters.quit_per_year.x", "knowledge",
        "quit_per_year", "partition", "mem_gb", "_target_"]  # fmt: skip
STRANGE = [
    "hydra.run.dir", "hydra.sweep.dir", "hydra/launcher", "hydra.launcher.n_jobs", "hydra.job.chdir",
    "hydra.searchpath", "hydra", "hydra.mode", "_target_", "defaults", "scenario", "experiment",
]  # fmt: skip
NUMBERS = st.one_of(st.integers(-2, 8), st.integers(), st.floats()).map(str)
VALUES = st.sampled_from([
    "", "null", "nan", "inf", "-inf", "1e400", "-1", "0", "0.5", "true", "[]", "{}", "[[]]", "[null]",
    "{a:1}", "{a:{b:{c:[1,{d:2}]}}}", "[1,1]", "[1,2]", "[nan,nan]", "[0.1,0.2]", "[frozen]",
    "[frozen,frozen]", "[[frozen]]", "frozen", "tiny", "basic", "slurm", "prior", "[prior,until_2024]",
    "csv", "iamc", "${name}", "${results}", "${nothing}", "${oc.env:HOME}", "${oc.env:NOTHING}",
    "${oc.decode:'${name}'}", "${now:%Y}", "${hydra:job.name}", "${", "}", "{", "[", "\"", "'", "\\",
    "a,b", "1,2,3", "range(1,4)", "choice(1,2)", "interval(0,1)", "glob(*)", "sort(1,2)", "int(1)",
    "shuffle(1,2)", "'interval<0.1'", "interval<0.5", "???", "one", "ones", "../one", "/one", "a" * 300,
    "9" * 30, "9" * 5000, "_" + "[" * 60 + "]" * 60, "{_target_:os.system}", "\u0000", "\n", "\u202e",
    "\udcff", "1e308", "-1e-320", "1" + "0" * 30, "-1" + "0" * 400, "0.1", "1e-2", "2147483648", "2030",
    "加快", "1e5", "007", "2026_11_28", "2026.10", "my plan", "it's", "2028-01", "2028-13", "2028-01-01",
    "1:30",
    "[黑龙江]", "['黑龙江',\"内蒙古自治区\"]", "[GD,440000]", "[110000.0]", "{GD: 0.2, 440000: 0.9}",
    "[2028-01,2030-01]", "[frozen,2030]", "[1e400,0]", "a=b", "frozen\uff0creform", "\ufeff", "\x07",
    "\ud800",
])  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
BEFORE = {"sweep": TINY, "run": ["population=tiny"], "benchmark": [], "compare": ["population=tiny"]}
SIGNS = st.sampled_from([*[""] * 12, "+", "++", "~", "@"])
FLAGS = ["-m", "--json", "--cfg", "--info", "-x", "--multirun", "--resolve", "job", "~name", "~grid"]


def keys(types: type, above: str = "") -> list[str]:
    """Keys of a verb, and some below those that are open."""
    found: list[str] = []
    for field in dataclasses.fields(types):
        path, kind = f"{above}{field.name}", field.type
        found += [
            path,
            *(keys(kind, f"{path}.") if isinstance(kind, type) and dataclasses.is_dataclass(kind) else []),
        ]
        found += [f"{path}.{name}" for name in OPEN if str(kind).startswith("dict")]
    return found


def commands(verb: str) -> st.SearchStrategy[tuple[str, list[str]]]:
    """A verb with some words, most of them with keys that it has."""
    values = st.integers(0, 9).flatmap(
        lambda which: TEXTS if which == 0 else NUMBERS if which < 4 else VALUES
    )
    own = st.builds("{}{}={}".format, SIGNS, st.sampled_from(keys(keys_of(verb))), values)
    strange = st.builds("{}={}".format, st.sampled_from(STRANGE) | TEXTS, values)
    word = st.integers(0, 19).flatmap(
        lambda which: {0: strange, 1: TEXTS, 2: st.sampled_from(FLAGS)}.get(which, own)
    )
    return st.tuples(st.just(verb), st.lists(word, min_size=1, max_size=2))


COMMANDS = st.one_of([commands(verb) for verb in (*VERBS, "sweep", "sweep")])


def typed(finished: Path, found: tuple[str, list[str]]) -> None:
    """A command that nobody should give, beside a finished study."""
    verb, words = found
    with tempfile.TemporaryDirectory() as place, inside(place):
        shutil.copytree(finished, "results")
        command(verb, *BEFORE.get(verb, ["name=one"]), *words)
        if not any(word.lstrip("+~").startswith("results") for word in words):
            assert entries() == ["results"]


@pytest.fixture
def unlived(fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results with a finished study; from now on plans are written, and nothing is lived."""
    finished_study(results)
    monkeypatch.setattr("experiments.runs.execute.Here.work", lambda *_: None)
    monkeypatch.setattr("experiments.study.folder.Study.check_whole", lambda *_: None)
    for verb in set(VERBS) - {"sweep", *OF_A_STUDY}:
        module = cli.module_of(verb)
        monkeypatch.setattr(module, "main", lambda settings, module=module: module.check(settings) and None)
    return results


def test_whatever_is_typed_is_answered_in_one_line(unlived: Path) -> None:
    for_a_handful(lambda found: typed(unlived, found), COMMANDS, 15)


@pytest.mark.slow
def test_whatever_is_typed_at_length(unlived: Path) -> None:
    for_minutes(lambda found: typed(unlived, found), COMMANDS)
