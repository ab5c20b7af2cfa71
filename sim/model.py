"""The model: China's industrial workforce, one agent per person or per few, month by month.

A month is the life of every worker (:mod:`sim.life.month`). A quarter closes the labour markets, hands
out training places and lets newcomers in (:mod:`sim.quarter`); then candidates whose cultivation is over
are evaluated. Rounds of the craftsman programme open in the month of each tier, and a year ends with the
decisions of enterprises and of the planner, and the record (:mod:`sim.year`). History runs from the end of
2014 to the fork under the measures of the end of 2024; scenarios fork from it.
"""

from collections.abc import Callable

import mesa
import pandas as pd

from sim.calendar import END, FORK, FORK_YEAR, calendar_month, month_index, year_of
from sim.categories import PROVINCES
from sim.compiled import fitting_threads
from sim.country import USUAL, Country, Options
from sim.errors import InputError
from sim.inputs import Inputs
from sim.institutions.planner import Planner
from sim.institutions.province import Province
from sim.law import Law, compile_law
from sim.life.surroundings import Month, Surroundings
from sim.outcomes.collector import yearly_collector
from sim.outcomes.record import Columns
from sim.policy.modifiers import Modifiers
from sim.policy.scenario import Scenario
from sim.quarter import close_quarter, open_markets
from sim.rates import Rates
from sim.records import Table
from sim.start import first_state
from sim.state import State
from sim.view import WorkerView
from sim.year import close_rounds, close_year, open_rounds, open_year


class WorkforceModel(mesa.Model):  # type: ignore[misc]
    """One life of the country under one scenario.

    Parameters
    ----------
    scenario : Scenario
        The measures after the fork; until then all scenarios are the same history.
    inputs : Inputs
        Named rates, law of motion and catalogue of measures.
    agents : int or None
        Number of agents at the start; None for one agent per person.
    seed : int
        Chance: every random number is keyed by it.
    draw : int
        Knowledge: 0 for the central parameters, n for the n-th draw from their ranges.
    state : State, optional
        Where to start instead of the end of 2014; taken over, not copied.
    options : Options
        How a month is computed; forks and snapshots keep it.

    Attributes
    ----------
    agents : mesa.agent.AgentSet
        The 31 provinces and the planner.
    country : Country
        State, law, rates in force and what workers meet.
    workers : WorkerView
        The workers, with the interface of an AgentSet.
    datacollector : mesa.DataCollector
        National indicators, one row a year.
    """

    def __init__(  # noqa: PLR0913 (what a life is chosen by, each by its name)
        self,
        scenario: Scenario,
        *,
        inputs: Inputs,
        agents: int | None = 20_000,
        seed: int = 1,
        draw: int = 0,
        state: State | None = None,
        options: Options = USUAL,
    ) -> None:
        super().__init__(rng=seed)
        self.inputs, self.seed, self.draw = inputs, seed, draw
        modifiers = Modifiers(scenario, inputs.catalogue, inputs.rates, draw)
        self.planner = Planner(self, modifiers, inputs.places.values(draw))
        self.provinces = [Province(self, index) for index in range(PROVINCES)]
        self.datacollector = yearly_collector()
        law = compile_law(inputs.law.values(draw))
        self.state = first_state(law, agents, seed, inputs.figures) if state is None else state
        self.country = Country(self.state, law, modifiers.rates(self.month), seed, options)
        self.workers = WorkerView(self.state)
        if state is None:
            open_markets(self.country)

    def step(self) -> None:
        """Live one month, and what a quarter and a year close with."""
        with fitting_threads(self.state.population.slots):
            self._live_month()

    def _live_month(self) -> None:
        country, planner = self.country, self.planner
        self.state.month += 1
        month = calendar_month(self.month)
        if month == 1:
            open_year(country, planner)
        open_rounds(country, planner)
        country.rates = planner.modifiers.rates(self.month)
        country.live_month()
        if month % 3 == 0:
            close_quarter(country)
            close_rounds(country)
        if month == 12:
            close_year(country, planner)
            self.datacollector.collect(self)

    def run_to(self, year: int, month: int = 12, on_year: Callable[[int], None] | None = None) -> None:
        """Live until the end of a month; ``on_year`` is told of every year that ends.

        Raises
        ------
        InputError
            For a month after 2035.
        """
        if month_index(year, month) > END:
            raise InputError(f"the model knows labour demand and births until {year_of(END)}, not {year}")
        while self.month < month_index(year, month):
            self.step()
            if on_year is not None and calendar_month(self.month) == 12:
                on_year(year_of(self.month))

    def fork(self, scenario: Scenario, inputs: Inputs | None = None) -> "WorkforceModel":
        """The same country under another scenario, and other inputs if given; this model stays as it is.

        Raises
        ------
        InputError
            If this model has gone beyond the fork, or lived under another reading of the programme.
        """
        if self.month > FORK:
            raise InputError(
                f"scenarios part at the end of {FORK_YEAR}: fork before the model has gone further"
            )
        if calendar_month(self.month) % 3 != 0:
            raise InputError("a fork copies a closed quarter: run to March, June, September or December")
        if scenario.programme != self.policy.programme:
            raise InputError("this history was lived under another reading of the programme: live its own")
        return WorkforceModel(
            scenario,
            inputs=inputs or self.inputs,
            seed=self.seed,
            draw=self.draw,
            state=self.state.copy(),
            options=self.country.options,
        )

    @property
    def month(self) -> int:
        """The month that has just been lived, counted from January 1930."""
        return self.state.month

    @property
    def policy(self) -> Scenario:
        """The scenario in force (Mesa keeps the name ``scenario`` for its own)."""
        return self.planner.modifiers.scenario

    @property
    def law(self) -> Law:
        """Structural parameters, which no measure touches."""
        return self.country.law

    @property
    def rates(self) -> Rates:
        """The named rates in force, each of shape (31,)."""
        return self.country.rates

    @property
    def persons_per_agent(self) -> float:
        """How many persons a newcomer's agent stands for."""
        return float(self.state.population.persons_per_agent)

    @property
    def worker_months(self) -> int:
        """Agents' months lived since the end of 2014."""
        return self.state.worker_months

    def world(self) -> tuple[Table, Table, Surroundings, Month]:
        """Rates, law, surroundings and month, as the compiled passes over the workers take them."""
        return self.country.world()

    def indicators(self) -> pd.DataFrame:
        """All indicators so far: year, province, group, indicator, unit, value."""
        return self.state.record.table()

    def columns(self) -> Columns:
        """The same as :meth:`indicators`, each name once, for whoever keeps thousands of runs."""
        return self.state.record.columns()

    def state_digest(self) -> str:
        """SHA-256 over all columns; equal for equal configuration, data and seed on any machine."""
        return self.state.digest()
