"""Futures of coalitions after one history, with the same chance and knowledge."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.questions.attribute.coalitions import members, mixed
from experiments.questions.attribute.levers import LEVERS, pulled
from experiments.runs.life import Life, World
from experiments.runs.plan import Cell

if TYPE_CHECKING:
    from sim.policy.scenario import Scenario


@dataclass(frozen=True)
class Future:
    """A coalition of players; assumed effects of some families may be left out, or a lever pulled."""

    coalition: tuple[str, ...]
    proven: tuple[str, ...] = ()
    lever: str = ""


def futures(players: tuple[str, ...]) -> list[Future]:
    """Every coalition, then all players without assumed effects, of each and of all, then with levers."""
    coalitions = [Future(members(number, players)) for number in range(2 ** len(players))]
    proven = [Future(players, (player,)) for player in players]
    return [*coalitions, *proven, Future(players, players), *(Future(players, (), lever) for lever in LEVERS)]


def cells(
    world: World, ends: "tuple[Scenario, Scenario]", asked: Iterable[Future], draws: int, until: int
) -> list[Cell]:
    """The futures under each of some draws, whose number is their seed too.

    Parameters
    ----------
    world
        What all share.
    ends
        Baseline and scenario.
    asked
        What is lived in every cell.
    draws
        Number of cells.
    until
        The last year.
    """
    baseline, scenario = ends
    catalogue = world.inputs.catalogue
    chosen = [
        (*pulled(future.lever, mixed(scenario, baseline, future.coalition, catalogue)), future.proven)
        for future in asked
    ]
    return [
        Cell(
            tuple(
                Life(world, policy, draw, draw, until, proven=proven, factors=factors)
                for policy, factors, proven in chosen
            )
        )
        for draw in range(1, draws + 1)
    ]
