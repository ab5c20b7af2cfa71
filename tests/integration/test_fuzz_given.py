"""Whatever a user brings in files and environment: read alike by all, or refused in one line."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import strategies as st
from omegaconf import OmegaConf

from experiments import cli
from experiments.command.configs import ConfigsSource
from experiments.command.scenarios import READ_FROM
from sim.errors import InputError
from sim.policy.scenario import load_scenario, read_scenario
from tests.country import CONFIGS, INPUTS
from tests.fuzzing import command, finished_study, for_a_handful, for_minutes, inside

NUMBERS = st.sampled_from([
    "0", "1", "-1", "0.5", "1e-2", "1_000", "1,000", "\uff11\uff12", "12 %", "0.1", "1e308", "1e400",
    "-1e-320", "nan", ".nan", "inf", "010", "0x10", "1:30", "1" + "0" * 30, "1" + "0" * 400, "1" + "0" * 5000,
    "", "x", "²",
])  # fmt: skip
DATES = st.sampled_from(["2028-01", "2028-1", "2028-13", "2028-01-01", "'2028-01-01'", "2028", "2028/01"])
PROVINCES = st.sampled_from([
    "GD", "440000", "440000.0", "44", "广东", "广东省", " 广东 ", "内蒙古自治区", "Guangdong", "GUANGDONG",
    "XX", "national", "全国", "null", "true", "NA", "", "\uff27\uff24",
])  # fmt: skip
UNITS = st.sampled_from([
    "persons", "million persons", "百万人", "万人", "thousand", "人", "%", "share", "百分比", "yuan_month",
    "千元/月", "元", "", "1",
])  # fmt: skip
TEXTS = st.sampled_from(
    ["Mine", "加快", "${name}", "???", "No", "~", "=1+1", "<b>", "{runs}", '"\\x07"', "\x07", "\u202e"]
)
ENCODINGS = st.sampled_from([*["utf-8"] * 4, "utf-8-sig", "gb18030", "utf-16", "latin-1"])
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n", ",\n", ";\n", "\n\t", " \n", "\n\x00"])
BASES = st.sampled_from(
    ["frozen, _self_", "_self_, reform", "reform", "frozen, frozen", "2030", "_self_, _self_", "null", ""]
)
LINES = st.lists(
    st.one_of(
        st.builds("wage_growth_per_year: {}".format, NUMBERS),
        st.builds("delivery_factor: {}".format, NUMBERS),
        st.builds("quota_per_year: {{city: {}}}".format, NUMBERS),
        st.builds("quota_in_year: {{{}: {{city: {}}}}}".format, st.one_of(DATES, NUMBERS), NUMBERS),
        st.builds("families:\n  skills: {{start: {}, level: {}}}".format, DATES, NUMBERS),
        st.builds(
            "families:\n  pay: {{start: 2028-01, level: 1, provinces: [{}, {}]}}".format, PROVINCES, PROVINCES
        ),
        st.builds(
            "families:\n  pay: {{start: 2028-01, level: 1, level_by_province: {{{}: {}, {}: 1}}}}".format,
            PROVINCES, NUMBERS, PROVINCES,
        ),
        st.builds("title: {}".format, TEXTS),
    ),
    max_size=3,
)  # fmt: skip
SCENARIO = st.builds(
    lambda base, lines: [f"defaults: [{base}]", "name: mine", "title: Mine", "sentence: Of mine.", *lines],
    BASES, LINES,
)  # fmt: skip
YEARS = st.sampled_from(["2021", "2022", "2022.0", "2022年", "1e400", "-1"])
INDICATORS = st.sampled_from(["migrant_workers_total", "recognised_national", "工资"])
TIERS = st.sampled_from(["city", "national", "省级", "x"])
ROWS = {
    "observed": (
        "indicator,province,year,value,unit",
        st.builds("{},{},{},{},{}".format, INDICATORS, PROVINCES, YEARS, NUMBERS, UNITS),
    ),
    "flows": (
        "origin_code,dest_code,year,value",
        st.builds("{},{},{},{}".format, PROVINCES, PROVINCES, YEARS, NUMBERS),
    ),
    "commitments": ("province,tier,commitment", st.builds("{},{},{}".format, PROVINCES, TIERS, NUMBERS)),
}
TABLES = {
    key: st.builds(lambda rows, head=head: [head, *rows], st.lists(row, max_size=3))
    for key, (head, row) in ROWS.items()
}
TABLE = st.sampled_from(sorted(TABLES)).flatmap(
    lambda key: st.tuples(st.just(key), TABLES[key], ENDS, ENCODINGS)
)
VERB_OF = {"observed": "backtest", "flows": "backtest", "commitments": "compare"}
TABLE = st.sampled_from(sorted(TABLES)).flatmap(
    lambda key: st.tuples(st.just(key), TABLES[key], ENDS, ENCODINGS)
)
VARIABLES = {
    "NUMBA_NUM_THREADS": ["0", "-1", "1", "x", "", "99999", "1e400"],
    "MPLBACKEND": ["module://matplotlib_inline.backend_inline", "nonsense", "", "TkAgg"],
    "SOURCE_DATE_EPOCH": ["²", "-1", "1e400", "9" * 30, "0", "", "x"],
    "NUMBA_CACHE_DIR": ["", "relative", "/proc/nowhere", "/dev/null"],
    "HOME": ["", "/nowhere", "relative", "/dev/null"],
    "NUMBA_THREADING_LAYER": ["tbb", "nonsense", "workqueue", ""],
    "PYTHONIOENCODING": ["ascii", "gbk", "utf-8"],
}
VARIABLE = st.sampled_from(sorted(VARIABLES)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(VARIABLES[name]))
)
ENVIRONMENT = st.lists(VARIABLE, min_size=1, max_size=2).map(dict)


def encoded(lines: list[str], end: str, encoding: str) -> bytes:
    return (end.join(lines) + end).encode(encoding, errors="replace")


def scenario_read(found: tuple[list[str], str, str]) -> None:
    """A scenario's file has one meaning, or one refusal, whoever reads it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "scenario"
        folder.mkdir()
        for path in (CONFIGS / "scenario").glob("*.yaml"):
            (folder / path.name).write_bytes(path.read_bytes())
        (folder / "mine.yaml").write_bytes(encoded(*found))
        assert one_answer(lambda: load_scenario("mine", folder, INPUTS.catalogue)) == one_answer(
            lambda: through_hydra(folder)
        )


def through_hydra(folder: Path) -> Any:
    given = ConfigsSource("main", f"configs://{folder.parent}").load_config("scenario/mine")
    lines = OmegaConf.to_container(given.config, resolve=True, throw_on_missing=True)
    assert isinstance(lines, dict)
    asked = {str(name): value for name, value in lines.items() if name != READ_FROM}
    return read_scenario(asked, INPUTS.catalogue)


def one_answer(read: Any) -> Any:
    try:
        return read()
    except InputError as error:
        refusal = str(error)
    assert "\n" not in refusal
    return refusal


def table_read(found: tuple[str, list[str], str, str]) -> None:
    """A table is read, or refused in one line."""
    key, *content = found
    with tempfile.TemporaryDirectory() as place, inside(place):
        Path("given.csv").write_bytes(encoded(*content))
        command(VERB_OF[key], f"{key}=given.csv", *(["population=tiny"] if key == "commitments" else []))


def told(finished: Path, environment: dict[str, str]) -> None:
    """A command in a strange environment answers or refuses, and leaves nothing where it is given."""
    with tempfile.TemporaryDirectory() as place:
        words = ["report", "one", "pages=1", f"results={finished}"]
        done = subprocess.run(
            [sys.executable, "-m", "experiments.cli", *words],
            env={**os.environ, "PYTHONPATH": str(CONFIGS.parent), **environment},
            cwd=place, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1, 2), (environment, done.stderr)
        assert "Traceback" not in done.stderr, (environment, done.stderr)
        assert list(Path(place).iterdir()) == [], environment


@pytest.fixture
def checked_only(fake: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that check what they are given, and begin nothing."""
    for verb in set(VERB_OF.values()):
        module = cli.module_of(verb)
        monkeypatch.setattr(module, "main", lambda settings, module=module: module.check(settings) and None)


SCENARIOS = st.tuples(SCENARIO, ENDS, ENCODINGS)


def test_a_scenario_has_one_meaning_or_one_refusal() -> None:
    for_a_handful(scenario_read, SCENARIOS, 60)


def test_a_table_is_read_or_refused_in_one_line(checked_only: None) -> None:
    for_a_handful(table_read, TABLE, 8)


@pytest.mark.slow
def test_scenarios_at_length() -> None:
    for_minutes(scenario_read, SCENARIOS)


@pytest.mark.slow
def test_tables_at_length(checked_only: None) -> None:
    for_minutes(table_read, TABLE)


@pytest.mark.slow
def test_environments_at_length(fake: ModuleType, results: Path) -> None:
    finished_study(results)
    for_minutes(lambda found: told(results, found), ENVIRONMENT)
