"""The command line, with a stand-in for the simulation."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import yaml

from experiments import cli
from experiments.answers import checks as validate
from experiments.answers.keys import walk
from experiments.command.verbs import keys_of
from experiments.runs import life
from sim.outcomes.attainment import TARGET_COLUMNS
from tests.kept_lives import lives_kept
from tests.refusals import refused

Captured = pytest.CaptureFixture[str]
RUN_COLUMNS = ["scenario", "draw", "seed", "year", "province", "group", "indicator", "unit", "value"]


def words_for(verb: str, results: Path, *more: str) -> list[str]:
    quick = (
        ["report.page=false", "threads=1"] if verb == "compare" else []
    )  # the stand-in lives in one process
    return [verb, "population=tiny", f"results={results}", *quick, *more]


def folders(results: Path, kind: str) -> list[Path]:
    return sorted((results / kind).iterdir())


# questions


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_help_lists_the_verbs(words: list[str], capsys: Captured) -> None:
    assert cli.main(words) == 0
    out = capsys.readouterr().out
    assert all(verb in out for verb in cli.VERBS)


@pytest.mark.parametrize("verb", list(cli.VERBS))
def test_help_of_a_verb_explains_every_key(verb: str, capsys: Captured) -> None:
    assert cli.main([verb, "--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"{key}=" in out for key, _ in walk(keys_of(verb)))
    assert all(len(line) <= 110 for line in out.splitlines())


@pytest.mark.parametrize("words", [[], *([verb, "--help"] for verb in cli.VERBS)])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    program = f"import sys; from experiments.cli import main; main({words!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"numpy", "pandas", "numba", "mesa", "hydra", "omegaconf", "matplotlib", "yaml"}


def test_help_answers_at_once() -> None:
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "experiments.cli"], capture_output=True, check=True)
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.3


@pytest.mark.parametrize("words", [["--help"], ["compare", "--help"], ["run", "--cfg", "job"]])
def test_whoever_reads_may_have_enough(words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    program = [sys.executable, "-m", "experiments.cli", *words]
    done = subprocess.run(program, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_takes_what_is_printed() -> None:
    with Path("/dev/full").open("w") as full:
        program = [sys.executable, "-m", "experiments.cli", "run", "--help"]
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "workforce: there is no room for what is printed\n")


def test_help_of_a_verb_may_be_asked_for_in_two_ways(capsys: Captured) -> None:
    assert cli.main(["help", "run"]) == cli.main(["run", "--help"]) == 0
    said = capsys.readouterr().out
    assert said[: len(said) // 2] == said[len(said) // 2 :]


# bad input


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["compair"], "did you mean 'compare'?"),
        (["fly"], "choose one of: run, compare"),
        (["run", "scenario=refrom"], "unknown scenario 'refrom': did you mean 'reform'?"),
        (["run", "population=tinny"], "did you mean 'tiny'?"),
        (["run", "population=[tiny,full]"], "population takes one name"),
        (["run", "population.agents=10"], "too few"),
        (["run", "population.agents=999999999999"], "more than the"),
        (["run", "sed=3"], "unknown key 'sed': did you mean 'seed'?"),
        (["run", "targets.citty=3"], "did you mean 'targets.city'?"),
        (["run", "seed=abc"], "seed=abc is not a whole number"),
        (["run", "seed=1.5"], "seed=1.5 is not a whole number"),
        (["run", "seed=null"], "seed=null is not possible"),
        (["run", "seed=-1"], "seed=-1 must be a whole number from 0"),
        (["run", "seed"], "'seed' is not understood"),
        (["run", "seed=1,2"], "need -m: workforce run -m seed=1,2"),
        (["run", "~seed"], "no key can be left out"),
        (["run", "+speed=1"], "unknown key 'speed'"),
        (["run", "+seed=1"], "+seed=1: write it without +"),
        (["run", "scenario=frozen.yaml"], "unknown scenario 'frozen.yaml': did you mean 'frozen'?"),
        (["run", "population=../population/tiny"], "unknown population '../population/tiny'"),
        (["run", "results=~nobody_at_all/x"], "no such home folder"),
        (["run", "results=[a]"], "results takes one value, without brackets"),
        (["run", "scenario.families="], "families must hold lines"),
        (["run", "scenario.measures.staff_congress="], "measures.staff_congress must hold lines"),
        (["run", "parameters={quit_per_year: 1"], "'parameters={quit_per_year: 1' is not understood"),
        (["run", "--run", "results=/proc/nowhere"], "cannot be written"),
        (["run", "--resolve"], "--resolve goes with --cfg"),
        (["run", "--config-name", "compare"], "--config-name has no meaning here"),
        (["run", "--experimental-rerun", "x"], "--experimental-rerun has no meaning here"),
        (["run", "-m", "hydra/launcher=joblib", "hydra.launcher.n_jobs=0"], "n_jobs=0 is not possible"),
        (["help", "rum"], "did you mean 'run'?"),
        (["status", "one", "two"], "takes one study, not 2: one, two"),
        (["backtest", "observed="], "observed is empty; name a CSV file"),
        (["sweep", "grid=5"], "grid takes values by name: grid.NAME=VALUE"),
        (["sweep", "grid.parameters="], "grid.parameters must hold"),
        (["sweep", "grid.knowledge=[]"], "grid.knowledge=[until_2024,prior]"),
        (["run", "history=keeep"], "history=keeep is not possible; choose one of: keep, none"),
        (
            ["compare", "checkpoint=monthly"],
            "checkpoint=monthly is not possible; choose one of: none, yearly",
        ),
        (["run", "threads=0"], "threads=0 is not possible"),
        (["run", "draws=0"], "draws=0 must be a whole number from 1"),
        (["run", "draw=1", "draws=2"], "draw=1 and draws=2 exclude each other"),
        (["run", "threads=4096"], "threads=4096 is not possible"),
        (["run", "results="], "results is empty"),
        (["run", "results=/proc/nowhere"], "cannot be written"),
        (["run", "parameters.quit_per_yeer=1"], "did you mean 'quit_per_year'?"),
        (["run", "parameters=3"], "write parameters.quit_per_year=0.2"),
        (["run", "parameters={quit_per_yeer: 1}"], "did you mean 'quit_per_year'?"),
        (["run", "parameters.quit_per_year=x"], "is 'x', which is not a number"),
        (["run", "scenario.families.skils.level=1"], "did you mean 'skills'?"),
        (["run", "scenario.measures.staff_congres.level=1"], "did you mean 'staff_congress'?"),
        (["run", "scenario.families.skills.level=1.2"], "from 0 to 1"),
        (["run", "scenario.families.skills.level=-0.1"], "from 0 to 1"),
        (["run", "scenario.families.skills.end=2026-06"], "after its end"),
        (["sweep", "++parameters.families.provinces={GD: 0.2, 440000: 0.9}"], "unknown parameter 'families'"),
        (["adapt", f"scenario.name={'9' * 4_000}", "draws=1"], "draws=1 must be"),
        (["attribute", "parameters.families={GD: 0.2, 440000: 0.9}"], "unknown parameter 'families'"),
        (["run", "scenario.families.skills.provinces=[GD,XX]"], "unknown province 'XX'"),
        (["run", "scenario.quota_per_year.city=-1"], "quota_per_year.city is -1"),
        (["run", "targets.counting=heads"], "certificates or active"),
        (["run", "targets.year=2040"], "targets.year=2040 must be 2027 to 2035"),
        (["run", "--sead=3"], "unrecognized arguments: --sead=3"),
        (["run", "-m", "seed=1,2", "scenario=frozen,refrom"], "did you mean 'reform'?"),
        (["run", "-m", "seed=1,2", "scenario.families.skills.level=0.5,1.5"], "from 0 to 1"),
        (["run", "-m", "seed=1,x"], "seed=x is not a whole number"),
        (["run", "-m", "seed=interval(0,1)"], "name the values"),
        (["run", "-m", "seed=range(0,1000000000000)"], "more than 10,000 jobs"),
        (["compare", "scenarios.frozen=1"], "give them one by one, as scenarios.frozen.KEY=VALUE"),
        (["compare", "scenarios.reform.quota_facto=1"], "did you mean 'quota_factor'?"),
        (["compare", "scenarios.reform.name=frozen"], "two scenarios are named 'frozen'"),
        (["compare", "scenarios.nobody.quota_factor=1"], "scenarios.nobody: no scenario of this name is"),
        (["sweep", "scenarios.refrom.quota_factor=1"], "did you mean 'reform'?"),
        (["attribute", "baseline.delivery_facto=1"], "did you mean 'delivery_factor'?"),
        (["sensitivity", "baseline=[frozen]"], "baseline takes one name or file"),
        (["compare", "scenarios=[frozen,./nowhere.yaml]"], "there is no scenario file ./nowhere.yaml"),
        (["run", "scenario.quota_factor=11"], "quota_factor is 11: write a number from 0 to 10"),
        (["run", "scenario.quota_factor.2040=1"], "has the year '2040': write a year from 2027 to 2035"),
        (["run", "scenario.quota_factor.citty=1"], "did you mean 'city'?"),
        (["optimise", "bounds.skills.low=0.2"], "for example 'bounds.skills=[0.2,1]'"),
        (["run", "seed.x=5"], "seed has no keys of its own; write seed=VALUE"),
        (["optimise", "fix=[1]"], "fix takes values by name: fix.NAME=VALUE"),
        (["run", "scenario=nope", "--cfg", "job"], "unknown scenario 'nope'"),
        (["compare", "name=2026.10"], "name=2026.10 must be plain"),
        (["status", "2026_11_28"], "there is no study '2026_11_28'"),
        (["run", "scenario.title='a\x07b'"], "title has the control character"),
        (["run", "-m", "hydra/launcher=jobli"], "did you mean 'joblib'?"),
        (["report", "x", "targets.provincial=???"], "targets.provincial: Missing mandatory value"),
        (["run", "hydra/launcher=[nan,nan]"], "hydra/launcher takes one name"),
        (["status", "hydra.searchpath=[frozen,frozen]"], "has no meaning here"),
        (["run", "hydra.searchpath=[frozen]"], "is none of Hydra's keys that can be given"),
        (["run", "hydra.launcher._target_=os.system"], "is none of Hydra's keys that can be given"),
        (["compare", "seeds=0"], "seeds=0 must be a whole number from 1"),
        (["compare", "draws=-1"], "draws=-1 must be"),
        (
            ["compare", "report.pdf=perhaps"],
            "report.pdf takes yes or no: report.pdf=true or report.pdf=false",
        ),
        (["compare", "name=../up"], "name=../up must be plain"),
        (["compare", "commitments="], "commitments is empty; name a CSV file"),
        (["compare", "commitments=nowhere.csv"], "nowhere.csv is not there; name a CSV file"),
        (["compare", "scenarios=[]"], "scenarios is empty"),
        (["compare", "scenarios=frozen"], "scenarios is a list"),
        (["compare", "scenarios={a: 1}"], "scenarios is a list"),
        (["compare", "scenarios=[null]"], "unknown scenario 'null': choose from"),
        (["compare", "scenarios=frozen,reform"], "'scenarios=[frozen,reform]'"),
        (["compare", "scenarios=[frozen,refrom]"], "did you mean 'reform'?"),
        (["compare", "scenarios=[frozen,frozen]"], "names 'frozen' twice"),
        (["compare", "-m", "seeds=1,2"], "for example 'name=with_${seeds}'"),
        (["attribute", "-m", "scenario=reform,adaptive"], "several results would be kept as 'default'"),
        (["benchmark", "agents=10"], "agents=10 must be a whole number from 5000"),
        (["benchmark", "agents=999999999"], "agents=999999999 must be a whole number from 5000"),
        (["benchmark", "agent=10000"], "unknown key 'agent': did you mean 'agents'?"),
        (["benchmark", "twin_agents=10"], "twin_agents=10 must be a whole number from 4000"),
        (["benchmark", "repetitions=0"], "repetitions=0 must be a whole number from 1 to 4"),
        (["benchmark", "repetitions=5"], "repetitions=5 must be a whole number from 1 to 4"),
        (["benchmark", "sizes=10000,20000"], "'sizes=[10000,20000]'"),
        (["benchmark", "sizes=10000"], "sizes is a list"),
        (["benchmark", "sizes=[10000,12]"], "each of sizes=12 must be a whole number from 5000"),
        (["benchmark", "sizes=[many]"], "is not a whole number"),
        (["benchmark", "name=../up"], "name=../up must be plain"),
        (["benchmark", "results="], "results is empty"),
        (["benchmark", "threads=1"], "unknown key 'threads'"),
    ],
)
def test_bad_input_gets_one_line(
    words: list[str],
    line: str,
    fake: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert line in refused(words, capsys)
    assert fake.calls == []
    assert list(tmp_path.rglob("*.*")) == []


def test_too_large_a_population_is_told_what_fits(
    monkeypatch: pytest.MonkeyPatch, results: Path, capsys: Captured
) -> None:
    monkeypatch.setattr(validate, "available_memory_bytes", lambda: 8_000_000_000)
    line = refused(["compare", "population=full", f"results={results}"], capsys)
    needed = float(line.split("need about ")[1].split()[0])
    assert 12.0 < needed < 16.0, "a one-to-one country; its size follows the calibration"
    assert "8.0 GB are free" in line
    fitting = int(line.split("population.agents=")[1].split()[0])
    validate.check_memory(fitting, most=fitting)
    assert not results.exists()


def test_too_little_disk_is_said_before_anything_starts(
    fake: ModuleType, monkeypatch: pytest.MonkeyPatch, results: Path, capsys: Captured
) -> None:
    monkeypatch.setattr(validate.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_200_000))
    line = refused(words_for("compare", results, "seeds=3"), capsys)
    assert "about 0.0 GB of disk are needed" in line
    assert "history=none" in line
    assert fake.calls == []
    assert cli.main(words_for("compare", results, "seeds=3", "history=none")) == 0
    assert cli.main(words_for("compare", results, "seeds=3")) == 0  # nothing is left to simulate
    assert cli.main(words_for("run", results, "seed=99")) == 0
    capsys.readouterr()
    assert "of disk are needed" in refused(words_for("run", results, "seed=98", "checkpoint=yearly"), capsys)


@pytest.mark.parametrize("fault", ["missing", "changed"])
def test_a_spoilt_data_file_is_named(
    fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, results: Path, capsys: Captured
) -> None:
    from sim.data import files

    for path in files.FOLDER.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    if fault == "missing":
        (tmp_path / "births.csv").unlink()
    else:
        (tmp_path / "births.csv").write_text("year,value\n")
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    assert f"births.csv {'is missing' if fault == 'missing' else 'has changed'}" in refused(
        words_for("run", results), capsys
    )


# run


def test_run_keeps_indicators_choices_and_manifest(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert cli.main(words_for("run", results, "scenario=frozen", "seed=7")) == 0
    out = capsys.readouterr().out
    (folder,) = folders(results, "runs")
    assert str(folder) in out
    assert "national" in out
    indicators = pd.read_parquet(folder / "indicators.parquet")
    assert list(indicators.columns) == RUN_COLUMNS
    assert set(indicators["seed"]) == {7}
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["run_id"] == folder.name
    assert set(manifest["files"]) == {"indicators.parquet", "config.yaml"}
    assert manifest["configuration"] == yaml.safe_load((folder / "config.yaml").read_text())
    assert manifest.keys() >= {
        "versions", "data_hash", "code_hash", "seconds", "worker_months_per_second", "peak_memory_bytes",
        "state_digest",
    }  # fmt: skip


def test_a_finished_run_is_not_run_again(fake: ModuleType, results: Path, capsys: Captured) -> None:
    words = words_for("run", results)
    assert cli.main(words) == cli.main([*words, "threads=1"]) == 0
    assert fake.calls == ["history 1", "reform 1"]
    assert "simulated before" in capsys.readouterr().out


@pytest.mark.parametrize(
    "other",
    ["seed=2", "draw=1", "scenario=frozen", "population.agents=30000", "parameters.quit_per_year=0.2",
     "parameters={quit_per_year: 0.3}", "scenario.families.skills.level=0.5",
     "scenario.measures.staff_congress.level=0.3"],
)  # fmt: skip
def test_whatever_decides_the_result_decides_the_run(other: str, fake: ModuleType, results: Path) -> None:
    assert cli.main(words_for("run", results)) == 0
    assert cli.main(words_for("run", results, other)) == 0
    assert len(folders(results, "runs")) == 2


def test_a_run_does_not_depend_on_targets_or_place(fake: ModuleType, results: Path, tmp_path: Path) -> None:
    assert cli.main(words_for("run", results)) == 0
    assert cli.main(words_for("run", tmp_path / "other", "targets.city=1")) == 0
    assert folders(results, "runs")[0].name == folders(tmp_path / "other", "runs")[0].name


@pytest.mark.parametrize("name", ["two words", "résultats (été), v=2", "it's"])
def test_any_folder_will_do(name: str, fake: ModuleType, tmp_path: Path) -> None:
    assert cli.main(words_for("run", tmp_path / name)) == 0
    assert len(folders(tmp_path / name, "runs")) == 1


@pytest.mark.slow
def test_a_sweep_does_every_run(
    fake: ModuleType, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        cli.main(words_for("run", results, "-m", "scenario=frozen,reform", "seed=1,2")) == 0
    )  # flags may stand anywhere
    assert len(folders(results, "runs")) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_a_flag_that_asks_for_all_takes_no_other_word() -> None:
    words = [sys.executable, "-m", "experiments.cli", "run", "seed=3", "--info"]
    told = subprocess.run(words, capture_output=True, text=True, check=True)  # Hydra turns its own log on
    assert "seed: 3" in told.stdout


def test_hydra_shows_the_configuration(capsys: Captured) -> None:
    assert cli.main(["run", "--cfg", "job", "seed=3", "scenario.measures.staff_congress.level=0.3"]) == 0
    shown = yaml.safe_load(capsys.readouterr().out)
    assert shown["seed"] == 3
    assert shown["scenario"]["measures"]["staff_congress"]["level"] == 0.3


# completion


@pytest.mark.parametrize(
    ("line", "choice"),
    [
        ("workforce ", "compare"),
        ("workforce ru", "run"),
        ("workforce run scenario=", "scenario=frozen"),
        ("workforce compare population=", "population=tiny"),
        ("workforce compare see", "seeds="),
    ],
)
def test_the_shell_completes(
    line: str, choice: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("COMP_LINE", line)
    assert cli.main(["-sc", "query=bash"]) == 0
    assert choice in capsys.readouterr().out.split()


@pytest.mark.parametrize("words", [["run", "--shell-completion", "install=bash"], ["-sc", "install=bash"]])
def test_completion_is_installed_for_the_command(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/bin/workforce"])
    assert cli.main(words) == 0
    assert capsys.readouterr().out.strip().endswith("workforce")


def test_completion_for_an_unknown_shell_is_refused(capsys: Captured) -> None:
    assert "No completion plugin for 'dos'" in refused(["run", "-sc", "install=dos"], capsys)


# compare


def test_damaged_lives_are_put_aside_and_lived_again(
    fake: ModuleType, results: Path, capsys: Captured
) -> None:
    words = words_for("compare", results, "seeds=1")
    assert cli.main(words) == 0
    (damaged,) = (results / "lives").glob("*/arrays.zst")
    damaged.write_bytes(damaged.read_bytes()[:-9])
    assert cli.main(words) == 0
    assert f"{damaged.parent} is damaged" in capsys.readouterr().err
    assert [path.name for path in (results / "damaged").iterdir()]


def test_compare_writes_what_the_page_needs(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert cli.main(words_for("compare", results, "seeds=3", "name=first")) == 0
    out = capsys.readouterr().out
    folder = results / "compare" / "first"
    assert sorted(path.name for path in folder.iterdir()) == [
        "assumptions.csv", "assumptions.json", "biographies.parquet", "indicators.parquet", "manifest.json",
        "paired.parquet", "scenarios.json", "targets.csv",
    ]  # fmt: skip
    targets = pd.read_csv(folder / "targets.csv")
    assert tuple(targets.columns) == TARGET_COLUMNS
    assert list(targets["scenario"].unique()) == ["frozen", "reform", "adaptive"]
    titles = ("Measures frozen", "Full reform", "Reform that adapts")
    assert all(name in out for name in (*titles, "national", str(folder)))
    indicators = pd.read_parquet(folder / "indicators.parquet")
    assert list(indicators.columns) == RUN_COLUMNS
    assert indicators.groupby("scenario", observed=True)["seed"].nunique().to_dict() == {
        "frozen": 3, "reform": 3, "adaptive": 3,
    }  # fmt: skip
    paired = pd.read_parquet(folder / "paired.parquet")
    assert set(paired["scenario"]) == {"reform", "adaptive"}
    assert set(paired["baseline"]) == {"frozen"}
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["draws"] == manifest["seeds"] == [1, 2, 3]
    assert len(manifest["state_digests"]) == 9
    assert [scenario["name"] for scenario in json.loads((folder / "scenarios.json").read_text())] == [
        "frozen", "reform", "adaptive",
    ]  # fmt: skip


def test_run_and_compare_share_their_runs(fake: ModuleType, results: Path) -> None:
    assert cli.main(words_for("compare", results, "seeds=2")) == 0
    fake.calls.clear()
    assert cli.main(words_for("run", results, "scenario=adaptive", "seed=2", "draw=2")) == 0
    assert fake.calls == []


def test_a_life_that_a_run_lived_is_compared_all_the_same(fake: ModuleType, results: Path) -> None:
    assert cli.main(words_for("run", results, "scenario=reform", "seed=1", "draw=1")) == 0
    fake.calls.clear()
    words = words_for("compare", results, "seeds=1", "scenarios=[frozen,reform]")
    assert cli.main(words) == 0
    assert fake.calls == ["frozen 1", "reform 1"], "pairs of lives need both"
    paired = pd.read_parquet(results / "compare/default/paired.parquet")
    assert set(paired["scenario"]) == {"reform"}
    fake.calls.clear()
    assert cli.main(words) == 0
    assert fake.calls == []


def test_the_same_life_under_another_name_answers_under_both(
    fake: ModuleType, results: Path, capsys: Captured
) -> None:
    for title in ("First", "Second"):
        words = ["scenario=reform", f"scenario.name={title.lower()}", f"scenario.title={title}"]
        assert cli.main(words_for("run", results, *words)) == 0
        assert f"{title}: craftsmen at the end of 2035" in capsys.readouterr().out
        (folder,) = folders(results, "runs")
        assert set(pd.read_parquet(folder / "indicators.parquet")["scenario"]) == {title.lower()}
    assert len(lives_kept(results)) == 1
    (folder / "indicators.parquet").write_bytes(b"not a table")
    assert cli.main(words_for("run", results, *words)) == 0
    assert pd.read_parquet(folder / "indicators.parquet")["value"].notna().all()


def test_one_history_serves_all_scenarios(fake: ModuleType, results: Path) -> None:
    assert cli.main(words_for("compare", results, "seeds=2")) == 0
    assert fake.calls == [
        "history 1", "frozen 1", "reform 1", "adaptive 1", "history 2", "frozen 2", "reform 2", "adaptive 2",
    ]  # fmt: skip


def test_more_seeds_and_scenarios_add_only_what_is_missing(fake: ModuleType, results: Path) -> None:
    words = words_for("compare", results)
    assert cli.main([*words, "seeds=1", "scenarios=[frozen,reform]"]) == 0
    fake.calls.clear()
    assert cli.main([*words, "seeds=2", "scenarios=[frozen,reform]"]) == 0
    assert fake.calls == ["history 2", "frozen 2", "reform 2"]
    fake.calls.clear()
    assert cli.main([*words, "seeds=1", "scenarios=[frozen,reform,adaptive]"]) == 0
    assert fake.calls == ["frozen 1", "adaptive 1"]
    fake.calls.clear()
    assert cli.main([*words, "seeds=1", "scenarios=[frozen]"]) == 0
    assert fake.calls == []


@pytest.mark.parametrize("verb", ["run", "compare"])
def test_an_edited_past_is_lived_again(
    verb: str, fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_for(verb, results, "scenarios=[reform]" if verb == "compare" else "scenario=reform")
    words += ["seeds=1"] if verb == "compare" else []
    assert cli.main(words) == 0
    real = life.scenario_named

    def edited(name: str, inputs: Any) -> Any:
        return replace(real(name, inputs), labour_demand_growth_per_year=-0.02)

    fake.calls.clear()
    assert cli.main(words) == 0
    assert fake.calls == []
    monkeypatch.setattr(life, "scenario_named", edited)
    assert cli.main(words) == 0
    assert fake.calls == ["history 1", "reform 1"]


def test_a_run_of_many_draws_gives_probabilities_and_adds_only_what_is_missing(
    fake: ModuleType, results: Path, capsys: Captured
) -> None:
    assert cli.main(words_for("run", results, "draws=2")) == 0
    fake.calls.clear()
    assert cli.main(words_for("run", results, "draws=3")) == 0
    assert fake.calls == ["history 1", "reform 1"]
    said = capsys.readouterr().out
    assert "3 draws, one seed" in said
    assert "probability" in said


@pytest.mark.parametrize(
    ("draws", "expected"),
    [("null", [1, 2, 3, 3, 4]), ("0", [0, 0, 0, 0, 0]), ("2", [1, 2, 1, 2, 1]), ("9", [1, 2, 3, 4, 5])],
)
def test_draws(draws: str, expected: list[int], fake: ModuleType, results: Path) -> None:
    assert cli.main(words_for("compare", results, "seeds=5", f"draws={draws}", "scenarios=[frozen]")) == 0
    assert json.loads((results / "compare/default/manifest.json").read_text())["draws"] == expected


def test_the_same_name_replaces_the_comparison(fake: ModuleType, results: Path) -> None:
    assert cli.main(words_for("compare", results, "seeds=1")) == 0
    (results / "compare" / "default" / "left_over.txt").touch()
    assert cli.main(words_for("compare", results, "seeds=2")) == 0
    folder = results / "compare" / "default"
    assert not (folder / "left_over.txt").exists()
    assert set(pd.read_csv(folder / "targets.csv")["runs"]) == {2}
    assert [path.name for path in folder.parent.iterdir()] == ["default"]


def test_an_interrupted_comparison_goes_on(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    words = words_for("compare", results, "seeds=3")
    step = fake.WorkforceModel.step

    def interrupted(self: Any) -> None:
        if self.seed == 2 and self.scenario.name == "adaptive":
            raise KeyboardInterrupt
        step(self)

    monkeypatch.setattr(fake.WorkforceModel, "step", interrupted)
    assert cli.main(words) == 130
    err = capsys.readouterr().err.strip()
    assert err == f"workforce: interrupted; 5 of 9 runs are kept, go on with: workforce {' '.join(words)}"
    assert len(lives_kept(results)) == 5
    assert not (results / "compare").exists()
    monkeypatch.setattr(fake.WorkforceModel, "step", step)
    fake.calls.clear()
    assert cli.main(words) == 0
    assert "5 of 9 runs are kept" in capsys.readouterr().out
    assert fake.calls[:2] == ["frozen 2", "adaptive 2"]


def test_histories_that_find_no_room_are_said_in_one_line(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("experiments.runs.simulate.write_snapshot", full)
    assert cli.main(words_for("compare", results, "seeds=3", "scenarios=[frozen]")) == 0
    assert capsys.readouterr().err == (
        "workforce: histories that could not be kept: 3 (No space left on device); "
        "the simulation went on without\n"
    )


def test_a_full_disk_is_said_in_one_line(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device", "indicators.parquet")

    monkeypatch.setattr("experiments.runs.store.write_arrays", full)
    assert cli.main(words_for("run", results)) == 1
    assert capsys.readouterr().err == (
        "workforce: No space left on device: indicators.parquet; finished runs are kept\n"
    )
    assert lives_kept(results) == []
