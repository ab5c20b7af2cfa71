"""Who may claim a part of the difference between two scenarios, and the scenario of each coalition."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from sim.categories import FAMILIES
from sim.policy.measures import Catalogue
from sim.policy.scenario import MeasurePath, Scenario

INTAKES: Final = "intakes"  # quotas and assumptions about the future, which belong to no family
DELIVERY: Final = "delivery"


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


def members(coalition: int, of: Collection[str]) -> tuple[str, ...]:
    """Players of a coalition, which is a number whose bits say who is in."""
    return tuple(player for bit, player in enumerate(of) if coalition >> bit & 1)


def _part(scenario: Scenario, player: str, catalogue: Catalogue) -> tuple[object, ...]:
    """All that belongs to a player."""
    if player == INTAKES:
        return (
            scenario.quota_per_year,
            scenario.quota_in_year,
            scenario.labour_demand_growth_per_year,
            scenario.wage_growth_per_year,
        )
    delivery = (scenario.delivery_factor, scenario.monitoring) if player == DELIVERY else ()
    return (*_paths(scenario, player, catalogue), *delivery)


def _paths(scenario: Scenario, family: str, catalogue: Catalogue) -> Iterator[MeasurePath]:
    return (path for path in scenario.paths if catalogue[path.measure].family == family)
