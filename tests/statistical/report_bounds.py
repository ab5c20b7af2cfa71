"""Part of the verification: in every month, no worker's hazard exceeds the bound that screening relies on."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from sim.calendar import END, FORK, FORK_YEAR, year_of
from sim.country import Options
from sim.life.bounds import hazard_bounds
from sim.life.checking import NAMES, largest_hazards
from sim.model import WorkforceModel
from tests.country import AT_ONCE, FROZEN, INPUTS, REFORM

TITLE: Final = "Screening never passes over an event"
FULL: Final = {"agents": 400_000, "draws": (0, 1, 2, 3), "until": year_of(END)}
QUICK: Final = {"agents": 5_000, "draws": (0,), "until": FORK_YEAR + 1}


def lives(agents: int, draw: int, until: int) -> Iterable[WorkforceModel]:
    """A history and a reform at full delivery, month by month, each looked at by the model itself."""
    by, options = {"seed": 1 + draw, "draw": draw}, Options(checking=True)
    model = WorkforceModel(FROZEN, inputs=INPUTS, agents=agents, options=options, **by)
    while model.month < FORK:
        model.step()
        yield model
    reform = WorkforceModel(REFORM, inputs=AT_ONCE, state=model.state, options=options, **by)
    while year_of(reform.month + 1) <= until:
        reform.step()
        yield reform


def measure(agents: int, draws: Iterable[int], until: int) -> dict[str, Any]:
    """The largest share of its bound that any hazard of each decision reaches."""
    reached, looks = dict.fromkeys(NAMES.values(), 0.0), 0
    for draw in draws:
        for model in lives(agents, draw, until):
            largest = largest_hazards(model.state.population.workers, *model.world()).per_year
            share = largest / np.maximum(hazard_bounds(*model.world()[:3]), 1e-300)
            reached = {name: max(reached[name], float(share[k])) for k, name in NAMES.items()}
            looks += model.state.population.agents
    return {"agents": agents, "draws": list(draws), "until": until, "looks": looks, "reached": reached}


def accepted(result: dict[str, Any]) -> bool:
    """Whether every bound holds; the model raises an error long before this is false."""
    return all(0.0 < share < 1.0 + 1e-9 for share in result["reached"].values())


def text(result: dict[str, Any]) -> str:
    """What the page says."""
    rows = "\n".join(f"| {name} | {100.0 * share:.1f} % |" for name, share in result["reached"].items())
    draws, looks = ", ".join(map(str, result["draws"])), result["looks"] / 1e6
    return f"""With `Options(checking=True)` every worker is looked at before and after each month, and a
hazard above its bound stops the run and is named with its decision, slot and bound. History from 2015 and
the reform at full delivery until {result["until"]} were lived so with {result["agents"]:,} agents, under
the parameters of the draws {draws}: {looks:,.0f} million worker-months, and no hazard was above its
bound. The largest that any worker had, as a share of the bound of the month:

| decision | largest hazard / bound |
|---|---:|
{rows}
"""
