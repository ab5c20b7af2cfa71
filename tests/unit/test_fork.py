"""Where history ends is one constant of the configuration, and all that commands begin with lies after it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from experiments.answers.keys import walk
from experiments.command.help import help_of
from experiments.command.verbs import VERBS, keys_of
from experiments.questions.backtest import keys as backtest
from experiments.questions.benchmark import keys as benchmark
from experiments.questions.calibrate import keys as calibrate
from experiments.questions.compare.findings import signposts
from sim.calendar import END, FORK, FORK_YEAR, START, month_index, year_of
from sim.inputs import Inputs
from sim.policy.path import date_text
from sim.policy.scenario import load_scenarios

ROOT = Path(__file__).parents[2]
CONFIGS = ROOT / "configs"
DATE = re.compile(r"(?<![\w.-])(20\d\d)(?:-(\d\d))?(?![\w-])")  # not the year in a name such as until_2024
OF_THE_PAST = (  # what is said of figures, of the past, or of all that is lived
    r"end of 2024", r"201[56] (to|until) 20\d\d", r"from 2015", r"(before|end of) 201[45]", r"20\d\d to 2021",
    r"(published|figures) to 2021", r"20\d\d to 2028", r"published 2024", r"known_until=20\d\d",
    r"(?<!\.)\buntil=20\d\d", r"20\d\d\.csv", r"run_to\(2026\)",
)  # fmt: skip
FIGURES = ("until", "known_until")  # keys of years that figures are of


def past(text: str) -> list[str]:
    """Dates that a text tells to begin with and that lie before the first month of a scenario."""
    for words in OF_THE_PAST:
        text = re.sub(words, "", text)
    return [
        found[0] for found in DATE.finditer(text) if month_index(int(found[1]), int(found[2] or 12)) <= FORK
    ]


def defaults(verb: str) -> dict[str, Any]:
    """What a verb takes for each of its keys when nothing is typed."""
    return {
        key: one.default_factory() if callable(one.default_factory) else one.default
        for key, one in walk(keys_of(verb))
    }


def commands(text: str) -> str:
    """What stands in the code of a page."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


def test_a_date_before_the_fork_is_found() -> None:
    last = date_text(FORK)
    text = (
        f"start={last} and first_review: {FORK_YEAR}, or {date_text(FORK + 1)}; knowledge=until_2024 to 2035"
    )
    assert past(text) == [last, str(FORK_YEAR)]
    assert past("workforce run scenario.families.pay.start=2025-01") == ["2025-01"]


@pytest.mark.parametrize("path", sorted((CONFIGS / "scenario").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_scenario_begins_after_the_fork(path: Path) -> None:
    assert past(path.read_text(encoding="utf-8")) == []


def test_the_shipped_reform_is_full_when_it_says() -> None:
    scenarios = load_scenarios(CONFIGS / "scenario", Inputs.read(CONFIGS).catalogue)
    for name, full in (("reform", 2030), ("slower", 2032)):
        ends = {path.start_month + path.ramp_months for path in scenarios[name].paths}
        assert ends == {month_index(full + 1)}, name
        assert str(full) in scenarios[name].sentence or name == "reform"
    assert {path.start_month for path in scenarios["slower"].paths} == {FORK + 1}
    rule = scenarios["adaptive"].monitoring
    assert rule is not None
    assert rule.first_review > FORK_YEAR + 1  # a whole intake of the scenario's own is to be judged


@pytest.mark.parametrize("verb", VERBS)
def test_no_default_and_no_help_begins_before_the_fork(verb: str) -> None:
    assert past(str({key: default for key, default in defaults(verb).items() if key not in FIGURES})) == []
    assert past(help_of(verb)) == []


@pytest.mark.parametrize("page", ["README.md", "docs/scenarios.md", "docs/cluster.md"])
def test_no_command_of_a_page_begins_before_the_fork(page: str) -> None:
    assert past(commands((ROOT / page).read_text(encoding="utf-8"))) == []


def test_years_that_help_cannot_compute_are_those_of_the_calendar() -> None:
    assert year_of(START) + 1 == backtest.FIRST
    assert year_of(END) == backtest.LAST == calibrate.LAST
    assert defaults("benchmark")["repetitions"] == benchmark.MOST_TURNS <= (year_of(END) - FORK_YEAR - 1) // 2
    assert all(FORK_YEAR < year < year_of(END) for year in signposts.YEARS)


def lived(year: int) -> dict[str, Any]:
    """What a small country tells whose history ends with that year."""
    program = [sys.executable, "-m", "tests.another_fork", str(year)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.slow
def test_history_may_end_in_another_year() -> None:
    told = {year: lived(year) for year in (2024, 2027)}
    assert told[2024]["early"] == told[2027]["early"]  # nothing before a fork knows of it
    for year, one in told.items():
        assert one["year"] == year
        assert f"write a month from {year + 1}-01" in one["refused"]
        (frozen, other), (before, after) = one["demand"], one["examination"]
        assert other / frozen == pytest.approx(1.2 / 0.994)
        assert after > before
