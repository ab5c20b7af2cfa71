"""One member of the ensemble: a set of parameters, the history it leads to, and what is published of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.kept import Kept

if TYPE_CHECKING:
    from experiments.runs.progress import Progress

Array = NDArray[np.float64]
Key = tuple[str, str, int]  # indicator, province, year


@dataclass(frozen=True)
class Member:
    """What decides one simulated history beside the files, and the figures that are wanted of it."""

    quantiles: tuple[tuple[str, float], ...]
    seed: int
    agents: int
    until: int
    keys: tuple[Key, ...]


class Histories:
    """Histories of members, side by side; each is kept when it is done, so that nothing is lived twice."""

    def __init__(self, folder: Path, processes: int) -> None:
        from experiments.validate import read_hashes
        from sim.inputs import PRIOR

        self.kept = Kept(live, folder, processes, read_hashes(PRIOR))

    def of(self, members: Sequence[Member], progress: "Progress") -> Array:
        """Figures of all members, shape (keys, members)."""
        return np.column_stack(self.kept.of(members, progress))


def live(member: Member) -> Array:
    """Figures of one member; nan where its years do not give one."""
    from experiments.runs.life import PAST, scenario_named
    from experiments.validate import read_inputs
    from sim.inputs import PRIOR
    from sim.model import WorkforceModel
    from sim.outcomes.published import published_values
    from sim.posterior import Posterior

    posterior = Posterior({name: np.array([share]) for name, share in member.quantiles})
    inputs = read_inputs({"parameters": {}, "knowledge": PRIOR}).with_posterior(posterior)
    past = scenario_named(PAST, inputs)
    model = WorkforceModel(past, inputs=inputs, agents=member.agents, seed=member.seed)
    model.run_to(member.until)
    table = published_values(model.indicators(), inputs.links())
    found: dict[Any, float] = table.set_index(["indicator", "province", "year"])["value"].to_dict()
    return np.array([found.get(key, np.nan) for key in member.keys])
