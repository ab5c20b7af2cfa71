"""Names that packages keep to themselves and that are used all the same: what goes on without them."""

import subprocess
import sys

import hydra
import joblib
import numba
import pytest

from experiments import cli
from experiments.runs.orphans import WITH_JOBLIB, processes_of
from sim import compiled


def test_numba_knows_the_option_without_which_it_is_slow() -> None:
    changed = f"numba {numba.__version__} has no option _nrt: see decision 0010 and sim/compiled.py"
    assert compiled.NO_COUNTING == {"_nrt": False}, changed

    @compiled.lean
    def one() -> int:
        return 1

    assert numba.njit(lambda: one() + 1)() == 2, changed


def test_without_that_option_functions_compile_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("numba.core.options.DefaultOptions._nrt")
    assert compiled.without_counting() == {}
    monkeypatch.setitem(sys.modules, "numba.core.options", None)
    assert compiled.without_counting() == {}
    monkeypatch.setattr(compiled, "NO_COUNTING", {})

    @compiled.inlined
    def one() -> int:
        return 1

    assert numba.njit(lambda: one() + 1)() == 2


def test_hydra_keeps_the_reader_of_its_flags_where_it_was() -> None:
    changed = f"Hydra {hydra.__version__} reads its flags otherwise: see experiments/command/multirun.py"
    try:
        from hydra._internal.utils import get_args_parser
    except ImportError:
        pytest.fail(changed)
    flags = get_args_parser().parse_intermixed_args(["-m", "seed=1,2"])
    assert flags.multirun, changed
    assert flags.overrides == ["seed=1,2"], changed


def test_without_it_flags_are_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr("hydra._internal.utils.get_args_parser")
    assert cli.main(["run", "-m", "seed=1,2"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert hydra.__version__ in said


def test_joblib_keeps_its_tracker_where_it_was() -> None:
    words = "from joblib.externals.loky.backend.resource_tracker import ensure_running"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, check=False)
    assert done.returncode == 0, f"joblib {joblib.__version__} moved it: see experiments/runs/orphans.py"


def test_without_joblibs_tracker_processes_start_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "joblib.externals.loky.backend.resource_tracker", None)
    with processes_of([WITH_JOBLIB]):
        pass
