"""The first state: the country at the end of 2014."""

import numpy as np

from sim.calendar import END, START, year_of
from sim.categories import PROVINCES, SECTORS
from sim.chance import Purpose, make_key
from sim.data.figures import ALL, Figures
from sim.institutions.employment import give_jobs
from sim.institutions.enterprises import Enterprises
from sim.institutions.labour_market import LabourMarket
from sim.institutions.recognition import Recognition
from sim.law import Law
from sim.state import State, empty_counts
from sim.workforce.margins import workforce_persons
from sim.workforce.population import HEADROOM, Population, padded
from sim.workforce.synthesis import cell_shares, first_workers

MARKETS = PROVINCES * len(SECTORS)


def first_state(law: Law, agents: int | None, seed: int, figures: Figures = ALL) -> State:
    """Build people, enterprises and markets; ``agents=None`` makes one agent per person.

    ``more``: figures that were added to the published ones, which the markets take.

    Raises
    ------
    InputError
        If the agents are too few or too many to stand for the workforce.
    """
    persons = workforce_persons(law.unemployment_frictional)
    agents = persons if agents is None else agents
    shares = cell_shares(
        law.industrial_share_of_skilled, law.technician_share_start, law.unemployment_frictional
    )
    workers = first_workers(padded(agents * HEADROOM), agents, persons, seed, shares)
    market = workers.province[:agents].astype(np.int16) * len(SECTORS) + workers.sector[:agents]
    heads = np.bincount(market, workers.weight[:agents], MARKETS).astype(np.float64)
    regions = np.concatenate(([0], np.cumsum(np.bincount(market, minlength=MARKETS))))
    scale = persons / agents
    enterprises = Enterprises(heads.reshape(PROVINCES, -1), scale, law, seed)
    give_jobs(workers, enterprises, make_key(seed, START, Purpose.FIRST_JOB))
    return State(
        month=START,
        population=Population(workers, round(scale), regions),
        enterprises=enterprises,
        market=LabourMarket(law, year_of(END), figures),
        recognition=Recognition(law, seed),
        counts=empty_counts(len(enterprises)),
        homes=np.zeros((PROVINCES, PROVINCES), np.int64),
    )
