"""The pure parts of the benchmark: medians, ratios, shares, what fits, tables."""

from subprocess import CompletedProcess
from typing import Any

import pytest

from experiments.questions.benchmark import measure, programs, summary
from experiments.questions.benchmark.summary import Step, Turn


def steps(extra: dict[int, float]) -> list[Step]:
    return [Step(month, 1.0 + extra.get(month, 0.0)) for month in range(1, 13)]


def spread(low: float, median: float, high: float) -> dict[str, float]:
    return {"median": median, "low": low, "high": high}


def contender(name: str, beside: str, speed: float, ratio: float) -> dict[str, Any]:
    return {
        "name": name, "title": name, "agents": 1_000_000, "threads": 2, "beside": beside,
        "worker_months_per_second": spread(speed, speed, speed), "ratio": spread(ratio, ratio, ratio),
    }  # fmt: skip


@pytest.fixture
def found() -> dict[str, Any]:
    return {
        "date": "2035-12-31T12:00:00+00:00",
        "machine": {"processor": "abacus", "cores": 2, "versions": {"python": "3.11"}, "commit": None},
        "settings": {"repetitions": 3},
        "notes": ["the twin is away"],
        "contenders": [
            {
                **contender("engine_1", "engine_1", 2e7, 1.0),
                "calendar_shares": {"months": 0.7, "quarters": 0.2, "years": 0.1},
            },
            contender("memory_2", "engine_1", 1e8, 5.0),
            contender("twin", "engine_beside_twin", 1e5, 0.005),
        ],
        "bytes_per_worker": 46,
        "bytes_of_columns": 50_000_000,
        "peak_bytes_per_further_worker": 60.2,
        "sizes": [
            {"agents": 10_000, "nanoseconds_per_worker_month": spread(40.0, 50.0, 60.0), "peak_bytes": 3e8,
             "start_seconds": 0.25},
        ],
        "left_out": [{"agents": 10**8, "reason": "needs too much"}],
        "warm_seconds": [1.0, 3.0, 2.0],
        "first_seconds": 40.0,
    }  # fmt: skip


def test_the_spread_is_median_and_range() -> None:
    assert summary.spread([3.0, 1.0, 2.0]) == spread(1.0, 2.0, 3.0)


def test_ratios_compare_within_a_repetition() -> None:
    """A machine that halves its speed between repetitions changes no ratio."""
    base, other = [Turn(100, 1.0), Turn(100, 2.0)], [Turn(100, 4.0), Turn(100, 8.0)]
    assert summary.ratios(other, base) == [0.25, 0.25]


def test_a_contender_is_summed_up_with_all_its_turns() -> None:
    turns = [Turn(100, 1.0), Turn(100, 2.0)]
    told = summary.contender_summary(turns, turns)
    assert told["worker_months_per_second"] == spread(50.0, 75.0, 100.0)
    assert told["ratio"] == spread(1.0, 1.0, 1.0)
    assert told["seconds"] == [1.0, 2.0]


def test_quarters_and_years_take_what_lies_beyond_a_plain_month() -> None:
    shares = summary.calendar_shares(steps({1: 1.0, 3: 0.5, 6: 0.5, 9: 0.5, 12: 2.5}))
    assert shares == pytest.approx({"months": 12 / 17, "quarters": 2 / 17, "years": 3 / 17})


def test_shares_are_never_negative() -> None:
    shares = summary.calendar_shares(steps({1: -0.5, 3: -0.5, 6: -0.5, 9: -0.5, 12: -0.5}))
    assert shares == {"months": 1.0, "quarters": 0.0, "years": 0.0}


def test_sizes_beyond_the_memory_are_left_out_with_a_reason() -> None:
    fitting, left_out = summary.sizes_that_fit([10, 20], [10**9, 3 * 10**9], free=2 * 10**9)
    assert fitting == [10]
    assert left_out == [{"agents": 20, "reason": "needs about 3.0 GB of memory and 2.0 GB are free"}]
    assert summary.sizes_that_fit([10, 20], [10**9, 3 * 10**9], free=None) == ([10, 20], [])


def test_a_further_worker_costs_the_rise_of_the_peak() -> None:
    sizes = [{"agents": 30, "peak_bytes": 1_000}, {"agents": 10, "peak_bytes": 0}]
    assert summary.bytes_per_further_worker(sizes) == 50.0
    assert summary.bytes_per_further_worker(sizes[:1]) is None


def test_everyone_takes_a_turn_and_the_order_turns_round(capsys: pytest.CaptureFixture[str]) -> None:
    from experiments.questions.benchmark.contenders import Contender

    order: list[str] = []

    def taking(name: str) -> Contender:
        return Contender(name, name, 7, 1, "a", lambda: order.append(name) or 7)  # type: ignore[func-returns-value]

    turns = measure.take_turns([taking("a"), taking("b")], 3, lambda: order.append("last"))
    assert order == ["a", "b", "last", "b", "a", "last", "a", "b", "last"]
    assert [turn.worker_months for turn in turns["b"]] == [7, 7, 7]
    assert "Repetition 3 of 3" in capsys.readouterr().out


@pytest.mark.parametrize(("load", "lines"), [(0.2, 0), (1.6, 1)])
def test_a_busy_machine_is_told(load: float, lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure.os, "getloadavg", lambda: (load, 0.0, 0.0), raising=False)
    told = measure.busy()
    assert len(told) == lines
    assert all(f"load {load}" in line for line in told)


def test_a_program_that_fails_says_why() -> None:
    assert "Usage" in programs.output_of(["experiments.cli"])
    with pytest.raises(RuntimeError, match="unknown verb 'fly'"):
        programs.output_of(["experiments.cli", "fly"])


def test_a_program_that_the_system_ends_lacked_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = CompletedProcess([], returncode=-9, stdout="", stderr="")
    monkeypatch.setattr(programs.subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(MemoryError, match="lack of memory"):
        programs.output_of(["experiments.cli"])


def test_a_size_that_the_system_ends_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(agents: int, years: int) -> dict[str, Any]:
        raise MemoryError("the system ended the process")

    monkeypatch.setattr(measure.programs, "measure_size", refuse)
    found = measure.measure_sizes([10_000], 1)
    assert found["sizes"] == []
    assert found["left_out"] == [{"agents": 10_000, "reason": "the system ended the process"}]


def test_numbers_have_three_digits_that_matter() -> None:
    assert [summary.number(value) for value in (0.00523, 1.0, 12.34, 123.4, 12_345.0)] == [
        "0.00523", "1", "12.3", "123", "12,345",
    ]  # fmt: skip


@pytest.mark.parametrize("form", [summary.markdown, summary.terminal])
def test_the_tables_say_it_all(form: Any, found: dict[str, Any]) -> None:
    text = form(found)
    for told in (
        "abacus, 2 cores, python 3.11, 2035-12-31; median and range of 3 repetitions.",
        "the engine is 200 times as fast",
        "70 % months, 20 % quarters, 10 % years",
        "46 bytes of columns; a further one raises the peak by 60 bytes",
        "reads and writes up to 10.0 GB/s together",
        "takes 2.0 s, and 40 s the first time",
        "100,000,000 agents are left out: needs too much.",
        "The twin is away.",
    ):
        assert told in text


def test_a_table_can_do_without_what_was_not_measured(found: dict[str, Any]) -> None:
    found["contenders"].pop()
    for key in ("warm_seconds", "first_seconds"):
        del found[key]
    text = summary.markdown({**found, "sizes": [], "peak_bytes_per_further_worker": None})
    assert "twin;" not in text
    assert "population=tiny" not in text
    assert "46 bytes of columns." in text


def test_markdown_rows_have_equal_cells(found: dict[str, Any]) -> None:
    rows = [line for line in summary.markdown(found).splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows[:5]} == {8}
    assert {line.count("|") for line in rows[5:]} == {6}
