"""A real Slurm for the tests of this folder, once for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.slurm.cluster import Cluster, NoSlurmError, provide

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def one_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The cluster, started once; tests that need it are skipped with one reason where it cannot be."""
    one = Cluster(tmp_path_factory.mktemp("slurm"))
    try:
        provide()
        one.start()
    except NoSlurmError as reason:
        one.stop()
        pytest.skip(f"no real Slurm here: {reason}")
    yield one
    one.stop()


@pytest.fixture
def cluster(one_cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """The cluster without jobs, all of it up."""
    for name, value in one_cluster.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    yield one_cluster
    one_cluster.clear()
