"""One member of the ensemble: a set of parameters, the history it leads to, and what is published of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.kept import Kept

if TYPE_CHECKING:
    from experiments.progress import Progress
    from sim.inputs import Inputs

Array = NDArray[np.float64]
Key = tuple[str, str, int]  # indicator, province, year


@dataclass(frozen=True)
class Member:
    """All that decides one simulated history, and the figures that are wanted of it."""

    quantiles: tuple[tuple[str, float], ...]
    seed: int
    agents: int
    until: int
    keys: tuple[Key, ...]


class Histories:
    """Histories of members, side by side; each is kept when it is done, so that nothing is lived twice."""

    def __init__(self, folder: Path, processes: int) -> None:
        self.kept = Kept(live, folder, processes)

    def of(self, members: Sequence[Member], progress: "Progress") -> Array:
        """Figures of all members, shape (keys, members)."""
        return np.column_stack(self.kept.of(members, progress))


@cache
def _inputs() -> "Inputs":
    from experiments.choices import CONFIGS
    from sim.inputs import Inputs

    return Inputs.read(CONFIGS)


def live(member: Member) -> Array:
    """Figures of one member; nan where its years do not give one."""
    from experiments.choices import CONFIGS
    from experiments.lives import PAST
    from sim.model import WorkforceModel
    from sim.outcomes.published import published_values
    from sim.policy.scenario import load_scenario
    from sim.posterior import Posterior

    posterior = Posterior({name: np.array([share]) for name, share in member.quantiles})
    inputs = _inputs().with_posterior(posterior)
    past = load_scenario(PAST, CONFIGS / "scenario", inputs.catalogue)
    model = WorkforceModel(past, inputs=inputs, agents=member.agents, seed=member.seed)
    model.run_to(member.until)
    table = published_values(model.indicators(), inputs.links())
    found: dict[Any, float] = table.set_index(["indicator", "province", "year"])["value"].to_dict()
    return np.array([found.get(key, np.nan) for key in member.keys])
