"""What may be chosen: how far each family of measures rises, from when, for how long, and the intakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from experiments.questions.optimise.keys import OptimiseKeys
from sim.calendar import END, FORK
from sim.categories import FAMILIES
from sim.checks import number, way_out
from sim.errors import InputError
from sim.policy.path import A_MONTH_AHEAD, date_text, read_date

Array = NDArray[np.float64]
Candidate = tuple[float, ...]  # a value for every lever, in their order
LEVEL, START, RAMP, INTAKE = "level", "start", "ramp_months", "intake"
# Steps that a planner would still tell apart: a twentieth, a quarter, half a year, one per cent.
STEPS: Final = {LEVEL: 0.05, START: 3.0, RAMP: 6.0, INTAKE: 0.01}
LIMITS: Final = {
    LEVEL: (0.0, 1.0),
    START: (float(FORK + 1), float(END)),
    RAMP: (0.0, float(END - FORK)),
    INTAKE: (0.0, 3.0),
}
DIGITS: Final = 6


@dataclass(frozen=True)
class Lever:
    """One number that is chosen, from ``low`` to ``high`` in steps of its kind; fixed when they are equal.

    ``kind`` is level (share of what the measures could be), start (month index), ramp_months, or intake
    (factor of the announced intakes).
    """

    name: str
    kind: str
    low: float
    high: float

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return self.low == self.high

    def at(self, share: float) -> float:
        """Value on the grid nearest to a share of the way from low to high."""
        steps = round(share * (self.high - self.low) / STEPS[self.kind])
        return round(min(self.low + steps * STEPS[self.kind], self.high), DIGITS)

    def share(self, value: float) -> float:
        """Share of the way from low to high; 0 when fixed."""
        return 0.0 if self.fixed else (value - self.low) / (self.high - self.low)

    def text(self, value: float) -> str:
        """The value as a planner writes it."""
        return date_text(int(value)) if self.kind == START else f"{value:g}"


@dataclass(frozen=True)
class Space:
    """All levers, and the scenario that they are laid over."""

    levers: tuple[Lever, ...]
    base: Mapping[str, Any]

    @property
    def free(self) -> tuple[Lever, ...]:
        """The levers that there is something to choose of."""
        return tuple(lever for lever in self.levers if not lever.fixed)

    def candidate(self, shares: Sequence[float] | Array) -> Candidate:
        """Candidate on the grid from shares of the free levers, shape (free,)."""
        given = iter(shares)
        return tuple(lever.low if lever.fixed else lever.at(float(next(given))) for lever in self.levers)

    def shares(self, candidates: Sequence[Candidate]) -> Array:
        """Shares of the free levers, shape (candidates, free)."""
        rows = [
            [lever.share(value) for lever, value in zip(self.levers, one, strict=True) if not lever.fixed]
            for one in candidates
        ]
        return np.array(rows, dtype=np.float64).reshape(len(candidates), len(self.free))

    def values(self, candidate: Candidate) -> dict[str, float]:
        """Values by name of the lever."""
        return {lever.name: value for lever, value in zip(self.levers, candidate, strict=True)}

    def without(self, candidate: Candidate, family: str) -> Candidate:
        """The candidate with the measures of a family left as they were at the end of 2024."""
        names = [lever.name for lever in self.levers]
        return tuple(0.0 if name == family else value for name, value in zip(names, candidate, strict=True))

    def scenario(self, candidate: Candidate) -> dict[str, Any]:
        """The lines of a scenario: those of the base, with the families as chosen."""
        chosen = self.values(candidate)
        families = {
            family: {
                START: date_text(int(chosen.get(f"{family}_{START}", chosen.get(START, 0.0)))),
                RAMP: int(chosen.get(f"{family}_{RAMP}", chosen.get(RAMP, 0.0))),
                LEVEL: chosen[family],
            }
            for family in FAMILIES
            if chosen[family] > 0.0
        }
        lines = {**self.base, "families": families}
        if chosen[INTAKE] != 1.0:
            lines["quota_per_year"] = _times(self.base["quota_per_year"], chosen[INTAKE])
            lines["quota_in_year"] = {
                str(year): _times(row, chosen[INTAKE])
                for year, row in (self.base.get("quota_in_year") or {}).items()
            }
        return lines


def read_space(keys: OptimiseKeys) -> Space:
    """Read the levers from ``bounds``, ``fix`` and ``phase_in``.

    Raises
    ------
    InputError
        In one line, for an unknown lever, a value out of its limits, or nothing left to choose.
    """
    kinds = _kinds(keys.phase_in)
    known = {*kinds, START, RAMP}
    for key, named in (("bounds", keys.bounds), ("fix", keys.fix)):
        for name in named:
            if name not in known:
                raise InputError(f"{key}.{name} is no lever: {way_out(name, known)}")
    space = Space(tuple(_lever(name, kind, keys) for name, kind in kinds.items()), keys.scenario)
    if not space.free:
        raise InputError("all levers are fixed: free one, for example fix.skills=null")
    return space


def _kinds(phase_in: str) -> dict[str, str]:
    """Kinds by name of the levers, in their order."""
    levels = dict.fromkeys(FAMILIES, LEVEL)
    each = {f"{family}_{kind}": kind for kind in (START, RAMP) for family in FAMILIES}
    return {**levels, **({START: START, RAMP: RAMP} if phase_in == "common" else each), INTAKE: INTAKE}


def _lever(name: str, kind: str, keys: OptimiseKeys) -> Lever:
    """One lever; a value in ``fix`` goes before bounds, and its own name before that of its kind."""
    fix, bounds = keys.fix, keys.bounds
    pair = bounds.get(name, bounds.get(kind))
    if not isinstance(pair, list) or len(pair) != 2:
        raise InputError(
            f"bounds.{name} is {pair!r}: write the lowest and the highest, 'bounds.{name}=[a,b]'"
        )
    low, high = (_value(end, kind, f"bounds.{name}") for end in pair)
    if low > high:
        raise InputError(f"bounds.{name} begins with {pair[0]}, above {pair[1]}: swap them")
    value = fix.get(name, fix.get(kind))
    if value is not None:
        low = high = _value(value, kind, f"fix.{name}")
    return Lever(name, kind, low, high)


def _value(content: object, kind: str, where: str) -> float:
    """Read a value within the limits of its kind."""
    low, high = LIMITS[kind]
    if kind != START:
        value = number(content, where, low, high)
        return float(round(value)) if kind == RAMP else value
    month = read_date(content, where)
    if not low <= month <= high:
        raise InputError(f"{where} is {content}: write {A_MONTH_AHEAD}")
    return float(month)


def _times(quota: Mapping[str, Any], factor: float) -> dict[str, int]:
    """Intakes by tier times a factor, in whole persons."""
    return {tier: round(persons * factor) for tier, persons in quota.items()}
