"""The plain twin of the engine: a Mesa model with one agent per worker, which follows docs/model.md.

It shares with the engine the random numbers, the parameters, the rates in force, the published figures,
and the state that it takes over. Every rule is written out again, slowly. So it explains the engine,
checks it to the bit, and stands beside it when speed is measured. It keeps no record and makes no first
population.

Read :mod:`tests.reference.worker` first: a worker's month is its list of decisions. Each decision has a
file. Then come ``quarter`` and ``year``, and what they call.
"""

import heapq

import mesa
import numpy as np

from sim.calendar import calendar_month
from sim.inputs import Inputs
from sim.law import Law, compile_law
from sim.policy.modifiers import Modifiers
from sim.policy.scenario import Scenario
from sim.rates import Rates
from sim.state import State
from tests.reference import quarter, year
from tests.reference.chance import Draws
from tests.reference.comparison import differences
from tests.reference.gravity import Gravity
from tests.reference.markets import LabourMarkets, Market
from tests.reference.planner import Planner
from tests.reference.recognition import Recognition
from tests.reference.take_over import copied_enterprises, copied_markets, copy_workers
from tests.reference.worker import Worker


def plain_law(inputs: Inputs, draw: int) -> Law:
    """The law of motion with tuples for arrays, which plain Python reads faster."""
    law = compile_law(inputs.law.values(draw))
    return Law(*(tuple(value.tolist()) if isinstance(value, np.ndarray) else value for value in law))


class Twin(mesa.Model):  # type: ignore[misc]
    """The country from a state of the engine on.

    Parameters
    ----------
    scenario
        The measures after the fork.
    inputs
        Named rates, law of motion and catalogue of measures.
    state
        Where to start, at the end of a quarter; it is copied.
    seed, draw
        Those of the engine's model.
    """

    def __init__(
        self, scenario: Scenario, *, inputs: Inputs, state: State, seed: int = 1, draw: int = 0
    ) -> None:
        super().__init__(rng=seed)
        self.seed = seed
        self.law = plain_law(inputs, draw)
        self.review_months = int(self.law.review_months)
        self.course_months = [int(months) for months in self.law.course_months]
        self.now = state.month
        self.planner = Planner(Modifiers(scenario, inputs.catalogue, inputs.rates, draw))
        self.rates = self.rates_in_force()
        self.gravity = Gravity(self.law)
        self.firms = copied_enterprises(state)
        self.labour: LabourMarkets = copied_markets(state, self.law, scenario, inputs.figures)
        self.recognition = Recognition(state.recognition.recognised, state.recognition.intakes)
        self.places_in_year: list[float] = state.places_in_year.tolist()
        self.stock = state.homes.astype(float)
        self.persons_per_agent = state.population.persons_per_agent
        self.slots: list[Worker | None] = [None] * state.population.slots
        copy_workers(state, self)
        self.vacant = [slot for slot, worker in enumerate(self.slots) if worker is None]  # a heap
        self.places: list[quarter.Place] = []
        self.markets: list[list[Market]] = []
        self.destinations: list[list[list[float]]] = []
        quarter.gather(self)

    @property
    def workers(self) -> mesa.agent.AgentSet:
        """Everyone in the workforce."""
        return self.agents_by_type[Worker]

    def step(self) -> None:
        """Live one month."""
        self.now += 1
        if calendar_month(self.now) == 1:
            year.open_year(self)
        year.open_rounds(self)
        self.rates = self.rates_in_force()
        self.draws = Draws(self.seed, self.now)
        self.workers.do("step")
        if calendar_month(self.now) % 3 == 0:
            quarter.close(self)
            self.recognition.evaluate(self)
        if calendar_month(self.now) == 12:
            year.close_year(self)

    def rates_in_force(self) -> list[Rates]:
        """The named rates of this month, one record of plain numbers for each province."""
        rates = self.planner.modifiers.rates(self.now)
        by_province = zip(*(values.tolist() for values in rates), strict=True)
        return [Rates(*values) for values in by_province]

    def vacant_slot(self) -> int:
        """Lowest vacant slot; the workforce grows when there is none."""
        if not self.vacant:
            self.vacant.append(len(self.slots))
            self.slots.append(None)
        return heapq.heappop(self.vacant)

    def fill(self, worker: Worker) -> None:
        """Let a worker stand in its slot."""
        self.slots[worker.slot] = worker

    def vacate(self, worker: Worker) -> None:
        """Let a worker go for good."""
        self.slots[worker.slot] = None
        heapq.heappush(self.vacant, worker.slot)
        worker.remove()

    def differences(self, state: State) -> dict[str, int]:
        """Number of entries by column that differ from a state of the engine; empty when none does."""
        return differences(self, state)
