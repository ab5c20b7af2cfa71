"""Studies: a plan, finished runs that nothing undoes, and a proof."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from experiments import cli
from experiments.questions.sweep.reading import groups, probabilities, settings_table
from experiments.questions.sweep.stop_rule import widest
from experiments.runs.presence import workers
from experiments.study.state import failed_lives, state_of
from sim.errors import InputError
from sim.outcomes.record import Columns
from tests import fake_model
from tests.studies import design, digests, finished, nothing_double, only_part, planned, study

Captured = pytest.CaptureFixture[str]


def sweep(results: Path, *more: str) -> int:
    words = ["sweep", "name=one", "population=tiny", "launcher=basic", "threads=1", f"results={results}"]
    return cli.main([*words, "scenarios=[frozen,reform]", "seeds=2", "draws=2", *more])


@pytest.fixture
def results(tmp_path: Path) -> Path:
    return tmp_path / "results"


def test_the_plan_has_a_row_for_each_run_and_all_are_lived_once(fake: ModuleType, results: Path) -> None:
    assert sweep(results) == 0
    plan = planned(study(results))
    assert len(plan) == len(set(plan)) == 8
    assert set(finished(results)) == set(plan)
    assert fake.calls.count("history 1") == 2, "one for each draw, shared by the scenarios"
    fake.calls.clear()
    assert sweep(results) == 0
    assert fake.calls == []


@pytest.mark.parametrize(
    "name", ["1e5", *(pytest.param(name, marks=pytest.mark.slow) for name in ("007", "null", "true", "0x1"))]
)
def test_a_name_is_a_name_even_when_it_looks_like_a_number(
    name: str, fake: ModuleType, results: Path
) -> None:
    assert sweep(results, f"name={name}") == 0
    assert cli.main(["status", name, f"results={results}"]) == 0
    assert state_of(study(results, name)).done == 8


def test_every_reading_of_the_programme_is_a_setting(fake: ModuleType, results: Path) -> None:
    words = ("grid.programme.about=[selected,named]", "grid.programme.months.national=[14,24]")
    assert sweep(results, *words, "scenarios.reform.programme.rounds=after_naming") == 0
    one = study(results)
    found = {(group.setting, life.scenario.programme) for group in groups(one) for life in group.lives}
    assert len({group.setting for group in groups(one)}) == 4
    for setting, programme in found:
        about, national = list(product(("selected", "named"), (14, 24)))[setting]
        assert (programme.about, programme.months) == (about, (24, 24, national))
    assert {programme.rounds for _, programme in found} == {"every_year", "after_naming"}
    assert settings_table(one)[["about", "months.national"]].to_numpy().tolist() == [
        ["selected", 14], ["selected", 24], ["named", 14], ["named", 24],
    ]  # fmt: skip
    told = {row["key"]: row["chosen"] for row in one.facts()["set_by_user"]}
    assert told["grid.programme.months.national"] == [14, 24]
    assert told["grid.programme.about"] == ["selected", "named"]


def test_a_grid_multiplies_the_runs(fake: ModuleType, results: Path) -> None:
    assert sweep(results, "grid.parameters.quit_per_year=[0.12,0.15]", "grid.agents=[6000,8000]") == 0
    assert len(planned(study(results))) == 8 * 4
    table = probabilities(study(results))
    assert len(table) == 4 * 2 * 4
    assert set(table["setting"]) == {0, 1, 2, 3}


def test_expanding_adds_only_what_is_new(fake: ModuleType, results: Path) -> None:
    assert sweep(results) == 0
    before = finished(results)
    fake.calls.clear()
    assert cli.main(["expand", "one", "seeds=+1", "draws=+1", f"results={results}"]) == 0
    after = finished(results)
    assert len(after) == len(planned(study(results))) == 18
    assert {run_id: after[run_id] for run_id in before} == before
    assert sum(call.startswith("history") for call in fake.calls) == 5
    assert sweep(results) == 0, "the smaller command leaves the larger plan"
    assert len(planned(study(results))) == 18


@pytest.mark.slow
def test_a_study_goes_on_until_the_interval_is_narrow(
    fake: ModuleType, results: Path, capsys: Captured
) -> None:
    assert sweep(results, "until='national interval<0.3'", "most_runs=400") == 0
    said = capsys.readouterr().out
    assert "widest interval of 'national'" in said
    assert 8 < len(planned(study(results))) <= 400
    assert widest(study(results), "national") < 0.3


@pytest.mark.slow
def test_without_draws_seeds_narrow_the_interval(fake: ModuleType, results: Path) -> None:
    assert sweep(results, "draws=0", "until='interval<0.5'") == 0
    assert design(study(results)).draws == 0
    assert widest(study(results), "all") < 0.5


@pytest.mark.slow
def test_no_study_grows_beyond_the_most_runs(fake: ModuleType, results: Path) -> None:
    assert sweep(results, "until='interval<0.01'", "most_runs=20") == 0
    assert 8 < len(planned(study(results))) <= 20
    assert widest(study(results), "all") > 0.01


def test_what_fails_leaves_its_traceback_and_the_others_go_on(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    original = fake_model.WorkforceModel.columns

    def fails_once(model: fake_model.WorkforceModel) -> Columns:
        if model.scenario.name == "reform" and model.seed == 2:
            raise RuntimeError("<b>a fault</b>")
        return original(model)

    monkeypatch.setattr(fake_model.WorkforceModel, "columns", fails_once)
    assert sweep(results) == 1
    said = capsys.readouterr().out
    assert "RuntimeError" in said
    assert "workforce retry sweep/one" in said
    failed = failed_lives(study(results))
    assert len(failed) == 2
    facts = next(iter(failed.values()))
    assert "in fails_once" in str(facts["traceback"])
    assert str(facts["command"]).startswith("workforce run scenario=reform seed=2 draw=")
    assert (state_of(study(results)).done, state_of(study(results)).failed) == (6, 2)
    assert sweep(results) == 1, "what failed is left to retry"
    monkeypatch.setattr(fake_model.WorkforceModel, "columns", original)
    assert cli.main(["retry", "one", f"results={results}"]) == 0
    assert (state_of(study(results)).done, state_of(study(results)).failed) == (8, 0)


def test_verify_repeats_runs_to_the_bit(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert sweep(results) == 0
    assert cli.main(["verify", "one", "share=0.5", f"results={results}"]) == 0
    assert "4 lives lived again, 0 of them differ" in capsys.readouterr().out


def test_a_run_that_comes_out_differently_is_told(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert sweep(results) == 0
    monkeypatch.setattr(fake_model.WorkforceModel, "_heads", lambda *_: 7)
    assert cli.main(["verify", "one", f"results={results}"]) == 1
    assert "gives another result" in capsys.readouterr().out


def truncate(part: Path) -> None:
    path = part / "arrays.zst"
    path.write_bytes(path.read_bytes()[:-100])


def flip(part: Path) -> None:
    path = part / "arrays.zst"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def lose_data(part: Path) -> None:
    (part / "arrays.zst").unlink()


def lose_manifest(part: Path) -> None:
    (part / "manifest.json").unlink()


def edit_manifest(part: Path) -> None:
    manifest = json.loads((part / "manifest.json").read_text())
    manifest["lives"][0]["state_digest"] = "0" * 64
    (part / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    "harm",
    [
        *(pytest.param(harm, marks=pytest.mark.slow) for harm in (truncate, lose_data, edit_manifest)),
        flip,
        lose_manifest,
    ],
)
def test_damage_is_found_put_aside_and_lived_again(
    harm: object, fake: ModuleType, results: Path, capsys: Captured
) -> None:
    assert sweep(results) == 0
    sound = digests(results)
    assert callable(harm)
    harm(only_part(results))
    assert cli.main(["verify", "one", "share=0", f"results={results}"]) == 1
    assert "put aside" in capsys.readouterr().out
    assert finished(results) == {}
    assert sweep(results) == 0
    assert digests(results) == sound
    assert cli.main(["verify", "one", f"results={results}"]) == 0


@pytest.mark.parametrize("name", ["plan.json", "study.json"])
def test_a_damaged_plan_or_design_is_written_anew(
    name: str, fake: ModuleType, results: Path, capsys: Captured
) -> None:
    assert sweep(results) == 0
    path = study(results).folder / name
    path.write_bytes(path.read_bytes()[:-10])
    assert cli.main(["status", "one", f"results={results}"]) == 2
    assert "is damaged; give the command of the study again" in capsys.readouterr().err
    fake.calls.clear()
    assert sweep(results) == 0
    assert fake.calls == []
    assert state_of(study(results)).done == 8


@pytest.mark.parametrize(
    "inside",
    ["presence", *(pytest.param(name, marks=pytest.mark.slow) for name in ("failed", "export", "report"))],
)
def test_nothing_is_touched_through_a_link(
    inside: str, fake: ModuleType, results: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert sweep(results) == 0
    elsewhere, study_folder = tmp_path / "elsewhere", study(results).folder
    (elsewhere / "folder").mkdir(parents=True)
    (elsewhere / ".file").write_text("of somebody")
    shutil.rmtree(study_folder / inside, ignore_errors=True)
    (study_folder / inside).symlink_to(elsewhere)
    for verb in ("verify", "status", "compact", "report", "retry"):
        assert cli.main([verb, "one", f"results={results}"]) == 2
        assert f"follows no link; move {study_folder / inside} away" in capsys.readouterr().err
    assert sweep(results) == 2
    assert sorted(path.name for path in elsewhere.iterdir()) == [".file", "folder"]


def test_a_study_only_grows(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert sweep(results) == 0
    assert sweep(results, "seeds=1", "draws=3") == 0
    assert (design(study(results)).seeds, design(study(results)).draws) == (2, 3)
    capsys.readouterr()
    assert sweep(results, "draws=0") == 2
    assert "draws=0 belongs to a study of another name" in capsys.readouterr().err
    assert state_of(study(results)).done == 12


def test_the_best_fit_alone_takes_no_draws(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert sweep(results, "draws=0") == 0
    capsys.readouterr()
    assert cli.main(["expand", "one", "draws=+5", f"results={results}"]) == 2
    assert "the best fit alone" in capsys.readouterr().err
    assert state_of(study(results)).done == 4


def test_another_version_is_read_but_takes_no_runs(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert sweep(results) == 0
    monkeypatch.setattr("experiments.runs.sources.code_hash", lambda: "another")
    assert cli.main(["status", "one", f"results={results}"]) == 0
    capsys.readouterr()
    assert cli.main(["expand", "one", "seeds=+1", f"results={results}"]) == 2
    assert "made by another version" in capsys.readouterr().err


def test_two_launchers_do_not_work_on_one_study(fake: ModuleType, results: Path, capsys: Captured) -> None:
    from experiments.runs.presence import launching

    assert sweep(results) == 0
    with launching(study(results).presence):
        capsys.readouterr()
        assert cli.main(["expand", "one", "seeds=+1", f"results={results}"]) == 2
    assert "works on this study" in capsys.readouterr().err
    assert sweep(results) == 0
    assert state_of(study(results)).done == 8, "what was refused is not planned"


def test_what_killed_processes_left_does_not_stop_the_next(fake: ModuleType, results: Path) -> None:
    assert sweep(results) == 0
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    gone = {
        "kind": "launcher",
        "host": socket.gethostname(),
        "pid": ended.pid,
        "born": "1",
        "done": 0,
        "runs": 0,
    }
    presence = study(results).presence
    for name in ("launcher", "launcher-1.json", "job-1.json"):
        (presence / name).write_text(json.dumps(gone))
    (presence / "job-2.json").write_text("{")
    (results / "lives/.half-written").mkdir()
    assert cli.main(["expand", "one", "seeds=+1", f"results={results}"]) == 0
    assert state_of(study(results)).done == 12
    assert not any(worker.path.exists() for worker in workers(presence))


def test_a_machine_that_is_gone_can_be_taken_over(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert sweep(results) == 0
    presence = study(results).presence
    lost = {"host": "lost-node", "pid": 7, "born": "1", "slurm": ""}
    for kind in ("launcher", "job"):
        (presence / f"{kind}-1.json").write_text(json.dumps({**lost, "kind": kind}))
    (presence / "launcher").write_text(json.dumps(lost))
    capsys.readouterr()
    for verb, *more in (["expand", "seeds=+1"], ["compact"]):
        (presence / "job-1.json").unlink(missing_ok=True)  # nobody waits for half a minute in a test
        assert cli.main([verb, "one", *more, f"results={results}"]) == 2
        assert "if lost-node is gone, add takeover=true to this command" in capsys.readouterr().err
    assert cli.main(["status", "one", f"results={results}"]) == 0
    assert "If lost-node is gone, the command of the study goes on with takeover" in capsys.readouterr().out
    (presence / "job-1.json").write_text(json.dumps({**lost, "kind": "job"}))
    assert sweep(results, "seeds=3", "takeover=true") == 0
    assert state_of(study(results)).done == 12
    assert workers(presence) == []


def test_a_process_of_this_machine_is_not_taken_over(
    fake: ModuleType, results: Path, capsys: Captured
) -> None:
    from experiments.runs.presence import launching

    assert sweep(results) == 0
    with launching(study(results).presence):
        capsys.readouterr()
        assert sweep(results, "seeds=3", "takeover=true") == 2
    said = capsys.readouterr().err
    assert "works on this study" in said
    assert "takeover" not in said


def test_strays_beside_the_files_of_a_study_break_nothing(
    fake: ModuleType, results: Path, capsys: Captured
) -> None:
    assert sweep(results) == 0
    folder = study(results).folder
    note = "备注".encode("gb18030")
    for place in (folder, results / "lives", only_part(results), folder / "presence", folder.parent):
        for name in ("._targets.csv", ".DS_Store", "Thumbs.db", "notes_gbk.csv", "study.json~"):
            (place / name).write_bytes(note)
        (place / ".ipynb_checkpoints").mkdir()
        (place / ".ipynb_checkpoints" / "study.json").write_bytes(note)
    for verb, *more in (["status"], ["export"], ["verify", "threads=1"], ["expand", "seeds=+1"], ["compact"],
                        ["report", "pages=0"]):  # fmt: skip
        assert cli.main([verb, "one", *more, f"results={results}"]) == 0, (verb, capsys.readouterr())
    assert state_of(study(results)).done == 12
    assert sweep(results) == 0
    assert (results / "lives/notes_gbk.csv").read_bytes() == note


def test_line_ends_of_windows_break_no_study(fake: ModuleType, results: Path) -> None:
    assert sweep(results) == 0
    for path in results.rglob("*.json"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert cli.main(["verify", "one", "threads=1", f"results={results}"]) == 0


def test_a_study_goes_on_with_the_scenarios_that_it_began_with(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from sim.policy import scenario_file

    assert sweep(results) == 0
    before = design(study(results)).scenarios
    real = scenario_file.read_yaml
    edit = {"reform.yaml": {"delivery_factor": 0.5}}
    monkeypatch.setattr(scenario_file, "read_yaml", lambda path: {**real(path), **edit.get(path.name, {})})
    for verb, *more in (["verify"], ["expand", "seeds=+1"]):
        assert cli.main([verb, "one", *more, f"results={results}"]) == 0
    assert design(study(results)).scenarios == before
    capsys.readouterr()
    assert sweep(results) == 2
    assert "study 'one' has other scenarios or settings; choose another name" in capsys.readouterr().err


def test_a_source_that_changes_amid_a_study_stops_it(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    from experiments.runs.worker import Worker

    assert sweep(results, "seeds=1") == 0
    work = Worker.work

    def edited(self: Worker, cells: Any) -> None:
        monkeypatch.setattr("experiments.runs.sources.code_hash", lambda: "another")
        work(self, cells)

    monkeypatch.setattr(Worker, "work", edited)
    assert sweep(results) == 2
    assert "was changed while this command ran" in capsys.readouterr().err
    assert set(finished(results)) <= set(planned(study(results)))


def test_status_for_programs(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert sweep(results) == 0
    capsys.readouterr()
    assert cli.main(["status", "one", "--json", f"results={results}"]) == 0
    assert json.loads(capsys.readouterr().out)["done"] == 8


def test_compacting_leaves_every_run_once(fake: ModuleType, results: Path, capsys: Captured) -> None:
    assert sweep(results) == 0
    assert cli.main(["expand", "one", "seeds=+1", f"results={results}"]) == 0
    before = finished(results)
    table = probabilities(study(results))
    assert cli.main(["compact", "one", f"results={results}"]) == 0
    assert "2 parts are 1 now" in capsys.readouterr().out
    assert finished(results) == before
    pd.testing.assert_frame_equal(probabilities(study(results)), table)
    assert cli.main(["verify", "one", "share=1", f"results={results}"]) == 0


def test_a_run_that_stands_in_two_parts_counts_once(fake: ModuleType, results: Path) -> None:
    assert sweep(results) == 0
    table = probabilities(study(results))
    part = only_part(results)
    shutil.copytree(part, part.with_name("another"))
    pd.testing.assert_frame_equal(probabilities(study(results)), table)
    assert cli.main(["compact", "one", f"results={results}"]) == 0
    assert nothing_double(results)
    pd.testing.assert_frame_equal(probabilities(study(results)), table)


def test_export_for_other_programs(fake: ModuleType, results: Path) -> None:
    assert sweep(results, "grid.parameters.quit_per_year=[0.12,0.15]") == 0
    for form in ("csv", "xlsx", "iamc"):
        assert cli.main(["export", "one", f"format={form}", f"results={results}"]) == 0
    folder = study(results).folder / "export"
    long = pd.read_csv(folder / "one.csv")
    assert set(long["runs"]) == {4}
    assert (long["p05"] <= long["mean"]).all()
    book = pd.read_excel(folder / "one.xlsx", sheet_name=None)
    assert list(book) == ["contents", "set_by_user", "targets", "settings", "figures"]
    assert book["settings"]["quit_per_year"].tolist() == [0.12, 0.15]
    wide = pd.read_csv(folder / "one_iamc.csv")
    assert wide.columns[:5].tolist() == ["model", "scenario", "region", "variable", "unit"]
    assert {"2015", "2035"} <= set(wide.columns)
    chosen = wide[wide["variable"] == "recognised|tier=city|mean"].set_index("scenario")["2035"]
    rows = long[(long["indicator"] == "recognised") & (long["group"] == "tier=city") & (long["year"] == 2035)]
    row = rows[(rows["scenario"] == "reform") & (rows["setting"] == 1)]
    assert chosen["reform (quit_per_year=0.15)"] == pytest.approx(row["mean"].item())


@pytest.mark.slow
def test_the_page_of_a_study_tells_every_probability(
    fake: ModuleType, results: Path, capsys: Captured
) -> None:
    assert sweep(results, "grid.parameters.quit_per_year=[0.12,0.15]") == 0
    assert cli.main(["report", "one", "pages=1", f"results={results}"]) == 0
    folder = study(results).folder / "report"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count('<th scope="row">') == 4
    assert page.count('<th scope="row">Full reform</th>') == 2
    assert "How likely the craftsman targets of 2035 are over the study one" in page
    assert 'href="setting-0/report.html"' in page
    assert (folder / "setting-0/report.html").stat().st_size > 50_000
    assert not (folder / "setting-1").exists()
    assert len(pd.read_csv(folder / "targets.csv")) == 2 * 2 * 4
    assert page.count("<script") == 1  # that sorts the table
    assert "http" not in page


def test_the_page_of_a_study_outlives_its_measures(
    fake: ModuleType, results: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert sweep(results, "parameters.quit_per_year=0.12") == 0

    def gone(lines: Any, catalogue: Any) -> None:
        raise InputError("measures: unknown 'staff_congress'")

    monkeypatch.setattr("experiments.questions.sweep.design.read_scenario", gone)
    capsys.readouterr()
    assert cli.main(["report", "one", "targets.city=40000", f"results={results}"]) == 0
    said = capsys.readouterr().out
    assert "0.12 instead of" in said
    assert "40,000 instead of 50,000" in said
    folder = study(results).folder / "report"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count('<th scope="row">') == 2
    assert "0.12 instead of" in page
    assert not (folder / "setting-0").exists()


@pytest.mark.parametrize("verb", ["status", "report", "expand", "retry", "verify", "compact", "export"])
def test_a_study_that_is_not_there_is_said_in_one_line(verb: str, results: Path, capsys: Captured) -> None:
    assert cli.main([verb, "nothing", f"results={results}"]) == 2
    thing = "result" if verb == "report" else "study"  # comparisons have pages too
    assert f"there is no {thing} 'nothing'" in capsys.readouterr().err


def test_a_rule_needs_a_launcher_that_waits(results: Path, capsys: Captured) -> None:
    words = ["sweep", "name=one", "launcher=slurm", "until='interval<0.1'", f"results={results}"]
    assert cli.main(words) == 2
    assert "until has no meaning with launcher=slurm" in capsys.readouterr().err
    assert not (results / "studies").exists()


HOSTILE = [
    "../../x", "/etc/passwd", "a/b", "..", ".", "", " ", "a b", "x" * 300, "\u0430\u0435", "one\u200b",
    "CON:", "~root", "$HOME", "`id`", "$(id)", "a;b", "a|b", "a&b", "<script>", "%2e%2e", "a\\b",
    "\u202eevil", "one.", "-\u2013-", "\u00e9", "a\tb", "{a}", "[a]", "!!python/object:os.system", "a:b",
    "*", "?", "'", '"', "@x", "#", "a%00b", "a,b", "${results}",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_escape_nowhere(name: str, results: Path, capsys: Captured) -> None:
    results.mkdir()
    for verb in ("sweep", "status", "verify"):
        assert cli.main([verb, f"name={name}", f"results={results}"]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert list(results.rglob("*")) == []


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("scenarios=[frozn]", "unknown scenario 'frozn'"),
        ("scenarios=[../../nowhere]", "there is no scenario file ../../nowhere"),
        ("launcher=ray", "launcher=ray is not possible"),
        ("grid.parameters.quit_per_year=[0.1,0.1]", "different values"),
        ("grid.programme.about=[selected,nmaed]", "did you mean 'named'?"),
        ("grid.programme.abuot=[selected,named]", "did you mean 'about'?"),
        ("grid.programme.about=named", "grid.programme.about must be a list"),
        ("grid.programme.months=[14,24]", "months must hold lines"),
        ("grid.programme.months.natonal=[14,24]", "did you mean 'national'?"),
        ("grid.programme=5", "grid.programme must hold lines"),
        ("grid.parameters.quit_per_year=[]", "different values"),
        ("grid.parameters.quit_per_year=[[1]]", "quit_per_year"),
        ("grid.parameters.exec=[1,2]", "unknown parameter 'exec'"),
        ("grid.agents=[10]", "too few"),
        ("grid.knowledge=[prior,posterior]", "knowledge=posterior is not possible"),
        ("grid.seed=[1,2]", "grid"),
        ("seeds=0", "seeds=0 must be"),
        ("job_minutes=0", "job_minutes=0 must be"),
        ("job_minutes=nan", "job_minutes=nan must be"),
        ("until=interval<2", "not understood"),
        ("seeds=100000", "most_runs"),
        ("experiment=smal", "did you mean 'small'"),
    ],
)
def test_bad_choices_are_refused_before_anything_starts(
    word: str, line: str, results: Path, capsys: Captured
) -> None:
    assert sweep(results, word) == 2
    assert line in capsys.readouterr().err
    assert not (results / "studies/sweep/one/study.json").exists()


def killed_study(results: Path, moments: int, seeds: int = 2, draws: int = 2) -> None:
    """Kill launcher, workers or both at random moments of a study, then finish it."""
    words = [sys.executable, "-m", "experiments.cli", "sweep", "name=one", "population.agents=5000",
             "scenarios=[frozen,reform,adaptive]", f"seeds={seeds}", f"draws={draws}",
             f"results={results}"]  # fmt: skip
    chance, seen = random.Random(moments), {}
    for moment in range(moments):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(chance.uniform(1.0, 3.0 + seeds))
        for pid in victims(process.pid, moment % 3):
            end(pid)
        _, err = process.communicate(timeout=120)
        assert "Traceback" not in err, err
        found = finished(results)
        assert {run_id: found[run_id] for run_id in seen} == seen, "finished runs stay as they are"
        seen = found
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr


def victims(launcher: int, which: int) -> list[int]:
    """Process numbers of the launcher, of its workers with the one that they are forked from, or of all."""
    servers = children_of(launcher)
    workers = [pid for server in servers for pid in (server, *children_of(server))]
    return {0: [launcher], 1: workers, 2: [launcher, *workers]}[which]


def children_of(pid: int) -> list[int]:
    """Process numbers of the processes that lives are lived in, or that these are forked from."""
    words = ["pgrep", "-P", str(pid), "-f", "forkserver"]
    return [*map(int, subprocess.run(words, capture_output=True, text=True, check=False).stdout.split())]


def end(pid: int) -> None:
    """Kill a process that may have ended already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def alike(results: Path, other: Path) -> None:
    """Whether two studies hold all runs of the plan, none twice, equal to the bit."""
    assert digests(results) == digests(other)
    assert set(digests(results)) == set(planned(study(results)))
    assert nothing_double(results)


@pytest.mark.slow
def test_killed_at_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    killed_study(tmp_path / "undisturbed", moments=0)
    killed_study(tmp_path / "killed", moments=3)
    alike(tmp_path / "killed", tmp_path / "undisturbed")


@pytest.mark.slow
def test_sixty_runs_killed_at_twenty_moments(tmp_path: Path) -> None:
    killed_study(tmp_path / "undisturbed", moments=0, seeds=5, draws=4)
    killed_study(tmp_path / "killed", moments=20, seeds=5, draws=4)
    alike(tmp_path / "killed", tmp_path / "undisturbed")


@pytest.mark.slow
def test_launchers_give_the_same_runs(results: Path, tmp_path: Path) -> None:
    found = []
    for launcher in ("basic", "joblib"):
        place = tmp_path / launcher
        assert sweep(place, "population.agents=5000", f"launcher={launcher}", "threads=null", "seeds=1") == 0
        found.append(digests(place))
        shutil.rmtree(place)
    assert found[0] == found[1]
    assert len(found[0]) == 4
