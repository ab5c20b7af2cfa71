"""One life of the country: what decides it, and the names that follow from that."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.runs.files import RUN_ID_LENGTH, content_hash
from experiments.runs.inputs import PAST, inputs_of, multiplied, read_inputs, scenario_named, without_assumed
from experiments.runs.observers import Observer
from experiments.runs.sources import hashes
from experiments.tables.change import Change
from experiments.tables.own_figures import OwnFigure, driving
from sim.calendar import END, FORK_YEAR, START, year_of
from sim.posterior import Posterior

if TYPE_CHECKING:
    from sim.inputs import Inputs
    from sim.model import WorkforceModel
    from sim.policy.scenario import Scenario

HISTORY_YEARS = FORK_YEAR - year_of(START)
FUTURE_YEARS = year_of(END) - FORK_YEAR
LAST_YEAR = year_of(END)
WORDS = ("name", "title", "sentence")  # of a scenario: they decide nothing
Named = tuple[tuple[str, float], ...]  # numbers by name, in an order of their own


@dataclass(frozen=True)
class World:
    """What all lives of one command share, as plain values.

    Attributes
    ----------
    overrides
        Parameters fixed by the user.
    knowledge
        Where draws come from.
    agents
        Number of agents; None is one per person.
    past
        Scenario of the years to the fork, whatever comes after them.
    hashes
        Of all files that decide a life beside what it is asked for.
    user_set
        What differs from the shipped defaults, as rows for a table; decides no result.
    data
        A user's own figures of the country; those that drive lives decide them.
    known_until
        The last year whose published figures drive lives; None for all.
    """

    overrides: dict[str, Any]
    knowledge: str
    agents: int | None
    past: "Scenario"
    hashes: dict[str, str]
    user_set: tuple[Change, ...] = ()
    data: tuple[OwnFigure, ...] = ()
    known_until: int | None = None

    @property
    def inputs(self) -> "Inputs":
        """Registers of parameters and catalogue of measures, read once in a process, and figures added."""
        inputs, added = inputs_of(self.overrides, self.knowledge, self.hashes), driving(self.data)
        return inputs.driven_by(added, self.known_until) if added or self.known_until else inputs


def read_world(
    parameters: dict[str, Any],
    knowledge: str,
    agents: int | None,
    data: tuple[OwnFigure, ...] = (),
    known_until: int | None = None,
) -> World:
    """What the lives of a command share."""
    past = scenario_named(PAST, read_inputs(parameters, knowledge))
    return World(
        parameters, knowledge, agents, past, hashes(past, knowledge), data=data, known_until=known_until
    )


@dataclass(frozen=True)
class Life:
    """All that decides one life of the country; chance is the seed, knowledge the draw.

    Attributes
    ----------
    world
        What it shares with others.
    scenario
        Of the years after the fork.
    seed, draw
        Chance and knowledge.
    until
        The last year.
    quantiles
        Places of uncertain parameters in their ranges, by name, instead of a draw; the others are at the
        best fit.
    proven
        Families of measures whose effects of evidence C do not act.
    factors
        Parameters times a factor after the fork, by name, as far as their bounds allow.
    """

    world: World
    scenario: "Scenario"
    seed: int
    draw: int
    until: int = LAST_YEAR
    quantiles: Named = ()
    proven: tuple[str, ...] = ()
    factors: Named = ()

    def configuration(self) -> dict[str, Any]:
        """Everything that was chosen, as plain values."""
        chosen = {
            "scenario": self.scenario.as_dict(),
            "parameters": self.world.overrides,
            "agents": self.world.agents,
            "seed": self.seed,
            "draw": self.draw,
        }
        if self.until != LAST_YEAR:
            chosen["until"] = self.until
        special = {
            "quantiles": dict(self.quantiles),
            "proven": self.proven,
            "factors": dict(self.factors),
            "data": driving(self.world.data),
            "known_until": self.world.known_until,
        }
        return chosen | {name: value for name, value in special.items() if value}

    def run_key(self) -> dict[str, Any]:
        """All that decides the result: the same scenario under another name is the same life."""
        configuration = self.configuration()
        scenario = {key: value for key, value in configuration["scenario"].items() if key not in WORDS}
        return {**configuration, "scenario": scenario, **self.world.hashes}

    def history(self) -> "Life":
        """The life to the fork at most that all with the same chance, knowledge and reading share.

        How the craftsman programme is read is a statement about the world, and its first rounds are history.
        """
        return replace(
            self,
            scenario=replace(self.world.past, programme=self.scenario.programme),
            until=min(self.until, FORK_YEAR),
            proven=(),
            factors=(),
        )

    def history_key(self) -> dict[str, Any]:
        """All that decides the years to the fork: of the scenario only how it reads the programme."""
        return self.history().run_key()

    def user_set(self) -> list[Change]:
        """What differs from the shipped defaults in this life; nothing of what it is compared with."""
        return [
            row
            for row in self.world.user_set
            if row["kind"] != "question" and self.scenario.name in (row["scenarios"] or [self.scenario.name])
        ]

    @cached_property
    def run_id(self) -> str:
        """Name that follows from what decides the result, and from nothing else."""
        return content_hash(self.run_key())[:RUN_ID_LENGTH]

    @cached_property
    def history_id(self) -> str:
        """Name of the history that this life shares with those under other scenarios."""
        return content_hash(self.history_key())[:RUN_ID_LENGTH]

    @property
    def inputs(self) -> "Inputs":
        """What the years to the fork are told."""
        inputs = self.world.inputs
        if not self.quantiles:
            return inputs
        best = {name: column[:1] for name, column in inputs.law.posterior.quantiles.items()}
        return inputs.with_posterior(Posterior(best | {name: np.array([at]) for name, at in self.quantiles}))

    @property
    def later_inputs(self) -> "Inputs":
        """What the years after the fork are told."""
        inputs = self.inputs
        if self.proven:
            inputs = replace(inputs, catalogue=without_assumed(inputs.catalogue, self.proven))
        for name, factor in self.factors:
            inputs = multiplied(inputs, name, factor, self.draw)
        return inputs


@dataclass
class Lived:
    """A model, the seconds that it took to get where it is, and what was noted on the way."""

    model: "WorkforceModel"
    seconds: float
    observers: dict[str, Observer] = field(default_factory=dict)

    def let_go(self) -> None:
        """Free the population at once: the parts of a model refer to each other and would wait for it."""
        del self.model.state
