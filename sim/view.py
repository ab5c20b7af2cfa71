"""The workers as Mesa users know agents: ``len``, ``select``, ``agg``, ``get``, ``groupby``, iteration."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.calendar import MONTHS_PER_YEAR, year_of
from sim.categories import EDUCATION, GRADES, HUKOU, PROVINCE_CODES, SECTORS, SEX, TIERS
from sim.state import State
from sim.workforce.columns import ATTITUDE_UNIT, EMPLOYED, SKILL_UNIT, Workers

Array = NDArray[Any]

NAMES: Final[dict[str, tuple[Any, ...]]] = {
    "sex": SEX,
    "hukou": HUKOU,
    "home": PROVINCE_CODES,
    "province": PROVINCE_CODES,
    "education": EDUCATION,
    "sector": SECTORS,
    "grade": GRADES,
    "tier": TIERS,
    "candidate": TIERS,
}
ATTRIBUTES: Final[dict[str, Callable[[Workers, Array, int], Array]]] = {
    "identity": lambda w, i, _now: w.identity[i],
    "persons": lambda w, i, _now: w.weight[i].astype(np.int64),
    "age_years": lambda w, i, now: (now - w.birth[i].astype(np.int64)) / MONTHS_PER_YEAR,
    "experience_years": lambda w, i, now: (now - w.entered[i].astype(np.int64)) / MONTHS_PER_YEAR,
    "tenure_years": lambda w, i, now: (now - w.hired[i].astype(np.int64)) / MONTHS_PER_YEAR,
    "years_in_grade": lambda w, i, now: (now - w.graded[i].astype(np.int64)) / MONTHS_PER_YEAR,
    "employed": lambda w, i, _now: w.status[i] == EMPLOYED,
    "enterprise": lambda w, i, _now: w.enterprise[i],
    "skill": lambda w, i, _now: w.skill[i] * SKILL_UNIT,
    "satisfaction": lambda w, i, _now: w.satisfaction[i] * ATTITUDE_UNIT * 100.0,
    "engagement": lambda w, i, _now: w.engagement[i] * ATTITUDE_UNIT * 100.0,
    "settled": lambda w, i, _now: w.settled[i] == 1,
    "away": lambda w, i, _now: w.away[i] == 1,
    "courses": lambda w, i, _now: w.courses[i],
}


class Worker:
    """One worker, read from the columns when asked; light, and true until the next month."""

    __slots__ = ("_slot", "_view")

    def __init__(self, view: "WorkerView", slot: int) -> None:
        self._view, self._slot = view, slot

    def __getattr__(self, name: str) -> Any:
        return self._view.values(name, np.array([self._slot]))[0]

    def __repr__(self) -> str:
        place = f"{self.sector} worker in {self.province}, {self.grade}, {self.age_years:.0f} years old"
        return f"<{place}>"


class WorkerView:
    """A set of workers of a country; selections are made when asked for and name slots, not copies."""

    def __init__(self, state: State, slots: NDArray[np.int64] | None = None) -> None:
        self._state, self._chosen = state, slots

    @property
    def slots(self) -> NDArray[np.int64]:
        """Slots of the workers of this set, ascending."""
        if self._chosen is not None:
            return self._chosen
        return np.flatnonzero(self._state.population.workers.status)

    def values(self, name: str, slots: NDArray[np.int64]) -> Array:
        """One attribute of the workers in some slots, in real units and by name of category.

        Raises
        ------
        AttributeError
            For a name that is none of ``NAMES`` and ``ATTRIBUTES``, nor ``birth_year``.
        """
        workers, month = self._state.population.workers, self._state.month
        if name in NAMES:
            return np.asarray(np.take(np.array(NAMES[name]), getattr(workers, name)[slots]))
        if name in ATTRIBUTES:
            return ATTRIBUTES[name](workers, slots, month)
        if name == "birth_year":
            return np.array([year_of(int(birth)) for birth in workers.birth[slots]])
        known = ", ".join((*NAMES, *ATTRIBUTES, "birth_year"))
        raise AttributeError(f"workers have no attribute {name}: choose one of {known}")

    def __len__(self) -> int:
        return int(self.slots.size)

    def __iter__(self) -> Iterator[Worker]:
        return (Worker(self, int(slot)) for slot in self.slots)

    def __getitem__(self, position: int) -> Worker:
        return Worker(self, int(self.slots[position]))

    def select(
        self, filter_func: Callable[["WorkerView"], Array] | None = None, **equal: object
    ) -> "WorkerView":
        """Workers for whom a condition holds.

        Parameters
        ----------
        filter_func
            Takes this view and returns a mask, e.g. ``lambda w: w.get("age_years") > 50``.
        **equal
            Attribute and value, e.g. ``sector="construction"``.
        """
        slots = self.slots
        mask = np.ones(slots.size, dtype=bool)
        for name, value in equal.items():
            mask &= self.values(name, slots) == value
        if filter_func is not None:
            mask &= filter_func(self)
        return WorkerView(self._state, slots[mask])

    def get(self, names: str | list[str]) -> Array | list[Array]:
        """Values of one attribute as an array, or of several as a list of arrays."""
        if isinstance(names, str):
            return self.values(names, self.slots)
        return [self.values(name, self.slots) for name in names]

    def agg(self, name: str, func: Callable[[Array], Any] | list[Callable[[Array], Any]]) -> Any:
        """One or several summaries of an attribute, e.g. ``agg("age_years", np.mean)``."""
        values = self.values(name, self.slots)
        return [one(values) for one in func] if isinstance(func, list) else func(values)

    def groupby(self, by: str) -> dict[Any, "WorkerView"]:
        """Sets of workers by the values of an attribute."""
        slots = self.slots
        values = self.values(by, slots)
        return {
            value: WorkerView(self._state, slots[values == value]) for value in np.unique(values).tolist()
        }
