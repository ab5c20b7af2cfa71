"""The model: China's industrial workforce, one agent per person or per few, month by month.

A month is the life of every worker (:mod:`sim.life.month`). A quarter closes the labour markets, hands
out training places and lets newcomers in. A year opens with the intake of craftsmen and ends with
evaluations, the decisions of enterprises and of the planner, and the record. History runs from the end
of 2014 to the end of 2024 under the measures then in force; scenarios fork from it.
"""

from collections.abc import Callable

import mesa
import pandas as pd

from sim.calendar import END, FORK, calendar_month, month_index, year_of
from sim.categories import PROVINCES
from sim.compiled import fitting_threads
from sim.errors import InputError
from sim.inputs import Inputs
from sim.institutions.gravity import Gravity
from sim.institutions.planner import Planner
from sim.institutions.province import Province
from sim.institutions.quarter import close_quarter
from sim.institutions.surroundings import gather
from sim.institutions.year import close_year, open_year
from sim.law import compile_law
from sim.life.bounds import compile_month, hazard_bounds
from sim.life.checking import check_bounds, largest_hazards
from sim.life.month import live_month
from sim.life.parts import part_of
from sim.life.surroundings import Month, Surroundings
from sim.outcomes.collector import yearly_collector
from sim.outcomes.record import Columns
from sim.policy.modifiers import Modifiers
from sim.policy.scenario import Scenario
from sim.records import Table, law_record, rate_records
from sim.start import first_state
from sim.state import State
from sim.workforce.view import WorkerView


class WorkforceModel(mesa.Model):  # type: ignore[misc]
    """One life of the country under one scenario.

    Parameters
    ----------
    scenario : Scenario
        The measures from January 2025 on; until then all scenarios are the same history.
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

    Attributes
    ----------
    agents : mesa.agent.AgentSet
        The 31 provinces and the planner.
    workers : WorkerView
        The workers, with the interface of an AgentSet.
    datacollector : mesa.DataCollector
        National indicators, one row a year.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        inputs: Inputs,
        agents: int | None = 20_000,
        seed: int = 1,
        draw: int = 0,
        state: State | None = None,
    ) -> None:
        super().__init__(rng=seed)
        self.inputs, self.seed, self.draw = inputs, seed, draw
        self.screening = True  # False decides everything exactly for everybody: slow, same result
        self.checking = False  # True looks at every worker each month whether screening may pass it over
        self.steps_per_month = 1  # more show what the length of the step does
        self.law = compile_law(inputs.law.values(draw))
        self._law_record = law_record(self.law)
        self.gravity = Gravity(self.law)
        self.planner = Planner(self, Modifiers(scenario, inputs.catalogue, inputs.rates, draw))
        self.provinces = [Province(self, index) for index in range(PROVINCES)]
        self.datacollector = yearly_collector()
        self.state = first_state(self.law, agents, seed) if state is None else state
        self.rates = self.planner.modifiers.rates(self.state.month)
        self.workers = WorkerView(self)
        self.regather()
        if state is None:
            close_quarter(self, first=True)

    @property
    def month(self) -> int:
        """The month that has just been lived, counted from January 1930."""
        return self.state.month

    @property
    def policy(self) -> Scenario:
        """The scenario in force (Mesa keeps the name ``scenario`` for its own)."""
        return self.planner.modifiers.scenario

    @property
    def persons_per_agent(self) -> float:
        """How many persons a newcomer's agent stands for."""
        return float(self.state.population.persons_per_agent)

    @property
    def worker_months(self) -> int:
        """Agents' months lived since the end of 2014."""
        return self.state.worker_months

    def step(self) -> None:
        """Live one month."""
        with fitting_threads(self.state.population.slots):
            self._live_month()

    def _live_month(self) -> None:
        state = self.state
        state.month += 1
        if calendar_month(state.month) == 1:
            open_year(self)
        self.rates = self.planner.modifiers.rates(state.month)
        self._live_parts()
        state.worker_months += state.population.agents
        if calendar_month(state.month) % 3 == 0:
            close_quarter(self)
        if calendar_month(state.month) == 12:
            close_year(self)
            self.datacollector.collect(self)

    def _live_parts(self) -> None:
        """Let every worker live the month, in one step or several."""
        workers = self.state.population.workers
        rates, law, around, month = self.world()
        if self.checking:
            self.check_bounds()
        for part in range(self.steps_per_month):
            short = part_of(month, part, self.steps_per_month)
            live_month(workers, rates, law, around, short, self.state.counts)
        if self.checking:
            self.check_bounds()

    def check_bounds(self) -> None:
        """Raise an AssertionError if screening could pass over somebody whom an event may strike."""
        largest = largest_hazards(self.state.population.workers, *self.world())
        check_bounds(largest, hazard_bounds(self.rates, self.law, self.around))

    def run_to(self, year: int, month: int = 12, on_year: Callable[[int], None] | None = None) -> None:
        """Live until the end of a month; ``on_year`` is told of every year that ends.

        Raises
        ------
        InputError
            For a month after 2035.
        """
        if month_index(year, month) > END:
            raise InputError(f"the model knows labour demand and births until {year_of(END)}, not {year}")
        while self.state.month < month_index(year, month):
            self.step()
            if on_year is not None and calendar_month(self.state.month) == 12:
                on_year(year_of(self.state.month))

    def fork(self, scenario: Scenario, inputs: Inputs | None = None) -> "WorkforceModel":
        """The same country under another scenario, and other inputs if given; this model stays as it is.

        Raises
        ------
        InputError
            If this model has gone beyond the end of 2024.
        """
        if self.state.month > FORK:
            raise InputError("scenarios part at the end of 2024: fork before the model has gone further")
        if calendar_month(self.state.month) % 3 != 0:
            raise InputError("a fork copies a closed quarter: run to March, June, September or December")
        twin = WorkforceModel(
            scenario, inputs=inputs or self.inputs, seed=self.seed, draw=self.draw, state=self.state.copy()
        )
        twin.screening, twin.checking = self.screening, self.checking
        twin.steps_per_month = self.steps_per_month
        return twin

    def indicators(self) -> pd.DataFrame:
        """All indicators so far: year, province, group, indicator, unit, value."""
        return self.state.record.table()

    def columns(self) -> Columns:
        """The same as :meth:`indicators`, each name once, for whoever keeps thousands of runs."""
        return self.state.record.columns()

    def state_digest(self) -> str:
        """SHA-256 over all columns; equal for equal configuration, data and seed on any machine."""
        return self.state.digest()

    def world(self) -> tuple[Table, Table, Surroundings, Month]:
        """Rates, law, surroundings and month, as the compiled passes over the workers take them."""
        month = compile_month(
            self.state.month, self.seed, self.rates, self.law, self.around, screening=self.screening
        )
        return rate_records(self.rates), self._law_record, self.around, month

    def regather(self) -> None:
        """Renew what workers meet."""
        state = self.state
        self.around: Surroundings = gather(
            self.law, self.rates, state.market, self.gravity, state.enterprises, state.homes
        )
