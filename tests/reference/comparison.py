"""Compare the twin with a state of the engine, entry by entry and to the bit."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.state import State
from sim.workforce.columns import COLUMNS, VACANT

if TYPE_CHECKING:
    from tests.reference.twin import Twin
    from tests.reference.worker import Worker


def differences(world: "Twin", state: State) -> dict[str, int]:
    """Number of differing entries of everything that differs at all.

    Workers are compared one by one in the order of their identities, because a slot decides nothing. When
    the numbers of workers differ, ``workers`` says by how many, and only the rest is compared.
    """
    mine, theirs = tables(world), engine_tables(state)
    more = abs(mine["identity"].size - theirs["identity"].size)
    if more:
        mine, theirs = ({k: v for k, v in side.items() if k not in COLUMNS} for side in (mine, theirs))
    counts = {name: int((mine[name] != theirs[name]).sum()) for name in mine} | {"workers": more}
    return {name: count for name, count in counts.items() if count}


def tables(world: "Twin") -> dict[str, NDArray[np.generic]]:
    """Workers by identity, enterprises by row, markets and certificates of the twin, by name."""
    workers = sorted(world.workers, key=lambda worker: worker.identity)
    columns = {
        name: np.array([entry(worker, name) for worker in workers], column.dtype)
        for name, column in COLUMNS.items()
    }
    firms, labour = world.firms.all, world.labour
    return columns | {
        "enterprise.effort": np.array([firm.effort for firm in firms]),
        "enterprise.climate": np.array([firm.climate for firm in firms]),
        "enterprise.democratic": np.array([firm.democratic for firm in firms], np.uint8),
        "enterprise.pay_by_skill": np.array([firm.pay_by_skill for firm in firms], np.uint8),
        "enterprise.poached_share": np.array([firm.poached_share for firm in firms]),
        "market.wage_level": labour.wage_level,
        "market.wage_mean": labour.wage_mean,
        "market.supply": labour.supply,
        "market.tightness": labour.tightness,
        "recognised": world.recognition.recognised,
        "stock": world.stock,
    }


def engine_tables(state: State) -> dict[str, NDArray[np.generic]]:
    """The same of a state of the engine."""
    workers, firms, market = state.population.workers, state.enterprises, state.market
    filled = np.flatnonzero(workers.status != VACANT)
    filled = filled[np.argsort(workers.identity[filled])]
    columns = {name: getattr(workers, name)[filled] for name in COLUMNS}
    return columns | {
        "enterprise.effort": firms.effort,
        "enterprise.climate": firms.climate,
        "enterprise.democratic": firms.democratic,
        "enterprise.pay_by_skill": firms.pay_by_skill,
        "enterprise.poached_share": firms.poached_share,
        "market.wage_level": market.wage_level,
        "market.wage_mean": market.wage_mean,
        "market.supply": market.supply,
        "market.tightness": market.tightness,
        "recognised": state.recognition.recognised,
        "stock": state.homes,
    }


def entry(worker: "Worker", name: str) -> int:
    """What the engine writes into a column of this worker."""
    if name == "enterprise":
        return -1 if worker.enterprise is None else worker.enterprise.row
    return getattr(worker, name)
