"""A study of 10,000 runs: what it adds to a run, and whether its commands stay quick and small.

The model is a stand-in, and so its time is next to nothing; the figures of each run are as many as those of a
real one. ``RUNS=1000`` tries fewer.
"""

import os
import resource
import time
from pathlib import Path

import numpy as np
import pytest

from experiments import cli
from experiments.study.state import state_of
from sim.outcomes.record import Columns
from tests import fake_model
from tests.country import REFORM, past
from tests.studies import study

RUNS = int(os.environ.get("RUNS", "10000"))
MOST_MS_A_RUN, MOST_STATUS_SECONDS, MOST_REPORT_SECONDS = 20.0, 2.0, 60.0
MOST_MB_LAUNCHER, MOST_MB_REPORT = 400.0, 1_500.0  # a page holds 200 runs of each scenario, of however many


def figures() -> Columns:
    """Those of a whole life."""
    model = past().fork(REFORM)
    model.run_to(2035)
    return model.columns()


def megabytes() -> float:
    """Most memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.slow
def test_ten_thousand_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shape = figures()
    request.getfixturevalue("fake")

    def columns(model: fake_model.WorkforceModel) -> Columns:
        noise = np.random.default_rng([model.seed, model.draw]).normal(1.0, 0.05, shape.figures.shape)
        return shape._replace(figures=shape.figures * noise)

    monkeypatch.setattr(fake_model.WorkforceModel, "columns", columns)
    words = ["sweep", "name=many", "population=tiny", "launcher=basic", "threads=1", f"results={tmp_path}",
             "scenarios=[frozen,reform]", "grid.parameters.quit_per_year=[0.12,0.14,0.16,0.18,0.2]",
             "job_minutes=1000"]  # fmt: skip
    assert cli.main([*words, "draws=10", "seeds=1"]) == 0  # what every process loads once
    small, busy = megabytes(), time.process_time()
    assert cli.main([*words, "draws=50", f"seeds={RUNS // 500}"]) == 0
    added = (time.process_time() - busy) / RUNS
    grown = megabytes() - small
    began = time.perf_counter()
    assert cli.main(["status", "many", f"results={tmp_path}"]) == 0
    status = time.perf_counter() - began
    began, before = time.perf_counter(), megabytes()
    assert cli.main(["report", "many", f"results={tmp_path}"]) == 0
    report = time.perf_counter() - began
    print(  # noqa: T201 - what the test is for
        f"{RUNS} runs: {1000 * added:.1f} ms of a processor each, launcher grown by {grown:.0f} MB; status "
          f"{status:.2f} s; report {report:.1f} s, grown by {megabytes() - before:.0f} MB")  # fmt: skip
    assert state_of(study(tmp_path, "many")).done == RUNS
    assert 1000 * added < MOST_MS_A_RUN
    assert status < MOST_STATUS_SECONDS
    assert report < MOST_REPORT_SECONDS
    assert grown < MOST_MB_LAUNCHER
    assert megabytes() - before < MOST_MB_REPORT
