"""Every verb answers what it answered before: terminal, tables, facts, words of pages, digests of states.

What was answered before stands in ``tests/golden/``. The verbs are asked through the command line alone, so
that modules may move. Lives are real where few suffice; otherwise the model is a stand-in.
"""

import os
import pickle
from pathlib import Path
from types import ModuleType

import pytest

from experiments import cli
from experiments.pages.drawing.drawn import Sketch
from experiments.pages.drawing.painters import Drawings
from experiments.questions.sensitivity import factors as importance
from tests import fake_country, fake_model, golden_files
from tests.golden_answers import answer_in_words, lives_in_words, said

AGENTS = "agents=5000"
PEOPLE = "population.agents=5000"
THREADS = f"threads={os.environ.get('GOLDEN_THREADS', '1')}"  # no answer depends on it
MOMENT = "1767225600"  # the first of January 2026, in place of today
CHINESE = "report.language=zh"
FIGURES = """indicator,year,value,unit
migrant_mean_age,2015,38.6,years
migrant_mean_age,2016,39.0,years
employment_secondary_share,2016,28.5,%
births_on_the_moon,2016,5,%
"""
FLOWS = """origin_code,dest_code,year,value
340000,310000,2005,900
430000,440000,2005,2000
510000,440000,2005,1500
"""


class Asked:
    """Asks the command line, and notes what it says."""

    def __init__(self, results: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.results, self.capsys = results, capsys
        self.notes: list[str] = []

    def __call__(self, line: str, *beside: str) -> int:
        """Give a command, with words that no answer depends on beside it; the exit code."""
        self.capsys.readouterr()
        code = cli.main([*line.split(), *beside, f"results={self.results}"])
        spoken = self.capsys.readouterr()
        self.notes += [f"$ workforce {line}", spoken.out + spoken.err + f"(exit code {code})", ""]
        return code

    def check(self, name: str, *folders: str) -> None:
        """Compare all that was said and written with what was answered before."""
        found = {"terminal": said("\n".join(self.notes), self.results)}
        self.notes = []
        for folder in folders:
            before = f"{Path(folder).name}-" if len(folders) > 1 else ""
            words = answer_in_words(self.results / folder, self.results)
            found |= {f"{before}{part}": text for part, text in words.items()}
        states = lives_in_words(self.results)
        golden_files.check(name, found | ({"states": states} if states else {}))


@pytest.fixture
def asked(results: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    return Asked(results, capsys)


@pytest.fixture
def made_up(fake: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stand-in for the model, in every process."""
    fake_country.stand_in(monkeypatch, tmp_path / "hook")


@pytest.fixture(autouse=True)
def sent_to_painters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every figure can be drawn by another process, on pages of few figures too."""
    begin = Drawings.begin

    def sent(drawings: Drawings, sketch: Sketch) -> None:
        begin(drawings, pickle.loads(pickle.dumps(sketch)))

    monkeypatch.setattr(Drawings, "begin", sent)


def without_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the figures of a comparison's page, which take half a minute. A look inside, as the next."""
    monkeypatch.setattr("experiments.questions.compare.page.FIGURES", ())


def with_few_uncertain_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a study of sensitivity look at a few numbers: the errors of all take a quarter of a minute."""
    every = importance.factors
    monkeypatch.setattr(importance, "factors", lambda inputs: every(inputs)[:8])


def test_run(asked: Asked) -> None:
    life = f"run {PEOPLE} scenario=reform seed=3"
    assert asked(f"{life} draw=1", THREADS) == 0
    assert asked(f"{life} draw=1", THREADS) == 0
    assert asked(f"{life} draws=2", THREADS) == 0
    asked.check("run")


def test_compare(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    without_figures(monkeypatch)
    assert asked(f"compare {PEOPLE} seeds=2 scenarios=[frozen,reform]", THREADS) == 0
    assert asked(f"report compare/default {CHINESE}") == 0
    asked.check("compare", "compare/default")


@pytest.mark.slow
def test_compare_with_all_figures(asked: Asked) -> None:
    """More runs, so that chance, knowledge and policy can be told apart; the data of every figure too."""
    assert asked(f"compare {PEOPLE} seeds=8 scenarios=[frozen,reform,adaptive] name=whole", THREADS) == 0
    assert asked(f"report compare/whole {CHINESE}") == 0
    asked.check("compare_whole", "compare/whole")


def test_attribute(asked: Asked) -> None:
    change = "scenario=frozen scenario.families.delivery.level=0.8 scenario.families.delivery.start=2027-01"
    assert asked(f"attribute {change} draws=2 {AGENTS} targets.year=2028", THREADS) == 0
    assert asked(f"report attribute/default {CHINESE}") == 0
    asked.check("attribute", "attribute/default")


@pytest.mark.slow
def test_adapt(asked: Asked) -> None:
    rule = " ".join(
        f"scenario.monitoring.{line}"
        for line in ("first_review=2027", "every_years=1", "delay_months=0", "threshold=9")
    )
    assert asked(f"adapt draws=2 {AGENTS} levels=[1] places=[0,1] targets.year=2028 {rule}", THREADS) == 0
    assert asked(f"report adapt/default {CHINESE}") == 0
    asked.check("adapt", "adapt/default")


def test_backtest(asked: Asked) -> None:
    asked.results.mkdir()
    for name, text in (("figures", FIGURES), ("flows", FLOWS)):
        (asked.results / f"{name}.csv").write_text(text, encoding="utf-8")
    given = [f"observed={asked.results / 'figures.csv'}", f"flows={asked.results / 'flows.csv'}"]
    assert asked(f"backtest draws=3 {AGENTS}", THREADS, *given) == 0
    assert asked(f"report backtest/default {CHINESE}") == 0
    asked.check("backtest", "backtest/default")


def test_sweep_with_runs_that_fail(asked: Asked, fake: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    original = fake_model.WorkforceModel.columns

    def fails(model: fake_model.WorkforceModel) -> object:
        if model.scenario.name == "reform" and model.seed == 2:
            raise RuntimeError("a fault")
        return original(model)

    study = "sweep name=one population=tiny launcher=basic scenarios=[frozen,reform] seeds=2 draws=2"
    grid = "grid.parameters.quit_per_year=[0.12,0.15]"
    monkeypatch.setattr(fake_model.WorkforceModel, "columns", fails)
    assert asked(f"{study} {grid}", THREADS) == 1
    assert asked("status one") == 0
    monkeypatch.setattr(fake_model.WorkforceModel, "columns", original)
    assert asked("retry one") == 0
    assert asked("status one --json") == 0
    assert asked("verify one share=0.5 seed=1", THREADS) == 0
    assert asked("report one pages=0") == 0
    for form in ("csv", "iamc", "xlsx"):
        assert asked(f"export one format={form}") == 0
    asked.check("sweep", "studies/sweep/one/report", "studies/sweep/one/export")


OPTIMISE = (
    f"optimise candidates=32 cells=4 front=4 front_cells=6 trust_cells=6 {AGENTS} front_agents=5000 "
    "probability=0.6"
)


def test_optimise_goes_on_after_an_interruption(
    asked: Asked, made_up: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_country.stop_after(60, tmp_path / "stop", monkeypatch)
    assert asked(OPTIMISE, THREADS) == 130
    assert not (asked.results / "optimise/default").exists()
    asked.check("optimise_interrupted")
    assert asked(OPTIMISE, THREADS) == 0
    assert asked(f"report optimise/default {CHINESE}") == 0
    asked.check("optimise", "optimise/default")


@pytest.mark.slow
def test_optimise_without_an_interruption_is_the_same(asked: Asked, made_up: None) -> None:
    assert asked(OPTIMISE, THREADS) == 0
    assert asked(f"report optimise/default {CHINESE}") == 0
    asked.check("optimise", "optimise/default")


@pytest.mark.slow
def test_optimise_with_real_lives(asked: Asked) -> None:
    few = "candidates=32 cells=2 front=2 front_cells=2 trust_cells=2 front_agents=5000"
    assert asked(f"optimise {few} {AGENTS} targets.year=2027", THREADS) == 0
    asked.check("optimise_real", "optimise/default")


@pytest.mark.slow
def test_sensitivity(asked: Asked, made_up: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with_few_uncertain_numbers(monkeypatch)
    assert asked(f"sensitivity trajectories=2 keep=2 samples=8 {AGENTS}", THREADS) == 0
    assert asked(f"report sensitivity/default {CHINESE}") == 0
    asked.check("sensitivity", "sensitivity/default")


@pytest.mark.slow
def test_sensitivity_to_all_numbers(asked: Asked, made_up: None) -> None:
    assert asked(f"sensitivity trajectories=2 keep=2 samples=8 {AGENTS} name=whole", THREADS) == 0
    asked.check("sensitivity_whole", "sensitivity/whole")


def test_calibrate(asked: Asked, made_up: None) -> None:
    assert asked(f"calibrate until=2016 {AGENTS} members=20 rounds=1 draws=4 name=small", THREADS) == 0
    assert asked(f"report calibrate/small {CHINESE}") == 0
    asked.check("calibrate", "calibrate/small")
