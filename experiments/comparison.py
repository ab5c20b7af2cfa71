"""The lives that a comparison is made of: one history per seed and draw, one future per scenario."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from experiments.lives import (
    FUTURE_YEARS,
    HISTORY_YEARS,
    Life,
    Lived,
    OnYear,
    World,
    live_future,
    live_history,
    save_life,
    save_pairs,
)
from experiments.store import Store
from experiments.validate import bytes_needed, persons, populations_at_once

if TYPE_CHECKING:
    from sim.outcomes.targets import Targets
    from sim.policy.scenario import Scenario

Cell = tuple[Life, ...]  # lives that share seed and draw, the baseline first


@dataclass(frozen=True)
class Comparison:
    """All that was chosen for a comparison, checked."""

    settings: dict[str, Any]
    store: Store
    world: World
    scenarios: tuple["Scenario", ...]
    targets: "Targets"

    @cached_property
    def cells(self) -> list[Cell]:
        """Lives by seed; within a seed by scenario."""
        return [
            tuple(Life(self.world, scenario, seed, self.draw(seed)) for scenario in self.scenarios)
            for seed in range(1, self.settings["seeds"] + 1)
        ]

    def runs(self) -> int:
        """Number of runs in all."""
        return len(self.cells) * len(self.scenarios)

    def kept(self) -> int:
        """Number of runs that are finished and kept."""
        return sum(self.store.finished(life.run_id) for cell in self.cells for life in cell)

    def bytes_needed(self) -> int:
        """Memory of a process that lives one seed, about."""
        agents = self.world.agents or persons(self.world.inputs)
        return bytes_needed(agents, populations_at_once(len(self.scenarios)))

    def draw(self, seed: int) -> int:
        """Number of the parameter draw of a seed: its own, none at all, or one of those that are shared."""
        draws = self.settings["draws"]
        if draws is None:
            return seed
        return 0 if draws == 0 else 1 + (seed - 1) % int(draws)

    def live(self, cell: Cell, on_year: OnYear) -> None:
        """Live what is missing of one seed; each future is kept as soon as it ends."""
        base, *others = cell
        to_live = [life for life in others if _missing(self.store, life, base)]
        if not to_live and self.store.finished(base.run_id):
            return
        past = live_history(base, on_year)
        first = self._live_future(past, base, on_year)
        for life in to_live:
            self._live_beside(first, past, (base, life), on_year)

    def _live_beside(self, first: Lived, past: Lived, pair: tuple[Life, Life], on_year: OnYear) -> None:
        """Live one more future and compare its lives with those of the baseline; then let it go."""
        from sim.outcomes.paired import compare_lives, lives

        base, life = pair
        other = self._live_future(past, life, on_year)
        pairs = compare_lives(lives(first.model), lives(other.model))
        save_pairs(self.store, base, life, pairs)

    def _live_future(self, past: Lived, life: Life, on_year: OnYear) -> Lived:
        """Live one future and keep it, unless it is kept already."""
        lived = live_future(past, on_year, fork_for=life.scenario)
        if not self.store.finished(life.run_id):
            save_life(self.store, life, lived)
        return lived


def years_to_live(store: Store, cell: Cell) -> int:
    """Simulated years that a seed still needs."""
    base, *others = cell
    futures = sum(_missing(store, life, base) for life in others)
    if futures == 0 and store.finished(base.run_id):
        return 0
    return HISTORY_YEARS + FUTURE_YEARS * (1 + futures)


def _missing(store: Store, life: Life, base: Life) -> bool:
    """Whether a life, or its comparison with the baseline, still has to be made."""
    return not (store.finished(life.run_id) and store.paired_file(life.run_id, base.run_id).is_file())
