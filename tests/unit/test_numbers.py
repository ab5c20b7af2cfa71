"""Numbers of any size, in every key of every verb: refused in one line before anything starts, or usable."""

import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from experiments import cli
from experiments.answers import checks as validate
from experiments.command import choices, configs
from experiments.command.verbs import keys_of
from sim.errors import InputError

HUGE: list[Any] = [math.inf, -math.inf, math.nan, 1e308, 10**30, -(10**30), 10**400, 2**63]
SMALL: list[Any] = [-1e-320, 1e-320, 0, -1, 0.1, -0.0]
BELOW = {
    "scenario": [
        "quota_per_year.city", "wage_growth_per_year", "labour_demand_growth_per_year", "delivery_factor",
        "quota_in_year.2028.city", "families.skills.level", "families.skills.ramp_months",
        "families.skills.level_by_province.GD", "families.skills.start", "families.skills.provinces",
    ],
    "parameters": ["quit_per_year", "completion_national"],
    "grid": ["agents", "parameters.quit_per_year"],
    "floors": ["satisfaction", "settled_share"],
    "bounds": ["skills", "intake", "ramp_months"],
    "fix": ["skills", "start", "intake", "ramp_months"],
    "slurm": ["mem_gb", "cpus_per_task", "timeout_min"],
}  # fmt: skip
RULE = ["threshold", "first_review", "every_years", "quota_factor", "intensity_step", "delay_months",
        "budget_million_yuan_per_year"]  # fmt: skip


def numeric_keys(verb: str, types: type, above: str = "") -> Iterator[str]:
    """Keys of a verb that take a number, or several."""
    for field in dataclasses.fields(types):
        path, kind = f"{above}{field.name}", field.type
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            yield from numeric_keys(verb, kind, f"{path}.")
        elif path in BELOW:
            yield from (f"{path}.{name}" for name in BELOW[path])
            if verb == "adapt" and path == "scenario":
                yield from (f"scenario.monitoring.{name}" for name in RULE)
        elif "int" in str(kind) or "float" in str(kind):
            yield path


def composed(verb: str, tmp_path: Path) -> DictConfig:
    words = ["results=results"]
    if verb == "backtest":
        figures = tmp_path / "figures.csv"
        figures.write_text("indicator,year,value,unit\nmigrant_workers_total,2018,28836,10k persons\n")
        words.append(f"observed={figures}")
    with choices.hydra_started():
        return choices.compose(verb, words)


def answered(verb: str, module: ModuleType, config: DictConfig, key: str, value: Any) -> str:
    """What is said of a number; nothing when it can be used."""
    given = config.copy()
    several = "list" in str(keys_of(verb).__dataclass_fields__[key.partition(".")[0]].type) or key.startswith(
        ("grid", "bounds")
    )
    try:
        try:
            OmegaConf.update(given, key, [value, value] if several else value, force_add=True)
        except (OmegaConfBaseException, OverflowError) as error:
            raise InputError(choices.in_one_line(error)) from error
        getattr(module, "check", module.main)(choices.plain(given))
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("verb", cli.VERBS)
def test_a_number_of_any_size_is_refused_or_usable(
    verb: str, fake: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    configs.register()
    config, module = composed(verb, tmp_path), cli.module_of(verb)
    for place, key in enumerate(numeric_keys(verb, keys_of(verb))):
        for value in (HUGE[place % len(HUGE)], SMALL[place % len(SMALL)]):
            check_answer(verb, module, config, key, value)
    assert fake.calls == []


@pytest.mark.slow
@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_number_of_any_size(
    verb: str, fake: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config, module = composed(verb, tmp_path), cli.module_of(verb)
    for key in numeric_keys(verb, keys_of(verb)):
        for value in (*HUGE, *SMALL):
            check_answer(verb, module, config, key, value)


def check_answer(verb: str, module: ModuleType, config: DictConfig, key: str, value: Any) -> None:
    said = answered(verb, module, config, key, value)
    assert "\n" not in said, (verb, key, value)
    if not abs(value) <= 1e12:  # also what is no number
        assert said, (verb, key, value)


def test_a_number_that_no_float_can_hold_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    number = f"1{'0' * 400}"
    for verb, key, value in (
        ("adapt", "levels", f"[{number}]"),
        ("adapt", "places", f"[-{number}]"),
        ("optimise", "budget", number),
        ("sweep", "job_minutes", number),
    ):
        assert cli.main([verb, "name=one", f"{key}={value}"]) == 2
        assert capsys.readouterr().err == f"workforce: {key} is too large a number\n"


def test_too_many_agents_are_told_by_the_key_that_gave_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "available_memory_bytes", lambda: validate.bytes_needed(40_000))
    with pytest.raises(InputError, match=r"; population\.agents=40000 fits$"):
        validate.check_memory(50_000, 100_000)
    with pytest.raises(InputError, match=r"; agents=20000 fits$"):
        validate.check_memory(25_000, 100_000, "agents", populations=2)
    validate.check_memory(20_000, 100_000, "agents", populations=2)
    with pytest.raises(InputError, match=r"^front_agents=4999 is too few"):
        validate.check_memory(4_999, 100_000, "front_agents")


def test_a_message_shows_the_beginning_of_a_long_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", f"seed=1{'0' * 400}"]) == 2
    assert capsys.readouterr().err == (
        "workforce: seed=10000000000000000000... must be a whole number from 0 to 2,147,483,647\n"
    )
