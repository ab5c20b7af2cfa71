"""Questions that look at what was lived and ask for more: killed, asked again, and alike to the bit."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments import cli
from tests.studies import digests, nothing_double, planned, study

pytestmark = pytest.mark.slow
OPTIMISE = ("optimise", "candidates=32", "cells=2", "front=2", "front_cells=2", "trust_cells=2",
            "agents=5000", "front_agents=5000", "targets.year=2028", "name=one")  # fmt: skip
CALIBRATE = ("calibrate", "members=40", "rounds=4", "draws=2", "agents=5000", "until=2016", "name=one")


def asked(results: Path, *words: str) -> "subprocess.Popen[str]":
    """The question, in a process that can be killed."""
    command = [sys.executable, "-m", "experiments.cli", *words, f"results={results}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def answered(results: Path, *words: str) -> str:
    """Ask until the end; what was said."""
    process = asked(results, *words)
    said, _ = process.communicate(timeout=900)
    assert process.returncode == 0, said
    return said


def tables(results: Path, verb: str) -> dict[str, bytes]:
    """Every table of the answer."""
    folder = results / verb / "one"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


@pytest.fixture(scope="module", params=[OPTIMISE, CALIBRATE], ids=["optimise", "calibrate"])
def undisturbed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[str, ...], Path]:
    """A question to which nothing happened."""
    results = tmp_path_factory.mktemp("undisturbed")
    answered(results, *request.param)
    return request.param, results


def test_killed_at_random_moments_it_answers_as_if_nothing_had_happened(
    undisturbed: tuple[tuple[str, ...], Path], results: Path
) -> None:
    words, other = undisturbed
    chance, seen = random.Random(words[0]), dict[str, str]()
    for _ in range(4):
        process = asked(results, *words)
        time.sleep(chance.uniform(4.0, 12.0))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=120)
        time.sleep(2.0)  # its processes end with the year that they live
        now = digests(results)
        assert {run_id: now.get(run_id) for run_id in seen} == seen, "what was finished stays"
        seen = now
    answered(results, *words)
    assert digests(results) == digests(other)
    assert nothing_double(results)
    assert tables(results, words[0]) == tables(other, words[0])
    assert set(planned(study(results, verb=words[0]))) == set(digests(results))


def test_two_launchers_and_damage(
    undisturbed: tuple[tuple[str, ...], Path], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, other = undisturbed
    first = asked(results, *words)
    while not list((results / "studies").glob("*/*/presence/launcher-*.json")):
        time.sleep(0.1)
    assert cli.main([*words, f"results={results}"]) == 2
    assert "works on this study" in capsys.readouterr().err
    first.communicate(timeout=900)
    assert first.returncode == 0
    part = max((results / "lives").iterdir())
    content = bytearray((part / "arrays.zst").read_bytes())
    content[len(content) // 2] ^= 1
    (part / "arrays.zst").write_bytes(bytes(content))
    assert cli.main(["verify", f"{words[0]}/one", "share=0.02", "seed=1", f"results={results}"]) == 1
    assert "put aside" in capsys.readouterr().out
    answered(results, *words)
    assert cli.main(["status", f"{words[0]}/one", "--json", f"results={results}"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["done"] == told["runs"] > 0
    assert digests(results) == digests(other)
    assert tables(results, words[0]) == tables(other, words[0])
