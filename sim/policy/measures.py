"""The measures of the reform: what each does to the named rates, and what it costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.categories import FAMILIES
from sim.checks import as_mapping, check_keys, number, one_of, read_yaml, text, way_out, whole
from sim.errors import InputError
from sim.parameters import EVIDENCE, NOTHING_KNOWN, quantile, triangular
from sim.posterior import Posterior
from sim.rates import Rates

BASES: Final = (
    "workers",
    "migrants",
    "young_workers",
    "apprentices_and_learners",
    "subsidised_places",
    "enterprises",
    "recognised",
    "provinces",
)
DELIVERY_RATES: Final = ("delivery_fidelity", "delivery_lag_months")


@dataclass(frozen=True)
class Effect:
    """Log coefficient of one named rate at intensity 1: the rate is multiplied by ``exp(coefficient)``.

    Evidence A is measured in China, B has sign or size from elsewhere, C is assumed and includes zero.
    """

    rate: str
    low: float
    central: float
    high: float
    evidence: str
    source: str


@dataclass(frozen=True)
class UnitCost:
    """Yuan a year for each person, place, enterprise or province of the ``basis`` at intensity 1."""

    value: float
    low: float
    high: float
    unit: str
    basis: str
    evidence: str
    source: str


@dataclass(frozen=True)
class Measure:
    """One measure of one family; its own lag in months comes on top of the lag of delivery."""

    name: str
    family: str
    title: str
    meaning: str
    effects: tuple[Effect, ...]
    cost: UnitCost
    lag_months: int = 0

    def __post_init__(self) -> None:
        """Refuse ranges out of order, assumed effects without zero, and delivery that waits for itself."""
        where, cost = f"measure '{self.name}'", self.cost
        if not cost.low <= cost.value <= cost.high:
            raise InputError(f"{where} cost: write low <= value <= high")
        for effect in self.effects:
            if not effect.low <= effect.central <= effect.high:
                raise InputError(f"{where} effect on '{effect.rate}': write low <= central <= high")
            if effect.evidence == "C" and not effect.low <= 0.0 <= effect.high:
                raise InputError(
                    f"{where} effect on '{effect.rate}': evidence C needs a range that includes 0"
                )
            if effect.rate in DELIVERY_RATES and self.family != "delivery":
                raise InputError(f"{where}: only measures of the family delivery may act on '{effect.rate}'")
        if self.family == "delivery" and self.lag_months:
            raise InputError(f"{where}: measures of the family delivery have no lag")


@dataclass(frozen=True)
class Catalogue:
    """All measures, in the order of their file, and quantiles of effects that are chosen apart."""

    measures: tuple[Measure, ...]
    posterior: Posterior = NOTHING_KNOWN

    @classmethod
    def read(cls, path: Path) -> "Catalogue":
        """Read a YAML file of measures; InputError in one line when it breaks the schema."""
        rows = read_yaml(Path(path))
        return cls(tuple(_measure(name, row, f"{Path(path).name}: '{name}'") for name, row in rows.items()))

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.measures)

    def __len__(self) -> int:
        return len(self.measures)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the measures, in order."""
        return tuple(measure.name for measure in self.measures)

    def index(self, name: str) -> int:
        """Place of a measure in the order, or InputError with the nearest name."""
        if name not in self.names:
            raise InputError(f"unknown measure '{name}': {way_out(name, self.names)}")
        return self.names.index(name)

    def __getitem__(self, name: str) -> Measure:
        """Measure of that name, or InputError with the nearest name."""
        return self.measures[self.index(name)]

    def in_family(self, family: str) -> NDArray[np.bool_]:
        """Which measures belong to a family, shape (measures,)."""
        return np.array([measure.family == family for measure in self.measures])

    def coefficients(self, draw: int) -> NDArray[np.float64]:
        """Log coefficients of one draw, shape (measures, rates in the order of ``Rates``)."""
        table = np.zeros((len(self), len(Rates._fields)))
        for row, measure in enumerate(self.measures):
            for effect in measure.effects:
                place = row, Rates._fields.index(effect.rate)
                share = self.posterior.quantile(f"{measure.name}.{effect.rate}", draw)
                table[place] = (
                    _drawn(f"{measure.name}.{effect.rate}", effect.low, effect.central, effect.high, draw)
                    if share is None
                    else triangular(share, effect.low, effect.central, effect.high)
                )
        return table

    def effects(self) -> dict[str, Effect]:
        """All effects by measure and rate: ``measure.rate``."""
        return {f"{one.name}.{effect.rate}": effect for one in self.measures for effect in one.effects}

    def unit_costs(self, draw: int) -> dict[str, float]:
        """Unit cost in yuan a year of each measure in one draw."""
        costs = {measure.name: measure.cost for measure in self.measures}
        return {
            name: _drawn(f"{name}.cost", cost.low, cost.value, cost.high, draw)
            for name, cost in costs.items()
        }


def _drawn(name: str, low: float, central: float, high: float, draw: int) -> float:
    return central if draw == 0 else triangular(quantile(name, draw), low, central, high)


def _measure(name: str, content: object, where: str) -> Measure:
    """Read one measure."""
    required = ("family", "title", "meaning", "effects", "cost")
    row = as_mapping(content, where)
    check_keys(row, (*required, "lag_months"), required, where)
    effects = as_mapping(row["effects"], f"{where} effects")
    if not effects:
        raise InputError(f"{where} has no effect: name at least one rate")
    return Measure(
        name=name,
        family=one_of(row["family"], FAMILIES, f"{where} family"),
        title=text(row["title"], f"{where} title"),
        meaning=text(row["meaning"], f"{where} meaning"),
        effects=tuple(_effect(rate, entry, f"{where} effect on '{rate}'") for rate, entry in effects.items()),
        cost=_cost(row["cost"], f"{where} cost"),
        lag_months=whole(row.get("lag_months", 0), f"{where} lag_months"),
    )


def _effect(rate: str, content: object, where: str) -> Effect:
    """Read the effect of a measure on one rate."""
    fields = ("low", "central", "high", "evidence", "source")
    row = as_mapping(content, where)
    check_keys(row, fields, fields, where)
    low, central, high = (number(row[field], f"{where} {field}") for field in fields[:3])
    return Effect(one_of(rate, Rates._fields, where), low, central, high, *_grounds(row, where))


def _cost(content: object, where: str) -> UnitCost:
    """Read a unit cost."""
    fields = ("value", "low", "high", "unit", "basis", "evidence", "source")
    row = as_mapping(content, where)
    check_keys(row, fields, fields, where)
    value, low, high = (number(row[field], f"{where} {field}", 0.0) for field in fields[:3])
    unit, basis = text(row["unit"], f"{where} unit"), one_of(row["basis"], BASES, f"{where} basis")
    return UnitCost(value, low, high, unit, basis, *_grounds(row, where))


def _grounds(row: Mapping[str, Any], where: str) -> tuple[str, str]:
    """Evidence and source of a row."""
    return one_of(row["evidence"], EVIDENCE, f"{where} evidence"), text(row["source"], f"{where} source")
