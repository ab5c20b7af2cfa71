"""Take over the engine's state: every worker, enterprise and market."""

from typing import TYPE_CHECKING

from sim.data.figures import Figures
from sim.law import Law
from sim.policy.scenario import Scenario
from sim.state import State
from sim.workforce.columns import COLUMNS, VACANT
from tests.reference.enterprises import Enterprise, Enterprises
from tests.reference.markets import LabourMarkets
from tests.reference.worker import Worker

if TYPE_CHECKING:
    from tests.reference.twin import Twin


def copy_workers(state: State, world: "Twin") -> None:
    """Make an agent of every worker, in the same slot."""
    columns = (getattr(state.population.workers, name).tolist() for name in COLUMNS)
    for slot, values in enumerate(zip(*columns, strict=True)):
        row = dict(zip(COLUMNS, values, strict=True))
        if row["status"] == VACANT:
            continue
        employer = row.pop("enterprise")
        worker = Worker(world, slot)
        worker.enterprise = None if employer < 0 else world.firms.all[employer]
        for name, value in row.items():
            setattr(worker, name, value)
        world.fill(worker)


def copied_enterprises(state: State) -> Enterprises:
    """All enterprises with their practices and what they counted this year."""
    engine = state.enterprises
    enterprises = []
    for row in range(len(engine)):
        province, sector = int(engine.province[row]), int(engine.sector[row])
        one = Enterprise(row, province, sector, float(engine.size[row]), float(engine.usual_effort[row]))
        one.effort, one.climate = float(engine.effort[row]), float(engine.climate[row])
        one.democratic, one.pay_by_skill = bool(engine.democratic[row]), bool(engine.pay_by_skill[row])
        one.poached_share = float(engine.poached_share[row])
        one.reviews, _, one.poached = state.tally[row].tolist()
        enterprises.append(one)
    return Enterprises(enterprises)


def copied_markets(state: State, law: Law, scenario: Scenario, figures: Figures) -> LabourMarkets:
    """Labour markets with their wages, demand, supply and tightness."""
    markets = LabourMarkets(law, scenario, figures)
    for name in ("wage_level", "wage_mean", "asked", "supply", "tightness"):
        setattr(markets, name, getattr(state.market, name).copy())
    return markets
