"""Published indicators as pages say them, and the sentences of pages that judge the model."""

from pathlib import Path

import pytest

from experiments.outcomes.published import published_units
from experiments.pages.language import spoken
from experiments.pages.published import PUBLISHED_LABELS, as_published
from experiments.questions.backtest.page import write_report
from tests import made_answers


def test_every_published_indicator_has_words_of_its_own() -> None:
    assert set(PUBLISHED_LABELS) == set(published_units())
    for code in ("en", "zh"):
        with spoken(code):
            assert len(set(PUBLISHED_LABELS.values())) == len(PUBLISHED_LABELS)


@pytest.mark.parametrize(
    ("indicator", "unit", "value", "english", "chinese"),
    [
        ("migrant_workers_total", "10k persons", 28_836.0, "288 million", "2.884亿"),
        ("migrant_mean_age", "years", 39.0, "39.0 years", "39.0岁"),
        ("industrial_worker_mean_schooling", "years", 10.2, "10.2 years", "10.2年"),
        ("avg_wage_private", "yuan/yr nominal", 42_833.0, "42,833 yuan", "42,833元"),
        ("turnover_manufacturing", "%", 23.0, "23.0 %", "23.0%"),
    ],
)
def test_figures_are_said_in_their_unit(
    indicator: str, unit: str, value: float, english: str, chinese: str
) -> None:
    for code, said in (("en", english), ("zh", chinese)):
        with spoken(code):
            assert as_published(indicator, unit)(value).replace("\N{NO-BREAK SPACE}", " ") == said


def test_a_page_is_made_from_the_files_of_the_folder_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.questions.backtest.page.FIGURES", ())
    folder = made_answers.backtest(tmp_path)
    moved = folder.rename(tmp_path / "elsewhere")
    first = (moved / "report.html").read_bytes()
    assert write_report(moved).read_bytes() == first
    (moved / "rows.csv").unlink()
    with pytest.raises(FileNotFoundError):
        write_report(moved)
