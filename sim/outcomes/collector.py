"""The yearly collector of Mesa: national indicators as one row a year."""

from collections.abc import Callable

import mesa

from sim.calendar import year_of
from sim.outcomes.indicators import INDICATORS


def reporter(indicator: str) -> Callable[[mesa.Model], float]:
    """Function that reads the last year's national value of one indicator."""

    def read(model: mesa.Model) -> float:
        return float(model.state.record.national(year_of(model.month), indicator))

    return read


def yearly_collector() -> mesa.DataCollector:
    """Collector of the year and of every national indicator."""
    reporters = {name: reporter(name) for name in INDICATORS}
    return mesa.DataCollector(model_reporters={"year": lambda model: year_of(model.month), **reporters})
