"""The first population: workers at the end of 2014, drawn from a cell table fitted to published margins."""

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from sim.calendar import MONTHS_PER_YEAR, START
from sim.categories import HUKOU
from sim.chance import Purpose, make_keys
from sim.constants import constant
from sim.errors import InputError
from sim.workforce.columns import VACANT, Workers, empty_columns
from sim.workforce.first_lives import Plan, fill
from sim.workforce.ipf import Array, fit
from sim.workforce.laying import LARGEST_WEIGHT, lay
from sim.workforce.margins import (
    AGE_LIMITS,
    AXES,
    INTER_PROVINCIAL,
    MOBILITY_AXIS,
    SHAPE,
    UNEMPLOYED_SHARE,
    URBAN,
    home_shares,
    margins,
)
from sim.workforce.prior import prior_table

STEEPEST: Final = constant("steepest_age_tilt")
ROUNDING: Final = 1e-9


class CellShares(NamedTuple):
    """The fitted table.

    Attributes
    ----------
    share : ndarray
        Share of the workforce in each cell; the axes are those of ``margins.AXES``, in this order.
    home : ndarray
        Home province of inter-provincial migrants given residence, shape ``(31, 31)``, rows sum to 1.
    tilt : ndarray
        Slope of the density of ages inside each age band, -1 to 1, shape ``(4 mobilities, 10 bands)``.
    unemployed : float
        Share of the workforce between jobs, the same in every cell.
    axes : tuple of str
        Names of the axes of ``share``.
    """

    share: Array
    home: Array
    tilt: Array
    unemployed: float
    axes: tuple[str, ...] = AXES


@lru_cache(maxsize=4)
def cell_shares(
    industrial_share_of_skilled: float, technician_share: float, unemployed_share: float = UNEMPLOYED_SHARE
) -> CellShares:
    """Fit the cell table to all margins; takes about a quarter of a second.

    Parameters
    ----------
    industrial_share_of_skilled : float
        Share of the nation's skilled workers that belongs to the industrial workforce.
    technician_share : float
        Technicians and senior technicians among the highly skilled.
    unemployed_share : float
        Share of the workforce between jobs.
    """
    share = fit(prior_table(), margins(industrial_share_of_skilled, technician_share, unemployed_share))
    fitted = CellShares(share, home_shares(), _tilt(share), unemployed_share)
    for array in (fitted.share, fitted.home, fitted.tilt):
        array.setflags(write=False)
    return fitted


def _tilt(share: Array) -> Array:
    """Slope inside each age band, so that the densities of neighbouring bands join."""
    limits = np.array(AGE_LIMITS, dtype=np.float64)
    width = np.diff(limits)
    density = share.sum(axis=(0, 1, 2, 4, 6)) / width
    slope = np.gradient(density, limits[:-1] + width / 2, axis=1)
    return np.asarray(np.clip(slope * width / 2 / density, -STEEPEST, STEEPEST))


def _plan(agents: int, persons: int, seed: int, shares: CellShares) -> Plan:
    """Lay the agents over the cells, and count the migrants among them."""
    laying = lay(shares.share, agents, persons)
    migrants = np.zeros(shares.share.shape, dtype=np.int64)
    chosen = (slice(None),) * MOBILITY_AXIS + (INTER_PROVINCIAL,)
    migrants[chosen] = np.diff(laying.start).reshape(migrants.shape)[chosen]
    home_up_to = np.cumsum(shares.home, axis=1)
    home_up_to[home_up_to > 1.0 - ROUNDING] = 1.0  # nobody may fall behind the last home
    return Plan(
        **laying._asdict(),
        migrants_before=np.cumsum(migrants) - migrants.ravel(),
        home_up_to=home_up_to,
        tilt=shares.tilt,
        unemployed=shares.unemployed,
        keys=make_keys(seed, START, Purpose.FIRST_POPULATION, 5),
    )


def first_workers(slots: int, agents: int, persons: float, seed: int, shares: CellShares) -> Workers:
    """Draw the workforce of the end of 2014.

    Parameters
    ----------
    slots : int
        Length of the columns; slots from ``agents`` on stay vacant.
    agents : int
        Workers to draw, placed in order of province and sector.
    persons : float
        Persons they stand for; the weights sum to this, rounded to a whole number.
    seed : int
        Seed of the random draws. Categories, weights and identities do not depend on it, except for
        the order of the migrants' homes.
    shares : CellShares
        The fitted table.

    Returns
    -------
    Workers
        All columns; ``enterprise`` is -1 everywhere and is for the caller to fill.

    Raises
    ------
    InputError
        If there are more agents than persons or slots, or too many persons for one agent.
    """
    whole = round(persons)
    if not 0 < agents <= min(slots, whole):
        raise InputError(
            f"{agents:,} agents cannot stand for {whole:,} persons in {slots:,} slots: choose others"
        )
    if whole // agents >= LARGEST_WEIGHT:
        fewest = whole // LARGEST_WEIGHT + 1
        raise InputError(f"{agents:,} agents are too few for {whole:,} persons: choose at least {fewest:,}")
    workers = empty_columns(slots)
    workers.enterprise.fill(-1)
    fill(workers, _plan(agents, whole, seed, shares))
    return workers


def tabulate(workers: Workers) -> Array:
    """Persons in each cell at the end of 2014, vacant slots left out; the axes are those of ``AXES``."""
    present = workers.status != VACANT
    age_years = (START - workers.birth[present].astype(np.int64)) // MONTHS_PER_YEAR
    away = np.where(workers.home != workers.province, INTER_PROVINCIAL, workers.away)[present]
    cell = (
        workers.province[present],
        workers.sector[present],
        workers.grade[present],
        np.where(workers.hukou[present] == HUKOU.index("urban"), URBAN, away),
        workers.sex[present],
        np.searchsorted(AGE_LIMITS, age_years, side="right") - 1,
        workers.education[present],
    )
    flat = np.ravel_multi_index(cell, SHAPE)
    persons = np.bincount(flat, workers.weight[present], int(np.prod(SHAPE)))
    return persons.astype(np.float64).reshape(SHAPE)
