"""Studies on a real Slurm: what is submitted, ended, lost and found, with the simulation itself."""

import json
import math
import os
import time
from pathlib import Path
from typing import Any

import pytest

from experiments import cli
from experiments.runs.plan import years_of_a_cell
from experiments.runs.presence import workers
from experiments.study.cluster import FEWEST_AGENTS_COUNTED, FIRST_RATE
from experiments.study.scheduler import name_of_jobs
from tests.integration.slurm.cluster import CPUS, PARTITION, Cluster, until
from tests.integration.test_study_questions import CALIBRATE, OPTIMISE, answered, asked, tables
from tests.studies import digests, nothing_double, planned, study

pytestmark = pytest.mark.slow
Captured = pytest.CaptureFixture[str]
AGENTS = 5_000
# Seconds of one history and two futures, before anything is measured
CELL = 12.0 * years_of_a_cell(2, 2035) * FEWEST_AGENTS_COUNTED / FIRST_RATE


def sweep(results: Path, *more: str) -> int:
    words = ["sweep", "name=one", f"population.agents={AGENTS}", "scenarios=[frozen,reform]", "draws=1",
             f"results={results}", "launcher=slurm", "threads=1", *more]  # fmt: skip
    return cli.main(words)


def status(results: Path, capsys: Captured) -> dict[str, Any]:
    capsys.readouterr()
    assert cli.main(["status", "one", "--json", f"results={results}"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["done"] + told["failed"] + told["running"] + told["waiting"] == told["runs"]
    return told


def complete(results: Path) -> bool:
    return set(digests(results)) == set(planned(study(results)))


def at_work(results: Path, seconds: float) -> bool:
    """Whether a job has worked for so long: it has lived some of its runs, a second each, and kept none."""
    jobs = [worker for worker in workers(study(results).presence) if worker.kind == "job"]
    return any(time.time() - job.path.stat().st_mtime > seconds for job in jobs)


def ended(cluster: Cluster) -> bool:
    return not cluster.jobs()


def test_status_tells_the_truth_and_launchers_give_the_same_runs(
    cluster: Cluster, results: Path, tmp_path: Path, capsys: Captured
) -> None:
    cluster.change(f"PartitionName={PARTITION}", "State=DOWN")
    assert sweep(results, "seeds=3", "job_minutes=0.01") == 0
    before = status(results, capsys)
    assert (before["done"], before["waiting"], before["slurm"]) == (0, 6, {"pending": 3})
    assert sweep(results, "seeds=3") == 2
    assert "3 jobs of this study wait or run in Slurm" in capsys.readouterr().err
    cluster.change(f"PartitionName={PARTITION}", "State=UP")
    assert until(lambda: status(results, capsys)["running"], 60)
    during = status(results, capsys)
    assert during["slurm"]["running"] >= 1
    assert 1 <= len(during["working"]) <= 3
    assert until(lambda: ended(cluster), 90)
    after = status(results, capsys)
    assert (after["done"], after["failed"], after["working"], after["slurm"]) == (6, 0, [], {})
    for launcher in ("basic", "joblib"):
        assert sweep(tmp_path / launcher, "seeds=3", f"launcher={launcher}") == 0
        assert digests(results) == digests(tmp_path / launcher)
    assert cli.main(["verify", "one", f"results={results}"]) == 0


@pytest.mark.parametrize("cells", [1, 2, 6])
def test_as_many_jobs_as_their_length_asks_for(cells: int, cluster: Cluster, results: Path) -> None:
    cluster.change(f"PartitionName={PARTITION}", "State=DOWN")
    assert sweep(results, "seeds=6", f"job_minutes={(cells + 0.5) * CELL / 60}") == 0
    assert len(cluster.jobs()) == math.ceil(6 / cells)
    assert {line.strip() for line in cluster.jobs("%j")} == {name_of_jobs(study(results).folder)}


def test_a_job_has_the_processors_that_it_asked_for(cluster: Cluster, results: Path) -> None:
    assert sweep(results, "seeds=20", f"threads={CPUS}") == 0
    assert until(lambda: at_work(results, 4.0), 60)
    (job,) = [worker for worker in workers(study(results).presence) if worker.alive]
    assert len(os.sched_getaffinity(job.pid)) == CPUS


def test_a_job_that_is_cancelled_keeps_what_it_has_finished(
    cluster: Cluster, results: Path, capsys: Captured
) -> None:
    assert sweep(results, "seeds=10") == 0
    assert until(lambda: at_work(results, 8.0), 60)
    cluster.ask("scancel", f"--name={name_of_jobs(study(results).folder)}")
    assert until(lambda: ended(cluster), 30)
    kept = digests(results)
    assert 3 <= len(kept) < 20
    told = status(results, capsys)
    assert (told["done"], told["working"], told["slurm"]) == (len(kept), [], {})
    assert sweep(results, "seeds=10") == 0
    assert until(lambda: ended(cluster), 90)
    assert complete(results)
    assert nothing_double(results)
    assert digests(results).items() >= kept.items()


def test_a_node_that_goes_down_costs_no_finished_part(
    cluster: Cluster, results: Path, capsys: Captured
) -> None:
    assert sweep(results, "seeds=12") == 0
    assert until(lambda: at_work(results, 4.0), 60)
    (node,) = cluster.jobs("%N")
    cluster.change(f"NodeName={node}", "State=DOWN", "Reason=test")
    assert until(lambda: status(results, capsys)["slurm"] == {"pending": 1}, 30), "Slurm puts it back"
    assert status(results, capsys)["working"] == []
    cluster.take_up(node)
    assert until(lambda: ended(cluster), 90)
    assert sweep(results, "seeds=12") == 0
    assert until(lambda: ended(cluster), 90)
    assert complete(results)
    assert nothing_double(results)


def test_the_time_limit_keeps_what_is_finished(cluster: Cluster, results: Path, capsys: Captured) -> None:
    assert sweep(results, "seeds=45", "slurm.timeout_min=5") == 0
    assert until(lambda: at_work(results, 8.0), 60)
    (number,) = cluster.jobs("%A")
    cluster.change(f"JobId={number}", "TimeLimit=1")
    assert until(lambda: ended(cluster), 90)
    kept = digests(results)
    assert 3 <= len(kept) < 90
    assert status(results, capsys)["working"] == []
    assert sweep(results, "seeds=45", "job_minutes=0.2") == 0
    assert until(lambda: ended(cluster), 90)
    assert complete(results)
    assert nothing_double(results)
    assert digests(results).items() >= kept.items()


def test_a_controller_that_stops_loses_nothing(cluster: Cluster, results: Path, capsys: Captured) -> None:
    assert sweep(results, "seeds=8", f"job_minutes={4.5 * CELL / 60}", "slurm.array_parallelism=1") == 0
    assert until(lambda: at_work(results, 4.0), 60)
    cluster.stop_controller()
    told = status(results, capsys)
    assert told["slurm"] is None
    assert len(told["working"]) == 1
    assert cli.main(["status", "one", f"results={results}"]) == 0
    assert "Slurm does not answer here" in capsys.readouterr().out
    assert sweep(results, "seeds=8") == 2
    assert "Slurm does not answer, and may still have jobs" in capsys.readouterr().err
    cluster.start_controller()
    assert until(lambda: complete(results), 90)
    assert nothing_double(results)


def test_what_no_node_can_give_is_refused_in_one_line(
    cluster: Cluster, results: Path, capsys: Captured
) -> None:
    for word in ("slurm.mem_gb=900", "slurm.partition=nowhere"):
        capsys.readouterr()
        assert sweep(results, word) == 2
        said = capsys.readouterr().err
        assert "Slurm takes no job of this study" in said
        assert said.count("\n") == 1


@pytest.mark.parametrize(("words", "first"), [(OPTIMISE, 32), (CALIBRATE, 40)], ids=["optimise", "calibrate"])
def test_a_question_that_asks_for_more_is_killed_and_goes_on(
    words: tuple[str, ...], first: int, cluster: Cluster, results: Path, tmp_path: Path
) -> None:
    there = ("launcher=slurm", "threads=1", "job_minutes=0.05", "slurm.array_parallelism=1")
    here = tmp_path / "here"
    answered(here, *words)
    process = asked(results, *words, *there)
    assert until(lambda: len(digests(results)) > first, 180), "it asked for more when it had seen the first"
    process.kill()
    process.communicate(timeout=60)
    assert cluster.jobs(), "its jobs go on without it"
    said = answered(results, *words, *there)
    assert "jobs of an earlier command are waited for" in said
    assert digests(results) == digests(here)
    assert tables(results, words[0]) == tables(here, words[0])
