"""One future under every plan and under the monitoring rule: the same past, chance and knowledge."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.categories import PLACES
from sim.targets import TARGET_TIERS

if TYPE_CHECKING:
    from sim.model import WorkforceModel
    from sim.targets import Targets

Array = NDArray[np.float64]
COST: Final = "cost"  # billion yuan, from 2025 to the year of the targets
DEAREST: Final = "dearest"  # billion yuan for measures in the year in which they cost most
YEARS: Final = range(2025, 2035)  # of reviews that can be answered before 2035 ends
FLAGS: Final = tuple(f"{year}_{tier}" for year in YEARS for tier in TARGET_TIERS)  # 1: the tier was behind
OUTPUTS: Final = (*TARGET_TIERS, COST, DEAREST, *FLAGS)


@dataclass(frozen=True)
class Block:
    """All that decides one future, beside the files."""

    plans: tuple[tuple[float, float], ...]  # level and places of each
    scenario: str  # as JSON, with the rule
    parameters: str  # as JSON
    knowledge: str
    agents: int
    seed: int
    draw: int
    targets: tuple[tuple[str, int | str], ...]


def live(block: Block) -> Array:
    """Outcomes of the plans, and at last of the plan with the rule, shape (plans + 1, ``OUTPUTS``)."""
    from experiments.adaptation.plans import Plan, scaled
    from experiments.runs.life import past_of
    from experiments.validate import read_inputs
    from sim.policy.scenario import read_scenario
    from sim.targets import Targets

    targets = Targets(**dict(block.targets))  # type: ignore[arg-type]
    inputs = read_inputs({"parameters": json.loads(block.parameters), "knowledge": block.knowledge})
    monitored = read_scenario(json.loads(block.scenario), inputs.catalogue).watching(targets)
    history = past_of(inputs, block.agents, block.seed, block.draw)
    kept = [scaled(monitored, Plan(*plan), targets.year) for plan in block.plans]
    return np.array([_outcomes(history.fork(scenario), targets) for scenario in (*kept, monitored)])


def _outcomes(model: "WorkforceModel", targets: "Targets") -> list[float]:
    """Craftsmen, cost, and who was behind at each review, of a life that is lived to the end here."""
    from experiments.importance.outcomes import at_end
    from sim.calendar import FORK, year_of
    from sim.targets import COUNTED

    behind: dict[int, tuple[str, ...]] = {}
    model.run_to(targets.year, on_year=lambda year: behind.update({year: model.planner.behind(year)}))
    indicators = model.indicators()
    found = at_end(indicators, targets)
    rows = indicators[
        (indicators["indicator"] == "spending")
        & (indicators["province"] == "all")
        & (indicators["year"] > year_of(FORK))
    ]
    spent = {
        str(group): own.set_index("year")["value"] for group, own in rows.groupby("group", observed=True)
    }
    measures = spent["all"] - spent[f"family={PLACES}"]  # what the budget of the rule is for
    return [
        *(found[COUNTED[targets.counting], f"tier={tier}"] for tier in TARGET_TIERS),
        float(spent["all"].sum()) / 1e3,
        float(measures.max()) / 1e3,
        *(float(tier in behind.get(year, ())) for year in YEARS for tier in TARGET_TIERS),
    ]
