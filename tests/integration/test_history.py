"""At the end of 2021 the simulated country looks like the published one."""

import runpy
from pathlib import Path

import pytest

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "docs/generate_history_table.py"))


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str, float, float, str]]:
    """The rows of docs/history.md; with fewer agents luck moves examinations by some per cent."""
    return SCRIPT["rows"](SCRIPT["simulated"]())


def test_every_total_is_within_twenty_per_cent(rows: list[tuple[str, str, float, float, str]]) -> None:
    far = {what: simulation / published for what, _, simulation, published, _ in rows
           if abs(simulation / published - 1.0) > 0.20}  # fmt: skip
    assert far == {}
