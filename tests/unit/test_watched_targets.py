"""Lives depend on the targets of a command where a scenario has a monitoring rule, and only there."""

from pathlib import Path

from experiments.command.choices import choose
from experiments.questions.compare.question import check as compared
from experiments.questions.run.question import check as run


def ids(results: Path, *words: str) -> list[str]:
    """Numbers of the runs of frozen, reform and adaptive."""
    few = ["population.agents=5000", "seeds=1", f"results={results}"]
    (cell,) = compared(choose("compare", [*few, *words])).cells
    return [life.run_id for life in cell.lives]


def test_only_a_monitoring_rule_makes_a_life_depend_on_the_targets(tmp_path: Path) -> None:
    frozen, reform, adaptive = ids(tmp_path)
    found = [ids(tmp_path, f"targets.{key}") for key in ("city=60000", "year=2032", "counting=active")]
    assert all(one[:2] == [frozen, reform] for one in found)
    assert len({adaptive, *(one[2] for one in found)}) == 4


def test_run_and_compare_watch_the_same(tmp_path: Path) -> None:
    words = [
        "scenario=adaptive",
        "population.agents=5000",
        "draw=1",
        "targets.city=60000",
        f"results={tmp_path}",
    ]
    (life,) = run(choose("run", words)).lives
    assert life.run_id == ids(tmp_path, "targets.city=60000")[2]
    assert life.configuration()["scenario"]["monitoring"]["targets"]["city"] == 60_000
