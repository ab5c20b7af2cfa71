"""One reader of scenario files: whatever the verb, a file has one meaning, or is refused in one line."""

import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import yaml
from omegaconf import OmegaConf

from experiments import cli
from experiments.command import choices, multirun, scenarios
from experiments.command.configs import ConfigsSource
from experiments.runs import inputs, sources
from sim.errors import InputError
from sim.policy.files import names_in
from sim.policy.scenario import load_scenario, read_scenario
from tests.country import CONFIGS, INPUTS
from tests.refusals import refused

SHIPPED = ("frozen", "reform", "adaptive", "weak_delivery")
ONE_SCENARIO = ("run", "backtest", "sensitivity", "attribute", "adapt", "optimise")
BEGUN = "defaults: [frozen, _self_]\nname: mine\ntitle: Mine\nsentence: Of mine.\n"
SKILLS = "families:\n  skills: {start: 2028-01, level: 0.5}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scenarios of a ``configs/`` of our own."""
    configs = tmp_path / "configs"
    configs.mkdir()
    for path in CONFIGS.iterdir():
        if path.name != "scenario":
            (configs / path.name).symlink_to(path)
    (configs / "scenario").mkdir()
    for path in (CONFIGS / "scenario").glob("*.yaml"):
        (configs / "scenario" / path.name).write_bytes(path.read_bytes())
    for module in (choices, multirun, scenarios, inputs, sources):
        monkeypatch.setattr(module, "CONFIGS", configs)
    return configs / "scenario"


def composed(verb: str, *words: str) -> Any:
    return read_scenario(choices.choose(verb, words).scenario, INPUTS.catalogue)


def read(name: str, folder: Path) -> Any:
    return load_scenario(name, folder, INPUTS.catalogue)


def read_as_hydra(name: str, folder: Path) -> Any:
    given = ConfigsSource("main", f"configs://{folder.parent}").load_config(f"scenario/{name}")
    lines = dict(OmegaConf.to_container(given.config))  # type: ignore[arg-type]
    assert lines.pop(scenarios.READ_FROM) == {name: None}
    return read_scenario(lines, INPUTS.catalogue)  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", ONE_SCENARIO)
def test_hydra_composes_what_is_read(verb: str) -> None:
    for name in SHIPPED[:: 1 if verb == "run" else 3]:
        assert composed(verb, f"scenario={name}") == read(name, CONFIGS / "scenario")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (BEGUN + "wage_growth_per_year: 1e-2\n", {"wage_growth_per_year": 0.01}),
        (BEGUN + "wage_growth_per_year: .5e-1\n", {"wage_growth_per_year": 0.05}),
        (BEGUN + "delivery_factor: +1\n", {"delivery_factor": 1.0}),
        (BEGUN + "quota_per_year: {city: 5_500}\n", {"quota_per_year": (5500, 1000, 200)}),
        (BEGUN.replace("Mine", "No"), {"title": "No"}),
        (BEGUN.replace("Mine", "1:30"), {"title": "1:30"}),
        ("\ufeff" + (BEGUN + SKILLS).replace("\n", "\r\n"), {"name": "mine"}),
        (BEGUN.replace("frozen, _self_", "reform"), {"title": "Mine"}),
        (
            BEGUN.replace("frozen, _self_", "_self_, reform") + "quota_per_year: {city: 9000}\n",
            {"name": "mine", "title": "Full reform", "quota_per_year": (5000, 1000, 200)},
        ),
        (
            BEGUN.replace("frozen", "weak_delivery") + "quota_in_year: {2028: {city: 1}, '2029': {}}\n",
            {"quota_in_year": ((2028, (1, 1000, 200)), (2029, (5000, 1000, 200))), "delivery_factor": 0.6},
        ),
    ],
)
def test_a_file_has_one_meaning(content: str, expected: dict[str, Any], folder: Path) -> None:
    (folder / "mine.yaml").write_bytes(content.encode())
    scenario = read("mine", folder)
    assert composed("run", "scenario=mine") == scenario
    assert {key: getattr(scenario, key) for key in expected} == expected


BROKEN = [
    (
        BEGUN + "wage_growth_per_year: 0.04\nwage_growth_per_year: 0.05\n",
        "line 6: key 'wage_growth_per_year'",
    ),
    (BEGUN + "families:\n\tskills: {start: 2027-01, level: 0.5}\n", "line 6: found character that cannot"),
    (BEGUN + SKILLS.replace("2028-01", "2028-01-01"), "line 6: 2028-01-01 is a date with a day"),
    (BEGUN + SKILLS.replace("2028-01", "'2028-01-01'"), "write year and month, such as '2027-01'"),
    ((BEGUN + "# 加快\n").encode("gbk"), "is not a text file in UTF-8, see line 5: save it as UTF-8"),
    (BEGUN.encode("utf-16"), "is not a text file in UTF-8, see line 1"),
    (BEGUN.replace("Of", "\x07"), "has the control character '\\x07' in line 4: delete it"),
    (BEGUN.replace("Of mine.", '"\\x07"'), "sentence has the control character"),
    (BEGUN.replace("Of mine.", '"\\ud800"'), "line 4: found invalid Unicode character"),
    (BEGUN + "quota_per_year: {city: 010}\n", "is '010', which is not a number"),
    (BEGUN + "quota_per_year: {city: 0x10}\n", "is '0x10', which is not a number"),
    (BEGUN + "quota_per_year: {city: 1:30}\n", "is '1:30', which is not a number"),
    (BEGUN + "quota_per_year: {city: 1e400}\n", "city is inf: write a finite number"),
    (BEGUN + "quota_per_year: {city: 1e308}\n", "write a number of at most 10000000"),
    (BEGUN + f"quota_per_year: {{city: 1{'0' * 400}}}\n", "city is inf: write a finite number"),
    (
        BEGUN + f"quota_per_year: {{city: 1{'0' * 5000}}}\n",
        "line 5: 10000000000000000000 cannot",
    ),
    (BEGUN + "wage_growth_per_year: .nan\n", "write a finite number"),
    (BEGUN + "quota_in_year: {²: {city: 1}}\n", "write a year from 2027 to 2035"),
    (BEGUN + "quota_in_year: {2028: {city: 1}, '2028': {city: 2}}\n", "names 2028 twice"),
    (BEGUN + "families: " + "[" * 5000, "too many brackets in brackets"),
    (BEGUN + "families: !!python/name:os.system\n", "line 5: could not determine a constructor for the tag"),
    (BEGUN.replace("Mine", "${sentence}"), "write the value itself, without ${...}"),
    (BEGUN.replace("Mine", "???"), "write the value itself"),
    (BEGUN.replace("name: mine", "name: frozen"), "must say 'name: \"mine\"', not 'frozen'"),
    (BEGUN.replace("name: mine", "name: 1e5"), "must say 'name: \"mine\"', not 100000.0"),
    (
        BEGUN.replace("frozen, _self_", "frozen, 1.5"),
        "defaults names 1.5: write names, in quotes if",
    ),
    (BEGUN.replace("frozen, _self_", "scenario: frozen"), "defaults names {'scenario': 'frozen'}"),
    (BEGUN.replace("frozen", "_self_"), "names _self_ twice"),
    (BEGUN.replace("frozen", "mine"), "mine -> mine"),
    (BEGUN.replace("frozen", "frosen"), "unknown scenario 'frosen': did you mean 'frozen'?"),
    ("", "must hold lines 'name: value'"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_file_is_refused_alike(content: str | bytes, message: str, folder: Path) -> None:
    path = folder / "mine.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as read_alone:
        read("mine", folder)
    assert message in str(read_alone.value)
    assert "\n" not in str(read_alone.value)
    with pytest.raises(InputError) as through_hydra:
        read_as_hydra("mine", folder)
    assert str(through_hydra.value) == str(read_alone.value)


@pytest.mark.parametrize(
    "words",
    [["run", "scenario=mine"], ["run", "-m", "scenario=frozen,mine"],
     ["run", "scenario=mine", "--cfg", "job"],
     ["compare", "scenarios=[mine]"], ["sweep", "scenarios=[mine]"], ["sensitivity", "baseline=mine"],
     ["backtest", "scenario=mine", "observed=x.csv"],
     *([verb, "scenario=mine"] for verb in ("adapt", "optimise", "attribute", "sensitivity"))],
)  # fmt: skip
def test_every_verb_refuses_a_broken_file_in_the_same_line(
    words: list[str], folder: Path, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mine.yaml").write_text(BEGUN + "title: Another\n", encoding="utf-8")
    expected = f"workforce: {folder / 'mine.yaml'} is not valid YAML near line 5: key 'title' stands twice\n"
    assert refused([*words, f"results={results}"], capsys) == expected
    assert not results.exists()


NAMES = ("2030", "加快", "1e5", "007", "2026_11_28", "2026.10", "null", "true", "nan", "my plan", "a@b")


def test_any_name_is_a_name(folder: Path) -> None:
    for name in NAMES:
        content = BEGUN.replace("name: mine", f"name: {json.dumps(name, ensure_ascii=False)}")
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
        assert read(name, folder).name == name
    assert composed("run", "scenario=1e5") == read("1e5", folder)
    assert composed("adapt", "scenario='2030'") == read("2030", folder)
    assert composed("optimise", "scenario=加快") == read("加快", folder)
    given = f"scenarios=[{', '.join(NAMES)}, 'reform']"
    for verb in ("compare", "sweep"):
        assert list(choices.choose(verb, [given]).scenarios) == [*NAMES, "reform"]
    assert choices.choose("sensitivity", ["baseline=1e5"]).baseline["name"] == "1e5"
    jobs = multirun.jobs("run", [f"scenario={','.join(NAMES)}"])
    assert [words_of(job) for job in jobs] == list(NAMES)
    out = io.StringIO()
    with redirect_stdout(out):
        assert cli.main(["run", "scenario=1e5", "--cfg", "job"]) == 0
    assert "title: Mine" in out.getvalue()


def words_of(job: list[str]) -> str:
    (override,) = choices.parse(job, job)
    value = override.value()
    assert isinstance(value, str)
    return value


def test_what_systems_and_editors_leave_is_no_scenario(folder: Path) -> None:
    before = names_in(folder)
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / "kept.yaml").mkdir()
    for name in (
        "._frozen.yaml", "~$frozen.yaml", "frozen.yaml~", "#frozen.yaml#", ".frozen.yaml.swp",
        ".ipynb_checkpoints/frozen-checkpoint.yaml", "frozen.yaml.bak", ".#frozen.yaml",
    ):  # fmt: skip
        (folder / name).write_bytes(b"\x00\x05\x16\x07")
    assert names_in(folder) == before == choices.options("scenario")
    for name in ("._frozen", "kept", "frozen-checkpoint"):
        with pytest.raises(InputError, match="unknown scenario"):
            composed("run", f"scenario={name}")
    assert composed("run", "scenario=frozen").name == "frozen"


def test_other_files_of_configs_are_read_as_strictly(folder: Path) -> None:
    (folder.parent / "population").unlink()
    (folder.parent / "population").mkdir()
    mine = folder.parent / "population" / "mine.yaml"
    mine.write_text("agents: 6e3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"agents=6000.0 is not a whole number"):
        choices.choose("run", ["population=mine"])
    mine.write_text("agents: 6000\nagents: 7000\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine.yaml is not valid YAML near line 2: key 'agents'"):
        choices.choose("run", ["population=mine"])


def test_a_typed_difference_meets_what_the_file_says(folder: Path) -> None:
    (folder / "mine.yaml").write_text(BEGUN + "quota_in_year: {2028: {national: 250}}\n", encoding="utf-8")
    scenario = composed("run", "scenario=mine", "scenario.quota_in_year.2028.city=7000")
    assert scenario.quota_in_year == ((2028, (7000, 1000, 250)),)


def test_the_strict_dialect_reads_what_is_shipped_as_before() -> None:
    from sim.checks import read_yaml

    for path in sorted(CONFIGS.rglob("*.yaml")):
        if path.parent.name != "launcher":
            assert read_yaml(path).keys() == yaml.safe_load(path.read_text(encoding="utf-8")).keys()
