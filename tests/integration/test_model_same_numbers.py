"""The same numbers from the same seed: whatever the threads, the screening, or the way to the fork."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest

from sim import compiled
from sim.country import Options
from sim.errors import InputError
from sim.model import WorkforceModel
from tests.country import AT_ONCE, CONFIGS, FROZEN, INPUTS, REFORM, lived, past, take_over, with_measures

CORES = numba.config.NUMBA_NUM_THREADS
SMALL_RUN = """
from tests.country import FROZEN, INPUTS
from sim.model import WorkforceModel
from sim import compiled
compiled.SMALL = 0  # small populations would take one thread
model = WorkforceModel(FROZEN, inputs=INPUTS, agents=12_000)
model.run_to(2016, 2)
busy = (model.state.counts.flows != 0).any(axis=(1, 2, 3)).sum()
print(busy, model.state_digest())
"""


# Of the country of the tests, at the fork and 14 months into the reform. Whoever changes results on
# purpose writes the new ones here, and says so in the changelog.
HISTORY = "576d380a60f4e1bb"
INTO_REFORM = "a766707b1529daf3"


@pytest.fixture
def all_threads() -> Iterator[None]:
    yield
    numba.set_num_threads(CORES)


def small_run(threads: int) -> tuple[str, str]:
    """Threads that counted something, and digest, of a short history in a process of its own."""
    environment = {**os.environ, "NUMBA_NUM_THREADS": str(threads)}
    done = subprocess.run(
        [sys.executable, "-c", SMALL_RUN],
        cwd=CONFIGS.parent, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    busy, digest = done.stdout.split()
    return busy, digest


def test_history_does_not_depend_on_the_number_of_threads() -> None:
    one, digest = small_run(1)
    several, same = small_run(3)
    assert int(one) == 1 < int(several)
    assert digest == same


@pytest.mark.skipif(CORES < 2, reason="this machine has one core")
def test_forks_do_not_depend_on_the_number_of_threads(
    all_threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "SMALL", 0)
    digests, busy = set(), []
    for threads in (1, 2):
        numba.set_num_threads(threads)
        model = lived(past().fork(REFORM), 14)
        digests.add(model.state_digest())
        busy.append(int((model.state.counts.flows != 0).any(axis=(1, 2, 3)).sum()))
    assert busy == [1, 2]
    assert len(digests) == 1


@pytest.mark.slow
def test_history_does_not_depend_on_the_instruction_set(tmp_path: Path) -> None:
    """Compiled once more, for the plainest processor of this kind: no AVX, no fused arithmetic."""
    plain = {"NUMBA_CPU_NAME": "generic", "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", SMALL_RUN]
    printed = subprocess.run(command, env=os.environ | plain, capture_output=True, text=True, check=True)
    assert printed.stdout.split()[1] == small_run(1)[1]


def test_every_python_and_every_machine_lives_the_same_lives() -> None:
    assert past().state_digest()[:16] == HISTORY
    assert lived(past().fork(REFORM), 14).state_digest()[:16] == INTO_REFORM


def test_another_seed_is_another_history() -> None:
    digests = []
    for seed in (1, 1, 2):
        model = WorkforceModel(FROZEN, inputs=INPUTS, agents=5_000, seed=seed)
        model.run_to(2015, 6)
        digests.append(model.state_digest())
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


def test_a_fork_leaves_the_history_as_it_was() -> None:
    before = past().state_digest()
    rows = len(past().indicators())
    lived(past().fork(REFORM), 14)
    assert past().state_digest() == before
    assert len(past().indicators()) == rows
    assert past().month == past().fork(REFORM).month


def test_a_fork_goes_on_as_if_nothing_had_been_copied() -> None:
    straight = WorkforceModel(FROZEN, inputs=INPUTS, agents=5_000, seed=3)
    straight.run_to(2015, 12)
    forked = straight.fork(FROZEN)
    assert lived(forked, 14).state_digest() == lived(straight, 14).state_digest()


def test_a_fork_may_have_other_inputs_from_then_on() -> None:
    same, other = lived(past().fork(REFORM), 14), lived(past().fork(REFORM, AT_ONCE), 14)
    assert other.state_digest() != same.state_digest()
    assert past().inputs is INPUTS


def test_a_fork_within_a_quarter_is_refused() -> None:
    """What the threads have counted since the quarter began belongs to nobody yet."""
    model = WorkforceModel(FROZEN, inputs=INPUTS, agents=5_000, seed=3)
    model.run_to(2015, 2)
    with pytest.raises(InputError, match="closed quarter"):
        model.fork(FROZEN)


def test_screening_never_changes_an_outcome() -> None:
    """A bound that a probability exceeded would hide events, and so change the digest."""
    screened = past().fork(REFORM)
    exact = take_over(past().state, REFORM, options=Options(screening=False))
    for _ in range(15):
        screened.step()
        exact.step()
    assert screened.state_digest() == exact.state_digest()


def test_a_measure_of_intensity_zero_changes_no_bit() -> None:
    nothing = with_measures(INPUTS.catalogue.names, level=0.0)
    assert lived(past().fork(nothing), 14).state_digest() == lived(past().fork(FROZEN), 14).state_digest()


def test_a_measure_in_force_changes_something() -> None:
    something = with_measures(INPUTS.catalogue.names)
    assert lived(past().fork(something), 14).state_digest() != lived(past().fork(FROZEN), 14).state_digest()
