"""Futures of some coalitions after one history, with the same chance and knowledge."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sim.policy.measures import Catalogue

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Future:
    """A coalition of players; assumed effects of some families may be left out, or a lever pulled."""

    coalition: tuple[str, ...]
    proven: tuple[str, ...] = ()
    lever: str = ""


@dataclass(frozen=True)
class Block:
    """All that decides some futures, beside the files."""

    futures: tuple[Future, ...]
    scenario: str  # as JSON
    baseline: str  # by name
    parameters: str  # as JSON
    knowledge: str
    agents: int
    seed: int
    draw: int
    targets: tuple[tuple[str, int | str], ...]


def live(block: Block) -> Array:
    """Outcomes of the futures, shape (futures, outcomes)."""
    from experiments.attribution.coalitions import mixed
    from experiments.attribution.levers import pulled
    from experiments.attribution.outcomes import outcomes
    from experiments.runs.life import past_of, scenario_named
    from experiments.validate import read_inputs
    from sim.policy.scenario import read_scenario
    from sim.targets import Targets

    targets = Targets(**dict(block.targets))  # type: ignore[arg-type]
    inputs = read_inputs({"parameters": json.loads(block.parameters), "knowledge": block.knowledge})
    scenario = read_scenario(json.loads(block.scenario), inputs.catalogue).watching(targets)
    baseline = scenario_named(block.baseline, inputs).watching(targets)
    history = past_of(inputs, block.agents, block.seed, block.draw)
    found = []
    for future in block.futures:
        policy = mixed(scenario, baseline, future.coalition, inputs.catalogue)
        policy, changed = pulled(future.lever, policy, inputs, block.draw)
        changed = replace(changed, catalogue=proven(inputs.catalogue, future.proven))
        model = history.fork(policy, changed)
        model.run_to(targets.year)
        found.append(outcomes(model.indicators(), targets))
    return np.array(found)


def proven(catalogue: "Catalogue", families: Collection[str]) -> "Catalogue":
    """The measures, those of some families without their effects of evidence C."""
    measures = tuple(
        replace(measure, effects=tuple(effect for effect in measure.effects if effect.evidence != "C"))
        if measure.family in families
        else measure
        for measure in catalogue
    )
    return replace(catalogue, measures=measures)
