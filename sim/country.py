"""The country as its months meet it: its state, the law, the seed, the rates in force, what workers meet."""

from dataclasses import dataclass
from operator import is_not
from typing import Final

from sim.institutions.gravity import Gravity
from sim.institutions.surroundings import gather
from sim.law import Law
from sim.life.bounds import compile_month, dated, hazard_bounds
from sim.life.checking import check_bounds, largest_hazards
from sim.life.month import live_month
from sim.life.parts import part_of
from sim.life.surroundings import Month, Surroundings
from sim.rates import Rates
from sim.records import Table, law_record, rate_records
from sim.state import State
from sim.workforce.origins import origins


@dataclass(frozen=True)
class Options:
    """How a month is computed; only the number of steps has to do with what comes out.

    Attributes
    ----------
    screening
        False decides everything exactly for everybody: slow, same result.
    checking
        True looks at every worker, before and after each month, whether screening may pass it over.
    steps_per_month
        More than 1 show what the length of the step does.
    """

    screening: bool = True
    checking: bool = False
    steps_per_month: int = 1


USUAL: Final = Options()


class Country:
    """All that lives, and what its months are computed from.

    Parameters
    ----------
    state : State
        Where to start; taken over, not copied.
    law : Law
        Structural parameters, which no measure touches.
    rates : Rates
        Those in force in the month of the state; whoever lives a month sets ``rates`` anew.
    seed : int
        Chance: every random number is keyed by it.
    options : Options
        How a month is computed.

    Attributes
    ----------
    around : Surroundings
        What workers meet, as gathered at the end of the last quarter.
    origins : Origins
        Where newcomers stem from.
    """

    def __init__(self, state: State, law: Law, rates: Rates, seed: int, options: Options) -> None:
        self.state, self.law, self.rates = state, law, rates
        self.seed, self.options = seed, options
        self.gravity, self.origins = Gravity(law), origins(law)
        self.law_record: Table = law_record(law)
        self._compiled_for: tuple[Rates, Surroundings] | tuple[None, None] = (None, None)
        self._highest_effort = 0.0
        self.regather()

    def regather(self) -> None:
        """Renew what workers meet."""
        state = self.state
        self.around: Surroundings = gather(
            self.law, self.rates, state.market, self.gravity, state.enterprises, state.homes
        )

    def world(self) -> tuple[Table, Table, Surroundings, Month]:
        """Rates, law, surroundings and month, as the compiled passes over the workers take them."""
        now, met = self.state.month, (self.rates, self.around)
        effort = float(self.around.enterprises["effort"].max())  # enterprises decide anew within a quarter
        if any(map(is_not, self._compiled_for, met)) or effort != self._highest_effort:
            self._rate_records = rate_records(self.rates)
            tables = self._rate_records, self.law_record, self.around
            self._month = compile_month(now, self.seed, self.law, tables, screening=self.options.screening)
            self._compiled_for, self._highest_effort = met, effort
        elif self._month.now != now:
            self._month = self._month._replace(**dated(now, self.seed, self.law))
        return self._rate_records, self.law_record, self.around, self._month

    def live_month(self) -> None:
        """Let every worker live the month, in one step or several."""
        workers, steps = self.state.population.workers, self.options.steps_per_month
        rates, law, around, month = self.world()
        if self.options.checking:
            self.check_bounds()
        for part in range(steps):
            live_month(workers, rates, law, around, part_of(month, part, steps), self.state.counts)
        if self.options.checking:
            self.check_bounds()
        self.state.worker_months += self.state.population.agents

    def check_bounds(self) -> None:
        """Raise an AssertionError if screening could pass over somebody whom an event may strike."""
        rates, law, around, month = self.world()
        largest = largest_hazards(self.state.population.workers, rates, law, around, month)
        check_bounds(largest, hazard_bounds(rates, law, around))
