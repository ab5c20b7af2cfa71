"""How hostile input is searched for: a handful in the quick tests, or for MINUTES each (``make fuzz``)."""

import contextlib
import io
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from experiments import cli

MINUTES = float(os.environ.get("MINUTES", "0.5"))
OF_A_STUDY = ("status", "report", "expand", "retry", "verify", "compact", "export")
TINY = ("name=one", "population=tiny", "launcher=basic", "threads=1", "scenarios=[frozen]", "seeds=1",
        "draws=1")  # fmt: skip
Search = Callable[[Any], None]


def for_a_handful(search: Search, strategy: st.SearchStrategy[Any], examples: int) -> None:
    """Try the same few each time."""
    few = settings(max_examples=examples, derandomize=True, database=None, deadline=None,
                   suppress_health_check=list(HealthCheck))  # fmt: skip
    few(given(strategy)(search))()


def for_minutes(search: Search, strategy: st.SearchStrategy[Any]) -> None:
    """Search until the time is over, from a new place every hundred examples."""
    ends, place = time.monotonic() + 60.0 * MINUTES, time.time_ns()
    often = settings(max_examples=100, database=None, deadline=None, report_multiple_bugs=False,
                     phases=[Phase.generate],  # to make a find smaller would take longer than to find it
                     suppress_health_check=list(HealthCheck))  # fmt: skip

    def one(found: Any) -> None:
        if time.monotonic() < ends:
            search(found)

    while time.monotonic() < ends:
        place += 1
        seed(place)(often(given(strategy)(one)))()


def command(*words: str) -> tuple[int, str]:
    """Code and stderr of a command, which may end in no other way than the documented ones."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = cli.main(words)
        except SystemExit as end:
            code = int(end.code or 0)
    said = err.getvalue()
    assert code in (0, 1, 2), (words, said)
    assert "Traceback" not in said + out.getvalue(), (words, said)
    if code == 2:
        assert said.startswith("workforce: "), (words, said)
        assert said.count("\n") == 1, (words, said)
    return code, said


def finished_study(results: Path) -> Path:
    """Results with a finished study of two runs in two parts."""
    assert cli.main(["sweep", *TINY, f"results={results}"]) == 0
    assert cli.main(["expand", "one", "seeds=+1", f"results={results}"]) == 0
    return results


@contextlib.contextmanager
def inside(folder: str) -> Iterator[None]:
    """Work in a folder, in which nothing but results may be left."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def entries() -> list[str]:
    """What lies where the work is done."""
    return sorted(path.name for path in Path().iterdir())
