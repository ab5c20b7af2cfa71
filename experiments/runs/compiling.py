"""Compile all that lives call, in two processes: the month of a worker takes as long as everything else."""

import os
import shutil
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from experiments.places import CONFIGS
from experiments.runs.interruption import starting_processes
from sim.calendar import END, FORK, FORK_YEAR, START, calendar_month, year_of
from sim.code_folder import code_folder

if TYPE_CHECKING:
    from sim.model import WorkforceModel

AGENTS: Final = 5_000
SEED: Final = 1
MONTHS_BEFORE: Final = 24  # that pass without lives, until everything of a year was called


def compile_all() -> None:
    """Live a very small life, so that every compiled function has been called.

    Another process compiles the month meanwhile, in a folder of its own: numba counts the files of a function
    up, and two that count at once would give the same name to different code. What this process has not
    compiled by then is taken over from there.
    """
    folder = code_folder()
    assert folder is not None
    apart = folder / "month"
    other = get_context("spawn").Process(target=compile_month, args=(apart,), daemon=True)
    with starting_processes():
        other.start()
    try:
        years_without_months()
        other.join()
        take_over(apart, folder)
    finally:
        other.kill()
        shutil.rmtree(apart, ignore_errors=True)
    whole_life()


def years_without_months() -> None:
    """Open and close years and quarters in which no worker lives."""
    model = first_model()
    model.country.live_month = _nothing  # type: ignore[method-assign]
    for _ in range(MONTHS_BEFORE):
        model.step()


def _nothing() -> None:
    """Pass over the month of all workers."""


def compile_month(apart: Path) -> None:
    """Compile the month of a worker into a folder of its own, by a month of nobody."""
    os.environ["NUMBA_CACHE_DIR"] = str(apart)
    import numpy as np

    from sim.categories import PROVINCES, SECTORS
    from sim.inputs import Inputs
    from sim.institutions.enterprises import Enterprises
    from sim.institutions.labour_market import LabourMarket
    from sim.institutions.recognition import Recognition
    from sim.law import compile_law
    from sim.model import WorkforceModel
    from sim.policy.scenario import load_scenario
    from sim.state import State, empty_counts
    from sim.workforce.columns import BLOCK, empty_columns
    from sim.workforce.population import Population

    inputs = Inputs.read(CONFIGS)
    law = compile_law(inputs.law.values())
    enterprises = Enterprises(np.ones((PROVINCES, len(SECTORS))), 1.0, law, SEED)
    state = State(
        month=START,
        population=Population(empty_columns(BLOCK), 1, np.zeros(PROVINCES * len(SECTORS) + 1, np.int64)),
        enterprises=enterprises,
        market=LabourMarket(law, year_of(END)),
        recognition=Recognition(law, SEED),
        counts=empty_counts(len(enterprises)),
        homes=np.zeros((PROVINCES, PROVINCES), np.int64),
    )
    scenario = load_scenario("adaptive", CONFIGS / "scenario", inputs.catalogue)
    WorkforceModel(scenario, inputs=inputs, state=state).country.live_month()


def take_over(apart: Path, folder: Path) -> None:
    """Move compiled functions of which a folder has nothing yet, each with all its files, the index last."""
    for index in apart.glob("*/*/*.nbi"):
        place = folder / index.parent.name
        if not (place / index.name).exists():
            place.mkdir(exist_ok=True)
            for file in (*index.parent.glob(f"{index.stem}.*.nbc"), index):
                file.replace(place / file.name)


def first_model() -> "WorkforceModel":
    """A very small country at the end of 2014, under every measure there is."""
    from sim.inputs import Inputs
    from sim.model import WorkforceModel
    from sim.policy.scenario import MeasurePath, load_scenario

    inputs = Inputs.read(CONFIGS)
    paths = tuple(MeasurePath(name, FORK + 1, 0, 1.0) for name in inputs.catalogue.names)
    scenario = replace(load_scenario("frozen", CONFIGS / "scenario", inputs.catalogue), paths=paths)
    return WorkforceModel(scenario, inputs=inputs, agents=AGENTS, seed=SEED)


def whole_life() -> None:
    """Live until the end, with all that is asked of a life."""
    from sim.outcomes.paired import compare_lives, lives

    past = first_model()
    past.run_to(FORK_YEAR, calendar_month(FORK), None)
    future = past.fork(past.policy)
    future.run_to(year_of(END), calendar_month(END), None)
    future.indicators()
    future.state_digest()
    compare_lives(lives(past), lives(future))
