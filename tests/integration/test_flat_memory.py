"""A process that lives thousands of lives takes no more memory than one that lives hundreds."""

import gc
import os
from pathlib import Path

import pytest

from experiments.runs.inputs import scenario_named
from experiments.runs.life import Life, read_world
from experiments.runs.plan import Cell
from experiments.runs.progress import Unseen
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, Worker

FEW, MANY = 500, 5_000
MOST_GROWN = 30e6  # bytes; 4,500 records of the real model alone would be 1,400e6


def resident_bytes() -> int:
    """Memory that this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux for the memory")
def test_memory_is_flat_over_thousands_of_lives(fake: object, tmp_path: Path) -> None:
    world = read_world({}, "prior", 5_000)
    scenarios = [scenario_named(name, world.inputs) for name in ("frozen", "reform")]
    worker = Worker(LifeStore(tmp_path), Unseen(), Means())

    def live(first: int, last: int) -> None:
        for seed in range(first, last):
            worker.work([Cell(tuple(Life(world, scenario, seed, seed) for scenario in scenarios))])

    live(0, FEW // 2)
    before = resident_bytes()
    live(FEW // 2, MANY // 2)
    assert resident_bytes() - before < MOST_GROWN
