"""No edit of a source, a scenario, a register, a table or a data file leaves an old number standing."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from experiments.runs.store import LifeStore
from sim.data import series
from tests.keys import OWN, VERBS

ROOT: Final = Path(__file__).parents[2]
Names = dict[str, list[str]]
Edit = dict[str, str]

OF_EVERY_VERB: Final = {
    "a rule": ("sim/life/skill.py", r"\Z", "\nEDITED = 1\n"),
    "how lives are lived": ("experiments/runs/simulate.py", r"\Z", "\nEDITED = 1\n"),
    "the past": ("configs/scenario/frozen.yaml", "city: 5000", "city: 5100"),
    "a rate": ("configs/parameters/rates.yaml", "value: 0.015", "value: 0.016"),
    "a constant": ("configs/parameters/constants.yaml", "value: 0.42", "value: 0.43"),
}  # fmt: skip
ASKED: Final = "the scenario that is asked for"
OWN_FIGURES: Final = "a figure of the user's own"
OF_SOME: Final = {  # what is fitted decides no life: its figures are taken from the records on reading
    ASKED: (
        "configs/scenario/reform.yaml", r"level: 0\.\d+", "level: 0.11",
        ("run", "compare", "sweep", "backtest", "sensitivity", "attribute"),
    ),
    "what draws know": (
        "configs/calibration/until_2024/posterior.csv", r"\n0\.\d", "\n0.9",
        tuple(verb for verb in VERBS if verb != "calibrate"),
    ),
}  # fmt: skip


def edited(name: str, pattern: str, new: str) -> Edit:
    text = (ROOT / name).read_text(encoding="utf-8")
    changed = re.sub(pattern, new, text, count=1)
    assert changed != text, name
    return {name: changed}


def another_figure() -> Edit:
    """A data file with another number, and its sum."""
    name, sums = "sim/data/births.csv", "sim/data/SHA256SUMS"
    old = (ROOT / name).read_bytes()
    new = old.replace(b",1062,", b",1063,")
    digests = [hashlib.sha256(content).hexdigest() for content in (old, new)]
    return {name: new.decode(), sums: (ROOT / sums).read_text(encoding="utf-8").replace(*digests)}


def own_figures() -> Edit:
    """A made-up figure of the first year after the published."""
    year = max(series("employment_secondary")) + 1
    return {OWN: f"indicator,year,value,unit\nemployment_secondary,{year},22000,10k persons\n"}


def with_windows_line_ends() -> Edit:
    """Every text that is read, as Git on Windows hands it out."""
    kinds = ("sim/**/*.py", "experiments/**/*.py", "configs/**/*.yaml", "configs/**/*.csv", "sim/data/*.csv")
    texts = {path: path.read_bytes().decode() for kind in kinds for path in ROOT.glob(kind)}
    return {
        path.relative_to(ROOT).as_posix(): text.replace("\r\n", "\n").replace("\n", "\r\n")
        for path, text in texts.items()
    }


def strays() -> Edit:
    """What systems and editors leave, a word of a page, and what a question makes of lives."""
    above = (
        "experiments/pages/page.py",
        "experiments/outcomes/attained.py",
        "experiments/questions/attribute/futures.py",
    )
    edits = {name: (ROOT / name).read_text(encoding="utf-8") + "\nEDITED = 1\n" for name in above}
    return {
        "configs/scenario/._frozen.yaml": "\x00\x05\x16\x07",
        "configs/scenario/.ipynb_checkpoints/reform-checkpoint.yaml": "name: [",
        "configs/parameters/._rates.yaml": "\x00\x05\x16\x07",
        "configs/parameters/rates (1).yaml": "value: 0.5",
        "configs/parameters/Thumbs.db": "\x00",
        "configs/calibration/.ipynb_checkpoints/posterior.csv": "",
        "sim/life/._skill.py": "\x00\x05\x16\x07",
        "sim/life/.#skill.py": "",
        "sim/life/skill (1).py": "EDITED = 1",
        "sim/data/._births.csv": "\x00\x05\x16\x07",
        **edits,
    }


def copied(folder: Path, parts: Sequence[str] = ("sim", "configs", "experiments", "tests")) -> Path:
    """A copy of parts of the project, but for its letters."""
    for part in parts:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("typefaces", "__pycache__"))
    return folder


def names_after(edits: dict[str, Edit], folder: Path) -> dict[str, Names]:
    """Names that each verb gives to what it keeps, after each of some edits."""
    asked = folder / "edits.json"
    asked.write_text(json.dumps(edits), encoding="utf-8")
    copy = copied(folder / "copy")
    words = [sys.executable, "-m", "tests.keys", str(asked)]
    answer = subprocess.run(
        words, cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Names] = json.loads(answer.stdout)
    return found


@pytest.mark.slow
def test_no_edit_leaves_an_old_number_standing(tmp_path: Path) -> None:
    every = {name: edited(*edit) for name, edit in OF_EVERY_VERB.items()}
    some = {name: edited(*edit) for name, (*edit, _) in OF_SOME.items()}
    same = {"none": {}, "what decides nothing": {**with_windows_line_ends(), **strays()}}
    own = {OWN_FIGURES: own_figures()}
    found = names_after({**same, **every, "a figure": another_figure(), **some, **own}, tmp_path)
    before = found.pop("none")
    assert all(before.values())
    assert found.pop("what decides nothing") == before
    taking = {name: verbs for name, (*_, verbs) in OF_SOME.items()}
    taking[OWN_FIGURES] = tuple(verb for verb in VERBS if verb != "backtest")
    for name, after in found.items():
        verbs = taking.get(name, tuple(VERBS))
        for verb in verbs:
            kept = set(before[verb]) & set(after[verb])
            # Asked: the years before it, its baseline, and coalitions without it are the same. Own figures: a
            # comparison lives its first runs without them too.
            if name == ASKED or (name, verb) == (OWN_FIGURES, "compare"):
                assert set(after[verb]) - set(before[verb]), f"{verb} does not see an edit of {name}"
                continue
            assert not kept, f"after an edit of {name}, {verb} finds {kept} again"


@pytest.mark.slow
def test_an_edited_constant_of_a_question_gives_another_answer(tmp_path: Path) -> None:
    """The simulation is that of the project, so that its compiled code serves."""
    copied(tmp_path, ("configs", "experiments"))
    fonts = "experiments/pages/typefaces"
    (tmp_path / fonts).symlink_to(ROOT / fonts)
    words = [
        "scenario=frozen", "scenario.families.delivery.level=0.8",
        "scenario.families.delivery.start=2027-01",
        "draws=2", "agents=5000", "targets.year=2028", "threads=1",
    ]  # fmt: skip
    command = [sys.executable, "-m", "experiments.cli", "attribute", *words]

    def answered() -> tuple[dict[str, bytes], set[str]]:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
        subprocess.run(command, cwd=tmp_path, env=env, check=True)
        folder = tmp_path / "results/attribute/default"
        tables = {name: (folder / f"{name}.csv").read_bytes() for name in ("levers", "totals")}
        parts = LifeStore(tmp_path / "results").parts()
        return tables, {facts["run_id"] for part in parts for facts in part.lives}

    before, lived = answered()
    levers = tmp_path / "experiments/questions/attribute/futures.py"
    text = levers.read_text(encoding="utf-8")
    assert "PER_CENT: Final = 0.01\n" in text
    levers.write_text(text.replace("PER_CENT: Final = 0.01\n", "PER_CENT: Final = 0.2\n"), encoding="utf-8")
    after, all_lived = answered()
    assert lived < all_lived, "only what the edited lever makes another life is lived"
    assert after["totals"] == before["totals"]
    assert after["levers"] != before["levers"]
