"""From the measures of a scenario to the named rates in force, month by month and province by province."""

from collections.abc import Collection
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.calendar import FORK, year_of
from sim.categories import FAMILIES, PROVINCES
from sim.errors import InputError
from sim.parameters import Register
from sim.policy.measures import Catalogue
from sim.policy.scenario import Scenario
from sim.rates import Rates

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
        coefficients = catalogue.coefficients(draw)
        self._measure_of_effect, self._rate_of_effect = np.nonzero(coefficients)
        self._coefficient = coefficients[self._measure_of_effect, self._rate_of_effect][:, None]
        self._members = {family: catalogue.in_family(family) for family in FAMILIES}
        self._delivery = self._members["delivery"][:, None]
        self._own_lag = np.array([[measure.lag_months] for measure in catalogue], dtype=np.float64)
        self._read_paths()
        self._cache: dict[int, tuple[Rates, Array]] = {}

    def _read_paths(self) -> None:
        """Keep the paths as one array for each of their fields, so that a month is a few numpy calls."""
        paths = self.scenario.paths
        self._measure = np.array([self.catalogue.index(path.measure) for path in paths], dtype=np.intp)
        self._start = np.array([[path.start_month] for path in paths]).reshape(-1, 1)
        self._ramp = np.array([[path.ramp_months] for path in paths]).reshape(-1, 1)
        ends = [np.inf if path.end_month is None else path.end_month for path in paths]
        self._end = np.array(ends).reshape(-1, 1)
        self._level = np.array([path.levels() for path in paths]).reshape(-1, PROVINCES)

    def rates(self, month: int) -> Rates:
        """Rates in force in a month, each of shape (31,)."""
        return self._month(month)[0]

    def effective(self, month: int) -> Array:
        """Intensity after delivery, shape (measures, 31)."""
        return self._month(month)[1]

    def intended(self, month: float | Array) -> Array:
        """Intensity as planned, shape (measures, 31); ``month`` may differ by measure and province."""
        months = np.broadcast_to(np.asarray(month, dtype=np.float64), (len(self.catalogue), PROVINCES))
        intensity = np.zeros((len(self.catalogue), PROVINCES))
        at = months[self._measure]
        since = at - self._start
        # Without a ramp the level holds from the start month on; with one that month still has 0.
        risen = np.where(self._ramp > 0, np.clip(since / np.maximum(self._ramp, 1), 0.0, 1.0), since >= 0.0)
        in_force = at < self._end + 1
        np.maximum.at(intensity, self._measure, self._level * risen * in_force)
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
        if month not in self._cache:
            effective = self._delivered(month)
            table = self._modified(effective)
            self._cache[month] = Rates(*table), effective
        return self._cache[month]

    def _delivered(self, month: int) -> Array:
        """Effective intensity, with fidelity and lag from the delivery family."""
        if month <= FORK:
            return np.zeros((len(self.catalogue), PROVINCES))
        intended = np.where(self._delivery, self.intended(month), 0.0)
        delivery = self._modified(intended)
        delivered = self.intended(month - delivery[LAG] - self._own_lag)
        delivered *= np.minimum(delivery[FIDELITY] * self.scenario.delivery_factor, 1.0)
        return np.where(self._delivery, intended, delivered)

    def _modified(self, effective: Array) -> Array:
        """Base rates times their modifiers within their bounds, shape (rates, 31)."""
        # Added measure by measure, not by a matrix product: one more measure at 0 then changes no bit.
        exponent = np.zeros_like(self._base)
        np.add.at(exponent, self._rate_of_effect, self._coefficient * effective[self._measure_of_effect])
        return np.clip(self._base * exponential(exponent), self._lowest, self._highest)


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
