"""Studies on Slurm, with programs that stand in for it: what is asked for, who works, what status tells."""

import json
import os
import shlex
import shutil
import signal
import stat
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from experiments import cli
from experiments.command.choices import choose
from experiments.places import CONFIGS
from experiments.questions.sweep.design import Design
from experiments.questions.sweep.keys import SweepKeys
from experiments.runs.presence import present, workers
from experiments.runs.worker import Means
from experiments.study.cluster import Cluster
from experiments.study.state import state_of
from tests.studies import digests, finished, planned, study

pytest.importorskip("submitit", reason="hydra-submitit-launcher is not installed")
Captured = pytest.CaptureFixture[str]

SBATCH = """#!/bin/sh
cp "$1" "$SLURM_STAND_IN/script.sh"
echo Submitted batch job 77
"""
SQUEUE = """#!/bin/sh
echo "$@" > "$SLURM_STAND_IN/asked"
cat "$SLURM_STAND_IN/queue"
"""
SRUN = """#!/bin/sh
while [ "${1#-}" != "$1" ]; do case "$1" in --output|--error) shift;; esac; shift; done
exec "$@"
"""


class Slurm:
    """A cluster that takes jobs and leaves them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "state"
        for name, text in (("sbatch", SBATCH), ("squeue", SQUEUE), ("srun", SRUN)):
            path = folder / "bin" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        self.says("")

    def says(self, queue: str) -> None:
        (self.folder / "queue").write_text(queue)

    @property
    def script(self) -> str:
        return (self.folder / "script.sh").read_text()

    def pickles(self) -> list[Path]:
        return sorted(self.home.rglob("*_submitted.pkl"))


@pytest.fixture
def slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Slurm:
    one = Slurm(tmp_path / "slurm")
    monkeypatch.setenv("PATH", f"{one.folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("SLURM_STAND_IN", str(one.folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(one.home))
    return one


def sweep(results: Path, *more: str) -> int:
    words = [
        "sweep",
        "name=one",
        "population=tiny",
        "launcher=slurm",
        f"results={results}",
        "job_minutes=0.01",
    ]
    return cli.main([*words, "scenarios=[frozen,reform]", "seeds=2", "draws=2", *more])


def work(slurm: Slurm, monkeypatch: pytest.MonkeyPatch, number: int | None = None) -> None:
    """Do what the nodes of the cluster would do."""
    from submitit.core.utils import DelayedSubmission

    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGUSR2)}
    try:
        for place, pickle in enumerate(slurm.pickles()):
            if number in (None, place):
                monkeypatch.setenv("SLURM_JOB_ID", str(100 + place))
                DelayedSubmission.load(pickle).result()
    finally:
        monkeypatch.delenv("SLURM_JOB_ID", raising=False)
        for one, handler in before.items():
            signal.signal(one, handler)


def test_jobs_are_submitted_and_nobody_waits(
    fake: ModuleType, slurm: Slurm, results: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sweep(results, "slurm.partition=long", "slurm.cpus_per_task=8") == 0
    said = capsys.readouterr().out
    assert "this terminal may be closed" in said
    assert fake.calls == []
    for line in ("--array=0-3%4", "--partition=long", "--cpus-per-task=8", "--mem=2GB", "--signal=USR2@120"):
        assert f"#SBATCH {line}" in slurm.script
    assert "#SBATCH --time=" in slurm.script
    assert "--cpus-per-task=8" in slurm.script.partition("\nsrun ")[2], "srun takes over no other number"
    assert not any(path.suffix == ".pkl" for path in results.rglob("*")), "no pickle lies in results"
    work(slurm, monkeypatch)
    assert state_of(study(results)).done == 8
    assert fake.calls.count("history 1") == 2
    assert cli.main(["verify", "one", f"results={results}"]) == 0


def test_the_page_for_clusters_submits_what_it_tells(
    fake: ModuleType, slurm: Slurm, results: Path, capsys: Captured
) -> None:
    page = (CONFIGS.parent / "docs/cluster.md").read_text(encoding="utf-8")
    commands = [shlex.split(line) for line in page.splitlines() if "experiment=country" in line]
    trial, whole = (words[1:] for words in commands if words[:2] == ["workforce", "sweep"])
    assert cli.main([*trial, f"results={results}"]) == 0
    assert "5 lives in 1 job;" in capsys.readouterr().out
    for line in ("--cpus-per-task=2", "--mem=16GB", "--partition=NAME", "--time=180"):
        assert f"#SBATCH {line}\n" in slurm.script
    assert cli.main([*whole, f"results={results}"]) == 0
    assert len(planned(study(results, "country"))) == 1000


def test_hydras_words_choose_the_launcher(fake: ModuleType, slurm: Slurm, results: Path) -> None:
    words = ["launcher=basic", "hydra/launcher=slurm", "hydra.launcher.qos=night"]
    assert sweep(results, *words) == 0
    assert "#SBATCH --qos=night" in slurm.script


def test_a_job_is_told_when_most_of_its_time_is_over(results: Path) -> None:
    plan = Design.read(choose("sweep", ["population=tiny", "seeds=1", "draws=1"])).plan()
    told = {}
    for minutes in (1, 4, 60):
        chosen = SweepKeys(threads=1, slurm={"timeout_min": minutes})
        jobs = Cluster(study(results), chosen, Means(), waits=False)
        told[minutes] = jobs.resources([plan])["signal_delay_s"]
    assert told == {1: 15, 4: 60, 60: 120}


def test_status_tells_what_the_scheduler_says(
    fake: ModuleType, slurm: Slurm, results: Path, capsys: Captured
) -> None:
    assert sweep(results) == 0
    slurm.says("77 PENDING\n77 PENDING\n78 RUNNING\n")
    capsys.readouterr()
    assert cli.main(["status", "one", f"results={results}"]) == 0
    assert "In Slurm: 2 pending, 1 running." in capsys.readouterr().out
    assert "--name=study-one-" in (slurm.folder / "asked").read_text()
    assert cli.main(["status", "one", "--json", f"results={results}"]) == 0
    assert json.loads(capsys.readouterr().out)["slurm"] == {"pending": 2, "running": 1}
    slurm.says("")
    assert cli.main(["status", "one", f"results={results}"]) == 0
    assert "Nobody works on it: the command of the study, given again, goes on." in capsys.readouterr().out
    (slurm.folder / "queue").unlink()
    assert cli.main(["status", "one", f"results={results}"]) == 0
    assert "Slurm does not answer here" in capsys.readouterr().out


@pytest.mark.slow
def test_nothing_is_submitted_twice(
    fake: ModuleType, slurm: Slurm, results: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sweep(results) == 0
    slurm.says("77 PENDING\n")
    for words in (["sweep"], ["compact", "one", f"results={results}"]):
        code = sweep(results) if words == ["sweep"] else cli.main(words)
        assert code == 2
        said = capsys.readouterr().err
        assert "1 jobs of this study wait or run in Slurm" in said
        assert "scancel --name=study-one-" in said
    work(slurm, monkeypatch, number=0)
    slurm.says("")
    shutil.rmtree(slurm.home)
    assert sweep(results) == 0, "what was cancelled is submitted again"
    assert len(slurm.pickles()) == 1, "the measured rate packs more into a job"
    work(slurm, monkeypatch)
    assert state_of(study(results)).done == 8


@pytest.mark.slow
def test_a_job_that_slurm_does_not_know_has_ended(fake: ModuleType, slurm: Slurm, results: Path) -> None:
    assert sweep(results) == 0
    gone = {"kind": "job", "host": "node7", "pid": 1, "born": "1", "done": 0, "runs": 2, "slurm": "77"}
    (study(results).presence / "job-1.json").write_text(json.dumps(gone))
    slurm.says("77 RUNNING\n")
    assert len(state_of(study(results)).working) == 1
    slurm.says("")
    assert state_of(study(results)).working == ()
    assert sweep(results) == 0
    (slurm.folder / "queue").unlink()
    gone["born"] = "2"
    (study(results).presence / "job-1.json").write_text(json.dumps(gone))
    assert len(state_of(study(results)).working) == 1, "when the scheduler is silent, who spoke of late lives"


def test_a_job_that_slurm_starts_again_is_one_job(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = {"kind": "job", "host": "node7", "pid": 1, "born": "1", "done": 0, "runs": 2, "slurm": "77"}
    monkeypatch.setenv("SUBMITIT_EXECUTOR", "slurm")
    monkeypatch.setenv("SLURM_JOB_ID", "77")
    with present(results, "job"):
        assert len(workers(results, {"77"})) == 1
        (path,) = results.glob("*.json")
        path.write_text(json.dumps(lost))
        with present(results, "job"):
            assert [worker.pid for worker in workers(results, {"77"})] == [os.getpid()]


def test_a_launcher_inside_an_allocation_is_no_job_of_the_study(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLURM_JOB_ID", "77")
    with present(results, "launcher"):
        (path,) = results.glob("*.json")
        path.write_text(json.dumps({**json.loads(path.read_text()), "host": "node7"}))
        assert [worker.alive for worker in workers(results, frozenset())] == [True]


def test_a_refusal_of_the_scheduler_is_one_line(
    fake: ModuleType, slurm: Slurm, results: Path, capsys: Captured
) -> None:
    (slurm.folder / "bin/sbatch").write_text(
        "#!/bin/sh\necho 'sbatch: error: invalid partition' >&2\nexit 1\n"
    )
    assert sweep(results, "slurm.partition=nowhere") == 2
    said = capsys.readouterr().err
    assert "invalid partition" in said
    assert said.count("\n") == 1
    assert sweep(results, "launcher=basic", "threads=1") == 0


def test_jobs_that_slurm_took_before_it_refused_are_told(
    fake: ModuleType, slurm: Slurm, results: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.study.cluster.MOST_JOBS_AT_ONCE", 2)
    sbatch = slurm.folder / "bin/sbatch"
    sbatch.write_text(f"#!/bin/sh\nrm {sbatch}\necho Submitted batch job 77\n")
    assert sweep(results) == 2
    assert "Slurm takes only 2 of 4 jobs of this study" in capsys.readouterr().err


def test_without_slurm_it_is_said(
    fake: ModuleType, results: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert sweep(results) == 2
    assert "srun is not found; launcher=joblib" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("slurm.setup=[id]", "setup"),
        ("slurm.additional_parameters={wrap:id}", "additional_parameters"),
        ("slurm.partition='a\nid'", "must be plain"),
        ("slurm.partition='$(id)'", "must be plain"),
        ("slurm.account='x; id'", "must be plain"),
        ("slurm.mem_gb=-1", "must be a whole number"),
        ("slurm.cpus_per_task=many", "must be a whole number"),
        ("slurm.qos={a:1}", "must be plain"),
        ("launcher=joblib slurm.qos=night", "no meaning with launcher=joblib"),
        ("hydra.launcher._target_=os.system", "_target_"),
        ("hydra/launcher=../../evil", "is not possible"),
    ],
)
def test_nothing_that_a_shell_could_execute_passes(
    word: str, line: str, fake: ModuleType, slurm: Slurm, results: Path, capsys: Captured
) -> None:
    words = word.split(" ") if word.startswith("launcher") else [word]
    assert sweep(results, *words) == 2
    said = capsys.readouterr().err
    assert line in said
    assert said.count("\n") == 1
    assert not (slurm.folder / "script.sh").exists()


def test_the_time_limit_keeps_what_is_finished(
    fake: ModuleType, slurm: Slurm, results: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import fake_model

    assert sweep(results, "job_minutes=100") == 0
    original = fake_model.WorkforceModel.columns

    def told_in_time(model: fake_model.WorkforceModel) -> object:
        if model.seed == 2:
            signal.raise_signal(signal.SIGUSR2)
        return original(model)

    monkeypatch.setattr(fake_model.WorkforceModel, "columns", told_in_time)
    with pytest.raises(SystemExit):
        work(slurm, monkeypatch)
    assert "its time is over. Finished lives are kept" in capsys.readouterr().out
    assert len(finished(results)) == 2
    assert (state_of(study(results)).done, state_of(study(results)).failed) == (2, 0)


@pytest.mark.slow
def test_a_job_as_slurm_would_start_it_gives_the_same_runs(
    slurm: Slurm, results: Path, tmp_path: Path
) -> None:
    small = ("population.agents=5000", "seeds=1", "draws=1")
    assert sweep(results, *small, "job_minutes=100") == 0
    words = ["bash", str(slurm.folder / "script.sh")]
    environment = {**os.environ, "SLURM_JOB_ID": "77", "SLURM_NTASKS": "1"}
    done = subprocess.run(words, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    here = tmp_path / "here"
    assert sweep(here, *small, "launcher=basic") == 0
    assert digests(results) == digests(here)
    assert len(digests(here)) == 2
