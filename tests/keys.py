"""Under which names every verb keeps what it lives, after each of some edits of a copy of the project.

Started by a test as ``python -m tests.keys EDITS`` in a copy, which it edits; EDITS is JSON: for each edit,
the files and what they hold then. Prints, as JSON, the names that each verb gives to what it keeps. The model
is a stand-in, and of the verbs that live in other processes only the first tasks are looked at.
"""

import json
import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet  # noqa: F401 - read once, before any edit, like all that is heavy

from experiments import cli
from experiments.runs import execute, machine
from experiments.runs.plan import Cell
from experiments.runs.store import LifeStore
from sim import inputs  # noqa: F401
from tests import fake_model

OWN: Final = "own.csv"  # a user's own figures; verbs are given them when an edit writes the file
FIGURES: Final = "indicator,year,value\navg_wage_nonprivate,2019,90501\n"
VERBS: Final = {
    "run": "scenario=reform population.agents=5000",
    "compare": "scenarios=[reform,adaptive] population.agents=5000 seeds=1 report.page=false",
    "sweep": "scenarios=[reform] population.agents=5000 seeds=1 draws=1 launcher=basic",
    "calibrate": "agents=5000 members=20",
    "backtest": "scenario=reform agents=5000 draws=1",
    "sensitivity": "agents=5000",
    "attribute": "agents=5000 draws=2",
    "adapt": "agents=5000 draws=2",
    "optimise": "agents=5000 front_agents=5000",
}


class Asked(BaseException):
    """Tasks were asked for, and that is enough."""


def names_kept() -> dict[str, list[str]]:
    """Names of all that each verb would find again."""
    return {verb: _names_of(verb, words.split()) for verb, words in VERBS.items()}


def _names_of(verb: str, words: list[str]) -> list[str]:
    found: list[str] = []

    def asked(_: execute.Executor, cells: list[Cell], __: Any) -> Any:
        found.extend(life.run_id for cell in cells for life in cell.lives)
        raise Asked

    execute.Executor._reading = asked  # type: ignore[method-assign, assignment]
    with tempfile.TemporaryDirectory() as results:
        if verb == "backtest":
            figures = Path(results) / "figures.csv"
            figures.write_text(FIGURES, encoding="utf-8")
            words = [*words, f"observed={figures}"]
        elif Path(OWN).exists():
            words = [*words, f"data=[{OWN}]"]
        said = StringIO()
        try:
            with redirect_stdout(said), redirect_stderr(said):
                code = cli.main([verb, *words, f"results={results}", "threads=1"])
            assert code == 0, said.getvalue()
        except Asked:
            return found
        return _in_folder(Path(results))


def _in_folder(results: Path) -> list[str]:
    """Names of histories, of lives with what is kept of them, and of the runs of a study."""
    found = [path.relative_to(results).as_posix() for path in results.glob("histories/*")]
    lives = (facts for part in LifeStore(results).parts() for facts in part.lives)
    found += [f"{facts['run_id']} {held}" for facts in lives for held in facts["holds"]]
    for plan in results.glob("studies/*/*/plan.json"):
        found += [row["run_id"] for row in json.loads(plan.read_text(encoding="utf-8"))["lives"]]
    return found


def after(edit: dict[str, str]) -> dict[str, list[str]]:
    """The same after an edit, in a process that has read nothing before; the edit is taken back."""
    before = {name: Path(name).read_bytes() if Path(name).exists() else None for name in edit}
    for name, content in edit.items():
        Path(name).parent.mkdir(exist_ok=True, parents=True)
        Path(name).write_text(content, encoding="utf-8", newline="")
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        with os.fdopen(theirs, "w") as pipe:
            json.dump(names_kept(), pipe)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    for name, old in before.items():
        Path(name).unlink() if old is None else Path(name).write_bytes(old)
    found: dict[str, list[str]] = json.loads(said)
    return found


def main() -> None:
    """Answer for all edits."""
    for module in ("sim.model", "sim.snapshot", "sim.outcomes.paired"):
        sys.modules[module] = fake_model
    machine.compile_once = lambda: None
    edits = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    json.dump({name: after(edit) for name, edit in edits.items()}, sys.stdout)


if __name__ == "__main__":
    main()
