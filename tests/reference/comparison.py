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

    A vacant slot has a status only: what stands in its other columns was left behind by somebody.
    """
    slots = max(len(world.slots), state.population.slots)
    mine, theirs = tables(world, slots), engine_tables(state, slots)
    filled = (mine["status"] != VACANT) | (theirs["status"] != VACANT)
    for name in set(COLUMNS) - {"status"}:
        mine[name], theirs[name] = mine[name][filled], theirs[name][filled]
    counts = {name: int((mine[name] != theirs[name]).sum()) for name in mine}
    return {name: count for name, count in counts.items() if count}


def tables(world: "Twin", slots: int) -> dict[str, NDArray[np.generic]]:
    """Workers by slot, enterprises by row, markets and certificates of the twin, by name."""
    columns = {name: np.zeros(slots, column.dtype) for name, column in COLUMNS.items()}
    for worker in world.workers:
        for name, column in columns.items():
            column[worker.slot] = entry(worker, name)
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


def engine_tables(state: State, slots: int) -> dict[str, NDArray[np.generic]]:
    """The same of a state of the engine, with vacant slots at its end up to ``slots``."""
    workers, firms, market = state.population.workers, state.enterprises, state.market
    beyond = slots - state.population.slots
    columns = {name: np.pad(getattr(workers, name), (0, beyond)) for name in COLUMNS}
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
