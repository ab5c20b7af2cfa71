"""All that was chosen for `workforce backtest`, checked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.questions.backtest.keys import BacktestKeys
from sim.calendar import START, year_of

if TYPE_CHECKING:
    import pandas as pd

    from experiments.runs.life import World
    from experiments.study.launch import Work
    from experiments.tables.change import Change
    from sim.policy.scenario import Scenario


@dataclass(frozen=True)
class Backtest:
    """All that was chosen for a backtest, checked."""

    keys: BacktestKeys
    rows: "pd.DataFrame"  # that the model can speak about
    not_compared: "pd.DataFrame"  # the others, each with the reason
    flows: "pd.DataFrame"
    scenario: "Scenario"  # of the years after 2024
    world: "World"
    work: "Work"
    user_set: "list[Change]"

    @property
    def last_year(self) -> int:
        """The last year that has to be lived."""
        years = [*self.rows["year"].tolist(), *self.flows["year"].tolist()]
        return int(max(*years, year_of(START) + 1))
