"""What several tests need."""

import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path
from types import ModuleType

import pytest

from experiments.runs import machine
from tests import fake_model


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The experiments around a stand-in for the model, so that their own logic is tested in milliseconds."""
    fake_model.calls.clear()
    for module in ("sim.model", "sim.snapshot", "sim.outcomes.paired"):
        monkeypatch.setitem(sys.modules, module, fake_model)
    monkeypatch.setattr(machine, "compile_once", lambda: None)
    return fake_model


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    """Each test has processes forked anew: the environment and the modules of an earlier one are others."""
    yield
    server = forkserver._forkserver  # type: ignore[attr-defined]
    if server._forkserver_pid is not None:
        os.kill(server._forkserver_pid, signal.SIGKILL)  # it may still import
        server._stop()


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """An empty results folder."""
    return tmp_path / "results"
