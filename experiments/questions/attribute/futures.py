"""Which futures are lived: coalitions of players, with assumed effects left out, or with a lever pulled.

A player is a family of measures, or whatever else differs: it may claim a part of the difference. A lever is
one per cent more at a place where the ladder to the craftsmen may jam. The one that brings most is the
binding constraint; one that brings nothing does not bind.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from experiments.pages.language import Labels
from experiments.runs.life import Life, Named, World
from experiments.runs.plan import Cell
from sim.categories import FAMILIES
from sim.policy.intakes import Quota
from sim.policy.measures import Catalogue
from sim.policy.scenario import MeasurePath, Scenario

INTAKES: Final = "intakes"  # quotas and assumptions about the future, which belong to no family
DELIVERY: Final = "delivery"
PER_CENT: Final = 0.01
ORDERS: Final = 20_251  # apart from other random numbers of the same draw
PLACES: Final = "places"
LEVERS: Final = Labels({
    PLACES: "1 % more places",
    "nominations": "1 % more nominations of the qualified",
    "completion": "1 % more who pass the evaluation",
    "retention": "1 % fewer craftsmen and candidates who leave",
})  # fmt: skip
FACTORS: Final = {
    "nominations": ("nomination_per_year", 1.0 + PER_CENT),
    "completion": ("completion_factor", 1.0 + PER_CENT),
    "retention": ("leave_recognised_factor", 1.0 - PER_CENT),
}


def players(scenario: Scenario, baseline: Scenario, catalogue: Catalogue) -> tuple[str, ...]:
    """The families, and ``intakes`` after them, in which two scenarios differ."""
    return tuple(
        player
        for player in (*FAMILIES, INTAKES)
        if _part(scenario, player, catalogue) != _part(baseline, player, catalogue)
    )


def mixed(
    scenario: Scenario, baseline: Scenario, coalition: Collection[str], catalogue: Catalogue
) -> Scenario:
    """The baseline, with what belongs to a coalition taken from the scenario."""
    paths = [
        path
        for player in FAMILIES
        for path in _paths(scenario if player in coalition else baseline, player, catalogue)
    ]
    delivery = scenario if DELIVERY in coalition else baseline
    intakes = scenario if INTAKES in coalition else baseline
    return replace(
        intakes,
        name=f"{baseline.name} with {'+'.join(sorted(coalition)) or 'nothing'}",
        paths=tuple(sorted(paths, key=lambda path: catalogue.index(path.measure))),
        delivery_factor=delivery.delivery_factor,
        monitoring=delivery.monitoring,
    )


def _part(scenario: Scenario, player: str, catalogue: Catalogue) -> tuple[object, ...]:
    """All that belongs to a player."""
    if player == INTAKES:
        return (
            scenario.quota_per_year,
            scenario.quota_in_year,
            scenario.programme,
            scenario.labour_demand_growth_per_year,
            scenario.wage_growth_per_year,
        )
    delivery = (scenario.delivery_factor, scenario.monitoring) if player == DELIVERY else ()
    return (*_paths(scenario, player, catalogue), *delivery)


def _paths(scenario: Scenario, family: str, catalogue: Catalogue) -> Iterator[MeasurePath]:
    return (path for path in scenario.paths if catalogue[path.measure].family == family)


def pulled(lever: str, scenario: Scenario) -> tuple[Scenario, Named]:
    """The scenario with one lever pulled, and the factors of parameters; without a name nothing changes."""
    if lever == PLACES:
        in_year = tuple((year, _more(quota)) for year, quota in scenario.quota_in_year)
        return replace(scenario, quota_per_year=_more(scenario.quota_per_year), quota_in_year=in_year), ()
    return scenario, (FACTORS[lever],) if lever in FACTORS else ()


def _more(quota: Quota) -> Quota:
    city, provincial, national = (round(places * (1.0 + PER_CENT)) for places in quota)
    return city, provincial, national


@dataclass(frozen=True)
class Future:
    """A coalition of players; assumed effects of some families may be left out, or a lever pulled."""

    coalition: tuple[str, ...]
    proven: tuple[str, ...] = ()
    lever: str = ""


def order(players: int, draw: int) -> NDArray[np.int64]:
    """Places of the players in the order in which they join under a draw, shape (players,)."""
    return np.random.default_rng((ORDERS, draw)).permutation(players)


def futures(players: tuple[str, ...], draw: int) -> list[Future]:
    """All that is lived under a draw.

    From nobody to all in the order of the draw, and in the reverse order what is not lived so already; then
    all players without assumed effects, of each and of all; then with each lever pulled.
    """
    there = tuple(players[place] for place in order(len(players), draw))
    back = there[::-1]
    joining = [there[:number] for number in range(len(players) + 1)]
    joining += [back[:number] for number in range(1, len(players))]
    proven = [(player,) for player in players] + [players]
    return [
        *(Future(coalition) for coalition in joining),
        *(Future(players, left_out) for left_out in proven),
        *(Future(players, (), lever) for lever in LEVERS),
    ]


def cell(
    world: World, ends: "tuple[Scenario, Scenario]", asked: Iterable[Future], draw: int, until: int
) -> Cell:
    """Futures under one draw, whose number is their seed too.

    Parameters
    ----------
    world
        What all share.
    ends
        Baseline and scenario.
    asked
        What is lived.
    draw
        Knowledge and chance.
    until
        The last year.
    """
    baseline, scenario = ends
    catalogue = world.inputs.catalogue
    lives = []
    for future in asked:
        policy, factors = pulled(future.lever, mixed(scenario, baseline, future.coalition, catalogue))
        lives.append(Life(world, policy, draw, draw, until, proven=future.proven, factors=factors))
    return Cell(tuple(lives))
