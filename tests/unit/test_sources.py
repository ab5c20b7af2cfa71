"""Which files enter the keys of what is kept."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.runs import sources
from experiments.runs.life import Life, World
from sim.errors import InputError
from tests.country import FROZEN, REFORM

LIVE_AND_KEEP = ("experiments.runs.worker", "experiments.runs.compaction")  # all they import decides a life
PLAN_AND_READ = ("experiments.questions.compare.lives", "experiments.study.remote")


def test_no_register_is_left_out() -> None:
    found = {path.stem for path in (sources.CONFIGS / "parameters").glob("*.yaml")}
    assert {*sources.REGISTERS, "constants"} == found


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in the place of this one."""
    for name in (
        "sim/rule.py", "sim/data/units.py", "experiments/runs/life.py", "experiments/pages/page.py",
        "experiments/questions/attribute/words.py", "experiments/questions/attribute/futures.py",
        "experiments/outcomes/intervals.py", "experiments/tables/change.py", "experiments/places.py",
        "configs/parameters/rates.yaml", "configs/parameters/law.yaml",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one: 1\ntwo: 2\n", encoding="utf-8")
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    monkeypatch.setattr(sources, "CONFIGS", tmp_path / "configs")
    return tmp_path


def hashes() -> tuple[tuple[str, str], str]:
    """Of what decides a life and of what makes an answer of lives, as another process would find them."""
    sources._code_hashes.cache_clear()
    try:
        return (sources.code_hash(), sources.parameters_hash()), sources.answer_hash()
    finally:
        sources._code_hashes.cache_clear()


@pytest.mark.parametrize(
    "name",
    [
        "sim/rule.py", "sim/data/units.py", "experiments/runs/life.py", "experiments/tables/change.py",
        "experiments/places.py", "configs/parameters/law.yaml",
    ],
)  # fmt: skip
def test_an_edit_of_what_decides_a_life_makes_it_another(name: str, project: Path) -> None:
    life, answer = hashes()
    (project / name).write_text("one: 1\ntwo: 3\n", encoding="utf-8")
    assert hashes()[0] != life
    assert hashes()[1] == answer


@pytest.mark.parametrize(
    "name", ["experiments/questions/attribute/futures.py", "experiments/outcomes/intervals.py"]
)
def test_an_edit_of_a_question_is_another_answer_of_the_same_lives(name: str, project: Path) -> None:
    life, answer = hashes()
    (project / name).write_text("one: 1\ntwo: 3\n", encoding="utf-8")
    assert hashes()[0] == life
    assert hashes()[1] != answer


@pytest.mark.parametrize(
    "name",
    [
        "experiments/pages/page.py", "experiments/questions/attribute/words.py", "sim/._rule.py",
        "sim/.ipynb_checkpoints/rule-checkpoint.py", "sim/rule (1).py", "sim/rule.py~", "sim/.#rule.py",
        "configs/parameters/._law.yaml", "configs/parameters/law copy.yaml", "configs/parameters/Thumbs.db",
    ],
)  # fmt: skip
def test_what_only_shows_and_strays_change_no_hash(name: str, project: Path) -> None:
    before = hashes()
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_bytes(b"\x00\x05\x16\x07")
    assert hashes() == before


def test_line_ends_change_no_hash(project: Path) -> None:
    before = hashes()
    for path in project.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert hashes() == before


def test_an_edited_past_and_other_knowledge_are_other_hashes() -> None:
    before = sources.hashes(FROZEN, "until_2024")
    edited = replace(FROZEN, labour_demand_growth_per_year=-0.02)
    assert sources.hashes(edited, "until_2024") != before
    assert sources.hashes(FROZEN, "prior") != before
    assert sources.hashes(FROZEN, "until_2024") == before


def test_an_edited_past_is_another_life_of_every_scenario() -> None:
    edited = replace(FROZEN, labour_demand_growth_per_year=-0.02)
    lives = [
        Life(World({}, "prior", 5_000, past, sources.hashes(past, "prior")), REFORM, 1, 0)
        for past in (FROZEN, edited)
    ]
    assert lives[0].run_id != lives[1].run_id
    assert lives[0].history_id != lives[1].history_id


def test_what_changes_amid_a_command_is_refused() -> None:
    sources.check_unchanged(sources.files())
    with pytest.raises(InputError, match="give the command again"):
        sources.check_unchanged({**sources.files(), "code_hash": "another"})


def test_whatever_lives_or_keeps_a_life_is_part_of_its_name() -> None:
    imported = _imported(LIVE_AND_KEEP)
    assert {"sim.model", "experiments.runs.simulate", "experiments.runs.array_file"} <= set(imported)
    assert set(imported.values()) <= set(sources.living())


def test_no_number_of_an_answer_is_made_where_things_are_only_shown() -> None:
    imported = _imported((*LIVE_AND_KEEP, *PLAN_AND_READ))
    assert set(imported.values()) <= {*sources.living(), *sources.answering()}
    assert set(sources.living()).isdisjoint(sources.answering())


def _modules() -> dict[str, Path]:
    """Files of the modules of the project, by name."""
    found = {}
    for top in ("sim", "experiments"):
        for path in (sources.ROOT / top).rglob("*.py"):
            parts = path.relative_to(sources.ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _imported(entries: Iterable[str]) -> dict[str, Path]:
    """Files of all that the entries import, directly or not, wherever in them; keys make no number."""
    modules, found, left = _modules(), dict[str, Path](), [*entries]
    while left:
        name = left.pop()
        if name in modules and name not in found and not modules[name].stem.endswith("keys"):
            found[name] = modules[name]
            left += _imports(ast.parse(modules[name].read_text(encoding="utf-8")))
    return found


def _imports(tree: ast.AST) -> Iterator[str]:
    """Modules that a file imports, but those that only type checkers see."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        yield from _imports(node)
