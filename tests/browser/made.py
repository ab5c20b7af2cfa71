"""The pages that are looked at: of a real comparison and study of few agents, of a made-up attribution."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments import cli
from experiments.pages.language import in_language, spoken
from experiments.places import CONFIGS
from experiments.questions.attribute.page import write_report
from tests import made_answers
from tests.attributed import answered, made_up

SMALL = ("name=seen", "population.agents=5000", "threads=1")


@dataclass(frozen=True)
class Case:
    """A page in a language."""

    kind: str
    language: str

    def __str__(self) -> str:
        return f"{self.kind}-{self.language}"


CASES = (
    Case("attribution", "en"),
    Case("attribution", "zh"),
    Case("sensitivity", "en"),
    Case("sensitivity", "zh"),
    Case("backtest", "en"),
    Case("backtest", "zh"),
    Case("calibration", "en"),
    Case("calibration", "zh"),
    Case("study", "en"),
    Case("study", "zh"),
    Case("comparison", "en"),
    Case("comparison", "zh"),
)


def written(case: Case, results: Path) -> Path:
    """Make the page of a case; what it tells of is lived once for all languages."""
    with spoken(case.language):
        return MAKERS[case.kind](case, results)


def _comparison(case: Case, results: Path) -> Path:
    folder = results / "compare" / "seen"
    if not folder.exists():
        promises = f"commitments={CONFIGS / 'promises' / 'published.csv'}"
        _command("compare", *SMALL, "seeds=4", "draws=2", promises, "report.page=false", f"results={results}")
    _command("report", "compare/seen", f"report.language={case.language}", f"results={results}")
    return folder / f"{in_language('report')}.html"


def _study(case: Case, results: Path) -> Path:
    folder = results / "studies" / "sweep" / "seen"
    if not folder.exists():
        grid = "grid.parameters.quit_per_year=[0.12,0.15]"
        _command("sweep", *SMALL, "scenarios=[frozen,reform]", "seeds=1", grid, f"results={results}")
    language = f"report.language={case.language}"
    _command("report", "sweep/seen", "pages=0", language, f"results={results}")
    kept = shutil.copytree(folder / "report", results / str(case))  # the next language replaces the report
    return kept / f"{in_language('index')}.html"


def _attribution(case: Case, results: Path) -> Path:
    return write_report(answered(results / str(case), made_up(np.random.default_rng(1))).folder)


def _command(*words: str) -> None:
    assert cli.main(list(words)) == 0


def _of_made_up_lives(case: Case, results: Path) -> Path:
    return getattr(made_answers, case.kind)(results / str(case)) / f"{in_language('report')}.html"


MAKERS = {
    "comparison": _comparison,
    "study": _study,
    "attribution": _attribution,
    **dict.fromkeys(("sensitivity", "backtest", "calibration"), _of_made_up_lives),
}
