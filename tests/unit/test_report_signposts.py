"""Signposts: the line that parts hits from misses, and what is said when there is none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.pages.body import NotRecorded
from experiments.pages.scenario import Scenario
from experiments.questions.compare.findings.signposts import signposts, threshold
from experiments.questions.compare.sections import signposts as section


def test_a_line_parts_runs_that_differ() -> None:
    line, right = threshold(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, False, True, True]))
    assert (line, right) == (2.5, 1.0)
    line, right = threshold(np.array([4.0, 1.0, 3.0, 2.0, 5.0]), np.array([True, False, False, True, True]))
    assert right == 0.8
    assert line in (1.5, 3.5)


def test_no_line_where_nothing_is_told() -> None:
    assert threshold(np.ones(4), np.array([True, False, True, True])) == (None, 0.75)
    assert threshold(np.array([1.0, 2.0, 3.0]), np.array([True, False, False]))[0] is None, (
        "the wrong way round"
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=12))
def test_no_other_line_is_better(runs: list[tuple[int, bool]]) -> None:
    values, reached = np.array([value for value, _ in runs], float), np.array([hit for _, hit in runs])
    line, right = threshold(values, reached)
    others = [((values >= other) == reached).mean() for other in np.arange(-0.5, 10.0)]
    assert right == pytest.approx(max(others))
    if line is not None:
        assert ((values >= line) == reached).mean() == pytest.approx(right)


class Figures:
    """Runs of which the first half ends with too few; 2029 tells it, satisfaction does not."""

    counted, last_year = "recognised", 2035
    scenarios = (Scenario(0, "frozen", "Frozen", ""),)
    baseline = scenarios[0]

    def __init__(self, runs: int = 12, required: float = 100.0) -> None:
        self.index = pd.MultiIndex.from_tuples([("frozen", d, d) for d in range(runs)], names=["s", "d", "e"])
        self.required = required
        self.ends = np.where(np.arange(runs) < runs // 2, 90.0, 110.0)

    def runs(self, indicator: str, group: str = "all") -> pd.DataFrame:
        years = {
            "recognised": {2029: self.ends / 10, 2031: self.ends / 2, 2035: self.ends},
            "satisfaction": {2029: np.full(len(self.index), 50.0), 2031: np.full(len(self.index), 50.0)},
            "completed": {2029: self.ends * 0.0, 2031: self.ends},
            "failed": {2029: self.ends * 0.0, 2031: 120.0 - self.ends},
        }
        if indicator not in years:
            raise NotRecorded(indicator)
        return pd.DataFrame(years[indicator], index=self.index)

    def target(self, *_: object) -> pd.Series:
        return pd.Series({"required": self.required})

    def has(self, *_: object) -> bool:
        return True


def test_signposts_of_a_tier() -> None:
    found = {(row.monitored.label, row.year): row for row in signposts(Figures(), "city")}  # type: ignore[arg-type]
    assert found["Certificates so far", 2029].threshold == 10.0
    assert found["Certificates so far", 2029].right == 1.0
    assert found["Share that passes the evaluation so far", 2031].threshold is not None
    assert found["Share that passes the evaluation so far", 2029].threshold is None, "nobody was evaluated"
    assert found["Satisfaction", 2031].threshold is None
    body = section.build(Figures())  # type: ignore[arg-type]
    assert "in 2029, certificates so far below 10 (right in 100\u00a0% of the runs)" in body.points[0].text
    assert "nan" not in str(body).lower()


@pytest.mark.parametrize("figures", [Figures(runs=6), Figures(required=0.0), Figures(required=1e9)])
def test_too_few_runs_or_all_alike_are_told(figures: Figures) -> None:
    body = section.build(figures)  # type: ignore[arg-type]
    assert not body.tables
    assert "No signpost for national leading craftsmen" in body.paragraphs[0]
