"""One pair of lives: a scenario and its baseline after the same history, under chosen parameters."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """What decides a pair of lives beside the files; parameters that are not named stand at the best fit."""

    quantiles: tuple[tuple[str, float], ...]
    knowledge: str
    scenario: str  # as JSON
    baseline: str  # by name
    seed: int
    agents: int
    targets: tuple[tuple[str, int | str], ...]


def live(pair: Pair) -> Array:
    """Outcomes of the scenario, then their differences from the baseline, shape (2 x outcomes,)."""
    from experiments.importance.outcomes import outcomes
    from experiments.runs.life import past_of, scenario_named
    from experiments.validate import read_inputs
    from sim.policy.scenario import read_scenario
    from sim.posterior import Posterior
    from sim.targets import Targets

    targets = Targets(**dict(pair.targets))  # type: ignore[arg-type]
    inputs = read_inputs({"parameters": {}, "knowledge": pair.knowledge})
    best = {name: column[:1] for name, column in inputs.law.posterior.quantiles.items()}
    chosen = {name: np.array([share]) for name, share in pair.quantiles}
    inputs = inputs.with_posterior(Posterior({**best, **chosen}))
    baseline = scenario_named(pair.baseline, inputs).watching(targets)
    scenario = read_scenario(json.loads(pair.scenario), inputs.catalogue).watching(targets)
    history = past_of(inputs, pair.agents, pair.seed)
    found = []
    for future in (scenario, baseline):
        model = history.fork(future)
        model.run_to(targets.year)
        found.append(np.array(outcomes(model.indicators(), targets)))
    return np.concatenate((found[0], found[0] - found[1]))
