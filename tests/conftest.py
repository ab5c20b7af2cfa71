"""What several tests need."""

import sys
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


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """An empty results folder."""
    return tmp_path / "results"
