"""Parameters with unit, range, evidence and source, drawn so that each keeps its own stream."""

import hashlib
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.checks import as_mapping, check_keys, number, one_of, read_yaml, text, way_out
from sim.errors import InputError
from sim.posterior import Posterior

LISTED_IN: Final = "configs/parameters"
DISTRIBUTIONS: Final = ("triangular", "uniform", "fixed")
BY_USER: Final = "user"  # evidence of a number that somebody chose
SOURCE_USER: Final = "set by the user"
EVIDENCE: Final = ("A", "B", "C", "published", "derived", "unverified", "assumed")
REQUIRED: Final = ("value", "unit", "distribution", "evidence", "source", "meaning")
UNBOUNDED: Final = (-math.inf, math.inf)

Value = float | tuple[float, ...]
Drawn = float | NDArray[np.float64]
Overrides = Mapping[str, float | Sequence[float]]
NOTHING_KNOWN: Final = Posterior({})


def quantile(name: str, draw: int) -> float:
    """Quantile in [0, 1) of one parameter in one draw.

    Keyed by a hash of the two alone: a new parameter leaves the draws of all others as they were.
    """
    digest = hashlib.sha256(f"{name}/{draw}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) * 2.0**-53


def triangular(share: float, low: float, mode: float, high: float) -> float:
    """Value at quantile ``share`` of the triangular distribution."""
    width = high - low
    if share * width < mode - low:
        return min(low + math.sqrt(share * width * (mode - low)), mode)
    return max(high - math.sqrt((1.0 - share) * width * (high - mode)), mode)


@dataclass(frozen=True)
class Parameter:
    """One parameter: a number, or a list of numbers that rise and fall together.

    ``value`` is central, ``low`` and ``high`` are the range that draws come from, ``bounds`` are the
    limits that no draw, override or measure may pass. All are in ``unit``. ``shipped`` is the parameter as
    its register has it, where a user chose another value.
    """

    name: str
    value: Value
    unit: str
    low: Value
    high: Value
    distribution: str
    evidence: str
    source: str
    meaning: str
    bounds: tuple[float, float] = UNBOUNDED
    shipped: "Parameter | None" = None

    def __post_init__(self) -> None:
        """Refuse a value outside its range, or a range outside the bounds."""
        for low, value, high in zip(*map(_numbers, (self.low, self.value, self.high)), strict=True):
            if not self.bounds[0] <= low <= value <= high <= self.bounds[1]:
                raise InputError(
                    f"parameter '{self.name}': low {low:g}, value {value:g} and high {high:g} must stand in"
                    f" this order and inside the bounds {self.bounds[0]:g} to {self.bounds[1]:g}"
                )

    def at(self, share: float) -> Drawn:
        """Value at a quantile of the distribution; a list shares one quantile."""
        rows = zip(*map(_numbers, (self.low, self.value, self.high)), strict=True)
        if self.distribution == "uniform":
            drawn = [low + share * (high - low) for low, _, high in rows]
        else:
            drawn = [triangular(share, *row) for row in rows]
        return np.array(drawn) if isinstance(self.value, tuple) else drawn[0]

    def drawn(self, draw: int, share: float | None = None) -> Drawn:
        """Value in a draw; 0 is the central one. A quantile ``share`` takes the place of the draw's own."""
        if self.distribution == "fixed" or (draw == 0 and share is None):
            return np.array(self.value) if isinstance(self.value, tuple) else self.value
        return self.at(quantile(self.name, draw) if share is None else share)

    def overridden(self, value: object) -> "Parameter":
        """The same parameter, fixed at a value that the user chose; InputError when that cannot be one.

        No source stands for that value any more, so the register's own row is kept as ``shipped``.
        """
        where = f"parameter '{self.name}'"
        chosen = _value(value, where, self.bounds)
        if np.shape(chosen) != np.shape(self.value):
            wanted = f"a list of {len(self.value)} numbers" if isinstance(self.value, tuple) else "one number"
            raise InputError(f"{where} takes {wanted}, not {value!r}")
        return replace(
            self,
            value=chosen,
            low=chosen,
            high=chosen,
            distribution="fixed",
            evidence=BY_USER,
            source=SOURCE_USER,
            shipped=self.shipped or self,
        )

    def in_range(self, value: Value) -> bool:
        """Whether a value lies in the range, every number of a list in its own."""
        rows = zip(*map(_numbers, (self.low, value, self.high)), strict=True)
        return all(low <= number <= high for low, number, high in rows)


@dataclass(frozen=True)
class Register:
    """Parameters by name, in the order of their file, and what calibration knows of them."""

    parameters: Mapping[str, Parameter]
    posterior: Posterior = NOTHING_KNOWN

    @classmethod
    def read(cls, path: Path) -> "Register":
        """Read a YAML file of parameters.

        Raises
        ------
        InputError
            When a field is unknown or missing, a number is not finite, or a range is out of order.
        """
        rows = read_yaml(Path(path))
        return cls(
            {name: _parameter(name, row, f"{Path(path).name}: '{name}'") for name, row in rows.items()}
        )

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.parameters.values())

    def __len__(self) -> int:
        return len(self.parameters)

    def __contains__(self, name: object) -> bool:
        return name in self.parameters

    def __getitem__(self, name: str) -> Parameter:
        """Parameter of that name, or InputError with the nearest name."""
        if name not in self.parameters:
            raise InputError(f"unknown parameter '{name}': {way_out(name, self.parameters, LISTED_IN)}")
        return self.parameters[name]

    def require(self, names: Collection[str], where: str) -> None:
        """Refuse a register that lacks one of the names, or holds another; ``where`` is its file."""
        for name in names:
            if name not in self:
                raise InputError(f"{where} has no row '{name}': add it")
        for name in self.parameters:
            if name not in names:
                raise InputError(f"{where} holds '{name}', which nothing uses: {way_out(name, names)}")

    def with_overrides(self, overrides: Overrides) -> "Register":
        """A register in which the named parameters are fixed; InputError for an unknown name or bad value."""
        chosen = {name: self[name].overridden(value) for name, value in overrides.items()}
        return replace(self, parameters={**self.parameters, **chosen})

    def values(self, draw: int = 0, overrides: Overrides | None = None) -> dict[str, Drawn]:
        """Values of one draw; lists become float64 arrays.

        Parameters
        ----------
        draw
            0 for the central values, n for the n-th sample from the ranges, or what calibration has
            in their place.
        overrides
            Chosen values by name; they hold in every draw.
        """
        if overrides:
            return self.with_overrides(overrides).values(draw)
        if draw not in self._last:
            known = self.posterior.quantile
            self._last.clear()
            self._last[draw] = {one.name: one.drawn(draw, known(one.name, draw)) for one in self}
        drawn = self._last[draw].items()
        return {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in drawn}

    @cached_property
    def _last(self) -> dict[int, dict[str, Drawn]]:
        """Values of the last draw that was asked for: the futures of a history ask for the same again."""
        return {}


def _numbers(value: Value) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)


def _value(content: object, where: str, bounds: tuple[float, float] = UNBOUNDED) -> Value:
    """Read a number or a list of numbers."""
    if isinstance(content, str) or not isinstance(content, Sequence):
        return number(content, where, *bounds)
    if not content:
        raise InputError(f"{where} is an empty list: write numbers")
    return tuple(number(entry, where, *bounds) for entry in content)


def _parameter(name: str, content: object, where: str) -> Parameter:
    """Read one row of a parameter file."""
    row: dict[str, Any] = as_mapping(content, where)
    fixed = row.get("distribution") == "fixed"
    check_keys(
        row, (*REQUIRED, "low", "high", "bounds"), REQUIRED if fixed else (*REQUIRED, "low", "high"), where
    )
    value = _value(row["value"], f"{where} value")
    low, high = (_value(row.get(key, row["value"]), f"{where} {key}") for key in ("low", "high"))
    if not np.shape(low) == np.shape(value) == np.shape(high):
        raise InputError(f"{where}: 'low' and 'high' must have as many numbers as 'value'")
    return Parameter(
        name=name,
        value=value,
        unit=text(row["unit"], f"{where} unit"),
        low=low,
        high=high,
        distribution=one_of(row["distribution"], DISTRIBUTIONS, f"{where} distribution"),
        evidence=one_of(row["evidence"], EVIDENCE, f"{where} evidence"),
        source=text(row["source"], f"{where} source"),
        meaning=text(row["meaning"], f"{where} meaning"),
        bounds=_bounds(row["bounds"], f"{where} bounds") if "bounds" in row else UNBOUNDED,
    )


def _bounds(content: object, where: str) -> tuple[float, float]:
    """Read a pair of limits."""
    limits = _value(content, where)
    if not isinstance(limits, tuple) or len(limits) != 2:
        raise InputError(f"{where}: write them as [lowest, highest]")
    return limits
