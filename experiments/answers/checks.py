"""What is checked before anything starts, so that nothing is left half-done."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.answers.common_keys import TargetKeys
from experiments.answers.keys import as_dict
from experiments.runs.files import check_writable
from experiments.runs.inputs import PAST, read_inputs, scenario_named
from experiments.runs.machine import BYTES_BESIDES, BYTES_PER_AGENT, available_memory_bytes, cores
from experiments.runs.sources import hashes
from sim.calendar import END, FORK_YEAR, year_of
from sim.errors import InputError

if TYPE_CHECKING:
    from experiments.outcomes.commitments import Commitment
    from sim.inputs import Inputs
    from sim.targets import Targets

SNAPSHOT_BYTES_PER_AGENT = 25  # on disk: a history or a checkpoint
LIFE_BYTES_PER_AGENT = 28  # on disk: what a comparison needs of the baseline
POPULATION = "population.agents"  # key of run, compare and sweep; other verbs have agents
FEWEST_AGENTS = 5_000  # below it most provinces and sectors stand empty


def read_hashes(knowledge: str) -> dict[str, str]:
    """Hashes of all files that decide a life, those of its past and of what draws know among them."""
    inputs = read_inputs({}, knowledge)
    return hashes(scenario_named(PAST, inputs), knowledge)


def read_targets(keys: TargetKeys) -> "Targets":
    """Read and check the targets."""
    from sim.targets import Targets

    targets = Targets(**as_dict(keys))
    if not FORK_YEAR < targets.year <= year_of(END):
        raise InputError(f"targets.year={targets.year} must be {FORK_YEAR + 1} to {year_of(END)}")
    return targets


def read_promises(name: str | None) -> "tuple[Commitment, ...]":
    """Read and check what provinces promise in a file; nothing without one."""
    from experiments.outcomes.commitments import read_commitments

    return () if name is None else read_commitments(Path(name))


def results_folder(results: str) -> Path:
    """Where results go; InputError when nothing can be written there."""
    folder = Path(results)
    check_writable(folder)
    return folder


def check_draws(draws: int, knowledge: str, inputs: "Inputs") -> None:
    """Check that there are so many draws."""
    known = inputs.law.posterior.draws
    if 0 < known < draws:
        raise InputError(
            f"draws={draws} are more than the {known} of knowledge={knowledge}; "
            "those that stand twice would narrow intervals"
        )


def check_agents(agents: int, most: int, key: str = POPULATION) -> None:
    """Check that so many agents, which were given by ``key``, make sense."""
    if agents < FEWEST_AGENTS:
        raise InputError(f"{key}={agents} is too few; write {FEWEST_AGENTS:,} or more")
    if agents > most:
        way = "population=full gives one agent to each" if key == POPULATION else "write fewer"
        raise InputError(f"{key}={agents:,} is more than the {most:,} persons there are; {way}")


def check_memory(agents: int, most: int, key: str = POPULATION, populations: int = 1) -> None:
    """Check that so many agents make sense, and that so many populations fit into the memory that is free."""
    check_agents(agents, most, key)
    free, needed = available_memory_bytes(), bytes_needed(populations * agents)
    if free is not None and needed > free:
        fitting = max(0, free - BYTES_BESIDES) // BYTES_PER_AGENT // populations // 1000 * 1000
        way = f"{key}={fitting} fits" if fitting >= FEWEST_AGENTS else "no population fits"
        raise InputError(
            f"{agents:,} agents need about {_gigabytes(needed)} of memory and {_gigabytes(free)} are free; "
            f"{way}"
        )


def check_disk(folder: Path, needed: int) -> None:
    """Check that so many bytes can still be written below a folder."""
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise InputError(
            f"about {_gigabytes(needed)} of disk are needed in {folder} and {_gigabytes(free)} are free; "
            "choose another place with results=/path/to/folder, or take less with history=none, "
            "checkpoint=none or fewer agents"
        )


def bytes_needed(agents: int) -> int:
    """Memory of a process that lives one seed, about: one population."""
    return BYTES_BESIDES + agents * BYTES_PER_AGENT


def disk_needed(agents: int, snapshots: int, comparisons: int = 0) -> int:
    """Disk for histories and checkpoints, and for baselines that lives are compared with, about."""
    return agents * (SNAPSHOT_BYTES_PER_AGENT * snapshots + LIFE_BYTES_PER_AGENT * comparisons)


def share_cores(threads: int | None, jobs: int, bytes_each: int) -> tuple[int, int]:
    """Number of processes, and threads of each, for jobs that never meet.

    Processes come first, as they also share what one thread alone does; memory limits them.
    """
    free, most = available_memory_bytes(), threads or cores()
    fitting = most if free is None else max(1, free // bytes_each)
    processes = min(most, jobs, fitting)
    return processes, most // processes


def persons(inputs: "Inputs") -> int:
    """Persons at the start, by the central parameters: published employment and those between jobs."""
    from sim.calendar import START
    from sim.data import secondary_employment

    between_jobs = inputs.law.values()["unemployment_frictional"]
    assert isinstance(between_jobs, float)
    return round(secondary_employment()[year_of(START)] / (1.0 - between_jobs))


def _gigabytes(number_bytes: int) -> str:
    return f"{number_bytes / 1e9:.1f} GB"
