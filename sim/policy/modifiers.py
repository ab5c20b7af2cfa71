"""From the measures of a scenario to the named rates in force, month by month and province by province."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import FORK, MONTHS_PER_YEAR, year_of
from sim.categories import FAMILIES, PROVINCES
from sim.errors import InputError
from sim.parameters import Register
from sim.policy.measures import Catalogue
from sim.policy.scenario import Scenario
from sim.rates import Rates

EVERY: Final = range(len(Rates._fields))
FIDELITY: Final = Rates._fields.index("delivery_fidelity")
LAG: Final = Rates._fields.index("delivery_lag_months")

Array = NDArray[np.float64]


class Response(NamedTuple):
    """What the planner added after a review."""

    families: tuple[str, ...]
    step: float
    quota_factor: float
    from_month: int


class Modifiers:
    """The rates in force under a scenario.

    The delivery family works at once and first; it gives the fidelity and the lag with which provinces
    carry out everything else. Then ``effective = intended(month - lag) x fidelity x delivery_factor`` for
    all other measures, and ``rate = base x exp(sum of coefficient x effective)`` within the rate's bounds.

    Parameters
    ----------
    scenario
        The paths of the measures.
    catalogue
        The measures and their log coefficients.
    register
        The named rates; a value is one number, or a list of 31 by province.
    draw
        Number of the parameter draw; 0 for the central values.
    """

    def __init__(self, scenario: Scenario, catalogue: Catalogue, register: Register, draw: int = 0) -> None:
        self.scenario = scenario
        self.catalogue = catalogue
        self.draw = draw
        self.responses: tuple[Response, ...] = ()
        register.require(Rates._fields, "rates.yaml")
        values = register.values(draw)
        self._base = np.array([_provincial(name, values[name]) for name in Rates._fields])
        self._lowest, self._highest = (
            np.array([[register[name].bounds[side]] for name in Rates._fields]) for side in (0, 1)
        )
        self._effects = _effects_by_rate(catalogue.coefficients(draw))
        self.unit_costs = catalogue.unit_costs(draw)  # yuan a year, by measure
        self._members = {family: catalogue.in_family(family) for family in FAMILIES}
        self._delivery = self._members["delivery"][:, None, None]
        self._own_lag = np.array([measure.lag_months for measure in catalogue], np.float64)[:, None, None]
        self._read_paths()
        nothing = np.zeros((len(catalogue), PROVINCES))
        self._before = Rates(*self._modified(nothing, EVERY)), nothing
        self._cache: dict[int, tuple[Rates, Array]] = {}

    def _read_paths(self) -> None:
        """Keep the paths as one array for each of their fields, so that a year is a few numpy calls."""
        paths = self.scenario.paths
        self._measure = np.array([self.catalogue.index(path.measure) for path in paths], dtype=np.intp)
        self._start = np.array([path.start_month for path in paths]).reshape(-1, 1, 1)
        self._ramp = np.array([path.ramp_months for path in paths]).reshape(-1, 1, 1)
        ends = [np.inf if path.end_month is None else path.end_month for path in paths]
        self._end = np.array(ends).reshape(-1, 1, 1)
        self._level = np.array([path.levels() for path in paths]).reshape(-1, 1, PROVINCES)

    def rates(self, month: int) -> Rates:
        """Rates in force in a month, each of shape (31,); the same object as long as nothing changes."""
        return self._month(month)[0]

    def effective(self, month: int) -> Array:
        """Intensity after delivery, shape (measures, 31)."""
        return self._month(month)[1]

    def intended(self, months: Array) -> Array:
        """Intensity as planned, shape (measures, months, 31); ``months`` broadcasts to that shape."""
        months = np.broadcast_to(months, (len(self.catalogue), np.shape(months)[-2], PROVINCES))
        intensity = np.zeros(months.shape)
        at = months[self._measure]
        since = at - self._start
        # Without a ramp the level holds from the start month on; with one that month still has 0.
        risen = np.where(self._ramp > 0, np.clip(since / np.maximum(self._ramp, 1), 0.0, 1.0), since >= 0.0)
        planned = self._level * risen * (at < self._end + 1)
        for measure, row in zip(self._measure, planned, strict=True):
            np.maximum(intensity[measure], row, out=intensity[measure])
        for response in self.responses:
            belongs = np.any([self._members[family] for family in response.families], axis=0)
            added = np.where(months >= response.from_month, response.step, 0.0)
            intensity[belongs] = np.minimum(intensity[belongs] + added[belongs], 1.0)
        return intensity

    def intensity(self, month: int) -> dict[str, float]:
        """Mean effective intensity of each family over its measures and all provinces."""
        effective = self.effective(month)
        means = effective.mean(axis=1)
        return {
            family: float(means[rows].mean()) if rows.any() else 0.0 for family, rows in self._members.items()
        }

    def quota(self, tier: str, month: int) -> int:
        """Persons of a tier to be selected in the year of a month, after all responses in force."""
        quota = float(self.scenario.quota(tier, year_of(month)))
        for response in self.responses:
            if month >= response.from_month:
                quota *= response.quota_factor
        return round(quota)

    def respond(self, families: Collection[str], step: float, quota_factor: float, from_month: int) -> None:
        """Raise the intended intensity of families by ``step`` and multiply the quotas, from a month on."""
        self.responses += (Response(tuple(families), step, quota_factor, from_month),)
        self._cache = {month: kept for month, kept in self._cache.items() if month < from_month}

    def _month(self, month: int) -> tuple[Rates, Array]:
        """Rates and effective intensities of a month."""
        if month <= FORK:
            return self._before
        if month not in self._cache:
            self._add_year(month - month % MONTHS_PER_YEAR)
        return self._cache[month]

    def _add_year(self, january: int) -> None:
        """Work out the months of a year together."""
        months = np.arange(january, january + MONTHS_PER_YEAR, dtype=np.float64)
        effective = self._delivered(months[:, None])
        rates = self._modified(effective, EVERY)
        latest = self._cache.get(january - 1, self._before)
        for place in range(MONTHS_PER_YEAR):
            if not np.array_equal(effective[:, place], latest[1]):
                latest = Rates(*np.ascontiguousarray(rates[:, place])), effective[:, place]
            self._cache[january + place] = latest

    def _delivered(self, months: Array) -> Array:
        """Effective intensity, with fidelity and lag from the delivery family, shape (measures, months, 31).

        ``months``: shape (months, 1), all after the fork.
        """
        intended = np.where(self._delivery, self.intended(months), 0.0)
        fidelity, lag = self._modified(intended, (FIDELITY, LAG))
        delivered = self.intended(months - lag - self._own_lag)
        delivered *= np.minimum(fidelity * self.scenario.delivery_factor, 1.0)
        return np.where(self._delivery, intended, delivered)

    def _modified(self, effective: Array, rates: Sequence[int]) -> Array:
        """Base rates times their modifiers within their bounds, shape (rates, ..., 31).

        ``effective`` has shape (measures, ..., 31).
        """
        # Added measure by measure, not by a matrix product: one more measure at 0 then changes no bit.
        exponent = np.zeros((len(rates), *effective.shape[1:]))
        for row, rate in enumerate(rates):
            for measure, coefficient in self._effects[rate]:
                exponent[row] += coefficient * effective[measure]
        shape = (len(rates), *(1 for _ in effective.shape[2:]), PROVINCES)
        base, lowest, highest = (
            np.broadcast_to(table[list(rates)], (len(rates), PROVINCES)).reshape(shape)
            for table in (self._base, self._lowest, self._highest)
        )
        return np.clip(base * exponential(exponent), lowest, highest)


def _effects_by_rate(coefficients: Array) -> list[list[tuple[int, float]]]:
    """For each rate the measures that act on it, in their order, with their coefficients."""
    return [[(int(row), float(column[row])) for row in np.flatnonzero(column)] for column in coefficients.T]


def exponential(exponent: Array) -> Array:
    """``exp``, equal to the bit on every machine and exactly 1 at 0; accurate to 1e-13 within -8 to 8.

    Summed as a Taylor series after halving seven times, because library exponentials differ between
    processors in the last bit.
    """
    small = exponent / 128.0
    result = np.ones_like(small)
    for order in range(9, 0, -1):
        result = 1.0 + small / order * result
    for _ in range(7):
        result = result * result
    return result


def _provincial(name: str, value: float | Array) -> Array:
    """One value per province, shape (31,)."""
    if np.shape(value) not in ((), (PROVINCES,)):
        raise InputError(
            f"parameter '{name}' has {np.size(value)} numbers: write one, or one for each of the {PROVINCES}"
            " provinces"
        )
    return np.full(PROVINCES, value)
