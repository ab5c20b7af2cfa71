"""The page of the verification is what its results say, and each part runs, in short and at length."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from tests.statistical import battery, report_bounds, report_steps, report_streams

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "docs/verify.py"))
PARTS = SCRIPT["PARTS"]
AT_LENGTH = [
    pytest.param("bounds"),
    pytest.param("counts"),
    pytest.param(
        "streams", marks=pytest.mark.skipif(not battery.available(), reason="dieharder is not installed")
    ),
    pytest.param("steps"),
]


def section(name: str, result: dict[str, Any]) -> str:
    """The part's section with some circumstances."""
    told = SCRIPT["circumstances"]() | {"minutes": "0.1", "result": result}
    return str(SCRIPT["section"](name, told))


def test_the_page_is_what_the_results_say() -> None:
    assert SCRIPT["page"](SCRIPT["stored"]()) == SCRIPT["PAGE"].read_text(encoding="utf-8")


def test_a_part_that_was_not_run_is_named() -> None:
    assert SCRIPT["page"]({}).count("| not run yet |") == len(PARTS)


@pytest.mark.statistical
def test_bounds_in_short() -> None:
    result = report_bounds.measure(**report_bounds.QUICK)
    assert report_bounds.accepted(result)
    assert "| change of job | " in section("bounds", result)


@pytest.mark.slow
@pytest.mark.statistical
def test_steps_in_short() -> None:
    """Half steps move no total by much: 3 % beyond four standard errors."""
    result = report_steps.measure(**report_steps.QUICK)
    for name, event in result["events"].items():
        assert abs(event["2"]["difference"]) < 0.03 + 4.0 * event["2"]["error"], name
    assert "| found a job | " in section("steps", result)


def test_steps_that_move_a_total_are_named() -> None:
    still = {"difference": 0.001, "error": 0.001, "p": 0.3}
    moving = {"difference": -0.06, "error": 0.002, "p": 1e-9}
    events = {
        "died": {"mean": 10.0, "spread": 0.1, "2": still},
        "found a job": {"mean": 10.0, "spread": 0.1, "2": moving},
    }
    result = {"agents": 10, "seeds": 2, "years": [2016, 2017], "steps": [1, 2], "events": events}
    assert report_steps.accepted(result)  # a single life differs by more
    assert "moves these totals measurably: found a job -6.00 %." in report_steps.text(result)
    events["found a job"]["spread"] = 0.05
    assert not report_steps.accepted(result)
    assert "It moves by more than the error: found a job." in report_steps.text(result)


@pytest.mark.parametrize("name", ["counts", "streams"])
def test_a_bad_result_is_not_accepted(name: str) -> None:
    good = {"ks": 0.5, "chi_square": 0.5, "shift": 0.5}
    bad = good | {"mean": 10.0, "difference": 0.1, "z": 9.0, "shift": 1e-9}
    failed = {"test": "sts_runs", "ntuple": 2, "p_value": 1e-8, "assessment": "FAILED", "repeats": []}
    result = {
        "counts": {"agents": 10, "seeds": 2, "events": {"died": bad}, "all": good},
        "streams": {"battery": "dieharder", "streams": {"workers": [failed]}},
    }[name]
    assert not PARTS[name].accepted(result)
    assert SCRIPT["page"]({name: {**SCRIPT["circumstances"](), "minutes": "1", "result": result}}).count(
        "**not met**"
    )


def test_a_weak_result_must_vanish_when_repeated() -> None:
    weak = {"test": "sts_runs", "ntuple": 2, "p_value": 0.001, "assessment": "WEAK"}

    def result(*repeats: float) -> dict[str, Any]:
        return {"battery": "dieharder", "streams": {"workers": [{**weak, "repeats": list(repeats)}]}}

    assert report_streams.accepted(result(0.002, 0.4))
    assert not report_streams.accepted(result(0.002, 0.003))


@pytest.mark.slow
@pytest.mark.statistical
@pytest.mark.parametrize("name", AT_LENGTH)
def test_a_part_at_length(name: str) -> None:
    assert PARTS[name].accepted(PARTS[name].measure(**PARTS[name].FULL))
